//! Why something did not work, one closed enum a flow. No variant carries a secret or a server's sentence;
//! which server code means what is decided in `http/fault.rs` and beside each call.

mod api;
use std::fmt;
use std::time::Duration;

pub use api::{ApiError, ProjectWords};

/// How an error takes a call that got no answer: too many attempts are a case of their own.
macro_rules! from_http {
    ($error:ident) => {
        impl From<$crate::error::HttpError> for $error {
            fn from(error: $crate::error::HttpError) -> Self {
                match error {
                    $crate::error::HttpError::RateLimited { retry_after } => {
                        Self::RateLimited { retry_after }
                    }
                    error => Self::Http(error),
                }
            }
        }
    };
}

/// The same for an error of a call on behalf of the user, which may have no token to send.
macro_rules! from_unsent {
    ($error:ident) => {
        $crate::error::from_http!($error);

        impl From<$crate::session::authorized::Unsent> for $error {
            fn from(unsent: $crate::session::authorized::Unsent) -> Self {
                match unsent {
                    $crate::session::authorized::Unsent::SignedOut => Self::SignedOut,
                    $crate::session::authorized::Unsent::Http(error) => error.into(),
                    $crate::session::authorized::Unsent::Refused(code)
                    | $crate::session::authorized::Unsent::TokenRefused(code) => Self::Unexpected { code },
                }
            }
        }
    };
}

/// A code as the server sent it, for example `bad_jwt`, `PGRST116` or `NoSuchKey`. Open: codes that this
/// version does not know survive.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerCode(String);

impl ServerCode {
    /// Longest code that is kept. Real ones have less than 50 characters.
    const LONGEST: usize = 64;

    /// What the server called it. Text that is no code (spaces, control characters, overlong) becomes `unreadable`,
    /// so that a server cannot put sentences or markup into logs and windows.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let readable = !text.is_empty() && text.len() <= Self::LONGEST && text.bytes().all(plain);
        Self(if readable { text } else { "unreadable" }.to_owned())
    }

    /// The code's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ServerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerCode({})", self.0)
    }
}

/// A request got no answer that says yes or no to it. None of these ends a session. Trying again by itself is worth it
/// unless it is one that [needs somebody](Self::needs_somebody).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// No connection, or it broke.
    #[error("the server cannot be reached")]
    Offline,
    /// No answer within the deadline.
    #[error("the server did not answer in time")]
    Timeout,
    /// The server (or a proxy before it) answered with a fault of its own.
    #[error("the server is in trouble (HTTP {status})")]
    ServerTrouble {
        /// The HTTP status, for example 503.
        status: u16,
    },
    /// The server failed at this request in a way that nothing says to pass (500 without a known code): it may fail
    /// again, however often it is sent.
    #[error("the server failed (HTTP {status})")]
    ServerFailed {
        /// The HTTP status, for example 500.
        status: u16,
    },
    /// The gateway before the project gets no answer from it (Cloudflare's 520 to 530).
    #[error("the gateway does not reach the project (HTTP {status})")]
    Gateway {
        /// The HTTP status, for example 522.
        status: u16,
    },
    /// The project is paused (540): its owner has to resume it.
    #[error("the project is paused")]
    Paused,
    /// The project is restricted (402): its owner has used up what their plan has.
    #[error("the project is restricted")]
    Restricted,
    /// Something of the project's own (a trigger, a function, a policy, a hook) fails, and will again until its owner
    /// has mended it: Auth's "Database error ..." or "... hook", or a class of PostgreSQL's errors that PostgREST
    /// passes on with 500.
    #[error("something of the project's own fails ({code})")]
    ProjectBroken {
        /// What the server called it.
        code: ServerCode,
    },
    /// The project could not send its mail (Auth's "Error sending ..."): its owner has to look at its mail server.
    #[error("the project cannot send its mail")]
    MailUnsent,
    /// A service said for seconds that the token was issued in the future: the clocks of the project's machines differ.
    #[error("the clocks of the project's servers differ")]
    ClocksDiffer,
    /// The certificate of whatever answers is not trusted.
    #[error("the server's certificate is not trusted")]
    CertificateUntrusted,
    /// A web page answers in the place of the API, a redirect to another host, or a demand to sign in to the network
    /// (511): often a captive portal.
    #[error("a web page answers in the place of the API")]
    WebPage,
    /// Something answers, but not as Supabase does: another program, a wrong path.
    #[error("what answers is not Supabase")]
    NotSupabase,
    /// The answer is larger than it may be.
    #[error("the answer is too large")]
    TooLarge,
    /// Too many requests.
    #[error("too many requests")]
    RateLimited {
        /// How long to wait, where the server said so.
        retry_after: Option<Duration>,
    },
    /// The gateway does not take the project's key.
    #[error("the server refuses the project's key")]
    KeyRefused,
}

impl HttpError {
    /// True where the same request fails again until somebody has done something about it: the project's owner, or
    /// whoever looks after this machine's clock and certificates.
    #[must_use]
    pub fn needs_somebody(&self) -> bool {
        match self {
            Self::Paused
            | Self::Restricted
            | Self::ProjectBroken { .. }
            | Self::MailUnsent
            | Self::CertificateUntrusted
            | Self::KeyRefused => true,
            Self::Offline
            | Self::Timeout
            | Self::ServerTrouble { .. }
            | Self::ServerFailed { .. }
            | Self::Gateway { .. }
            | Self::ClocksDiffer
            | Self::WebPage
            | Self::NotSupabase
            | Self::TooLarge
            | Self::RateLimited { .. } => false,
        }
    }
}

/// What a password lacks, as the server says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeakPasswordReason {
    /// Too short for the project.
    Length,
    /// A class of characters is missing.
    Characters,
    /// Known from leaks.
    Pwned,
    /// A reason this version does not know.
    Other(ServerCode),
}

/// Why a link did not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallbackError {
    /// Not a link of ours, or mangled, or one that carries tokens for a flow (see
    /// [`ClientBuilder::implicit`](crate::ClientBuilder::implicit)).
    #[error("this is not a sign-in link of this app")]
    Malformed,
    /// No pending flow has this link's nonce (or waits for links without one, at this place): it was begun elsewhere,
    /// cancelled, or too long ago.
    #[error("this link belongs to no sign-in that was begun here")]
    Unknown,
    /// The link signs somebody in, and somebody is: it never replaces them. A flow that waits for it lives on.
    #[error("this link signs somebody in, and somebody is signed in")]
    SignedIn,
    /// The flow was begun by somebody who is not signed in now, or what came back is another account's than theirs.
    /// The flow lives on, for its owner.
    #[error("this link belongs to an account that is not signed in here")]
    OtherAccount,
    /// Somebody has signed out, or the flow was given up, while the server was asked, and that counts: what the server
    /// issued was ended there. The flow is over.
    #[error("this sign-in was given up meanwhile")]
    Superseded,
    /// A link without a nonce says that the first of two confirmations of a new address was taken. Anybody can write
    /// such a link, so it counts for nothing; it may be true.
    #[error("this link says that one of two confirmations is done, and does not prove it")]
    Unproven,
    /// Used before, replaced by a newer mail, or too old. A pending flow lives on where a newer link may come.
    #[error("this link was already used or is too old")]
    Spent,
    /// The address is confirmed, but the link came too late to sign in with it (`flow_state_expired`).
    #[error("the address is confirmed, but the link came too late to sign in with it")]
    ConfirmedTooLate,
    /// Somebody said no (`access_denied`).
    #[error("the sign-in was refused")]
    Refused,
    /// The code is not of this flow (`bad_code_verifier`): somebody else's link, or one of another device. The flow
    /// lives on.
    #[error("this link belongs to another sign-in")]
    ForeignCode,
    /// No answer of the API. The flow lives on: open the link once more.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The flow is over, for a reason that has no variant.
    #[error("the sign-in ended ({0})")]
    Ended(ServerCode),
}

pub(crate) use {from_http, from_unsent};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_survives_and_a_sentence_does_not() {
        assert_eq!(ServerCode::new("new_code_of_2031").as_str(), "new_code_of_2031");
        assert_eq!(ServerCode::new("PGRST205").as_str(), "PGRST205");
        for text in ["", "<b>hello</b>", "two words", &"x".repeat(65)] {
            assert_eq!(ServerCode::new(text).as_str(), "unreadable", "{text}");
        }
    }
}
