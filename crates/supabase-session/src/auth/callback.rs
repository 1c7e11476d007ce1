//! Links that come back: whose they are, and what they complete.

use sha2::{Digest, Sha256};

use crate::auth::attempt::Attempt;
use crate::auth::unsolicited::LinkOutcome;
use crate::auth::{exchange, unsolicited};
use crate::callback::outcome::Completed;
use crate::callback::parse::{Answer, Callback, LinkError};
use crate::callback::unsolicited::{LinkProof, UnsolicitedLink};
use crate::client::{Client, Inner};
use crate::error::CallbackError;
use crate::flows::flow::{Flow, FlowId};
use crate::flows::redirect::{Redirect, redirect_base};
use crate::secret::Secret;
use crate::shared::spawn_to_completion;
use crate::state::State;

impl Client {
    /// Takes a link that came back, for example through a deep link. It must lead, to the letter, where links of this
    /// client lead: to this handle's [`Redirect`], to the one that the client was built with, or to that of a pending
    /// flow. Whose it is:
    /// - With a nonce (`flow=`), the pending flow of that nonce, if its redirect is the one that the link leads to. A
    ///   link to another flow's redirect completes nothing, even with the right nonce. What changes an account counts
    ///   only while the one who began it is signed in ([`PendingFlow::owner`](crate::PendingFlow::owner)).
    /// - Without one, a code, an error or a half confirmation is the pending [bare](Redirect::bare) flow's, if there is
    ///   exactly one with this redirect. Only a code proves itself there (PKCE): nothing else ends the flow.
    /// - Tokens or a hash without a nonce belong to no flow: they are held and given back as
    ///   [`Completed::Unsolicited`]. So is a hash beside a nonce when it is another person's than the flow was begun
    ///   for, or the flow is a provider's.
    ///
    /// A sign-in by link is installed only if nobody has signed in or out, and the flow was not given up, since this
    /// was called; else its session is ended on the server.
    ///
    /// For everything else nothing is sent and nothing changes. The same link given many times is exchanged once. Goes
    /// on to its end when the future is dropped.
    ///
    /// # Errors
    /// See [`CallbackError`], which says for each whether the flow lives on.
    #[doc(alias = "exchangeCodeForSession")]
    pub async fn complete(&self, link: &str) -> Result<Completed, CallbackError> {
        // A link may have started the program. The pending flows are read first, as they say where their links lead.
        if self.state() == State::Restoring {
            self.restore().await;
        } else {
            // Another program on the same store may have begun it.
            self.inner.flows.sync().await;
        }
        let redirect_base = redirect_base(link);
        let redirect = self.destination(redirect_base).ok_or(LinkError::Foreign);
        let callback = redirect.and_then(|redirect| Callback::parse(link, redirect.url()));
        let Callback { flow, answer } = callback.map_err(|reason| {
            tracing::warn!(%reason, "a link was refused");
            CallbackError::Malformed
        })?;
        let Some(nonce) = flow else { return self.without_nonce(redirect_base, answer).await };
        let id = FlowId::of(nonce.expose());
        match self.inner.flows.at(&id, redirect_base) {
            Some(flow) => self.answered(flow, answer).await,
            None => Err(self.inner.flows.absent(&id)),
        }
    }

    /// The redirect whose links begin with this base.
    fn destination(&self, redirect_base: &str) -> Option<Redirect> {
        let own = [self.options.redirect.as_ref(), self.inner.home.as_ref()];
        let own = own.into_iter().flatten().find(|redirect| redirect.base() == redirect_base);
        own.cloned().or_else(|| self.inner.flows.destination(redirect_base))
    }

    async fn without_nonce(&self, redirect_base: &str, answer: Answer) -> Result<Completed, CallbackError> {
        match answer {
            Answer::Tokens(tokens) => self.inner.keep_unsolicited(LinkProof::Tokens(tokens)),
            Answer::Hash(kind, hash) => self.inner.keep_unsolicited(LinkProof::Hash(kind, hash)),
            Answer::Code(_) | Answer::Halfway | Answer::Refusal { .. } => {
                match (self.inner.flows.bare_at(redirect_base), answer) {
                    (Some(flow), answer) => self.answered(flow, answer).await,
                    (None, Answer::Code(code)) => Err(self.inner.flows.ownerless(digest(&code))),
                    (None, _) => Err(CallbackError::Unknown),
                }
            }
        }
    }

    /// What a link says to a pending flow. One that signs in never replaces whoever is signed in, and one that changes
    /// an account counts only while its owner is signed in.
    async fn answered(&self, flow: Flow, answer: Answer) -> Result<Completed, CallbackError> {
        let id = flow.id.clone();
        let attempt = Attempt::of_flow(&self.inner.session, &flow).await?;
        self.check(attempt, &id, answer.digest())?;
        let (client, flow_id) = (self.clone(), id.clone());
        match answer {
            Answer::Code(code) => {
                let digest = digest(&code);
                // Noted before the flow ends: after that, only this note tells a bare link that comes a second time.
                self.inner.flows.note_tried(digest);
                let work = async move { exchange::exchange(&client, attempt, &flow_id, &code).await };
                self.once(id, digest, work).await
            }
            // A provider's flow sends no mail, so the hash is not this flow's: the person is asked about it first.
            Answer::Hash(kind, hash) if flow.email.is_none() => {
                self.inner.keep_unsolicited(LinkProof::Hash(kind, hash))
            }
            Answer::Hash(kind, hash) => {
                let digest = digest(&hash);
                let work = async move {
                    let outcome = unsolicited::flow_hash(&client, attempt, &flow_id, kind, &hash).await?;
                    client.inner.outcome(outcome)
                };
                self.once(id, digest, work).await
            }
            Answer::Tokens(tokens) if client.inner.implicit => {
                let digest = digest(&tokens.access);
                let work = async move {
                    let outcome = unsolicited::flow_tokens(&client, attempt, &flow_id, tokens).await?;
                    client.inner.outcome(outcome)
                };
                self.once(id, digest, work).await
            }
            Answer::Tokens(_) => Err(CallbackError::Malformed),
            Answer::Halfway => exchange::halfway(&self.inner.flows, &id),
            Answer::Refusal { error, code } => {
                let work = async move {
                    exchange::refused(&client.inner.flows, &flow_id, &error, code.as_deref()).await
                };
                Err(spawn_to_completion(work).await)
            }
        }
    }

    /// Whether the link may be taken now. A link that is being worked on may be given again: what comes of it is the
    /// answer to both.
    fn check(&self, attempt: Attempt, id: &FlowId, digest: Option<[u8; 32]>) -> Result<(), CallbackError> {
        let is_at_work =
            || digest.is_some_and(|digest| self.inner.exchanges.is_running(&(id.clone(), digest)));
        if is_at_work() {
            return Ok(());
        }
        match attempt.check(&self.inner.session) {
            Ok(()) => Ok(()),
            // Somebody is signed in, but by this very link: its exchange has begun, or ended, since the look above.
            Err(_) if is_at_work() => Ok(()),
            Err(_) if !self.inner.flows.is_pending(id) => Err(self.inner.flows.absent(id)),
            Err(reason) => Err(reason.into()),
        }
    }

    /// Does what a link asks for once, however often it comes, and one link at a time.
    async fn once(
        &self,
        id: FlowId,
        digest: [u8; 32],
        work: impl Future<Output = Result<Completed, CallbackError>> + Send + 'static,
    ) -> Result<Completed, CallbackError> {
        let client = self.clone();
        let work = async move {
            let _one = client.inner.exchanging.lock().await;
            work.await
        };
        self.inner.exchanges.run((id, digest), work).await
    }
}

impl Inner {
    /// A link that no flow of this client asked for. Nothing is sent: whether it is wanted is asked first.
    fn keep_unsolicited(&self, proof: LinkProof) -> Result<Completed, CallbackError> {
        if self.session.state().signed_in().is_some() {
            return Err(CallbackError::SignedIn);
        }
        let unsolicited = UnsolicitedLink::new(proof, self.gateway.clock.moment());
        self.last_unsolicited.replace(&unsolicited);
        Ok(Completed::Unsolicited(unsolicited))
    }

    fn outcome(&self, outcome: LinkOutcome) -> Result<Completed, CallbackError> {
        match outcome {
            LinkOutcome::Completed(completed) => Ok(completed),
            LinkOutcome::Foreign(proof) => self.keep_unsolicited(proof),
        }
    }
}

impl Answer {
    /// What tells links of one flow apart, where they carry a secret.
    fn digest(&self) -> Option<[u8; 32]> {
        match self {
            Self::Code(secret) | Self::Hash(_, secret) => Some(digest(secret)),
            Self::Tokens(tokens) => Some(digest(&tokens.access)),
            Self::Halfway | Self::Refusal { .. } => None,
        }
    }
}

fn digest(secret: &Secret<String>) -> [u8; 32] {
    Sha256::digest(secret.expose()).into()
}
