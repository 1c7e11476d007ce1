//! What happens to the session that is held: it is refreshed, issued anew, described, ended or signed out of. Each
//! change follows other programs on the same store first.

use super::{Held, Session};
use crate::session::tokens::{Issued, TokenVersion};
use crate::state::{Event, SignOutCause};
use crate::store::StoreError;
use crate::user::User;

impl Session {
    /// A refresh succeeded. `false` when the session it was for is no longer there; then nothing changes.
    pub(crate) async fn renew(&self, of: TokenVersion, issued: Issued) -> bool {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        if self.live().held.as_ref().is_none_or(|held| held.version != of) {
            return false;
        }
        self.take_over(of, issued).await;
        true
    }

    /// Takes the new tokens over. The caller holds `changing`.
    async fn take_over(&self, of: TokenVersion, issued: Issued) {
        let stored = match self.held() {
            Some(held) => Some(self.refresh_token(&held).await),
            None => None,
        };
        let saved = self.persist(&issued.tokens, &issued.user).await;
        let stored = stored.filter(|_| !saved);
        let mut live = self.live();
        live.counter += 1;
        let version = TokenVersion { version: live.counter, ..of };
        live.held = Some(Held { version, tokens: issued.tokens, rejected: false, stored });
        live.transition(Event::Refreshed { of: of.generation, user: issued.user });
        self.publish(&live);
    }

    /// The session of this generation was issued anew, with more rights. `None` when it is no longer there; then
    /// nothing changes.
    pub(crate) async fn step_up(&self, of: u64, issued: Issued) -> Option<User> {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        let version = self.held().map(|held| held.version).filter(|held| held.generation == of)?;
        let user = issued.user.clone();
        self.take_over(version, issued).await;
        Some(user)
    }

    /// The server described the user. The stored session gets the description too.
    pub(crate) async fn describe(&self, of: u64, user: User) {
        let changing = self.changing().await;
        // Tokens that another program has renewed must not be overwritten with older ones.
        self.reconcile(&changing).await;
        let Some(held) = self.held().filter(|held| held.version.generation == of) else { return };
        self.persist(&held.tokens, &user).await;
        self.apply(Event::Described { of, user });
    }

    /// The server ended the session of this generation.
    pub(crate) async fn end(&self, of: u64, cause: SignOutCause) {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        if self.held().is_some_and(|held| held.version.generation == of) {
            tracing::info!(?cause, "the session has ended");
            // A failure stays pending in the saver, which publishes that.
            let _pending = self.clear(Event::Ended { of, cause }).await;
        }
    }

    /// The person signed out. Gives the tokens that were held, and whether the store has forgotten them.
    pub(crate) async fn sign_out(&self) -> (Option<Held>, Result<(), StoreError>) {
        let changing = self.changing().await;
        // The session is ended on the server with the newest tokens, also where another program has renewed them.
        let held = self.newest(&changing).await;
        self.live().change();
        let stored = self.clear(Event::Asked).await;
        (held, stored)
    }
}
