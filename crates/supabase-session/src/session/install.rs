//! A sign-in's session replaces the one that there is, unless something has happened since the server was asked for it.

use uuid::Uuid;

use super::{Changing, Live, Session};
use crate::session::tokens::Issued;
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
    /// Somebody has signed in or out since the sign-in began, or its flow was given up.
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
            _ => Ok(self.install_while(&changing, issued).await),
        }
    }

    /// Whether a session that was asked for at that moment could still be installed.
    pub(crate) fn check(&self, since: Since, replaces: Replaces) -> Result<(), NotInstalled> {
        let live = self.live();
        let now = live.state.signed_in().map(|now| now.user.id);
        match replaces {
            Replaces::Nobody if now.is_some() => Err(NotInstalled::SignedIn),
            Replaces::Own(owner) if now != Some(owner) => Err(NotInstalled::OtherAccount),
            _ if live.now() != since => Err(NotInstalled::Superseded),
            _ => Ok(()),
        }
    }

    async fn install_while(&self, _changing: &Changing<'_>, issued: Issued) -> User {
        let Issued { tokens, user } = issued;
        self.persist(&tokens, &user).await;
        let published = user.clone();
        self.live().change();
        self.take_new(tokens, |generation| {
            Event::Received(SignedIn { generation, user: published, verified: true })
        });
        user
    }
}

impl Live {
    fn now(&self) -> Since {
        Since { changes: self.changes, own_changes: self.own_changes }
    }
}
