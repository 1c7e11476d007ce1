//! Why there are no claims.

use std::time::Duration;

use super::{HttpError, ServerCode};

/// Why it cannot be said what the access token says. The session is kept after each of these, but
/// [`SignedOut`](Self::SignedOut).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimsError {
    /// Nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// The token is not what the project's keys have signed, not its user's, or over although it was just issued.
    #[error("the access token is not genuine")]
    NotGenuine,
    /// Too many requests.
    #[error("too many attempts")]
    RateLimited {
        /// How long to wait, where the server said so.
        retry_after: Option<Duration>,
    },
    /// No answer of the API: neither keys nor user could be asked for.
    #[error(transparent)]
    Http(HttpError),
    /// A code that has no variant, for example `bad_jwt` for a token that the server does not take.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

from_unsent!(ClaimsError);
