//! The plugin's errors: typed, and as a code where they go to a page.

mod failure;
mod line;
mod security;
mod server_codes;
mod sign_in;

use std::io;

use serde::{Serialize, Serializer};
use supabase_session::{
    AcceptLinkError, AnonymousError, ApiError, ClaimsError, EmailChangeError, FetchError, HttpError,
    ImportError, MagicLinkError, MfaError, OAuthError, OtpError, PasswordChangeError, ProjectError,
    RequestError, ResendError, SignInError, SignUpError, StoreError, UnlinkError,
};
use supabase_session_contract::CommandError;

pub use server_codes::meaning_in_auth;

/// Why something did not work. To a page it crosses as a [`CommandError`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No project is connected.
    #[error("no project is connected")]
    NotConnected,
    /// The app or its environment names the project.
    #[error("the app or its environment names the project: it cannot be changed here")]
    ProjectFixed,
    /// What was to be connected does not answer as a project with this key does.
    #[error("what answers is no project with this key: {0}")]
    ProjectCheck(#[source] HttpError),
    /// No local Supabase answers.
    #[error("no local Supabase answers at http://127.0.0.1:54321")]
    LocalNotFound,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignedOut,
    /// Somebody is signed in, and the command is for when nobody is.
    #[error("somebody is signed in; sign out first")]
    SignedIn,
    /// The second factor has to be shown first.
    #[error("the second factor has to be shown first")]
    SecondFactorNeeded,
    /// The flow does not wait any more.
    #[error("this sign-in is not waiting any more")]
    FlowUnknown,
    /// The question about a link is over.
    #[error("the link was used already, is too old, or another one took its place")]
    LinkOver,
    /// The server is still asked whom a link signs in.
    #[error("the server is still asked whom the link signs in")]
    StillChecking,
    /// The person gave a captcha up.
    #[error("the captcha was given up")]
    CaptchaCancelled,
    /// The page ended its request.
    #[error("the request was cancelled")]
    FetchCancelled,
    /// The project asks for a code, which is on its way by mail.
    #[error("the project asks for a code, which was sent by mail")]
    NonceNeeded,
    /// This is no second factor's id.
    #[error("this is no second factor's id")]
    FactorUnknown,
    /// This is no identity's id.
    #[error("this is no identity's id")]
    IdentityUnknown,
    /// The project has no inbox on this machine.
    #[error("the project has no local inbox")]
    NoInbox,
    /// The browser could not be opened.
    #[error("the browser could not be opened")]
    BrowserUnavailable,
    /// The clipboard could not be written.
    #[error("the clipboard cannot be written")]
    ClipboardUnavailable,
    /// No port of this machine could be opened.
    #[error("no port of this machine can be opened for what comes back")]
    LoopbackUnavailable,
    /// The data folder cannot be written.
    #[error("the data folder cannot be written")]
    DataDir,
    /// The system's keychain is locked.
    #[error("the system's keychain is locked")]
    KeychainLocked,
    /// This machine has no keychain, or it does not answer or takes no keys.
    #[error("the system's keychain cannot be used")]
    KeychainUnavailable,
    /// Nothing was to be kept any more, and files of other people would be lost with their key.
    #[error("files of other people would be lost")]
    FilesOfOthers,
    /// A fault of the plugin.
    #[error("{0}")]
    Internal(&'static str),
    /// The URL or the key is none of a project.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The session's store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server could not be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A call to the API failed.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The claims could not be verified.
    #[error(transparent)]
    Claims(#[from] ClaimsError),
    /// A sign-up failed.
    #[error(transparent)]
    SignUp(#[from] SignUpError),
    /// A sign-in with a password failed.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// A sign-in without an address failed.
    #[error(transparent)]
    Anonymous(#[from] AnonymousError),
    /// A mail was not sent.
    #[error(transparent)]
    MagicLink(#[from] MagicLinkError),
    /// A mail was not sent once more.
    #[error(transparent)]
    Resend(#[from] ResendError),
    /// A code was not taken.
    #[error(transparent)]
    Otp(#[from] OtpError),
    /// Nothing was begun with a provider.
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    /// A link that nobody here asked for did not sign in.
    #[error(transparent)]
    AcceptLink(#[from] AcceptLinkError),
    /// A session that was kept elsewhere was not taken over.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The password was not changed.
    #[error(transparent)]
    PasswordChange(#[from] PasswordChangeError),
    /// A call of the Auth server failed for a reason that has nothing to do with what was asked: no answer, too many
    /// requests, nobody signed in.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The address was not changed.
    #[error(transparent)]
    EmailChange(#[from] EmailChangeError),
    /// Something with a second factor failed.
    #[error(transparent)]
    Mfa(#[from] MfaError),
    /// A page's request got no answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// An identity was not taken away.
    #[error(transparent)]
    Unlink(#[from] UnlinkError),
}

impl Error {
    /// Whether the same may work once a captcha is solved.
    #[must_use]
    pub fn asks_for_captcha(&self) -> bool {
        matches!(
            self,
            Self::SignUp(SignUpError::CaptchaRequired)
                | Self::SignIn(SignInError::CaptchaRequired)
                | Self::Anonymous(AnonymousError::CaptchaRequired)
                | Self::MagicLink(MagicLinkError::CaptchaRequired)
                | Self::Resend(ResendError::CaptchaRequired)
                | Self::Otp(OtpError::CaptchaRequired)
                | Self::EmailChange(EmailChangeError::CaptchaRequired)
        )
    }

    pub(crate) fn no_port(error: io::Error) -> Self {
        tracing::warn!(kind = %error.kind(), "no loopback port can be opened");
        Self::LoopbackUnavailable
    }

    pub(crate) fn data_dir(error: io::Error) -> Self {
        tracing::warn!(kind = %error.kind(), "the data folder cannot be written");
        Self::DataDir
    }
}

impl Serialize for Error {
    /// As a page sees it: a code, a sentence for logs, and the form field that it belongs to.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_command_error().serialize(serializer)
    }
}

impl Error {
    /// As a page sees it.
    #[must_use]
    pub fn to_command_error(&self) -> CommandError {
        failure::Failure::from(self).into()
    }
}
