//! Why a link that nobody here asked for did not sign in.

use super::{HttpError, ServerCode};

/// Why a link that nobody here asked for did not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnaskedError {
    /// Somebody is signed in here: such a link never replaces them.
    #[error("somebody is signed in here")]
    SignedIn,
    /// Ten minutes are over, it was accepted or forgotten already, or another link came after it.
    #[error("this link is not held any more")]
    Forgotten,
    /// Somebody has signed in or out while the server was asked, and that counts: what the server issued was ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
    /// The server takes it no more: used before, or too old.
    #[error("this link was already used or is too old")]
    Spent,
    /// The account is banned.
    #[error("the account is banned")]
    Banned,
    /// No answer of the API. The link is still held.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}
