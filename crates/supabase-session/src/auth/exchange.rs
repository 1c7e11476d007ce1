//! What a callback link does: the exchange of its code, or what its refusal means for the pending flow.

use crate::auth::token_grant;
use crate::callback::Answer;
use crate::error::{CallbackError, HttpError, ServerCode};
use crate::flows::Flows;
use crate::pending::FlowId;
use crate::secret::Secret;
use crate::session::Session;
use crate::user::User;
use crate::wire::Fault;

/// Exchanges a code with the verifier of its flow. Consumes the flow when it worked or never can.
pub(crate) async fn exchange(
    session: &Session,
    flows: &Flows,
    id: &FlowId,
    code: &Secret<String>,
) -> Result<User, CallbackError> {
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    flows.set_exchanging(id, true);
    match token_grant::pkce(&session.gateway, code, &flow.verifier).await {
        Ok(Ok(issued)) => {
            // The session first: between the two, a crash leaves a flow that is over, not a login that is lost.
            let user = session.install(issued).await;
            flows.consume(id).await;
            Ok(user)
        }
        Ok(Err(fault)) => {
            let error = refusal(fault);
            end_unless_retryable(flows, id, &error).await;
            Err(error)
        }
        Err(error) => {
            flows.set_exchanging(id, false);
            Err(error.into())
        }
    }
}

/// A link that says no.
pub(crate) async fn refused(flows: &Flows, id: &FlowId, answer: &Answer) -> CallbackError {
    let Answer::Refusal { error, code } = answer else { return CallbackError::Malformed };
    if flows.find(id).is_none() {
        return flows.absent(id);
    }
    match (error.as_str(), code.as_deref()) {
        // An older mail of this flow, or one that a scanner opened: a newer mail completes it.
        (_, Some("otp_expired")) => CallbackError::Spent,
        // The server stumbled; the link can be opened again.
        (_, Some("unexpected_failure" | "request_timeout"))
        | ("server_error" | "temporarily_unavailable", None) => {
            CallbackError::Http(HttpError::ServerTrouble { status: 500 })
        }
        (error, code) => {
            flows.consume(id).await;
            match (error, code) {
                (_, Some("flow_state_expired")) => CallbackError::ConfirmedTooLate,
                (_, Some("flow_state_not_found")) => CallbackError::Spent,
                ("access_denied", None) | (_, Some("access_denied")) => CallbackError::Refused,
                (error, code) => CallbackError::Ended(ServerCode::new(code.unwrap_or(error))),
            }
        }
    }
}

fn refusal(fault: Fault) -> CallbackError {
    match fault.code.as_str() {
        "flow_state_not_found" => CallbackError::Spent,
        "flow_state_expired" => CallbackError::ConfirmedTooLate,
        "bad_code_verifier" => CallbackError::ForeignCode,
        _ => CallbackError::Ended(fault.code),
    }
}

async fn end_unless_retryable(flows: &Flows, id: &FlowId, error: &CallbackError) {
    match error {
        // The server did not burn the code: the right link still completes the flow.
        CallbackError::ForeignCode => flows.set_exchanging(id, false),
        _ => flows.consume(id).await,
    }
}
