//! From what the client answers to what crosses the line. The client's errors carry no secret and no server text;
//! what is made of them here is a code, a sentence for logs, and the form field that it belongs to.

mod data;
mod security;
mod server_codes;
#[cfg(test)]
mod table_tests;
mod ways_in;

pub use ways_in::link_over;

use std::time::Duration;

use foyer_contract::error::WeakPasswordReason;
use foyer_contract::{CommandError, ErrorClass, ErrorCode, Field};
use serde::Serialize;
use supabase_session::{
    HttpError, ProjectError, RequestError, ResendError, ServerCode, SignInError, SignUpError, StoreError,
};

pub use data::refused_write;
pub use security::nonce_needed;

/// No server's word makes anybody wait longer than this without being asked again.
const LONGEST_PAUSE_S: u64 = 24 * 3600;

/// Why a command failed, on its way across the line: a [`CommandError`] that the client's errors convert into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Failure(Box<CommandError>);

impl Failure {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(Box::new(CommandError::new(code, message)))
    }

    /// The same failure, on a field.
    #[must_use]
    pub fn on(self, field: Field) -> Self {
        Self(Box::new(self.0.on(field)))
    }

    /// The same failure, about a limit of so many bytes.
    #[must_use]
    pub fn of_bytes(mut self, bytes: u64) -> Self {
        self.0.bytes = Some(bytes);
        self
    }

    /// The same failure, about something of the project's with this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Option<String>>) -> Self {
        self.0.name = name.into();
        self
    }

    /// The same failure, with what the project's owner runs to mend it.
    #[must_use]
    pub fn with_sql(mut self, sql: &str) -> Self {
        self.0.sql = Some(sql.to_owned());
        self
    }

    /// The same failure, in the words of the project's owner.
    #[must_use]
    pub fn quoting(mut self, words: &str) -> Self {
        self.0.quoted = Some(words.to_owned());
        self
    }

    /// The same failure, about a limit of so many characters.
    #[must_use]
    pub fn at_most(mut self, limit: Option<u32>) -> Self {
        self.0.limit = limit;
        self
    }

    /// What the window decides by.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Whether the same call may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.0.code.class() == ErrorClass::Wait
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        *failure.0
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// A waiting flow that is not there any more.
pub fn unknown_flow() -> Failure {
    Failure::new(ErrorCode::FlowUnknown, "this sign-in is not waiting any more")
}

/// The database's `username_length` check, or ours.
pub fn username_too_short() -> Failure {
    Failure::new(ErrorCode::UsernameTooShort, "a username has at least 3 characters").on(Field::Username)
}

fn rate_limited(retry_after: Option<Duration>) -> Failure {
    let mut error = Failure::new(ErrorCode::RateLimited, "too many attempts");
    error.0.retry_after_s =
        retry_after.map(|pause| u32::try_from(pause.as_secs().clamp(1, LONGEST_PAUSE_S)).unwrap_or(u32::MAX));
    error
}

fn captcha() -> Failure {
    Failure::new(ErrorCode::CaptchaRequired, "the project asks for a captcha, which this app cannot show")
}

/// Somebody is signed in, and what was asked for is for when nobody is.
pub fn signed_in() -> Failure {
    Failure::new(ErrorCode::SignedIn, "somebody is signed in; sign out first")
}

/// Somebody would have to be signed in.
pub fn signed_out() -> Failure {
    Failure::new(ErrorCode::SignedOut, "nobody is signed in")
}

fn banned() -> Failure {
    Failure::new(ErrorCode::Banned, "the account is banned")
}

fn sign_up_disabled() -> Failure {
    Failure::new(ErrorCode::SignUpDisabled, "the project takes no new accounts")
}

/// The account has a second factor that this session has not shown.
pub fn second_factor() -> Failure {
    Failure::new(ErrorCode::SecondFactorNeeded, "the second factor has to be shown first")
}

fn email_disabled() -> Failure {
    Failure::new(ErrorCode::EmailDisabled, "the project takes no sign-in by e-mail")
}

fn email_invalid() -> Failure {
    Failure::new(ErrorCode::EmailInvalid, "this is not an e-mail address").on(Field::Email)
}

fn password_missing() -> Failure {
    Failure::new(ErrorCode::PasswordMissing, "the password is missing").on(Field::Password)
}

fn password_too_long() -> Failure {
    Failure::new(ErrorCode::PasswordTooLong, "the password is longer than 72 bytes").on(Field::Password)
}

/// A code that the call which met it has no case of its own for.
fn unexpected(code: &ServerCode) -> Failure {
    let meaning = server_codes::meaning(code.as_str());
    tracing::warn!(%code, ?meaning, "the server refused with a code that this call does not expect");
    Failure::new(meaning, "the server refused it")
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Offline => Failure::new(ErrorCode::Offline, "the server cannot be reached"),
            HttpError::Timeout => Failure::new(ErrorCode::Offline, "the server did not answer in time"),
            HttpError::ServerTrouble { .. } | HttpError::TooLarge => {
                Failure::new(ErrorCode::ServerTrouble, error.to_string())
            }
            HttpError::ServerFailed { .. } => Failure::new(ErrorCode::ServerFailed, error.to_string()),
            HttpError::WebPage | HttpError::NotSupabase => {
                Failure::new(ErrorCode::Intercepted, error.to_string())
            }
            HttpError::Gateway { .. } => Failure::new(ErrorCode::ProjectUnreachable, error.to_string()),
            HttpError::ClocksDiffer => Failure::new(ErrorCode::ClocksDiffer, error.to_string()),
            HttpError::Paused => Failure::new(ErrorCode::ProjectPaused, error.to_string()),
            HttpError::Restricted => Failure::new(ErrorCode::ProjectRestricted, error.to_string()),
            HttpError::ProjectBroken { .. } => Failure::new(ErrorCode::ProjectBroken, error.to_string()),
            HttpError::MailUnsent => Failure::new(ErrorCode::MailUnsent, error.to_string()),
            HttpError::CertificateUntrusted => {
                Failure::new(ErrorCode::CertificateUntrusted, error.to_string())
            }
            HttpError::RateLimited { retry_after } => rate_limited(retry_after),
            HttpError::KeyRefused => {
                Failure::new(ErrorCode::KeyInvalid, "the project does not accept this key")
            }
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::SignedOut => signed_out(),
            RequestError::RateLimited { retry_after } => rate_limited(retry_after),
            RequestError::Http(error) => error.into(),
            RequestError::Unexpected { code } => unexpected(&code),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(ErrorCode::StoreUnwritable, error.to_string())
    }
}

impl From<ProjectError> for Failure {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::UrlInvalid => {
                Failure::new(ErrorCode::UrlInvalid, "this is not a URL").on(Field::Url)
            }
            ProjectError::UrlInsecure => {
                Failure::new(ErrorCode::UrlInsecure, "the URL must begin with https://").on(Field::Url)
            }
            ProjectError::KeyInvalid => {
                Failure::new(ErrorCode::KeyInvalid, "this is not a publishable key").on(Field::Key)
            }
            ProjectError::KeySecret => {
                Failure::new(ErrorCode::KeySecret, "this is a secret key, which must never be in an app")
                    .on(Field::Key)
            }
        }
    }
}

impl From<SignUpError> for Failure {
    fn from(error: SignUpError) -> Self {
        match error {
            SignUpError::EmailInvalid => email_invalid(),
            SignUpError::PasswordMissing => password_missing(),
            SignUpError::PasswordTooLong => password_too_long(),
            SignUpError::WeakPassword(reasons) => weak_password(&reasons),
            SignUpError::AlreadyRegistered => {
                Failure::new(ErrorCode::AlreadyRegistered, "this address has an account already")
                    .on(Field::Email)
            }
            SignUpError::SignUpDisabled => sign_up_disabled(),
            SignUpError::EmailDisabled => email_disabled(),
            SignUpError::CaptchaRequired => captcha(),
            SignUpError::Superseded => unknown_flow(),
            SignUpError::Request(error) => error.into(),
            SignUpError::Store(error) => error.into(),
        }
    }
}

fn weak_password(reasons: &[supabase_session::WeakPasswordReason]) -> Failure {
    use supabase_session::WeakPasswordReason as Reason;
    let mut error = Failure::new(ErrorCode::WeakPassword, "the password is too weak for this project")
        .on(Field::Password);
    error.0.weak_password = reasons
        .iter()
        .map(|reason| match reason {
            Reason::Length => WeakPasswordReason::Length,
            Reason::Characters => WeakPasswordReason::Characters,
            Reason::Pwned => WeakPasswordReason::Pwned,
            Reason::Other(_) => WeakPasswordReason::Other,
        })
        .collect();
    error
}

impl From<SignInError> for Failure {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::EmailInvalid => email_invalid(),
            SignInError::PasswordMissing => password_missing(),
            SignInError::PasswordTooLong => password_too_long(),
            SignInError::InvalidCredentials => {
                Failure::new(ErrorCode::InvalidCredentials, "wrong address or password")
            }
            SignInError::EmailNotConfirmed => {
                Failure::new(ErrorCode::EmailNotConfirmed, "the address is not confirmed yet")
            }
            SignInError::Banned => banned(),
            SignInError::EmailDisabled => email_disabled(),
            SignInError::CaptchaRequired => captcha(),
            SignInError::Superseded => unknown_flow(),
            SignInError::Request(error) => error.into(),
        }
    }
}

impl From<ResendError> for Failure {
    fn from(error: ResendError) -> Self {
        match error {
            ResendError::Unknown | ResendError::Confirmed => unknown_flow(),
            ResendError::EmailDisabled => email_disabled(),
            ResendError::CaptchaRequired => captcha(),
            ResendError::Request(error) => error.into(),
            ResendError::Store(error) => error.into(),
        }
    }
}
