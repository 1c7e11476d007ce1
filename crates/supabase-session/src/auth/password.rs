//! A new password for the signed-in user, and the mailed nonce that a project may ask for.

use std::sync::Arc;

use serde_json::json;

use crate::auth::address::{self, PasswordFlaw};
use crate::auth::as_user;
use crate::auth::magic_link::said_yes;
use crate::error::{PasswordChangeError, ReauthenticateError};
use crate::http::fault::Fault;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::Session;
use crate::session::authorized::Authorized;
use crate::user::User;

/// A new password, and what the project may ask for with it.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    /// At least as long as the project asks (6 by default) and at most 72 bytes.
    pub password: Secret<String>,
    /// After [`PasswordChangeError::CurrentPasswordRequired`].
    pub current_password: Option<Secret<String>>,
    /// The code from the mail of [`Client::reauthenticate`](crate::Client::reauthenticate), after
    /// [`PasswordChangeError::ReauthenticationNeeded`].
    pub nonce: Option<Secret<String>>,
}

pub(crate) async fn change(
    session: &Arc<Session>,
    authorized: &Authorized,
    wish: &PasswordChange,
) -> Result<User, PasswordChangeError> {
    address::password(wish.password.expose())?;
    let mut body = json!({ "password": wish.password.expose() });
    if let Some(current) = &wish.current_password {
        body["current_password"] = current.expose().as_str().into();
    }
    if let Some(nonce) = &wish.nonce {
        body["nonce"] = nonce.expose().trim().into();
    }
    let request = session.gateway.auth(Method::Put, "user").json(&body);
    match as_user::send(session, authorized, request).await? {
        Ok(answer) => Ok(answer.user(session).await?),
        Err(fault) => Err(refusal(fault)),
    }
}

pub(crate) async fn reauthenticate(
    session: &Arc<Session>,
    authorized: &Authorized,
) -> Result<(), ReauthenticateError> {
    let request = session.gateway.auth(Method::Get, "reauthenticate");
    match as_user::send(session, authorized, request).await? {
        Ok(answer) => Ok(said_yes(&answer.response.body)?),
        Err(fault) => Err(ReauthenticateError::Unexpected { code: fault.code }),
    }
}

fn refusal(fault: Fault) -> PasswordChangeError {
    match fault.code.as_str() {
        "weak_password" => PasswordChangeError::WeakPassword(fault.weak_password),
        "same_password" => PasswordChangeError::SamePassword,
        "current_password_required" => PasswordChangeError::CurrentPasswordRequired,
        "current_password_invalid" | "current_password_mismatch" => PasswordChangeError::CurrentPasswordWrong,
        "reauthentication_needed" => PasswordChangeError::ReauthenticationNeeded,
        "reauthentication_not_valid" => PasswordChangeError::NonceWrong,
        "insufficient_aal" => PasswordChangeError::SecondFactorRequired,
        _ => PasswordChangeError::Unexpected { code: fault.code },
    }
}

impl From<PasswordFlaw> for PasswordChangeError {
    fn from(flaw: PasswordFlaw) -> Self {
        match flaw {
            PasswordFlaw::Missing => Self::PasswordMissing,
            PasswordFlaw::TooLong => Self::PasswordTooLong,
        }
    }
}
