//! Why a mail with a link was not sent.

use std::time::Duration;

use super::{HttpError, ServerCode};
use crate::store::StoreError;

/// Why a magic link or a recovery mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Not an e-mail address; nothing was sent.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// The address has no account, and none was to be opened. Only magic links say so.
    #[error("this address has no account")]
    NoAccount,
    /// The project takes no new accounts.
    #[error("the project takes no new accounts")]
    SignUpDisabled,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// Too many mails.
    #[error("too many attempts")]
    RateLimited {
        /// How long to wait, where the server said so.
        retry_after: Option<Duration>,
    },
    /// No answer of the API.
    #[error(transparent)]
    Http(HttpError),
    /// The pending flow could not be stored, so nothing was sent: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

from_http!(MailError);
