//! Whose turn it is after a failure.

use crate::ErrorCode;

/// Whose turn it is after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// It passes by itself: the app tries again, with growing pauses.
    Wait,
    /// The same may work when the person asks for it once more.
    AskAgain,
    /// The person has to do or type something else first.
    Person,
    /// The project's owner has to see to it; whatever the person does, it fails again.
    Owner,
    /// A bug of the app or the plugin.
    Ours,
}

impl ErrorCode {
    /// Whose turn it is. Only what [passes by itself](ErrorClass::Wait) is tried again without being asked for.
    #[must_use]
    pub fn class(self) -> ErrorClass {
        match self {
            Self::Offline
            | Self::ServerTrouble
            | Self::RateLimited
            | Self::Intercepted
            | Self::ProjectUnreachable
            | Self::ClocksDiffer => ErrorClass::Wait,

            Self::ServerFailed
            | Self::Cancelled
            | Self::LocalNotFound
            | Self::FlowUnknown
            | Self::StillChecking
            | Self::LinkOver
            | Self::CodeWrong
            | Self::NonceNeeded
            | Self::NonceWrong
            | Self::CaptchaRequired
            | Self::BrowserUnavailable
            | Self::ClipboardUnavailable
            | Self::LoopbackUnavailable => ErrorClass::AskAgain,

            Self::NotConfigured
            | Self::ConfiguredByEnvironment
            | Self::UrlInvalid
            | Self::UrlInsecure
            | Self::NotSupabase
            | Self::WebPageAnswers
            | Self::KeyInvalid
            | Self::KeySecret
            | Self::CertificateUntrusted
            | Self::CertificateOutOfDate
            | Self::CertificateOtherHost
            | Self::SignedOut
            | Self::SignedIn
            | Self::InvalidCredentials
            | Self::EmailNotConfirmed
            | Self::EmailInvalid
            | Self::PasswordMissing
            | Self::PasswordTooLong
            | Self::WeakPassword
            | Self::AlreadyRegistered
            | Self::CodeInvalid
            | Self::SessionInvalid
            | Self::SessionOver
            | Self::SecondFactorNeeded
            | Self::FactorUnknown
            | Self::TooManyFactors
            | Self::CurrentPasswordNeeded
            | Self::CurrentPasswordWrong
            | Self::SamePassword
            | Self::EmailTaken
            | Self::LastIdentity
            | Self::StoreUnwritable
            | Self::KeychainLocked
            | Self::KeychainUnavailable
            | Self::FilesOfOthers => ErrorClass::Person,

            Self::ProjectPaused
            | Self::ProjectRestricted
            | Self::ProjectBroken
            | Self::MailUnsent
            | Self::TokensRefused
            | Self::SignUpDisabled
            | Self::EmailDisabled
            | Self::Banned
            | Self::AnonymousDisabled
            | Self::ProviderUnavailable
            | Self::FactorsDisabled
            | Self::LinkingDisabled
            | Self::Forbidden => ErrorClass::Owner,

            Self::Refused | Self::Internal => ErrorClass::Ours,
        }
    }
}
