//! Sending a flow's mail once more.

use crate::auth::email_change;
use crate::auth::email_change::EmailChangeError;
use crate::auth::magic_link::Mail;
use crate::auth::mail::said_yes;
use crate::client::{Client, Inner};
use crate::error::{RequestError, ServerCode};
use crate::flows::flow::{Flow, FlowId, FlowKind, PendingFlow};
use crate::flows::request_options::RequestOptions;
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::Request;
use crate::shared::spawn_to_completion;
use crate::store::StoreError;

/// Why a mail was not sent again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResendError {
    /// There is no such pending flow (any more), or none that sends mails. An e-mail change is sent again only while
    /// its user is signed in.
    #[error("this sign-in is not pending any more")]
    Unknown,
    /// The user has the new address already: another program (a mail scanner, a phone's browser) has opened the links.
    /// Nothing was sent, and the flow is over.
    #[error("the new address is confirmed already")]
    Confirmed,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// The pending flow could not be stored, so nothing was sent.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Sends the mail of a pending flow once more. The link in every mail of a flow completes it, and all lead back to
    /// where the first did.
    ///
    /// A sign-up whose link or code was refused as spent gets a link that signs in instead ([`FlowKind::MagicLink`],
    /// which the flow is from then on): whatever opened the link first has confirmed the address, and for a confirmed
    /// address the server would send no mail of a sign-up.
    ///
    /// # Errors
    /// See [`ResendError`].
    pub async fn resend(&self, id: &FlowId) -> Result<PendingFlow, ResendError> {
        let (client, id) = (self.clone(), id.clone());
        spawn_to_completion(async move { resend(&client, &id).await }).await
    }
}

/// The new mail's link carries the same nonce and is completed with the same verifier, which has never left this
/// machine: whichever of the mails is opened, and whether or not this request got an answer, the flow can complete it.
/// (The server ties a code to the challenge sent last; a new verifier would orphan the mail that is on its way if this
/// request failed.) Without the challenge the link would come back with tokens in its fragment.
async fn resend(client: &Client, id: &FlowId) -> Result<PendingFlow, ResendError> {
    let Inner { flows, .. } = &*client.inner;
    let flow = flows.extend(id).await?.ok_or(ResendError::Unknown)?;
    if flow.kind == FlowKind::EmailChange {
        return request_change_again(client, &flow).await;
    }
    let gateway = &client.inner.gateway;
    if flow.kind == FlowKind::SignUp && flow.spent {
        match send(gateway, link_instead(gateway, &flow, &client.options)).await? {
            Ok(()) => flows.turn_into(id, FlowKind::MagicLink),
            // The address has no account, or the account is not confirmed and the project takes no new ones: then the
            // mail of the sign-up is sent after all.
            Err(fault) if matches!(fault.code.as_str(), "otp_disabled" | "signup_disabled") => {
                send(gateway, request(gateway, &flow, &client.options)).await?.map_err(refusal)?;
            }
            Err(fault) => return Err(refusal(fault)),
        }
    } else {
        send(gateway, request(gateway, &flow, &client.options)).await?.map_err(refusal)?;
    }
    // Cancelled or completed while the request was out: the answer is of no use any more.
    flows.confirm(id).await.ok_or(ResendError::Unknown)
}

/// Where another program (a mail scanner, a phone's browser) has opened the links, the address is changed already: then
/// no mail is sent, and none is promised.
async fn request_change_again(client: &Client, flow: &Flow) -> Result<PendingFlow, ResendError> {
    let user = email_change::request_change(client, flow).await.map_err(not_changed)?;
    if email_change::is_done(&user, flow) {
        client.inner.flows.consume(&flow.id).await;
        return Err(ResendError::Confirmed);
    }
    client.inner.flows.confirm(&flow.id).await.ok_or(ResendError::Unknown)
}

/// A link that signs in, for a sign-up whose own link is spent. For an address that is confirmed `/resend` answers yes
/// and sends nothing; for one that is not, this is the sign-up's mail once more.
fn link_instead(gateway: &Gateway, flow: &Flow, options: &RequestOptions) -> Option<Request> {
    let email = flow.email.as_deref()?;
    Some(Mail::MagicLink { create_user: false }.request(gateway, flow, email, options))
}

async fn send(gateway: &Gateway, request: Option<Request>) -> Result<Result<(), ServerError>, ResendError> {
    match gateway.send(request.ok_or(ResendError::Unknown)?).await.map_err(RequestError::from)? {
        Ok(response) => Ok(Ok(said_yes(&response.body)?)),
        Err(fault) => Ok(Err(fault)),
    }
}

fn request(gateway: &Gateway, flow: &Flow, options: &RequestOptions) -> Option<Request> {
    let email = flow.email.as_deref()?;
    let mail = match flow.kind {
        FlowKind::SignUp => Mail::Confirmation,
        // `/resend` takes neither of these types, so the mail is asked for as at first. The first request has opened
        // the account.
        FlowKind::MagicLink => Mail::MagicLink { create_user: false },
        FlowKind::Recovery => Mail::Recovery,
        FlowKind::EmailChange | FlowKind::OAuth | FlowKind::LinkIdentity => return None,
    };
    Some(mail.request(gateway, flow, email, options))
}

fn not_changed(error: EmailChangeError) -> ResendError {
    match error {
        // The user who began the flow is not the one who is signed in now.
        EmailChangeError::Request(RequestError::SignedOut) => ResendError::Unknown,
        EmailChangeError::EmailDisabled => ResendError::EmailDisabled,
        EmailChangeError::CaptchaRequired => ResendError::CaptchaRequired,
        EmailChangeError::Request(error) => ResendError::Request(error),
        EmailChangeError::Store(error) => ResendError::Store(error),
        EmailChangeError::EmailInvalid => unexpected("email_address_invalid"),
        EmailChangeError::Taken => unexpected("email_exists"),
        EmailChangeError::SecondFactorRequired => unexpected("insufficient_aal"),
    }
}

fn unexpected(code: &str) -> ResendError {
    ResendError::Request(RequestError::Unexpected { code: ServerCode::new(code) })
}

fn refusal(fault: ServerError) -> ResendError {
    match fault.code.as_str() {
        "email_provider_disabled" => ResendError::EmailDisabled,
        "captcha_failed" => ResendError::CaptchaRequired,
        _ => ResendError::Request(fault.into()),
    }
}
