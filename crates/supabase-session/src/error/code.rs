//! Why a typed code did not sign in.

use std::time::Duration;

use super::{HttpError, ServerCode};

/// Why a typed code did not sign in. A pending flow lives on after each of these, but
/// [`Unknown`](Self::Unknown) and [`Superseded`](Self::Superseded).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// There is no such pending flow (any more), or none that sends codes.
    #[error("this sign-in is not pending any more")]
    Unknown,
    /// Not an e-mail address; nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// Not 6 to 10 digits; nothing was sent.
    #[error("a code has 6 to 10 digits")]
    CodeInvalid,
    /// Wrong, used, replaced by a newer mail, or too old (`otp_expired`); the server does not say which.
    #[error("this code is wrong or too old")]
    Wrong,
    /// The account is banned.
    #[error("the account is banned")]
    Banned,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// The code signs somebody in, and somebody is: it never replaces them. The flow lives on.
    #[error("this code signs somebody in, and somebody is signed in")]
    SignedIn,
    /// The flow was begun by somebody who is not signed in now, or what came back is another account's than theirs.
    #[error("this code belongs to an account that is not signed in here")]
    OtherAccount,
    /// Somebody has signed in or out while the server was asked, and that counts: what the server issued was ended there.
    #[error("somebody has signed in or out meanwhile")]
    Superseded,
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

from_http!(CodeError);
