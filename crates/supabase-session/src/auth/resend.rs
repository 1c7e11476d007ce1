//! Sending a flow's mail once more.

use serde_json::json;
use url::Url;

use crate::auth::sign_up::with_flow;
use crate::error::{HttpError, ResendError};
use crate::flows::Flows;
use crate::gateway::Gateway;
use crate::http::Method;
use crate::pending::{FlowId, FlowKind, PendingFlow};
use crate::wire::Fault;

/// The new mail's link carries the same nonce and is completed with the same verifier, which has never left this
/// machine: whichever of the mails is opened, and whether or not this request got an answer, the flow can complete it.
/// (The server ties a code to the challenge sent last; a new verifier would orphan the mail that is on its way if this
/// request failed.) Without the challenge the link would come back with tokens in its fragment.
pub(crate) async fn resend(
    gateway: &Gateway,
    flows: &Flows,
    redirect_to: Option<&Url>,
    id: &FlowId,
) -> Result<PendingFlow, ResendError> {
    let flow = flows.extend(id).await?.ok_or(ResendError::Unknown)?;
    let kind = match flow.kind {
        FlowKind::SignUp => "signup",
    };
    let email = flow.email.as_deref().ok_or(ResendError::Unknown)?;
    let body = json!({ "type": kind, "email": email });
    let request = with_flow(gateway.auth(Method::Post, "resend"), body, &flow, redirect_to);
    match gateway.send(request).await {
        Ok(Ok(response)) if serde_json::from_slice::<serde_json::Value>(&response.body).is_ok() => {
            // Cancelled or completed while the request was out: the answer is of no use any more.
            flows.confirm(id).await.ok_or(ResendError::Unknown)
        }
        Ok(Ok(_)) => Err(HttpError::NotSupabase.into()),
        Ok(Err(fault)) => Err(refusal(fault)),
        Err(HttpError::RateLimited { retry_after }) => Err(ResendError::RateLimited { retry_after }),
        Err(error) => Err(error.into()),
    }
}

fn refusal(fault: Fault) -> ResendError {
    match fault.code.as_str() {
        "email_provider_disabled" => ResendError::EmailDisabled,
        "captcha_failed" => ResendError::CaptchaRequired,
        _ => ResendError::Unexpected { code: fault.code },
    }
}
