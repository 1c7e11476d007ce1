//! What a callback link does: the exchange of its code, or what its refusal means for the pending flow.

use crate::auth::attempt::Attempt;
use crate::callback::outcome::Completed;
use crate::client::{Client, Inner};
use crate::error::{CallbackError, HttpError, ServerCode};
use crate::flows::Flows;
use crate::flows::flow::{Flow, FlowId, FlowKind};
use crate::http::fault::ServerError;
use crate::secret::Secret;
use crate::session::install::NotInstalled;
use crate::session::token_grant;
use crate::session::tokens::Issued;
use crate::user::User;

/// Exchanges a code with the verifier of its flow. Consumes the flow when it worked or never can.
pub(crate) async fn exchange(
    client: &Client,
    attempt: Attempt,
    id: &FlowId,
    code: &Secret<String>,
) -> Result<Completed, CallbackError> {
    let Inner { flows, session, .. } = &*client.inner;
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    // Another link may have signed in while this one waited for its turn: then its code is not burnt.
    attempt.check(session)?;
    flows.set_exchanging(id, true);
    match token_grant::pkce(&session.gateway, code, &flow.verifier).await {
        Ok(Ok(issued)) => finish(client, attempt, &flow, issued).await,
        Ok(Err(fault)) => {
            let error = refusal(fault);
            end_unless_retryable(flows, &flow, &error).await;
            Err(error)
        }
        Err(error) => {
            flows.set_exchanging(id, false);
            Err(error.into())
        }
    }
}

/// Installs the session that a flow has led to, if the flow is still pending, and ends the flow.
pub(super) async fn finish<E: From<NotInstalled>>(
    client: &Client,
    attempt: Attempt,
    flow: &Flow,
    issued: Issued,
) -> Result<Completed, E> {
    let Inner { flows, session, .. } = &*client.inner;
    match attempt.install_if(session, issued, || flows.is_pending(&flow.id)).await {
        // The session first: between the two, a crash leaves a flow that is over, not a login that is lost.
        Ok(user) => {
            flows.consume(&flow.id).await;
            Ok(completed(flow.kind, user))
        }
        Err(reason @ NotInstalled::OtherAccount) => {
            flows.set_exchanging(&flow.id, false);
            Err(reason.into())
        }
        Err(reason) => {
            flows.consume(&flow.id).await;
            Err(reason.into())
        }
    }
}

impl From<NotInstalled> for CallbackError {
    fn from(reason: NotInstalled) -> Self {
        match reason {
            NotInstalled::SignedIn => Self::SignedIn,
            NotInstalled::Superseded => Self::Superseded,
            NotInstalled::OtherAccount => Self::OtherAccount,
        }
    }
}

/// What a flow of this kind has come to, once its user is signed in.
pub(super) fn completed(kind: FlowKind, user: User) -> Completed {
    match kind {
        FlowKind::Recovery => Completed::Recovery(user),
        FlowKind::EmailChange => Completed::EmailChanged(user),
        FlowKind::LinkIdentity => Completed::IdentityLinked(user),
        FlowKind::SignUp | FlowKind::MagicLink | FlowKind::OAuth => Completed::SignedIn(user),
    }
}

/// The first of two confirmations. The flow lives on: the other link completes it.
pub(super) fn halfway(flows: &Flows, id: &FlowId) -> Result<Completed, CallbackError> {
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    match flow.kind {
        // Only a nonce proves that the link is an answer to what was begun here.
        FlowKind::EmailChange if flow.is_bare() => Err(CallbackError::Unproven),
        FlowKind::EmailChange => Ok(Completed::EmailChangeHalf),
        // The server asks for two confirmations for no other kind of flow.
        _ => Err(CallbackError::Malformed),
    }
}

/// What a link with a refusal means for its flow, which is ended where no other link can complete it.
pub(crate) async fn refused(flows: &Flows, id: &FlowId, error: &str, code: Option<&str>) -> CallbackError {
    let Some(flow) = flows.find(id) else { return flows.absent(id) };
    match (error, code) {
        // The provider's page is done with and its state is spent: a new sign-in fails in the same way until the
        // project's owner has looked (a trigger on `auth.users` that raises, most often).
        (_, Some(code @ "unexpected_failure"))
            if matches!(flow.kind, FlowKind::OAuth | FlowKind::LinkIdentity) =>
        {
            flows.consume(id).await;
            CallbackError::Ended(ServerCode::new(code))
        }
        // An older mail of this flow, or one that a scanner opened: a newer mail completes it.
        (_, Some("otp_expired")) => {
            flows.note_spent(id).await;
            CallbackError::Spent
        }
        // The server stumbled; the link can be opened again.
        (_, Some("unexpected_failure" | "request_timeout"))
        | ("server_error" | "temporarily_unavailable", None) => {
            CallbackError::Http(HttpError::ServerTrouble { status: 500 })
        }
        (error, code) => {
            end_if_proven(flows, &flow).await;
            match (error, code) {
                (_, Some("flow_state_expired")) => CallbackError::ConfirmedTooLate,
                (_, Some("flow_state_not_found")) => CallbackError::Spent,
                ("access_denied", None) | (_, Some("access_denied")) => CallbackError::Refused,
                (error, code) => CallbackError::Ended(ServerCode::new(code.unwrap_or(error))),
            }
        }
    }
}

fn refusal(fault: ServerError) -> CallbackError {
    match fault.code.as_str() {
        "flow_state_not_found" => CallbackError::Spent,
        "flow_state_expired" => CallbackError::ConfirmedTooLate,
        "bad_code_verifier" => CallbackError::ForeignCode,
        _ => CallbackError::Ended(fault.code),
    }
}

async fn end_unless_retryable(flows: &Flows, flow: &Flow, error: &CallbackError) {
    match error {
        // The server did not burn the code: the right link still completes the flow.
        CallbackError::ForeignCode => flows.set_exchanging(&flow.id, false),
        _ => end_if_proven(flows, flow).await,
    }
}

/// Ends the flow of a link that carried its nonce. A link to a bare redirect may be anybody's, with a code or an error
/// that somebody made up: the flow waits for the right one until it is given up or expires.
async fn end_if_proven(flows: &Flows, flow: &Flow) {
    if flow.is_bare() {
        flows.set_exchanging(&flow.id, false);
    } else {
        flows.consume(&flow.id).await;
    }
}
