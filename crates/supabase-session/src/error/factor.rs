//! Why a second factor was not added, shown or removed.

use std::time::Duration;

use super::{HttpError, ServerCode};

/// Why a second factor was not added, shown or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// Nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// Not six digits; nothing was sent.
    #[error("a code has 6 digits")]
    CodeInvalid,
    /// The code is wrong. Authenticators make one every 30 seconds, by the clock of their device.
    #[error("this code is wrong")]
    Wrong,
    /// The server waited too long for the code: try again.
    #[error("this took too long")]
    TooLate,
    /// The user has a factor of this name.
    #[error("there is a factor of this name already")]
    NameTaken,
    /// The user has as many factors as the project allows.
    #[error("there are too many factors already")]
    TooMany,
    /// The user has no such factor (any more), or it is none whose codes an authenticator makes.
    #[error("there is no such factor")]
    Unknown,
    /// The project has such factors switched off.
    #[error("the project has no such second factor")]
    Disabled,
    /// A factor that counts has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// Too many attempts.
    #[error("too many attempts")]
    RateLimited {
        /// How long to wait, where the server said so.
        retry_after: Option<Duration>,
    },
    /// No answer of the API.
    #[error(transparent)]
    Http(HttpError),
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

from_unsent!(FactorError);
