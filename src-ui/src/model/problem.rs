//! What went wrong, reduced to what a sentence needs.

use std::ops::Deref;

use foyer_contract::{CommandError, ErrorCode, Field, SessionErrorCode};

/// A failure, ours or the backend's, as far as a sentence can tell it. `sentences` chooses the sentence by the code; the
/// only text in here is what the project's owner calls things and says themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem(CommandError);

impl Deref for Problem {
    type Target = CommandError;

    fn deref(&self) -> &CommandError {
        &self.0
    }
}

impl From<ErrorCode> for Problem {
    fn from(code: ErrorCode) -> Self {
        Self(CommandError::new(code, ""))
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        // The message is for logs, and whoever holds the problem knows its field: two failures that have the same
        // sentence are equal.
        Self(CommandError { message: String::new(), field: None, ..error })
    }
}

/// The field that a failure belongs to: the field that it names, else the only field that its code can mean.
pub(crate) fn field_of(error: &CommandError) -> Option<Field> {
    error.field.or(match error.code {
        ErrorCode::Session(SessionErrorCode::UrlInvalid)
        | ErrorCode::Session(SessionErrorCode::UrlInsecure) => Some(Field::URL),
        ErrorCode::Session(SessionErrorCode::KeyInvalid)
        | ErrorCode::Session(SessionErrorCode::KeySecret) => Some(Field::KEY),
        ErrorCode::Session(SessionErrorCode::EmailInvalid)
        | ErrorCode::Session(SessionErrorCode::AlreadyRegistered)
        | ErrorCode::Session(SessionErrorCode::EmailTaken) => Some(Field::EMAIL),
        ErrorCode::Session(SessionErrorCode::PasswordMissing)
        | ErrorCode::Session(SessionErrorCode::PasswordTooLong)
        | ErrorCode::Session(SessionErrorCode::WeakPassword)
        | ErrorCode::Session(SessionErrorCode::SamePassword) => Some(Field::PASSWORD),
        ErrorCode::Session(SessionErrorCode::CurrentPasswordWrong) => Some(Field::CURRENT_PASSWORD),
        ErrorCode::Session(SessionErrorCode::NonceWrong) => Some(Field::NONCE),
        ErrorCode::Session(SessionErrorCode::CodeInvalid)
        | ErrorCode::Session(SessionErrorCode::CodeWrong) => Some(Field::CODE),
        ErrorCode::ConfirmationWrong => Some(Field::Confirmation),
        ErrorCode::UsernameTaken | ErrorCode::UsernameTooShort => Some(Field::Username),
        ErrorCode::WebsiteInvalid => Some(Field::Website),
        _ => None,
    })
}

/// The name of a field as drivers know it: the id of its input and the end of `field-error-<field>`.
pub(crate) fn field_id(field: Field) -> &'static str {
    match field {
        Field::URL => "connect-url",
        Field::KEY => "connect-key",
        Field::EMAIL => "email",
        Field::PASSWORD => "password",
        Field::FullName => "full-name",
        Field::Username => "username",
        Field::Website => "website",
        Field::Avatar => "avatar",
        Field::CODE => "code",
        Field::Link => "paste-link",
        Field::CURRENT_PASSWORD => "current-password",
        Field::NONCE => "nonce",
        Field::Confirmation => "delete-confirm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_username_lands_on_its_field_even_where_the_backend_named_none() {
        assert_eq!(field_of(&CommandError::new(ErrorCode::UsernameTaken, "")), Some(Field::Username));
    }

    #[test]
    fn the_field_that_the_backend_names_wins() {
        let error = CommandError::new(ErrorCode::TextTooLong, "").on(Field::Website);

        assert_eq!(field_of(&error), Some(Field::Website));
    }

    #[test]
    fn a_lost_connection_belongs_to_no_field() {
        assert_eq!(field_of(&CommandError::new(SessionErrorCode::Offline, "")), None);
    }
}
