//! A sign-in's session replaces the one that there is, unless something has happened since the server was asked for it.

use uuid::Uuid;

use super::{Changing, Live, Session};
use crate::session::tokens::{Issued, Tokens};
use crate::state::{Event, SignedIn};
use crate::user::User;

/// A moment in the session's life: whoever signs in asks the server first, and what has happened since then wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since {
    changes: u64,
    own_changes: u64,
}

/// Whose session a new one may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replaces {
    /// No session: nobody may be signed in.
    Nobody,
    /// This user's session: the user is signed in, and the new session is the same user's.
    Own(Uuid),
    /// The session of anybody who was signed in when the sign-in began.
    Anybody,
}

/// Why an issued session was not installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInstalled {
    /// Somebody is signed in, whom the new session must not replace.
    SignedIn,
    /// Somebody has signed in or out since the sign-in began, its flow was given up, or the client was closed.
    Superseded,
    /// The issued session is another account's than the one that it was asked for.
    OtherAccount,
}

impl Session {
    /// The moment that [`install`](Self::install) counts from. Other programs on the store are followed first.
    pub(crate) async fn begin(&self) -> Since {
        // What happens here while the store is waited for has happened since then; what is found there has not.
        let own_changes = self.live().own_changes;
        self.catch_up().await;
        Since { changes: self.live().changes, own_changes }
    }

    /// A sign-in succeeded: its session takes the place of the one that there is, if it may. `is_wanted` is asked when
    /// nobody can change the session any more: false when what began the sign-in was given up.
    pub(crate) async fn install(
        &self,
        since: Since,
        replaces: Replaces,
        issued: Issued,
        is_wanted: impl FnOnce() -> bool,
    ) -> Result<User, NotInstalled> {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        self.check(since, replaces)?;
        match replaces {
            Replaces::Own(owner) if owner != issued.user.id => Err(NotInstalled::OtherAccount),
            _ if !is_wanted() => Err(NotInstalled::Superseded),
            _ => self.install_while(&changing, issued).await,
        }
    }

    /// Whether a session that was asked for at that moment could still be installed.
    pub(crate) fn check(&self, since: Since, replaces: Replaces) -> Result<(), NotInstalled> {
        let live = self.live();
        let now = live.state.signed_in().map(|now| now.user.id);
        match replaces {
            _ if live.closed => Err(NotInstalled::Superseded),
            Replaces::Nobody if now.is_some() => Err(NotInstalled::SignedIn),
            Replaces::Own(owner) if now != Some(owner) => Err(NotInstalled::OtherAccount),
            _ if live.now() != since => Err(NotInstalled::Superseded),
            _ => Ok(()),
        }
    }

    async fn install_while(&self, changing: &Changing<'_>, issued: Issued) -> Result<User, NotInstalled> {
        let Issued { tokens, user } = issued;
        let saved = self.persist(&tokens, &user).await;
        if self.take_unless_closed(tokens, user.clone()) {
            return Ok(user);
        }
        self.take_back(changing, saved).await;
        Err(NotInstalled::Superseded)
    }

    /// Whether the client was still open, and so the tokens are the session's.
    fn take_unless_closed(&self, tokens: Tokens, user: User) -> bool {
        let mut live = self.live();
        if live.closed {
            return false;
        }
        live.change();
        live.take_new(tokens, |generation| Event::Received(SignedIn { generation, user, verified: true }));
        self.publish(&live);
        true
    }

    /// The client was closed while a new session was written to the store, which gets back what it held before. `saved`:
    /// the store has taken the new session.
    async fn take_back(&self, _changing: &Changing<'_>, saved: bool) {
        if let Some((held, user)) = self.held_with_user() {
            self.persist(&held.tokens, &user).await;
        } else if saved {
            self.mark(None);
            // A failure stays pending in the saver, which publishes that.
            let _pending = self.saver.put(&self.key, None).await;
        } else {
            // What the store holds was perhaps never read (a locked keychain). It is not ours to remove.
            self.saver.forget(&self.key).await;
        }
    }
}

impl Live {
    fn now(&self) -> Since {
        Since { changes: self.changes, own_changes: self.own_changes }
    }
}
