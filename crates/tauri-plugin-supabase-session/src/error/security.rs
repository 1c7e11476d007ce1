//! What the errors of password, address, second factor and identities become on their way across the line.

use supabase_session::{EmailChangeError, MfaError, PasswordChangeError, UnlinkError};
use supabase_session_contract::{ErrorCode, Field};

use super::failure::{Failure, captcha, email_disabled, email_invalid, second_factor, weak_password};
use super::sign_in::{code_invalid, code_wrong, linking_disabled};

impl From<&PasswordChangeError> for Failure {
    fn from(error: &PasswordChangeError) -> Self {
        use PasswordChangeError as Error;
        match error {
            Error::PasswordInvalid(error) => error.into(),
            Error::WeakPassword(reasons) => weak_password(reasons),
            Error::SamePassword => {
                Self::new(ErrorCode::SamePassword, "the new password is the one of now").on(Field::Password)
            }
            Error::CurrentPasswordRequired => Self::new(
                ErrorCode::CurrentPasswordNeeded,
                "the project asks for the current password as well",
            )
            .on(Field::CurrentPassword),
            Error::CurrentPasswordWrong => {
                Self::new(ErrorCode::CurrentPasswordWrong, "the current password is wrong")
                    .on(Field::CurrentPassword)
            }
            Error::ReauthenticationNeeded => nonce_needed(),
            Error::NonceWrong => {
                Self::new(ErrorCode::NonceWrong, "the code from the mail is wrong or too old")
                    .on(Field::Nonce)
            }
            Error::SecondFactorRequired => second_factor(),
            Error::Request(error) => error.into(),
        }
    }
}

impl From<&EmailChangeError> for Failure {
    fn from(error: &EmailChangeError) -> Self {
        use EmailChangeError as Error;
        match error {
            Error::EmailInvalid => email_invalid(),
            Error::Taken => {
                Self::new(ErrorCode::EmailTaken, "this address belongs to another account").on(Field::Email)
            }
            Error::SecondFactorRequired => second_factor(),
            Error::EmailDisabled => email_disabled(),
            Error::CaptchaRequired => captcha(),
            Error::Request(error) => error.into(),
            Error::Store(error) => error.into(),
        }
    }
}

impl From<&MfaError> for Failure {
    fn from(error: &MfaError) -> Self {
        match error {
            MfaError::CodeInvalid => code_invalid(),
            MfaError::Wrong | MfaError::TooLate => code_wrong(),
            MfaError::TooMany => Self::new(ErrorCode::TooManyFactors, "no more second factors can be added"),
            MfaError::Unknown => {
                Self::new(ErrorCode::FactorUnknown, "this second factor is not there any more")
            }
            MfaError::Disabled => {
                Self::new(ErrorCode::FactorsDisabled, "the project takes no second factors")
            }
            MfaError::SecondFactorRequired => second_factor(),
            MfaError::Request(error) => error.into(),
            // Names are made here, each different from those that are there.
            MfaError::NameTaken => Self::new(ErrorCode::Internal, "the second factor's name is taken"),
        }
    }
}

impl From<&UnlinkError> for Failure {
    fn from(error: &UnlinkError) -> Self {
        match error {
            UnlinkError::LastIdentity => {
                Self::new(ErrorCode::LastIdentity, "the last way in cannot be taken away")
            }
            UnlinkError::Unknown => Self::new(ErrorCode::Forbidden, "this way in is not there any more"),
            UnlinkError::LinkingDisabled => linking_disabled(),
            UnlinkError::SecondFactorRequired => second_factor(),
            UnlinkError::Request(error) => error.into(),
        }
    }
}

/// The project asks for a code by mail as well.
pub(super) fn nonce_needed() -> Failure {
    Failure::new(ErrorCode::NonceNeeded, "the project asks for a code, which was sent by mail")
        .on(Field::Nonce)
}
