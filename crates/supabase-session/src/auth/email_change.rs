//! A new address for the signed-in user. The links come back with a code (PKCE).

use serde_json::json;

use crate::auth::mail::{MailRequestError, not_sent, with_flow};
use crate::auth::{address, as_user};
use crate::client::{Client, Inner};
use crate::error::RequestError;
use crate::flows::flow::{Flow, FlowKind, PendingFlow};
use crate::http::fault::ServerError;
use crate::http::transport::Method;
use crate::shared::spawn_to_completion;
use crate::store::StoreError;
use crate::user::User;

/// What a request for a new address has led to.
#[derive(Debug, Clone, PartialEq)]
pub enum EmailChange {
    /// The user has the address: the project confirms addresses by itself, or the user had this one before.
    Done(User),
    /// Mails are on their way to the new address and, where the project asks for both, to the old one.
    ConfirmationSent(PendingFlow),
}

/// Why an address was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailChangeError {
    /// Not an e-mail address.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// Another account has this address.
    #[error("this address has an account already")]
    Taken,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// The pending flow could not be stored, so nothing was sent: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Begins a change of the user's address; for an anonymous user this is the way to an account of their own. The
    /// project may ask for a confirmation at the new address or at both
    /// ([`Completed::EmailChangeHalf`](crate::Completed::EmailChangeHalf) after the first).
    ///
    /// # Errors
    /// See [`EmailChangeError`].
    #[doc(alias = "updateUser")]
    pub async fn change_email(&self, email: &str) -> Result<EmailChange, EmailChangeError> {
        let (client, email) = (self.clone(), email.to_owned());
        spawn_to_completion(async move { change(&client, &email).await }).await
    }
}

async fn change(client: &Client, email: &str) -> Result<EmailChange, EmailChangeError> {
    let Inner { flows, session, .. } = &*client.inner;
    let email = address::email(email).ok_or(EmailChangeError::EmailInvalid)?;
    let owner = session
        .state()
        .signed_in()
        .map(|now| now.user.id)
        .ok_or(EmailChangeError::Request(RequestError::SignedOut))?;
    let flow =
        flows.begin_of(Some(owner), &client.options, FlowKind::EmailChange, Some(email.to_owned())).await?;
    match request_change(client, &flow).await {
        Ok(user) if is_done(&user, &flow) => {
            flows.consume(&flow.id).await;
            Ok(EmailChange::Done(user))
        }
        Ok(_) => Ok(EmailChange::ConfirmationSent(flows.confirm_begun(&flow).await)),
        Err(error) => Err(not_sent(flows, &flow, error).await),
    }
}

/// Asks the server to give the user the flow's address, for the first time or again. Only while the user who began the
/// flow is signed in.
pub(super) async fn request_change(client: &Client, flow: &Flow) -> Result<User, EmailChangeError> {
    let Inner { session, .. } = &*client.inner;
    let now = session.state().signed_in().map(|now| now.user.id);
    if now.is_none() || now != flow.owner {
        return Err(RequestError::SignedOut.into());
    }
    let body = json!({ "email": flow.email });
    let request = with_flow(session.gateway.auth(Method::Put, "user"), body, flow);
    match as_user::send(client, request).await? {
        Ok(answer) => Ok(answer.user(session).await?),
        Err(fault) => Err(refusal(fault)),
    }
}

/// Whether the user has the flow's address by now.
pub(super) fn is_done(user: &User, flow: &Flow) -> bool {
    // The server writes addresses in small letters.
    let small = |email: &Option<String>| email.as_ref().map(|email| email.to_lowercase());
    user.email.is_some() && small(&user.email) == small(&flow.email)
}

impl MailRequestError for EmailChangeError {
    fn request_error(&self) -> Option<&RequestError> {
        if let Self::Request(error) = self { Some(error) } else { None }
    }
}

fn refusal(fault: ServerError) -> EmailChangeError {
    match fault.code.as_str() {
        "email_exists" | "user_already_exists" => EmailChangeError::Taken,
        "insufficient_aal" => EmailChangeError::SecondFactorRequired,
        "email_provider_disabled" => EmailChangeError::EmailDisabled,
        "captcha_failed" => EmailChangeError::CaptchaRequired,
        _ if fault.refuses_email() => EmailChangeError::EmailInvalid,
        _ => EmailChangeError::Request(fault.into()),
    }
}
