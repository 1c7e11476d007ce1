//! What a link or a typed code has led to.

use crate::callback::unsolicited::UnsolicitedLink;
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
    /// [`Client::accept`](crate::Client::accept); or drop it.
    Unsolicited(UnsolicitedLink),
}
