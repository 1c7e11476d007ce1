//! Sign-in with a password.

use crate::auth::address;
use crate::auth::address::PasswordInvalid;
use crate::auth::attempt::Attempt;
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::http::fault::ServerError;
use crate::secret::Secret;
use crate::session::token_grant;
use crate::shared::spawn_to_completion;
use crate::user::User;

/// Why a password did not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Not an e-mail address; nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// The password is empty or too long; nothing was sent.
    #[error(transparent)]
    PasswordInvalid(#[from] PasswordInvalid),
    /// Wrong address or wrong password; the server does not say which.
    #[error("wrong address or password")]
    InvalidCredentials,
    /// The address was never confirmed.
    #[error("the address is not confirmed yet")]
    EmailNotConfirmed,
    /// The account is banned.
    #[error("the account is banned")]
    Banned,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// Somebody has signed in or out while the server was asked, or was signed in before that and the handle
    /// [replaces nobody](Client::replacing_nobody). That wins: a session that the server issued was ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Signs in with a password. Goes on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`SignInError`].
    #[doc(alias = "signInWithPassword")]
    pub async fn sign_in_with_password(
        &self,
        email: &str,
        password: Secret<String>,
    ) -> Result<User, SignInError> {
        let (client, email) = (self.clone(), email.to_owned());
        spawn_to_completion(async move { with_password(&client, &email, &password).await }).await
    }
}

async fn with_password(client: &Client, email: &str, password: &Secret<String>) -> Result<User, SignInError> {
    let Inner { session, .. } = &*client.inner;
    let email = address::email(email).ok_or(SignInError::EmailInvalid)?;
    address::password(password.expose())?;
    let attempt = Attempt::of_handle(client).await.map_err(|_| SignInError::Superseded)?;
    match token_grant::password(&session.gateway, &client.options, email, password).await {
        Ok(Ok(issued)) => attempt.install(session, issued).await.map_err(|_| SignInError::Superseded),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(RequestError::from(error).into()),
    }
}

fn refusal(fault: ServerError) -> SignInError {
    match fault.code.as_str() {
        // `invalid_grant` is what servers from before 2024 say.
        "invalid_credentials" | "invalid_grant" => SignInError::InvalidCredentials,
        "email_not_confirmed" => SignInError::EmailNotConfirmed,
        "user_banned" => SignInError::Banned,
        "email_provider_disabled" => SignInError::EmailDisabled,
        "captcha_failed" => SignInError::CaptchaRequired,
        _ => SignInError::Request(fault.into()),
    }
}
