//! A new password for the signed-in user, and the mailed nonce that a project may ask for.

use serde_json::json;

use crate::auth::address::PasswordInvalid;
use crate::auth::mail::said_yes;
use crate::auth::{address, as_user};
use crate::client::Client;
use crate::error::{RequestError, WeakPasswordReason};
use crate::http::fault::ServerError;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::shared::spawn_to_completion;
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

/// Why a password was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordChangeError {
    /// The password is empty or too long; nothing was sent.
    #[error(transparent)]
    PasswordInvalid(#[from] PasswordInvalid),
    /// The project asks for a stronger password.
    #[error("the password is too weak for this project")]
    WeakPassword(Vec<WeakPasswordReason>),
    /// The new password is the current one.
    #[error("the new password is the old one")]
    SamePassword,
    /// The project asks for the current password as well.
    #[error("the current password is needed as well")]
    CurrentPasswordRequired,
    /// The current password that was given is wrong.
    #[error("the current password is wrong")]
    CurrentPasswordWrong,
    /// The project asks for a mailed nonce: [`Client::reauthenticate`](crate::Client::reauthenticate) sends it.
    #[error("a code by e-mail is needed as well")]
    ReauthenticationNeeded,
    /// The nonce is wrong or too old.
    #[error("the code is wrong or too old")]
    NonceWrong,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Sets a new password (also the first one, after a recovery, an invitation or an anonymous sign-in).
    ///
    /// # Errors
    /// See [`PasswordChangeError`], which says what else the project asks for.
    #[doc(alias = "updateUser")]
    pub async fn change_password(&self, wish: PasswordChange) -> Result<User, PasswordChangeError> {
        let client = self.clone();
        spawn_to_completion(async move { change(&client, &wish).await }).await
    }

    /// Sends the user a mail with the code that [`PasswordChange::nonce`] takes.
    ///
    /// # Errors
    /// See [`RequestError`].
    pub async fn reauthenticate(&self) -> Result<(), RequestError> {
        let client = self.clone();
        spawn_to_completion(async move { reauthenticate(&client).await }).await
    }
}

async fn change(client: &Client, wish: &PasswordChange) -> Result<User, PasswordChangeError> {
    address::password(wish.password.expose())?;
    let mut body = json!({ "password": wish.password.expose() });
    if let Some(current) = &wish.current_password {
        body["current_password"] = current.expose().as_str().into();
    }
    if let Some(nonce) = &wish.nonce {
        body["nonce"] = nonce.expose().trim().into();
    }
    let request = client.inner.gateway.auth(Method::Put, "user").json(&body);
    match as_user::send(client, request).await? {
        Ok(answer) => Ok(answer.user(&client.inner.session).await?),
        Err(fault) => Err(refusal(fault)),
    }
}

async fn reauthenticate(client: &Client) -> Result<(), RequestError> {
    let request = client.inner.gateway.auth(Method::Get, "reauthenticate");
    match as_user::send(client, request).await? {
        Ok(answer) => said_yes(&answer.response.body),
        Err(fault) => Err(fault.into()),
    }
}

fn refusal(fault: ServerError) -> PasswordChangeError {
    match fault.code.as_str() {
        "weak_password" => PasswordChangeError::WeakPassword(fault.weak_password),
        "same_password" => PasswordChangeError::SamePassword,
        "current_password_required" => PasswordChangeError::CurrentPasswordRequired,
        "current_password_invalid" | "current_password_mismatch" => PasswordChangeError::CurrentPasswordWrong,
        "reauthentication_needed" => PasswordChangeError::ReauthenticationNeeded,
        "reauthentication_not_valid" => PasswordChangeError::NonceWrong,
        "insufficient_aal" => PasswordChangeError::SecondFactorRequired,
        _ => PasswordChangeError::Request(fault.into()),
    }
}
