//! Why a call of the Auth server came to nothing, whatever it was for.

use std::time::Duration;

use crate::error::http::HttpError;
use crate::error::server_code::ServerCode;

/// Why a call of the Auth server came to nothing, whatever it was for. The errors of the single calls hold it beside
/// what only they can meet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Nobody is signed in (any more). Only a call on behalf of the user meets this.
    #[error("nobody is signed in")]
    SignedOut,
    /// Too many attempts or mails.
    #[error("too many attempts")]
    RateLimited {
        /// How long to wait, where the server said so.
        retry_after: Option<Duration>,
    },
    /// No answer of the API.
    #[error(transparent)]
    Http(HttpError),
    /// The server refused with a code that the call has no variant for.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

impl RequestError {
    /// Something answered that is not the API.
    pub(crate) const NOT_SUPABASE: Self = Self::Http(HttpError::NotSupabase);

    /// Whether the server may have done what it was asked to do: no answer came that says no.
    pub(crate) fn may_have_succeeded(&self) -> bool {
        matches!(self, Self::Http(error) if !error.needs_somebody())
    }
}

impl From<HttpError> for RequestError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::RateLimited { retry_after } => Self::RateLimited { retry_after },
            error => Self::Http(error),
        }
    }
}
