//! What a link that nobody here asked for does, once it is wanted; and what a hash does for a flow that is pending.

use crate::auth::exchange::completed;
use crate::auth::terms::Terms;
use crate::auth::verify::{Proof, VerifyKind, verify};
use crate::callback::LinkTokens;
use crate::client::Completed;
use crate::error::{CallbackError, HttpError, UnaskedError};
use crate::flows::Flows;
use crate::gateway::Gateway;
use crate::http::Method;
use crate::pending::{FlowId, FlowKind};
use crate::secret::Secret;
use crate::session::Session;
use crate::token::Issued;
use crate::unasked::{LinkProof, Unasked};
use crate::user::User;
use crate::wire::Fault;

/// Whom the link would sign in, as the server says; `None` when only its use would tell.
pub(crate) async fn inspect(session: &Session, unasked: &Unasked) -> Result<Option<User>, UnaskedError> {
    match proof(session, unasked)? {
        LinkProof::Tokens(tokens) => owner(&session.gateway, &tokens).await.map(Some),
        LinkProof::Hash(..) => Ok(None),
    }
}

/// Signs in with the link, unless somebody is signed in.
pub(crate) async fn accept(session: &Session, unasked: &Unasked) -> Result<Completed, UnaskedError> {
    let (kind, issued) = match proof(session, unasked)? {
        LinkProof::Tokens(tokens) => {
            // Never on the link's word alone: the server says whose tokens they are.
            let user = owner(&session.gateway, &tokens).await?;
            (tokens.kind, Issued::from_link(&tokens, user, &*session.gateway.clock))
        }
        LinkProof::Hash(kind, hash) => {
            match verify(&session.gateway, &Terms::default(), kind, Proof::Hash(&hash)).await? {
                Ok(Some(issued)) => (Some(kind), issued),
                Ok(None) => {
                    unasked.forget();
                    return Ok(Completed::EmailChangeHalf);
                }
                Err(fault) => return Err(refusal(fault)),
            }
        }
    };
    // Another sign-in, or another acceptance of the same link, may have come first.
    let user = session.install_if_signed_out(issued).await.ok_or(UnaskedError::SignedIn)?;
    unasked.forget();
    Ok(completed(kind.map_or(FlowKind::MagicLink, VerifyKind::flow_kind), user))
}

fn proof(session: &Session, unasked: &Unasked) -> Result<LinkProof, UnaskedError> {
    if session.state().signed_in().is_some() {
        return Err(UnaskedError::SignedIn);
    }
    unasked.proof(session.gateway.clock.moment()).ok_or(UnaskedError::Forgotten)
}

async fn owner(gateway: &Gateway, tokens: &LinkTokens) -> Result<User, UnaskedError> {
    match gateway.send_as(gateway.auth(Method::Get, "user"), &tokens.access).await? {
        Ok(response) => Ok(serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase)?),
        Err(fault) => Err(refusal(fault)),
    }
}

fn refusal(fault: Fault) -> UnaskedError {
    match fault.code.as_str() {
        "otp_expired" | "session_not_found" | "session_expired" | "user_not_found" => UnaskedError::Spent,
        "user_banned" => UnaskedError::Banned,
        _ if fault.refuses_token() => UnaskedError::Spent,
        _ => UnaskedError::Unexpected { code: fault.code },
    }
}

/// A hash in a link that carries the nonce of a pending flow: asked for here, so nobody has to be asked again.
pub(crate) async fn flow_hash(
    session: &Session,
    flows: &Flows,
    id: &FlowId,
    kind: VerifyKind,
    hash: &Secret<String>,
) -> Result<Completed, CallbackError> {
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    flows.set_exchanging(id, true);
    match verify(&session.gateway, &Terms::default(), kind, Proof::Hash(hash)).await {
        Ok(Ok(Some(issued))) => {
            let user = session.install(issued).await;
            flows.consume(id).await;
            Ok(completed(flow.kind, user))
        }
        other => {
            flows.set_exchanging(id, false);
            match other? {
                Ok(_) => Ok(Completed::EmailChangeHalf),
                // A newer mail completes the flow.
                Err(fault) if fault.code.as_str() == "otp_expired" => Err(CallbackError::Spent),
                Err(fault) => {
                    flows.consume(id).await;
                    Err(CallbackError::Ended(fault.code))
                }
            }
        }
    }
}

/// Tokens in a link that carries the nonce of a pending flow, for a client that was built for the implicit flow.
pub(crate) async fn flow_tokens(
    session: &Session,
    flows: &Flows,
    id: &FlowId,
    tokens: &LinkTokens,
) -> Result<Completed, CallbackError> {
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    flows.set_exchanging(id, true);
    match owner(&session.gateway, tokens).await {
        Ok(user) => {
            let issued = Issued::from_link(tokens, user, &*session.gateway.clock);
            let user = session.install(issued).await;
            flows.consume(id).await;
            Ok(completed(flow.kind, user))
        }
        Err(error) => {
            flows.set_exchanging(id, false);
            Err(match error {
                UnaskedError::Http(error) => CallbackError::Http(error),
                UnaskedError::Unexpected { code } => CallbackError::Ended(code),
                // Tokens that the server does not take say nothing about the flow.
                _ => CallbackError::Spent,
            })
        }
    }
}
