//! The life of a session, as pure transitions. No I/O, no clock, no lock: those live in `session/`.

use uuid::Uuid;

use crate::user::User;

/// Who is signed in. No token is in here.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one state a client, and a box would cost every reader a pattern"
)]
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// The store has not been read yet.
    Restoring,
    /// Nobody is signed in; with the reason, if a session has ended.
    SignedOut(Option<SignOutCause>),
    /// Somebody is signed in.
    SignedIn(SignedIn),
}

/// A session, without its tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// Rises with every sign-in (and restore) in this process; a refresh keeps it.
    pub generation: u64,
    /// Whose session it is.
    pub user: User,
    /// False while the user comes from the local store only. True once the server has described the user, or a key of
    /// the project has verified the user's id, address and anonymity
    /// ([`Client::get_claims`](crate::Client::get_claims)). What else the store says of the user is not verified then.
    pub verified: bool,
}

/// Why a session ended. The list is closed; a server's code that is not named here ends no session.
///
/// The codes are the Auth server's, in the answer to a refresh (whose access token is over) or to a call on behalf of
/// the user. Network faults, 408, 425, 429, 5xx and pages that are not the API's never lead here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOutCause {
    /// The person asked for it, here ([`Client::sign_out`](crate::Client::sign_out)). No code.
    Asked,
    /// Ended from another device, by a new password, by the project's owner, or because its refresh token was used
    /// twice: `session_not_found`, `refresh_token_not_found`, `refresh_token_already_used` (the server revokes the
    /// whole family then), `invalid_grant` (servers from before 2024). Also, without a code: another program on the
    /// same store has signed out.
    Elsewhere,
    /// The project limits how long a session may live or lie idle, or how many a person may have: `session_expired`.
    Expired,
    /// The account was banned: `user_banned`.
    Banned,
    /// The account no longer exists: `user_not_found`.
    Deleted,
    /// The stored session could not be read ([`StoreError`](crate::StoreError)), or is none. No code; what is in the
    /// store stays there.
    StoreLost,
}

/// What happens to a session.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// The store was read.
    Restored(Option<SignedIn>),
    /// The store could not be read.
    StoreLost,
    /// A sign-in succeeded.
    Received(SignedIn),
    /// Another program on the same store signed in or refreshed.
    Adopted(SignedIn),
    /// The session of generation `of` was refreshed.
    Refreshed { of: u64, user: User },
    /// The server described the user of generation `of`.
    Described { of: u64, user: User },
    /// A key of the project has signed that the user of generation `of` is this one.
    ClaimsVerified { of: u64, id: Uuid, email: Option<String>, is_anonymous: bool },
    /// The server ended the session of generation `of`.
    Ended { of: u64, cause: SignOutCause },
    /// The person signed out.
    Asked,
}

impl State {
    /// What the session becomes. An event that no longer applies leaves it as it is.
    #[must_use]
    pub(crate) fn on(self, event: Event) -> Self {
        use {Event::*, State::*};
        match (self, event) {
            (Restoring, Restored(Some(session))) => SignedIn(session),
            (Restoring, Restored(None)) => SignedOut(None),
            (Restoring, StoreLost) => SignedOut(Some(SignOutCause::StoreLost)),
            (_, Received(session)) | (SignedOut(_) | SignedIn(_), Adopted(session)) => SignedIn(session),
            // A sign-out or a newer sign-in in the meantime wins.
            (SignedIn(now), Refreshed { of, user } | Described { of, user }) if now.generation == of => {
                SignedIn(self::SignedIn { generation: of, user, verified: true })
            }
            (SignedIn(now), ClaimsVerified { of, id, email, is_anonymous })
                if (now.generation, now.user.id) == (of, id)
                    && (&now.user.email, now.user.is_anonymous) == (&email, is_anonymous) =>
            {
                SignedIn(self::SignedIn { verified: true, ..now })
            }
            (SignedIn(now), Ended { of, cause }) if now.generation == of => SignedOut(Some(cause)),
            (Restoring | SignedIn(_), Asked) => SignedOut(Some(SignOutCause::Asked)),
            (state, _) => state,
        }
    }

    /// The session, if somebody is signed in.
    #[must_use]
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::SignedIn(session) => Some(session),
            Self::Restoring | Self::SignedOut(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Event::*;
    use super::*;

    fn user(name: &str) -> User {
        let text = format!(r#"{{"id":"6f1c7a0e-0000-4000-8000-000000000001","email":"{name}@example.com"}}"#);
        serde_json::from_str(&text).unwrap()
    }

    fn session(generation: u64, name: &str, verified: bool) -> SignedIn {
        SignedIn { generation, user: user(name), verified }
    }

    #[test]
    fn the_table() {
        let restoring = State::Restoring;
        let out = State::SignedOut(None);
        let banned = State::SignedOut(Some(SignOutCause::Banned));
        let ada = State::SignedIn(session(1, "ada", false));
        let bob = State::SignedIn(session(2, "bob", true));
        let asked = State::SignedOut(Some(SignOutCause::Asked));
        let ended = |of| Ended { of, cause: SignOutCause::Banned };
        let refreshed = |of| Refreshed { of, user: user("ada2") };
        let described = |of| Described { of, user: user("ada2") };
        let ada2 = State::SignedIn(session(1, "ada2", true));
        let verified_claims = |of, email: &str| {
            let id = user("ada").id;
            ClaimsVerified { of, id, email: Some(format!("{email}@example.com")), is_anonymous: false }
        };
        let nobody = ClaimsVerified { of: 1, id: user("ada").id, email: None, is_anonymous: true };
        let other = ClaimsVerified { of: 1, id: Uuid::nil(), email: user("ada").email, is_anonymous: false };
        let sure = State::SignedIn(session(1, "ada", true));
        let table = [
            (ada.clone(), verified_claims(1, "ada"), sure),
            (ada.clone(), verified_claims(2, "ada"), ada.clone()),
            (ada.clone(), verified_claims(1, "bob"), ada.clone()),
            (ada.clone(), nobody, ada.clone()),
            (ada.clone(), other, ada.clone()),
            (out.clone(), verified_claims(1, "ada"), out.clone()),
            (restoring.clone(), Restored(Some(session(1, "ada", false))), ada.clone()),
            (restoring.clone(), Restored(None), out.clone()),
            (restoring.clone(), StoreLost, State::SignedOut(Some(SignOutCause::StoreLost))),
            (restoring.clone(), Received(session(2, "bob", true)), bob.clone()),
            (restoring.clone(), Asked, asked.clone()),
            (restoring.clone(), refreshed(1), restoring.clone()),
            (restoring.clone(), ended(1), restoring),
            // A slow restore does not undo a sign-in.
            (bob.clone(), Restored(Some(session(1, "ada", false))), bob.clone()),
            (bob.clone(), StoreLost, bob.clone()),
            // What was never read is read first.
            (State::Restoring, Adopted(session(2, "bob", true)), State::Restoring),
            (out.clone(), Adopted(session(2, "bob", true)), bob.clone()),
            (ada.clone(), Adopted(session(2, "bob", true)), bob.clone()),
            (out.clone(), Received(session(2, "bob", true)), bob.clone()),
            (ada.clone(), Received(session(2, "bob", true)), bob.clone()),
            (ada.clone(), refreshed(1), ada2.clone()),
            (ada.clone(), described(1), ada2),
            (bob.clone(), refreshed(1), bob.clone()),
            (bob.clone(), described(1), bob.clone()),
            (asked.clone(), refreshed(1), asked.clone()),
            (asked.clone(), described(1), asked.clone()),
            (ada.clone(), ended(1), banned.clone()),
            (bob.clone(), ended(1), bob.clone()),
            (ada, Asked, asked.clone()),
            // The first cause stays: it is what the person has to know.
            (banned.clone(), Asked, banned.clone()),
            (asked.clone(), ended(1), asked),
            (out.clone(), Asked, out),
        ];

        for (before, event, after) in table {
            assert_eq!(before.clone().on(event.clone()), after, "{before:?} on {event:?}");
        }
    }

    #[test]
    fn a_sign_out_during_a_refresh_wins() {
        let state =
            State::SignedIn(session(1, "ada", true)).on(Asked).on(Refreshed { of: 1, user: user("ada") });

        assert_eq!(state, State::SignedOut(Some(SignOutCause::Asked)));
    }
}
