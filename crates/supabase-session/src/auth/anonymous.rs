//! Sign-in without an address.

use serde_json::json;

use crate::auth::attempt::Attempt;
use crate::client::Client;
use crate::error::RequestError;
use crate::http::transport::Method;
use crate::session::tokens::Issued;
use crate::shared::spawn_to_completion;
use crate::user::User;

/// Why nobody was signed in anonymously.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnonymousError {
    /// The project has anonymous sign-in switched off.
    #[error("the project takes no anonymous sign-in")]
    Disabled,
    /// The project takes no new accounts.
    #[error("the project takes no new accounts")]
    SignUpDisabled,
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
    /// Opens an account without an address and signs in. A session that is there is replaced, unless the handle
    /// [replaces nobody](Self::replacing_nobody). The user can come back to the account once it has an address and a
    /// password ([`change_email`](Self::change_email), then [`change_password`](Self::change_password)) or an identity
    /// ([`begin_link`](Self::begin_link)).
    ///
    /// # Errors
    /// See [`AnonymousError`].
    #[doc(alias = "signInAnonymously")]
    pub async fn sign_in_anonymously(&self) -> Result<User, AnonymousError> {
        let client = self.clone();
        spawn_to_completion(async move { sign_in(&client).await }).await
    }
}

async fn sign_in(client: &Client) -> Result<User, AnonymousError> {
    let gateway = &client.inner.gateway;
    let attempt = Attempt::of_handle(client).await.map_err(|_| AnonymousError::Superseded)?;
    // The server takes a sign-up without an address for an anonymous sign-in.
    let request =
        gateway.auth(Method::Post, "signup").json(&client.options.with_captcha(json!({ "data": {} })));
    match gateway.send(request).await.map_err(RequestError::from)? {
        Ok(response) => {
            let issued = Issued::receive(&response, &*gateway.clock).ok_or(RequestError::NOT_SUPABASE)?;
            attempt.install(&client.inner.session, issued).await.map_err(|_| AnonymousError::Superseded)
        }
        Err(fault) => Err(match fault.code.as_str() {
            "anonymous_provider_disabled" => AnonymousError::Disabled,
            "signup_disabled" => AnonymousError::SignUpDisabled,
            "captcha_failed" => AnonymousError::CaptchaRequired,
            _ => AnonymousError::Request(fault.into()),
        }),
    }
}
