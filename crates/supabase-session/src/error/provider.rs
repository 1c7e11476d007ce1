//! Why a way in without an address did not work.

use std::time::Duration;

use super::{HttpError, ServerCode};
use crate::store::StoreError;

/// Why nobody was signed in anonymously.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnonymousError {
    /// The project has anonymous sign-in switched off.
    #[error("the project takes no anonymous sign-in")]
    Disabled,
    /// The project takes no new accounts.
    #[error("the project takes no new accounts")]
    SignUpDisabled,
    /// The project asks for a captcha: see [`Client::with_captcha`](crate::Client::with_captcha). (`captcha_failed`)
    #[error("the project asks for a captcha")]
    CaptchaRequired,
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

from_http!(AnonymousError);

/// Why no provider's page can be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OAuthError {
    /// Not the name of a provider; nothing was sent.
    #[error("this is not the name of a provider")]
    ProviderInvalid,
    /// The client was built without a redirect URL, so no link could come back.
    #[error("there is no address to come back to")]
    NoRedirect,
    /// To link: nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// To link: the project does not have this provider.
    #[error("the project does not offer this provider")]
    ProviderDisabled,
    /// The project does not let people link identities.
    #[error("the project does not let identities be linked")]
    LinkingDisabled,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
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
    /// The pending flow could not be stored: its link could not have been completed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A code that has no variant.
    #[error("the server refused it ({code})")]
    Unexpected {
        /// What the server called it.
        code: ServerCode,
    },
}

/// Why an identity was not removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnlinkError {
    /// Nobody is signed in (any more).
    #[error("nobody is signed in")]
    SignedOut,
    /// It is the last one: without it nobody could sign in any more.
    #[error("the last identity cannot be removed")]
    LastIdentity,
    /// The user has no such identity (any more).
    #[error("there is no such identity")]
    Unknown,
    /// The project does not let people link identities.
    #[error("the project does not let identities be linked")]
    LinkingDisabled,
    /// The account has a second factor, which has to be shown first (`insufficient_aal`).
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

from_unsent!(OAuthError);
from_unsent!(UnlinkError);
