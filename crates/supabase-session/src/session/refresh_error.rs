//! Why a session was not refreshed.

use crate::error::{HttpError, ServerCode};
use crate::state::SignOutCause;

/// Why a refresh gave no new token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// The server ended the session; the state says so too.
    #[error("the session has ended")]
    Ended(SignOutCause),
    /// No answer of the API. The session is kept.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The API refused, but the session is kept: the code is not one that ends it, or the access token still works.
    #[error("the server refused to refresh ({code})")]
    Refused {
        /// What the server called it.
        code: ServerCode,
    },
}
