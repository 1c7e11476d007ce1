//! Each error of the plugin as it crosses the line to a page.

use supabase_session::HttpError;
use supabase_session_contract::{ErrorCode, Field};

use super::Error;
use super::failure::{Failure, second_factor, signed_in, signed_out, unknown_flow};
use super::security::nonce_needed;
use super::sign_in::link_over;

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let plain = |code| Self::new(code, error.to_string());
        match error {
            Error::NotConnected => plain(ErrorCode::NotConfigured),
            Error::ProjectFixed => plain(ErrorCode::ConfiguredByEnvironment),
            Error::ProjectCheck(error) => project_check(error),
            Error::LocalNotFound => plain(ErrorCode::LocalNotFound),
            Error::SignedOut => signed_out(),
            Error::SignedIn => signed_in(),
            Error::SecondFactorNeeded => second_factor(),
            Error::FlowUnknown => unknown_flow(),
            Error::LinkOver => link_over(),
            Error::StillChecking => plain(ErrorCode::StillChecking),
            Error::CaptchaCancelled | Error::FetchCancelled => plain(ErrorCode::Cancelled),
            Error::NonceNeeded => nonce_needed(),
            Error::FactorUnknown => plain(ErrorCode::FactorUnknown),
            Error::IdentityUnknown | Error::NoInbox => plain(ErrorCode::Forbidden),
            Error::BrowserUnavailable => plain(ErrorCode::BrowserUnavailable),
            Error::ClipboardUnavailable => plain(ErrorCode::ClipboardUnavailable),
            Error::LoopbackUnavailable => plain(ErrorCode::LoopbackUnavailable),
            Error::DataDir => plain(ErrorCode::StoreUnwritable),
            Error::KeychainLocked => plain(ErrorCode::KeychainLocked),
            Error::FilesOfOthers => plain(ErrorCode::FilesOfOthers),
            Error::KeychainUnavailable => plain(ErrorCode::KeychainUnavailable),
            Error::Internal(_) => plain(ErrorCode::Internal),
            Error::Project(error) => error.into(),
            Error::Store(error) => error.into(),
            Error::Http(error) => error.into(),
            Error::Api(error) => error.into(),
            Error::Claims(error) => error.into(),
            Error::SignUp(error) => error.into(),
            Error::SignIn(error) => error.into(),
            Error::Anonymous(error) => error.into(),
            Error::MagicLink(error) => error.into(),
            Error::Resend(error) => error.into(),
            Error::Otp(error) => error.into(),
            Error::OAuth(error) => error.into(),
            Error::AcceptLink(error) => error.into(),
            Error::Import(error) => error.into(),
            Error::PasswordChange(error) => error.into(),
            Error::Request(error) => error.into(),
            Error::EmailChange(error) => error.into(),
            Error::Mfa(error) => error.into(),
            Error::Unlink(error) => error.into(),
            Error::Fetch(error) => error.into(),
        }
    }
}

/// What a form that connects a project says of whatever answers, on the field that is wrong.
fn project_check(error: &HttpError) -> Failure {
    match error {
        HttpError::NotSupabase => {
            Failure::new(ErrorCode::NotSupabase, "no Supabase project answers at this URL").on(Field::Url)
        }
        HttpError::WebPage => {
            Failure::new(ErrorCode::WebPageAnswers, "a web page answers at this URL").on(Field::Url)
        }
        HttpError::KeyRefused => {
            Failure::new(ErrorCode::KeyInvalid, "the project does not accept this key").on(Field::Key)
        }
        HttpError::Offline
        | HttpError::Timeout
        | HttpError::CertificateUntrusted(_)
        | HttpError::Paused
        | HttpError::Restricted => Failure::from(error).on(Field::Url),
        _ => error.into(),
    }
}
