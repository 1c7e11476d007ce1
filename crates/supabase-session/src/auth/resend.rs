//! Sending a flow's mail once more.

use std::sync::Arc;

use serde_json::json;

use crate::auth::email_change;
use crate::auth::mail::{Mail, said_yes};
use crate::auth::sign_up::with_flow;
use crate::auth::terms::Terms;
use crate::authorized::Authorized;
use crate::error::{EmailChangeError, ResendError, ServerCode};
use crate::flows::Flows;
use crate::gateway::Gateway;
use crate::http::{Method, Request};
use crate::pending::{Flow, FlowId, FlowKind, PendingFlow};
use crate::session::Session;
use crate::wire::Fault;

/// The new mail's link carries the same nonce and is completed with the same verifier, which has never left this
/// machine: whichever of the mails is opened, and whether or not this request got an answer, the flow can complete it.
/// (The server ties a code to the challenge sent last; a new verifier would orphan the mail that is on its way if this
/// request failed.) Without the challenge the link would come back with tokens in its fragment.
pub(crate) async fn resend(
    session: &Arc<Session>,
    authorized: &Authorized,
    flows: &Flows,
    terms: &Terms,
    id: &FlowId,
) -> Result<PendingFlow, ResendError> {
    let flow = flows.extend(id).await?.ok_or(ResendError::Unknown)?;
    if flow.kind == FlowKind::EmailChange {
        email_change::ask(session, authorized, &flow).await.map_err(not_changed)?;
        return flows.confirm(id).await.ok_or(ResendError::Unknown);
    }
    let gateway = &session.gateway;
    let request = request(gateway, &flow, terms).ok_or(ResendError::Unknown)?;
    match gateway.send(request).await {
        Ok(Ok(response)) => {
            said_yes(&response.body)?;
            // Cancelled or completed while the request was out: the answer is of no use any more.
            flows.confirm(id).await.ok_or(ResendError::Unknown)
        }
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(error) => Err(error.into()),
    }
}

fn request(gateway: &Gateway, flow: &Flow, terms: &Terms) -> Option<Request> {
    let email = flow.email.as_deref()?;
    match flow.kind {
        FlowKind::SignUp => {
            let body = json!({ "type": "signup", "email": email });
            Some(with_flow(gateway.auth(Method::Post, "resend"), terms.vouch(body), flow))
        }
        // `/resend` knows no such types; asking again is the way. The account was opened with the first mail.
        FlowKind::MagicLink => {
            Some(Mail::MagicLink { create_user: false }.request(gateway, flow, email, terms))
        }
        FlowKind::Recovery => Some(Mail::Recovery.request(gateway, flow, email, terms)),
        FlowKind::EmailChange | FlowKind::OAuth | FlowKind::LinkIdentity => None,
    }
}

fn not_changed(error: EmailChangeError) -> ResendError {
    match error {
        // Whoever is signed in now did not begin it.
        EmailChangeError::SignedOut => ResendError::Unknown,
        EmailChangeError::EmailDisabled => ResendError::EmailDisabled,
        EmailChangeError::CaptchaRequired => ResendError::CaptchaRequired,
        EmailChangeError::RateLimited { retry_after } => ResendError::RateLimited { retry_after },
        EmailChangeError::Http(error) => ResendError::Http(error),
        EmailChangeError::Store(error) => ResendError::Store(error),
        EmailChangeError::EmailInvalid => unexpected("email_address_invalid"),
        EmailChangeError::Taken => unexpected("email_exists"),
        EmailChangeError::SecondFactorRequired => unexpected("insufficient_aal"),
        EmailChangeError::Unexpected { code } => ResendError::Unexpected { code },
    }
}

fn unexpected(code: &str) -> ResendError {
    ResendError::Unexpected { code: ServerCode::new(code) }
}

fn refusal(fault: Fault) -> ResendError {
    match fault.code.as_str() {
        "email_provider_disabled" => ResendError::EmailDisabled,
        "captcha_failed" => ResendError::CaptchaRequired,
        _ => ResendError::Unexpected { code: fault.code },
    }
}
