//! Why a request got no answer that counts.

use std::time::Duration;

use crate::error::server_code::ServerCode;

/// Why the API has neither granted nor refused a request. None of these errors ends a session. The request is worth
/// sending again without asking anybody, unless the error [needs somebody](Self::needs_somebody).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// No connection, or the connection broke.
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
    /// The certificate of whatever answers is not trusted. Nothing was sent, and no setting changes that.
    #[error(transparent)]
    CertificateUntrusted(CertificateProblem),
    /// A web page answers in the place of the API, a redirect to another host, or a demand to sign in to the network
    /// (511): often a captive portal.
    #[error("a web page answers in the place of the API")]
    WebPage,
    /// What answers is not Supabase: another program, a wrong path.
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

/// What is the matter with a server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// Nobody whom this machine trusts has signed it: it is self-signed, or a network looks into what is sent. Also all
    /// that is wrong otherwise.
    #[error("nobody whom this machine trusts has signed the server's certificate")]
    UnknownIssuer,
    /// It has expired or is not valid yet, by this machine's clock.
    #[error("the server's certificate has expired or is not valid yet")]
    OutOfDate,
    /// It is another host's.
    #[error("the server's certificate is for another host")]
    OtherHost,
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
            | Self::CertificateUntrusted(_)
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
