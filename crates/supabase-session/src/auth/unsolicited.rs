//! What a link that nobody here asked for does, once it is wanted; and what a hash does for a flow that is pending.

use crate::auth::as_user;
use crate::auth::attempt::Attempt;
use crate::auth::exchange::{completed, finish};
use crate::auth::otp::{Proof, verify};
use crate::callback::outcome::Completed;
use crate::callback::unsolicited::{LinkProof, UnsolicitedLink};
use crate::client::{Client, Inner};
use crate::error::{CallbackError, HttpError, RequestError};
use crate::flows::flow::{FlowId, FlowKind};
use crate::flows::request_options::RequestOptions;
use crate::flows::verify_kind::VerifyKind;
use crate::http::fault::ServerError;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::secret::Secret;
use crate::session::install::{NotInstalled, Replaces};
use crate::session::tokens::{Issued, LinkTokens};
use crate::shared::spawn_to_completion;
use crate::user::User;

/// What a link that carries the nonce of a pending flow has led to.
pub(crate) enum LinkOutcome {
    /// What the flow was for.
    Completed(Completed),
    /// Somebody else's session: whoever knew the nonce has put their own proof beside it. It is not the flow's, which
    /// lives on.
    Foreign(LinkProof),
}

/// Why a link that nobody here asked for did not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AcceptLinkError {
    /// Somebody is signed in here: such a link never replaces them.
    #[error("somebody is signed in here")]
    SignedIn,
    /// The link is not held any more: ten minutes are over, it was accepted or forgotten already, or another link came
    /// after it.
    #[error("this link is not held any more")]
    Forgotten,
    /// Somebody has signed in or out while the server was asked. That wins: the session that the server issued was
    /// ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// The server does not take the link: it was used before, or it is too old.
    #[error("this link was already used or is too old")]
    Spent,
    /// The account is banned.
    #[error("the account is banned")]
    Banned,
    /// No answer came, or a refusal that has no variant here.
    #[error(transparent)]
    Request(#[from] RequestError),
}

impl Client {
    /// Whom a link that nobody here asked for would sign in. `None` when it carries a hash: the server tells only
    /// once it is used. Changes nothing.
    ///
    /// # Errors
    /// See [`AcceptLinkError`].
    pub async fn inspect(&self, unsolicited: &UnsolicitedLink) -> Result<Option<User>, AcceptLinkError> {
        inspect(self, unsolicited).await
    }

    /// Signs in with a link that nobody here asked for. Call it only when the person has said that they want it. Goes
    /// on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`AcceptLinkError`].
    pub async fn accept(&self, unsolicited: UnsolicitedLink) -> Result<Completed, AcceptLinkError> {
        let client = self.clone();
        spawn_to_completion(async move {
            let attempt = Attempt::begin(&client.inner.session, Replaces::Nobody).await;
            // One at a time: a hash is taken once.
            let _one = client.inner.exchanging.lock().await;
            accept(&client, attempt, &unsolicited).await
        })
        .await
    }
}

/// Whom the link would sign in, as the server says; `None` when only its use would tell.
async fn inspect(client: &Client, unsolicited: &UnsolicitedLink) -> Result<Option<User>, AcceptLinkError> {
    match proof(client, unsolicited)? {
        LinkProof::Tokens(tokens) => owner(&client.inner.gateway, &tokens).await.map(Some),
        LinkProof::Hash(..) => Ok(None),
    }
}

/// Signs in with the link, unless somebody is signed in, or somebody signs in or out meanwhile.
async fn accept(
    client: &Client,
    attempt: Attempt,
    unsolicited: &UnsolicitedLink,
) -> Result<Completed, AcceptLinkError> {
    let Inner { session, .. } = &*client.inner;
    let proof = proof(client, unsolicited)?;
    attempt.check(session)?;
    let (kind, issued) = match proof {
        LinkProof::Tokens(tokens) => {
            // The link alone is not believed: the server says whose tokens these are.
            let user = owner(&session.gateway, &tokens).await?;
            (tokens.kind, Issued::from_link(&tokens, user, &*session.gateway.clock))
        }
        LinkProof::Hash(kind, hash) => {
            match verify(&session.gateway, &RequestOptions::default(), kind, Proof::Hash(&hash))
                .await
                .map_err(RequestError::from)?
            {
                Ok(Some(issued)) => (Some(kind), issued),
                Ok(None) => {
                    unsolicited.forget();
                    return Ok(Completed::EmailChangeHalf);
                }
                Err(fault) => return Err(refusal(fault)),
            }
        }
    };
    // Whether or not the session is installed, the link is used up: a hash is good once, and a session that came too
    // late is ended.
    unsolicited.forget();
    let user = attempt.install(session, issued).await?;
    Ok(completed(kind.map_or(FlowKind::MagicLink, VerifyKind::flow_kind), user))
}

fn proof(client: &Client, unsolicited: &UnsolicitedLink) -> Result<LinkProof, AcceptLinkError> {
    // Asked first: a link that was accepted already is `Forgotten`, although somebody is signed in.
    let proof = unsolicited.proof(client.inner.gateway.clock.moment()).ok_or(AcceptLinkError::Forgotten)?;
    if client.inner.session.state().signed_in().is_some() {
        return Err(AcceptLinkError::SignedIn);
    }
    Ok(proof)
}

impl From<NotInstalled> for AcceptLinkError {
    fn from(reason: NotInstalled) -> Self {
        match reason {
            // Such a link has no owner: it is another account's only where somebody is signed in.
            NotInstalled::SignedIn | NotInstalled::OtherAccount => Self::SignedIn,
            NotInstalled::Superseded => Self::Superseded,
        }
    }
}

async fn owner(gateway: &Gateway, tokens: &LinkTokens) -> Result<User, AcceptLinkError> {
    match gateway
        .send_as(gateway.auth(Method::Get, "user"), &tokens.access)
        .await
        .map_err(RequestError::from)?
    {
        Ok(response) => Ok(as_user::user(&response)?),
        Err(fault) => Err(refusal(fault)),
    }
}

fn refusal(fault: ServerError) -> AcceptLinkError {
    match fault.code.as_str() {
        "otp_expired" | "session_not_found" | "session_expired" | "user_not_found" => AcceptLinkError::Spent,
        "user_banned" => AcceptLinkError::Banned,
        _ if fault.refuses_token() => AcceptLinkError::Spent,
        _ => AcceptLinkError::Request(fault.into()),
    }
}

/// A hash in a link that carries the nonce of a pending flow. A nonce is no proof of a person: the flow is completed
/// only for the user whom it was begun for.
pub(super) async fn flow_hash(
    client: &Client,
    attempt: Attempt,
    id: &FlowId,
    kind: VerifyKind,
    hash: &Secret<String>,
) -> Result<LinkOutcome, CallbackError> {
    let Inner { flows, session, .. } = &*client.inner;
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    attempt.check(session)?;
    flows.set_exchanging(id, true);
    match verify(&session.gateway, &RequestOptions::default(), kind, Proof::Hash(hash)).await {
        Ok(Ok(Some(issued))) if flow.is_for(&issued.user) => {
            finish(client, attempt, &flow, issued).await.map(LinkOutcome::Completed)
        }
        Ok(Ok(Some(issued))) => {
            flows.set_exchanging(id, false);
            let tokens = issued.into_link(Some(kind), session.gateway.clock.moment());
            Ok(LinkOutcome::Foreign(LinkProof::Tokens(tokens)))
        }
        other => {
            flows.set_exchanging(id, false);
            match other? {
                Ok(_) => Ok(LinkOutcome::Completed(Completed::EmailChangeHalf)),
                // A newer mail completes the flow.
                Err(fault) if fault.code.as_str() == "otp_expired" => {
                    flows.note_spent(id).await;
                    Err(CallbackError::Spent)
                }
                Err(fault) => {
                    flows.consume(id).await;
                    Err(CallbackError::Ended(fault.code))
                }
            }
        }
    }
}

/// Tokens in a link that carries the nonce of a pending flow, for a client that was built for the implicit flow.
pub(super) async fn flow_tokens(
    client: &Client,
    attempt: Attempt,
    id: &FlowId,
    tokens: LinkTokens,
) -> Result<LinkOutcome, CallbackError> {
    let Inner { flows, session, .. } = &*client.inner;
    let flow = flows.find(id).ok_or_else(|| flows.absent(id))?;
    attempt.check(session)?;
    flows.set_exchanging(id, true);
    match owner(&session.gateway, &tokens).await {
        Ok(user) if flow.is_for(&user) => {
            let issued = Issued::from_link(&tokens, user, &*session.gateway.clock);
            finish(client, attempt, &flow, issued).await.map(LinkOutcome::Completed)
        }
        Ok(_) => {
            flows.set_exchanging(id, false);
            Ok(LinkOutcome::Foreign(LinkProof::Tokens(tokens)))
        }
        Err(error) => {
            flows.set_exchanging(id, false);
            Err(match error {
                AcceptLinkError::Request(RequestError::Http(error)) => CallbackError::Http(error),
                AcceptLinkError::Request(RequestError::RateLimited { retry_after }) => {
                    CallbackError::Http(HttpError::RateLimited { retry_after })
                }
                AcceptLinkError::Request(RequestError::Unexpected { code }) => CallbackError::Ended(code),
                // Tokens that the server does not take say nothing about the flow.
                _ => CallbackError::Spent,
            })
        }
    }
}
