//! What must be in the store after each change: nothing is written or killed here.
//!
//! Changes are numbered from 1 on. Each is a sign-in, a refresh or a sign-out, by its number alone, so that parent and
//! child never have to agree on anything but numbers.

use std::fmt;

/// Every fifth change is a sign-out: it has more to write than a refresh, so it comes often.
const SIGN_OUT_EVERY: u64 = 5;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nobody is signed in; somebody signs in.
    SignIn,
    /// Somebody is signed in and gets new tokens.
    Refresh,
    /// Somebody signs out.
    SignOut,
}

impl Change {
    /// The change of this number.
    #[must_use]
    pub fn numbered(number: u64) -> Self {
        if leaves_nobody(number) {
            Self::SignOut
        } else if leaves_nobody(number.saturating_sub(1)) {
            Self::SignIn
        } else {
            Self::Refresh
        }
    }
}

/// What a program finds in its store when it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Nobody is signed in.
    Nobody,
    /// The session that the change of this number left.
    Session(u64),
    /// The store cannot be used, for this reason.
    Unusable(String),
}

impl Held {
    /// What the change of this number leaves.
    #[must_use]
    pub fn after(number: u64) -> Self {
        if leaves_nobody(number) { Self::Nobody } else { Self::Session(number) }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody"),
            Self::Session(number) => write!(f, "session {number}"),
            Self::Unusable(reason) => write!(f, "unusable {reason}"),
        }
    }
}

/// How what is there differs from what must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Nobody is signed in any more, or the store cannot be used.
    Everything,
    /// An older session than the one that was acknowledged: its refresh token is spent.
    Newest,
    /// A session, though a sign-out was acknowledged.
    SignOut,
    /// A session that was never written.
    Invented,
}

/// Judges what a program found in its store, after one before it had acknowledged all changes up to this number and may
/// have been busy with the next. The number of the change that is in the store.
///
/// # Errors
/// When neither the acknowledged change nor the next one is there.
pub fn judge(acknowledged: u64, found: &Held) -> Result<u64, Loss> {
    let next = acknowledged + 1;
    if *found == Held::after(acknowledged) {
        return Ok(acknowledged);
    }
    if *found == Held::after(next) {
        return Ok(next);
    }
    Err(match found {
        Held::Nobody | Held::Unusable(_) => Loss::Everything,
        Held::Session(number) if *number > next => Loss::Invented,
        Held::Session(_) if leaves_nobody(acknowledged) => Loss::SignOut,
        Held::Session(_) => Loss::Newest,
    })
}

/// Before the first change nobody is signed in either.
fn leaves_nobody(number: u64) -> bool {
    number.is_multiple_of(SIGN_OUT_EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_acknowledged_session_and_the_next_one_are_right() {
        assert_eq!(judge(2, &Held::Session(2)), Ok(2));
        assert_eq!(judge(2, &Held::Session(3)), Ok(3));
    }

    #[test]
    fn during_a_sign_out_either_is_right_and_after_it_only_nobody() {
        assert_eq!(judge(4, &Held::Session(4)), Ok(4));
        assert_eq!(judge(4, &Held::Nobody), Ok(5));
        assert_eq!(judge(5, &Held::Nobody), Ok(5));
        assert_eq!(judge(5, &Held::Session(4)), Err(Loss::SignOut));
    }

    #[test]
    fn before_the_first_change_nobody_is_there() {
        assert_eq!(judge(0, &Held::Nobody), Ok(0));
        assert_eq!(judge(0, &Held::Session(1)), Ok(1));
    }

    #[test]
    fn each_kind_of_loss_has_its_name() {
        assert_eq!(judge(2, &Held::Nobody), Err(Loss::Everything));
        assert_eq!(judge(2, &Held::Unusable("damaged".into())), Err(Loss::Everything));
        assert_eq!(judge(2, &Held::Session(1)), Err(Loss::Newest));
        assert_eq!(judge(2, &Held::Session(4)), Err(Loss::Invented));
        // The session before the last one, while the last one is being signed out.
        assert_eq!(judge(4, &Held::Session(3)), Err(Loss::Newest));
    }

    #[test]
    fn a_session_begins_with_a_sign_in_and_ends_with_a_sign_out() {
        let changes: Vec<Change> = (1..=6).map(Change::numbered).collect();

        assert_eq!((changes[0], changes[4], changes[5]), (Change::SignIn, Change::SignOut, Change::SignIn));
        assert!(changes[1..4].iter().all(|change| *change == Change::Refresh));
    }
}
