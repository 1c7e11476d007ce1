//! Sign-in with a password.

use crate::auth::address::{self, PasswordFlaw};
use crate::auth::attempt::Attempt;
use crate::error::SignInError;
use crate::flows::request_options::Terms;
use crate::http::fault::Fault;
use crate::secret::Secret;
use crate::session::token_grant;
use crate::session::{Replaces, Session};
use crate::user::User;

pub(crate) async fn with_password(
    session: &Session,
    terms: &Terms,
    email: &str,
    password: &Secret<String>,
) -> Result<User, SignInError> {
    let email = address::email(email).ok_or(SignInError::EmailInvalid)?;
    address::password(password.expose())?;
    let attempt = Attempt::begin(session, Replaces::Anybody).await;
    match token_grant::password(&session.gateway, terms, email, password).await {
        Ok(Ok(issued)) => attempt.install(session, issued).await.map_err(|_| SignInError::Superseded),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(error.into()),
    }
}

fn refusal(fault: Fault) -> SignInError {
    match fault.code.as_str() {
        // `invalid_grant` is what servers from before 2024 say.
        "invalid_credentials" | "invalid_grant" => SignInError::InvalidCredentials,
        "email_not_confirmed" => SignInError::EmailNotConfirmed,
        "user_banned" => SignInError::Banned,
        "email_provider_disabled" => SignInError::EmailDisabled,
        "captcha_failed" => SignInError::CaptchaRequired,
        _ => SignInError::Unexpected { code: fault.code },
    }
}

impl From<PasswordFlaw> for SignInError {
    fn from(flaw: PasswordFlaw) -> Self {
        match flaw {
            PasswordFlaw::Missing => Self::PasswordMissing,
            PasswordFlaw::TooLong => Self::PasswordTooLong,
        }
    }
}
