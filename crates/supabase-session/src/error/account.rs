//! Why an account was not changed.

use std::time::Duration;

use super::{HttpError, ServerCode, WeakPasswordReason};
use crate::store::StoreError;

/// Why a password was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordChangeError {
    /// Nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// The password is empty; nothing was sent.
    #[error("the password is missing")]
    PasswordMissing,
    /// Over 72 bytes, which the server refuses; nothing was sent.
    #[error("the password is longer than 72 bytes")]
    PasswordTooLong,
    /// The project asks for a stronger one.
    #[error("the password is too weak for this project")]
    WeakPassword(Vec<WeakPasswordReason>),
    /// It is the password of now.
    #[error("the new password is the old one")]
    SamePassword,
    /// The project asks for the password of now as well.
    #[error("the current password is needed as well")]
    CurrentPasswordRequired,
    /// What was given is not the password of now.
    #[error("the current password is wrong")]
    CurrentPasswordWrong,
    /// The project asks for a mailed nonce: [`Client::reauthenticate`](crate::Client::reauthenticate) sends it.
    #[error("a code by e-mail is needed as well")]
    ReauthenticationNeeded,
    /// The nonce is wrong or too old.
    #[error("the code is wrong or too old")]
    NonceWrong,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// Too many attempts or mails.
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

/// Why no nonce was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReauthenticateError {
    /// Nobody is signed in (any more).
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
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

/// Why an address was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailChangeError {
    /// Nobody is signed in (any more), or somebody else.
    #[error("nobody is signed in")]
    SignedOut,
    /// Not an e-mail address.
    #[error("this is not an e-mail address")]
    EmailInvalid,
    /// Another account has it.
    #[error("this address has an account already")]
    Taken,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
    #[error("the second factor has to be shown first")]
    SecondFactorRequired,
    /// The project has e-mail switched off.
    #[error("the project takes no sign-in by e-mail")]
    EmailDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
    /// Too many attempts or mails.
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

from_unsent!(PasswordChangeError);
from_unsent!(ReauthenticateError);
from_unsent!(EmailChangeError);
