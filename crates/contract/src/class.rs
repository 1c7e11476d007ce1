//! Whose turn it is after a failure.

use supabase_session_contract::ErrorClass;

use crate::ErrorCode;

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
            | Self::Conflict
            | Self::PreviewUnknown
            | Self::PictureBusy
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
            | Self::SecondFactorNeeded
            | Self::FactorUnknown
            | Self::TooManyFactors
            | Self::CurrentPasswordNeeded
            | Self::CurrentPasswordWrong
            | Self::SamePassword
            | Self::EmailTaken
            | Self::LastIdentity
            | Self::ConfirmationWrong
            | Self::UsernameTaken
            | Self::UsernameTooShort
            | Self::WebsiteInvalid
            | Self::TextTooLong
            | Self::UnseenCharacters
            | Self::ValueTaken
            | Self::ValueRefused
            | Self::ValueRequired
            | Self::ProjectSays
            | Self::FileUnreadable
            | Self::FileTooLarge
            | Self::ImageUnsupported
            | Self::ImageBroken
            | Self::ImageTooLarge
            | Self::ImageTooHeavy
            | Self::BucketFormats
            | Self::BucketLimit
            | Self::BucketTooSmall
            | Self::StoreUnwritable => ErrorClass::Person,

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
            | Self::Forbidden
            | Self::ProjectNotPrepared
            | Self::ColumnUnfilled
            | Self::ColumnMissing
            | Self::FunctionMissing
            | Self::PicturesStay => ErrorClass::Owner,

            Self::Refused | Self::Internal => ErrorClass::Ours,
        }
    }
}
