//! From what the client answers to what crosses the line to a page. The client's errors carry no secret and no server
//! text; what is made of them here is a code, a sentence for logs, and the form field that it belongs to.

use std::time::Duration;

use supabase_session::{
    ApiError, CertificateProblem, ClaimsError, FetchError, HttpError, PasswordInvalid, ProjectError,
    RequestError, ResendError, ServerCode, SignInError, SignUpError, StoreError,
};
use supabase_session_contract::error::WeakPasswordReason;
use supabase_session_contract::{CommandError, ErrorCode, Field};

use super::server_codes;

/// The longest pause that a server's answer may ask for; after this the server is asked again.
const LONGEST_PAUSE_S: u64 = 24 * 3600;

/// A failure on its way across the line: a [`CommandError`] that the client's errors convert into.
pub(super) struct Failure(CommandError);

impl Failure {
    /// A failure that belongs to no field.
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self(CommandError::new(code, message))
    }

    /// The same failure, on a field.
    pub(super) fn on(self, field: Field) -> Self {
        Self(self.0.on(field))
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<&ApiError> for Failure {
    fn from(error: &ApiError) -> Self {
        match error {
            ApiError::SignedOut => signed_out(),
            ApiError::Http(error) => error.into(),
            ApiError::Forbidden => Self::new(ErrorCode::Forbidden, "a policy of the project refuses it"),
            ApiError::TokenRefused { .. } => {
                Self::new(ErrorCode::TokensRefused, "the project does not accept its own tokens")
            }
            ApiError::Unexpected { code } => unexpected(code),
            // The other variants are about rows and objects, which no command of the plugin asks for.
            _ => Self::new(ErrorCode::Refused, "the server refused it"),
        }
    }
}

impl From<&FetchError> for Failure {
    fn from(error: &FetchError) -> Self {
        match error {
            FetchError::AddressRefused
            | FetchError::MethodRefused
            | FetchError::HeadersRefused
            | FetchError::BodyTooLarge => Self::new(ErrorCode::Forbidden, error.to_string()),
            FetchError::Redirected | FetchError::RepeatsToken => {
                Self::new(ErrorCode::Refused, error.to_string())
            }
            FetchError::NotRestored => Self::new(ErrorCode::KeychainLocked, error.to_string()),
            FetchError::SignedOut => signed_out(),
            FetchError::RefreshRefused(code) => unexpected(code),
            FetchError::Http(error) => error.into(),
        }
    }
}

impl From<&ClaimsError> for Failure {
    fn from(error: &ClaimsError) -> Self {
        match error {
            ClaimsError::NotGenuine => Self::new(ErrorCode::TokensRefused, error.to_string()),
            ClaimsError::Request(error) => error.into(),
        }
    }
}

/// A waiting flow that is not there any more.
pub(super) fn unknown_flow() -> Failure {
    Failure::new(ErrorCode::FlowUnknown, "this sign-in is not waiting any more")
}

fn rate_limited(retry_after: Option<Duration>) -> Failure {
    let mut error = Failure::new(ErrorCode::RateLimited, "too many attempts");
    error.0.retry_after_s =
        retry_after.map(|pause| u32::try_from(pause.as_secs().clamp(1, LONGEST_PAUSE_S)).unwrap_or(u32::MAX));
    error
}

pub(super) fn captcha() -> Failure {
    Failure::new(
        ErrorCode::CaptchaRequired,
        "the project asks for a captcha, and this app was not told which",
    )
}

/// Somebody is signed in, and the command is for when nobody is.
pub(super) fn signed_in() -> Failure {
    Failure::new(ErrorCode::SignedIn, "somebody is signed in; sign out first")
}

/// Somebody would have to be signed in.
pub(super) fn signed_out() -> Failure {
    Failure::new(ErrorCode::SignedOut, "nobody is signed in")
}

pub(super) fn banned() -> Failure {
    Failure::new(ErrorCode::Banned, "the account is banned")
}

pub(super) fn sign_up_disabled() -> Failure {
    Failure::new(ErrorCode::SignUpDisabled, "the project takes no new accounts")
}

/// The account has a second factor that this session has not shown.
pub(super) fn second_factor() -> Failure {
    Failure::new(ErrorCode::SecondFactorNeeded, "the second factor has to be shown first")
}

pub(super) fn email_disabled() -> Failure {
    Failure::new(ErrorCode::EmailDisabled, "the project takes no sign-in by e-mail")
}

pub(super) fn email_invalid() -> Failure {
    Failure::new(ErrorCode::EmailInvalid, "this is not an e-mail address").on(Field::Email)
}

impl From<&PasswordInvalid> for Failure {
    fn from(error: &PasswordInvalid) -> Self {
        let code = match error {
            PasswordInvalid::Missing => ErrorCode::PasswordMissing,
            PasswordInvalid::TooLong => ErrorCode::PasswordTooLong,
        };
        Self::new(code, error.to_string()).on(Field::Password)
    }
}

/// A server's code for which the call has no case of its own.
fn unexpected(code: &ServerCode) -> Failure {
    let meaning = server_codes::meaning_in_auth(code.as_str()).unwrap_or(ErrorCode::Refused);
    tracing::warn!(%code, ?meaning, "the server refused with a code that this call does not expect");
    Failure::new(meaning, "the server refused it")
}

impl From<&HttpError> for Failure {
    fn from(error: &HttpError) -> Self {
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
            HttpError::CertificateUntrusted(problem) => {
                let code = match problem {
                    CertificateProblem::UnknownIssuer => ErrorCode::CertificateUntrusted,
                    CertificateProblem::OutOfDate => ErrorCode::CertificateOutOfDate,
                    CertificateProblem::OtherHost => ErrorCode::CertificateOtherHost,
                };
                Failure::new(code, error.to_string())
            }
            HttpError::RateLimited { retry_after } => rate_limited(*retry_after),
            HttpError::KeyRefused => {
                Failure::new(ErrorCode::KeyInvalid, "the project does not accept this key")
            }
        }
    }
}

impl From<&RequestError> for Failure {
    fn from(error: &RequestError) -> Self {
        match error {
            RequestError::SignedOut => signed_out(),
            RequestError::RateLimited { retry_after } => rate_limited(*retry_after),
            RequestError::Http(error) => error.into(),
            RequestError::Unexpected { code } => unexpected(code),
        }
    }
}

impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        Self::new(ErrorCode::StoreUnwritable, error.to_string())
    }
}

impl From<&ProjectError> for Failure {
    fn from(error: &ProjectError) -> Self {
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

impl From<&SignUpError> for Failure {
    fn from(error: &SignUpError) -> Self {
        match error {
            SignUpError::EmailInvalid => email_invalid(),
            SignUpError::PasswordInvalid(error) => error.into(),
            SignUpError::WeakPassword(reasons) => weak_password(reasons),
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

pub(super) fn weak_password(reasons: &[supabase_session::WeakPasswordReason]) -> Failure {
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

impl From<&SignInError> for Failure {
    fn from(error: &SignInError) -> Self {
        match error {
            SignInError::EmailInvalid => email_invalid(),
            SignInError::PasswordInvalid(error) => error.into(),
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

impl From<&ResendError> for Failure {
    fn from(error: &ResendError) -> Self {
        match error {
            ResendError::Unknown | ResendError::Confirmed => unknown_flow(),
            ResendError::EmailDisabled => email_disabled(),
            ResendError::CaptchaRequired => captcha(),
            ResendError::Request(error) => error.into(),
            ResendError::Store(error) => error.into(),
        }
    }
}
