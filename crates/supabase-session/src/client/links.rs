//! Links that come back, and what they complete.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use url::Url;

use super::Client;
use crate::auth::redirect::{self, RedirectReach};
use crate::auth::{exchange, unasked};
use crate::callback::{Answer, Callback};
use crate::error::{CallbackError, HttpError};
use crate::pending::FlowId;
use crate::shared::to_its_end;
use crate::state::State;
use crate::unasked::{LinkProof, Unasked};
use crate::user::User;

/// What a link or a typed code completed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Completed {
    /// Its user is signed in.
    SignedIn(User),
    /// Its user is signed in, to choose a new password next.
    Recovery(User),
    /// The first of two confirmations of a new address: the mail at the other address is still to be confirmed. The
    /// flow lives on, and nothing else has changed.
    EmailChangeHalf,
    /// The new address stands. Its user is signed in.
    EmailChanged(User),
    /// The user has one more identity ([`User::identities`]) and is signed in.
    IdentityLinked(User),
    /// Nothing yet: nobody here asked for this link, and nobody is signed in. Show whom it signs in and ask, then
    /// [`Client::accept`]; or drop it.
    Unasked(Unasked),
}

impl Client {
    /// Takes a link that came back, for example through a deep link. Nothing is sent unless it is exactly of the form
    /// of the redirect URL and carries the nonce of a pending flow. One that nobody here asked for is held and given
    /// back as [`Completed::Unasked`]. The same link given many times is exchanged once.
    /// Goes on when the caller goes away.
    ///
    /// # Errors
    /// See [`CallbackError`], which says for each whether the flow lives on.
    pub async fn complete(&self, link: &str) -> Result<Completed, CallbackError> {
        let redirect_to = self.inner.redirect_to.as_ref().ok_or(CallbackError::Malformed)?;
        let callback = Callback::parse(link, redirect_to).map_err(|reason| {
            tracing::warn!(%reason, "a link was refused");
            CallbackError::Malformed
        })?;
        // A link may start the program: it must not come before its flow.
        if self.state() == State::Restoring {
            self.restore().await;
        }
        let Some(flow) = callback.flow else { return self.without_flow(callback.answer) };
        self.with_flow(FlowId::of(flow.expose()), callback.answer).await
    }

    /// How far the project lets links lead back to this URL; it need not be the one that the client was built with.
    /// One or two requests without side effects. Any URL of a loopback address (`http://127.0.0.1:<port>/...`) passes
    /// on every project.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn probe_redirect(&self, redirect_to: &Url) -> Result<RedirectReach, HttpError> {
        redirect::probe(&self.inner.gateway, &*self.inner.session.random, redirect_to).await
    }

    /// A link that no flow of this client asked for. Nothing is sent: whether it is wanted is asked first.
    fn without_flow(&self, answer: Answer) -> Result<Completed, CallbackError> {
        let proof = match answer {
            Answer::Tokens(tokens) => LinkProof::Tokens(tokens),
            Answer::Hash(kind, hash) => LinkProof::Hash(kind, hash),
            Answer::Code(_) | Answer::Halfway | Answer::Refusal { .. } => return Err(CallbackError::Unknown),
        };
        if self.state().signed_in().is_some() {
            return Err(CallbackError::SignedIn);
        }
        let unasked = Unasked::new(proof, self.inner.gateway.clock.moment());
        self.inner.last_unasked.replace(&unasked);
        Ok(Completed::Unasked(unasked))
    }

    async fn with_flow(&self, id: FlowId, answer: Answer) -> Result<Completed, CallbackError> {
        let Some(flow) = self.inner.flows.find(&id) else { return Err(self.inner.flows.absent(&id)) };
        if flow.kind.signs_in() && self.state().signed_in().is_some() {
            return Err(CallbackError::SignedIn);
        }
        let (inner, flow) = (Arc::clone(&self.inner), id.clone());
        match answer {
            Answer::Code(code) => {
                let digest = Sha256::digest(code.expose()).into();
                let work =
                    async move { exchange::exchange(&inner.session, &inner.flows, &flow, &code).await };
                self.once(id, digest, work).await
            }
            Answer::Hash(kind, hash) => {
                let digest = Sha256::digest(hash.expose()).into();
                let work =
                    async move { unasked::flow_hash(&inner.session, &inner.flows, &flow, kind, &hash).await };
                self.once(id, digest, work).await
            }
            Answer::Tokens(tokens) if inner.implicit => {
                let digest = Sha256::digest(tokens.access.expose()).into();
                let work =
                    async move { unasked::flow_tokens(&inner.session, &inner.flows, &flow, &tokens).await };
                self.once(id, digest, work).await
            }
            Answer::Tokens(_) => Err(CallbackError::Malformed),
            Answer::Halfway => exchange::halfway(&inner.flows, &flow),
            Answer::Refusal { error, code } => {
                let work =
                    async move { exchange::refused(&inner.flows, &flow, &error, code.as_deref()).await };
                Err(to_its_end(work).await)
            }
        }
    }

    /// Does what a link asks for once, however often it comes, and one link at a time.
    async fn once(
        &self,
        id: FlowId,
        digest: [u8; 32],
        work: impl Future<Output = Result<Completed, CallbackError>> + Send + 'static,
    ) -> Result<Completed, CallbackError> {
        let inner = Arc::clone(&self.inner);
        let work = async move {
            let _one = inner.exchanging.lock().await;
            work.await
        };
        self.inner.exchanges.join((id, digest), work).await
    }
}
