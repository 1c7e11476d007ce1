//! What the errors of the ways in become on their way across the line.

use supabase_session::{
    AcceptLinkError, AnonymousError, ImportError, MagicLinkError, OAuthError, OtpError, SignOutCause,
};
use supabase_session_contract::{ErrorCode, Field};

use super::failure::{
    Failure, banned, captcha, email_disabled, email_invalid, second_factor, sign_up_disabled, signed_in,
    unknown_flow,
};

impl From<&MagicLinkError> for Failure {
    fn from(error: &MagicLinkError) -> Self {
        match error {
            MagicLinkError::EmailInvalid => email_invalid(),
            // Said only where the project takes nobody new: then there is nothing to guess.
            MagicLinkError::NoAccount | MagicLinkError::SignUpDisabled => sign_up_disabled(),
            MagicLinkError::EmailDisabled => email_disabled(),
            MagicLinkError::CaptchaRequired => captcha(),
            MagicLinkError::Request(error) => error.into(),
            MagicLinkError::Store(error) => error.into(),
        }
    }
}

impl From<&OtpError> for Failure {
    fn from(error: &OtpError) -> Self {
        match error {
            OtpError::Unknown => unknown_flow(),
            OtpError::EmailInvalid => email_invalid(),
            OtpError::CodeInvalid => code_invalid(),
            OtpError::Wrong => code_wrong(),
            OtpError::SignedIn => signed_in(),
            OtpError::OtherAccount | OtpError::Superseded => unknown_flow(),
            OtpError::Banned => banned(),
            OtpError::CaptchaRequired => captcha(),
            OtpError::Request(error) => error.into(),
        }
    }
}

impl From<&AnonymousError> for Failure {
    fn from(error: &AnonymousError) -> Self {
        match error {
            AnonymousError::Disabled => {
                Self::new(ErrorCode::AnonymousDisabled, "the project lets nobody in without an address")
            }
            AnonymousError::SignUpDisabled => sign_up_disabled(),
            AnonymousError::CaptchaRequired => captcha(),
            AnonymousError::Superseded => unknown_flow(),
            AnonymousError::Request(error) => error.into(),
        }
    }
}

impl From<&OAuthError> for Failure {
    fn from(error: &OAuthError) -> Self {
        match error {
            OAuthError::ProviderInvalid | OAuthError::ProviderDisabled => {
                Self::new(ErrorCode::ProviderUnavailable, "the project has this provider switched off")
            }
            OAuthError::NoRedirect => Self::new(ErrorCode::Internal, "there is no way back"),
            OAuthError::LinkingDisabled => linking_disabled(),
            OAuthError::SecondFactorRequired => second_factor(),
            OAuthError::Request(error) => error.into(),
            OAuthError::Store(error) => error.into(),
        }
    }
}

impl From<&AcceptLinkError> for Failure {
    fn from(error: &AcceptLinkError) -> Self {
        match error {
            AcceptLinkError::SignedIn => signed_in(),
            AcceptLinkError::Superseded => unknown_flow(),
            AcceptLinkError::Forgotten | AcceptLinkError::Spent => link_over(),
            AcceptLinkError::Banned => banned(),
            AcceptLinkError::Request(error) => error.into(),
        }
    }
}

impl From<&ImportError> for Failure {
    fn from(error: &ImportError) -> Self {
        match error {
            ImportError::Unreadable | ImportError::OtherProject => {
                Self::new(ErrorCode::SessionInvalid, error.to_string())
            }
            ImportError::SignedIn => signed_in(),
            ImportError::Superseded => unknown_flow(),
            ImportError::Ended(SignOutCause::Banned) => banned(),
            ImportError::Ended(_) => Self::new(ErrorCode::SessionOver, error.to_string()),
            ImportError::Request(error) => error.into(),
        }
    }
}

/// The question about a link is over.
pub(super) fn link_over() -> Failure {
    Failure::new(ErrorCode::LinkOver, "the link was used already, is too old, or another one took its place")
}

pub(super) fn code_invalid() -> Failure {
    Failure::new(ErrorCode::CodeInvalid, "a code is six to ten digits").on(Field::Code)
}

pub(super) fn code_wrong() -> Failure {
    Failure::new(ErrorCode::CodeWrong, "the code is wrong or too old").on(Field::Code)
}

pub(super) fn linking_disabled() -> Failure {
    Failure::new(ErrorCode::LinkingDisabled, "the project does not let providers be linked")
}
