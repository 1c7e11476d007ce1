//! A failure of the session's plugin as one of the app.

use supabase_session_contract::error as session;

use crate::error::{CommandError, Field};

impl From<session::CommandError> for CommandError {
    fn from(error: session::CommandError) -> Self {
        let session::CommandError { code, message, field, retry_after_s, weak_password } = error;
        let field = field.map(Field::from);
        Self { field, retry_after_s, weak_password, ..Self::new(code, message) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;
    use crate::view::{NoticeCode, SessionNoticeCode};
    use crate::{ErrorCode, SessionErrorCode};

    #[test]
    fn codes_notices_and_fields_of_both_cross_by_their_names_alone() {
        for (code, name) in [
            (ErrorCode::UsernameTaken, "username_taken"),
            (ErrorCode::Session(SessionErrorCode::Offline), "offline"),
        ] {
            assert_eq!(to_value(code).unwrap(), json!(name));
            assert_eq!(from_value::<ErrorCode>(json!(name)).unwrap(), code);
        }
        for (code, name) in [
            (NoticeCode::EditSent, "edit_sent"),
            (NoticeCode::Session(SessionNoticeCode::LinkSpent), "link_spent"),
        ] {
            assert_eq!(to_value(code).unwrap(), json!(name));
            assert_eq!(from_value::<NoticeCode>(json!(name)).unwrap(), code);
        }
        for (field, name) in [(Field::FullName, "full_name"), (Field::CURRENT_PASSWORD, "current_password")] {
            assert_eq!(to_value(field).unwrap(), json!(name));
            assert_eq!(from_value::<Field>(json!(name)).unwrap(), field);
        }
        assert!(from_value::<ErrorCode>(json!("of_2031")).is_err());
    }

    #[test]
    fn an_error_of_the_session_is_read_as_one_of_the_app() {
        let error = session::CommandError::new(session::ErrorCode::CodeWrong, "no").on(session::Field::Code);

        let read: CommandError = from_value(to_value(&error).unwrap()).unwrap();
        assert_eq!(read, error.into());
    }
}
