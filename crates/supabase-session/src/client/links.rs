//! Links that come back, and what they complete.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use url::Url;

use super::Client;
use crate::auth::redirect::{self, RedirectReach};
use crate::auth::{exchange, unasked};
use crate::callback::{Answer, Callback, LinkError};
use crate::error::{CallbackError, HttpError};
use crate::pending::FlowId;
use crate::redirect::{Redirect, place};
use crate::secret::Secret;
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
    /// Takes a link that came back, for example through a deep link. It must lead, to the letter, where links of this
    /// client lead: to this handle's [`Redirect`], to the one that the client was built with, or to that of a pending
    /// flow. Whose it is:
    /// - With a nonce (`flow=`), the pending flow of that nonce, if it leads to this very place. A link of another
    ///   flow's redirect completes nothing, even with the right nonce.
    /// - Without one, a code, an error or a half confirmation is the pending [bare](Redirect::bare) flow's, if there
    ///   is exactly one that leads to this place.
    /// - Tokens or a hash without a nonce are nobody's: they are held and given back as [`Completed::Unasked`].
    ///
    /// For everything else nothing is sent and nothing changes. The same link given many times is exchanged once. Goes
    /// on when the caller goes away.
    ///
    /// # Errors
    /// See [`CallbackError`], which says for each whether the flow lives on.
    pub async fn complete(&self, link: &str) -> Result<Completed, CallbackError> {
        // A link may start the program: it must not come before its flow, which says where its link leads.
        if self.state() == State::Restoring {
            self.restore().await;
        } else {
            // Another program on the same store may have begun it.
            self.inner.flows.look().await;
        }
        let place = place(link);
        let redirect = self.destination(place).ok_or(LinkError::Foreign);
        let callback = redirect.and_then(|redirect| Callback::parse(link, redirect.url()));
        let Callback { flow, answer } = callback.map_err(|reason| {
            tracing::warn!(%reason, "a link was refused");
            CallbackError::Malformed
        })?;
        let Some(nonce) = flow else { return self.without_nonce(place, answer).await };
        let id = FlowId::of(nonce.expose());
        match self.inner.flows.at(&id, place) {
            Some(flow) => self.answered(flow.id, answer).await,
            None => Err(self.inner.flows.absent(&id)),
        }
    }

    /// What links to this place may belong to.
    fn destination(&self, place: &str) -> Option<Redirect> {
        let own = [self.terms.redirect.as_ref(), self.inner.home.as_ref()];
        let own = own.into_iter().flatten().find(|redirect| redirect.place() == place);
        own.cloned().or_else(|| self.inner.flows.destination(place))
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

    async fn without_nonce(&self, place: &str, answer: Answer) -> Result<Completed, CallbackError> {
        match answer {
            Answer::Tokens(tokens) => self.hold(LinkProof::Tokens(tokens)),
            Answer::Hash(kind, hash) => self.hold(LinkProof::Hash(kind, hash)),
            Answer::Code(_) | Answer::Halfway | Answer::Refusal { .. } => {
                match (self.inner.flows.bare_at(place), answer) {
                    (Some(flow), answer) => self.answered(flow.id, answer).await,
                    (None, Answer::Code(code)) => Err(self.inner.flows.ownerless(digest(&code))),
                    (None, _) => Err(CallbackError::Unknown),
                }
            }
        }
    }

    /// A link that no flow of this client asked for. Nothing is sent: whether it is wanted is asked first.
    fn hold(&self, proof: LinkProof) -> Result<Completed, CallbackError> {
        if self.state().signed_in().is_some() {
            return Err(CallbackError::SignedIn);
        }
        let unasked = Unasked::new(proof, self.inner.gateway.clock.moment());
        self.inner.last_unasked.replace(&unasked);
        Ok(Completed::Unasked(unasked))
    }

    /// What a link says to a pending flow.
    async fn answered(&self, id: FlowId, answer: Answer) -> Result<Completed, CallbackError> {
        let (inner, flow) = (Arc::clone(&self.inner), id.clone());
        match answer {
            Answer::Code(code) => {
                let digest = digest(&code);
                // Before the flow is over: from then on only this tells a bare link that comes again.
                self.inner.flows.note_tried(digest);
                let work =
                    async move { exchange::exchange(&inner.session, &inner.flows, &flow, &code).await };
                self.once(id, digest, work).await
            }
            Answer::Hash(kind, hash) => {
                let digest = digest(&hash);
                let work =
                    async move { unasked::flow_hash(&inner.session, &inner.flows, &flow, kind, &hash).await };
                self.once(id, digest, work).await
            }
            Answer::Tokens(tokens) if inner.implicit => {
                let digest = digest(&tokens.access);
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

fn digest(secret: &Secret<String>) -> [u8; 32] {
    Sha256::digest(secret.expose()).into()
}
