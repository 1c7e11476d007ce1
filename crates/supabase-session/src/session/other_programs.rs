//! What another program on the same store did: its sign-in or refresh is taken over, its sign-out is ours too.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use sha2::{Digest, Sha256};

use super::{Changing, Held, Live, Mark, Session};
use crate::jwt;
use crate::lock::lock;
use crate::secret::Secret;
use crate::session::tokens::Issued;
use crate::session::tokens::TokenVersion;
use crate::state::{Event, SignOutCause, SignedIn, State};

/// How long a refresh waits for the store before it goes on without having read it: a keychain may be asking somebody
/// who is not there.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// What is in the store that this session neither read nor wrote.
enum Found {
    Session(Box<Issued>, Mark),
    Nothing,
}

impl Session {
    /// Notes what the store holds by what was read from it or goes into it.
    pub(super) fn mark(&self, text: Option<&Secret<String>>) {
        self.note(mark(text));
    }

    fn note(&self, mark: Mark) {
        *lock(&self.known) = Some(mark);
    }

    /// Follows another program that has changed the store.
    pub(crate) async fn catch_up(&self) {
        // The first look needs no lock: mostly nothing has changed.
        if self.found().await.is_some() {
            let changing = self.changing().await;
            self.reconcile(&changing).await;
        }
    }

    /// As [`catch_up`](Self::catch_up), for a caller that is changing the session.
    pub(super) async fn reconcile(&self, _changing: &Changing<'_>) {
        match self.found().await {
            None => {}
            Some(Found::Session(issued, mark)) => {
                self.note(mark);
                self.adopt(*issued);
            }
            Some(Found::Nothing) => {
                self.note(None);
                let mut live = self.live();
                let Some(held) = live.held.take() else { return };
                tracing::info!("another program has signed out");
                let (of, cause) = (held.version.generation, SignOutCause::Elsewhere);
                live.changes += 1;
                live.transition(Event::Ended { of, cause });
                self.publish(&live);
            }
        }
    }

    /// The tokens that are held, or newer ones from the store. Takes nothing over.
    pub(super) async fn newest(&self, _changing: &Changing<'_>) -> Option<Held> {
        let held = self.held();
        match (held, self.found().await) {
            (Some(held), Some(Found::Session(issued, _))) => {
                Some(Held { tokens: issued.tokens, rejected: false, stored: None, ..held })
            }
            (held, _) => held,
        }
    }

    /// Whatever cannot be read now changes nothing: a session is never lost to a store in trouble.
    async fn found(&self) -> Option<Found> {
        if self.state() == State::Restoring || self.saver.has_pending(&self.key).await {
            return None;
        }
        let timeout = self.gateway.clock.sleep(READ_TIMEOUT);
        let text = match select(pin!(self.saver.get(&self.key)), pin!(timeout)).await {
            Either::Left((Ok(text), _)) => text,
            Either::Left((Err(error), _)) => {
                tracing::debug!(%error, "the stored session cannot be looked at");
                return None;
            }
            Either::Right(_) => {
                tracing::warn!("the store does not answer; our session is kept as it is");
                return None;
            }
        };
        let mark = mark(text.as_ref());
        if *lock(&self.known) == Some(mark) {
            return None;
        }
        let Some(text) = text else { return Some(Found::Nothing) };
        match self.read(&text) {
            Some(issued) if !self.is_older(&issued) => return Some(Found::Session(Box::new(issued), mark)),
            // A backup was put back, or a disk has lost its last writes: the server would end the session for such a
            // token.
            Some(_) => tracing::warn!("the stored session is older than ours, which is kept"),
            None => tracing::warn!("the stored session cannot be read; ours is kept"),
        }
        self.note(mark);
        None
    }

    fn is_older(&self, issued: &Issued) -> bool {
        let live = self.live();
        live.same_session(issued).is_some_and(|held| issued.tokens.issued_at() < held.tokens.issued_at())
    }

    /// By the server's clock as our own tokens tell it: with a wrong wall clock two programs would each take the
    /// other's tokens for expired, for ever.
    fn read(&self, text: &Secret<String>) -> Option<Issued> {
        let clock = &*self.gateway.clock;
        match self.held() {
            Some(held) => {
                let now = clock.moment();
                Issued::from_stored_at(text, held.tokens.server_now(now), now)
            }
            None => Issued::from_stored(text, clock),
        }
    }

    fn adopt(&self, issued: Issued) {
        let mut live = self.live();
        live.counter += 1;
        let version = live.counter;
        // A refresh keeps the generation, a sign-in has a new one.
        let same = live.same_session(&issued);
        let generation = same.map_or(version, |held| held.version.generation);
        let is_sign_in = same.is_none();
        let verified = same.is_some() && live.state.signed_in().is_some_and(|now| now.verified);
        tracing::debug!(refreshed = same.is_some(), "another program's session is taken over");
        let (version, Issued { tokens, user }) = (TokenVersion { generation, version }, issued);
        live.changes += u64::from(is_sign_in);
        live.held = Some(Held { version, tokens, rejected: false, stored: None });
        live.transition(Event::Adopted(SignedIn { generation, user, verified }));
        self.publish(&live);
    }
}

impl Live {
    /// The tokens that are held, if these are of the same session of the same person.
    fn same_session(&self, issued: &Issued) -> Option<&Held> {
        let same_user = self.state.signed_in().is_some_and(|now| now.user.id == issued.user.id);
        let same_session =
            |held: &&Held| session_id(&held.tokens.access) == session_id(&issued.tokens.access);
        self.held.as_ref().filter(|_| same_user).filter(same_session)
    }
}

fn mark(text: Option<&Secret<String>>) -> Mark {
    text.map(|text| Sha256::digest(text.expose()).into())
}

fn session_id(access: &Secret<String>) -> Option<String> {
    jwt::claims(access.expose())?.get("session_id")?.as_str().map(str::to_owned)
}
