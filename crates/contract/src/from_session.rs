//! What the session's contract says, in the words of the app's: each code, field and notice has the same name in both.

use supabase_session_contract::error as session;
use supabase_session_contract::view as session_view;

use crate::error::{CommandError, ErrorCode, Field};
use crate::view::NoticeCode;

impl From<session::CommandError> for CommandError {
    fn from(error: session::CommandError) -> Self {
        let session::CommandError { code, message, field, retry_after_s, weak_password } = error;
        let field = field.map(Field::from);
        Self { field, retry_after_s, weak_password, ..Self::new(code.into(), message) }
    }
}

/// Declares the conversion of an enum whose variants are all among those of another.
macro_rules! same_names {
    ($from:ty => $to:ty { $($name:ident),* $(,)? }) => {
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value {
                    $(<$from>::$name => Self::$name,)*
                }
            }
        }

        #[cfg(test)]
        impl Same for $from {
            type Other = $to;
            const ALL: &'static [Self] = &[$(<$from>::$name),*];
        }
    };
}

same_names!(session::Field => Field {
    Url, Key, Email, Password, Code, CurrentPassword, Nonce
});

same_names!(session::ErrorCode => ErrorCode {
    NotConfigured,
    ConfiguredByEnvironment,
    UrlInvalid,
    UrlInsecure,
    NotSupabase,
    WebPageAnswers,
    KeyInvalid,
    KeySecret,
    LocalNotFound,
    Offline,
    ServerTrouble,
    ServerFailed,
    RateLimited,
    Intercepted,
    ProjectUnreachable,
    ClocksDiffer,
    CertificateUntrusted,
    ProjectPaused,
    ProjectRestricted,
    ProjectBroken,
    MailUnsent,
    TokensRefused,
    Refused,
    SignedOut,
    SignedIn,
    InvalidCredentials,
    EmailNotConfirmed,
    EmailInvalid,
    PasswordMissing,
    PasswordTooLong,
    WeakPassword,
    AlreadyRegistered,
    SignUpDisabled,
    EmailDisabled,
    CaptchaRequired,
    Banned,
    FlowUnknown,
    AnonymousDisabled,
    ProviderUnavailable,
    BrowserUnavailable,
    ClipboardUnavailable,
    LoopbackUnavailable,
    CodeInvalid,
    CodeWrong,
    LinkOver,
    StillChecking,
    SecondFactorNeeded,
    FactorUnknown,
    TooManyFactors,
    FactorsDisabled,
    CurrentPasswordNeeded,
    CurrentPasswordWrong,
    NonceNeeded,
    NonceWrong,
    SamePassword,
    EmailTaken,
    LastIdentity,
    LinkingDisabled,
    Forbidden,
    Cancelled,
    StoreUnwritable,
    Internal,
});

same_names!(session_view::NoticeCode => NoticeCode {
    SignedInByLink,
    SignedInByProvider,
    LinkMalformed,
    LinkIncomplete,
    LinkSealed,
    LinkUnknown,
    LinkSpent,
    ConfirmedTooLate,
    TookTooLong,
    LinkRefused,
    LinkNotFinished,
    LinkWhileSignedIn,
    LinkOfOtherAccount,
    OtherAddressToConfirm,
    ProviderAddressUnconfirmed,
    IdentityTaken,
    EmailChangeHalf,
    EmailChanged,
    IdentityLinked,
    PasswordChanged,
    OthersSignedOut,
    FactorAdded,
    FactorRemoved,
    ProjectFailed,
    BrowserNotOpened,
});

/// An enum with a conversion by name.
#[cfg(test)]
trait Same: Sized + 'static {
    type Other: From<Self>;
    const ALL: &'static [Self];
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde_json::to_value;

    use super::*;

    fn is_the_same_on_the_wire<T: Same + Serialize + Copy>()
    where
        T::Other: Serialize,
    {
        for value in T::ALL {
            assert_eq!(to_value(value).unwrap(), to_value(T::Other::from(*value)).unwrap());
        }
    }

    #[test]
    fn every_code_field_and_notice_of_the_session_is_one_of_the_apps_by_name() {
        is_the_same_on_the_wire::<session::Field>();
        is_the_same_on_the_wire::<session::ErrorCode>();
        is_the_same_on_the_wire::<session_view::NoticeCode>();
    }

    #[test]
    fn a_code_is_of_the_same_class_in_both() {
        for code in session::ErrorCode::ALL {
            assert_eq!(code.class(), ErrorCode::from(*code).class(), "{code:?}");
        }
    }

    #[test]
    fn an_error_of_the_session_is_read_as_one_of_the_app() {
        let error = session::CommandError::new(session::ErrorCode::CodeWrong, "no").on(session::Field::Code);

        let read: CommandError = serde_json::from_value(to_value(&error).unwrap()).unwrap();
        assert_eq!(read, error.into());
    }
}
