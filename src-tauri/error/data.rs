//! What the errors of rows and objects become on their way across the line. The column and the constraint that the server
//! names decide the field and the sentence; where it names none, what was written may tell.

use foyer_contract::{ErrorCode, Field, SessionErrorCode};
use serde_json::{Map, Value};
use supabase_session::ApiError;

use super::{Failure, signed_out, unexpected, username_too_short};

/// The check of our migration, and of Supabase's tutorial.
const USERNAME_LENGTH: &str = "username_length";

/// What that check asks for.
const SHORTEST_USERNAME: usize = 3;

/// The columns that the form writes, and their fields. The longest name that stands in a text is meant by it.
const COLUMNS: [(&str, Field); 4] = [
    ("full_name", Field::FullName),
    ("username", Field::Username),
    ("website", Field::Website),
    ("avatar_url", Field::Avatar),
];

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        refused_write(error, &Map::new())
    }
}

/// Why a write of these columns was refused.
pub fn refused_write(error: ApiError, written: &Map<String, Value>) -> Failure {
    match error {
        ApiError::SignedOut => signed_out(),
        ApiError::Http(error) => error.into(),
        ApiError::Forbidden => {
            Failure::new(SessionErrorCode::Forbidden, "a policy of the project refuses it")
        }
        ApiError::TokenRefused { .. } => {
            Failure::new(SessionErrorCode::TokensRefused, "the project does not accept its own tokens")
        }
        ApiError::Unique { constraint, columns } => taken(constraint, columns.as_deref()),
        ApiError::Check { constraint } => broken_rule(constraint, written),
        ApiError::NotNull { column } => unfilled(column),
        ApiError::TooLong { limit } => too_long(limit, written),
        ApiError::MissingColumn { column } => column_missing(column),
        ApiError::Raised { message } => {
            Failure::new(ErrorCode::ProjectSays, "a trigger of the project refused it")
                .quoting(message.as_str())
        }
        ApiError::NoRow | ApiError::NotFound => {
            Failure::new(SessionErrorCode::Forbidden, "what was to be changed is not there")
        }
        ApiError::MissingTable => Failure::new(
            ErrorCode::ProjectNotPrepared,
            "the project lacks the table `profiles` or the bucket `avatars`",
        ),
        ApiError::PayloadTooLarge => {
            Failure::new(ErrorCode::FileTooLarge, "the project takes no picture of this size")
                .on(Field::Avatar)
        }
        ApiError::UnsupportedType => {
            Failure::new(ErrorCode::ImageUnsupported, "the project takes no picture of this kind")
                .on(Field::Avatar)
        }
        ApiError::Unexpected { code } => {
            let failure = unexpected(&code);
            let is_about_a_value = failure.code() == ErrorCode::ValueRefused;
            match only_written(written).filter(|_| is_about_a_value) {
                Some(field) => failure.on(field),
                None => failure,
            }
        }
    }
}

/// The table has no such column.
fn column_missing(column: String) -> Failure {
    let field = named_in(&column);
    on(Failure::new(ErrorCode::ColumnMissing, "the project's table lacks a column").named(column), field)
}

fn taken(constraint: Option<String>, columns: Option<&str>) -> Failure {
    // The details name the columns; the constraint's name only says what somebody called it.
    let field = columns.and_then(named_in).or_else(|| constraint.as_deref().and_then(named_in));
    match field {
        Some(Field::Username) => {
            Failure::new(ErrorCode::UsernameTaken, "this username is taken").on(Field::Username)
        }
        field => {
            let name = columns.map(str::to_owned).or(constraint);
            on(Failure::new(ErrorCode::ValueTaken, "this value is taken").named(name), field)
        }
    }
}

fn broken_rule(constraint: Option<String>, written: &Map<String, Value>) -> Failure {
    let is_ours = constraint.as_deref() == Some(USERNAME_LENGTH);
    let username = written.get("username").and_then(Value::as_str);
    // A project may have given our constraint's name to another rule.
    if is_ours && username.is_none_or(|name| name.chars().count() < SHORTEST_USERNAME) {
        return username_too_short();
    }
    let field = constraint.as_deref().and_then(named_in).or_else(|| only_written(written));
    let failure = Failure::new(ErrorCode::ValueRefused, "the value breaks a rule of the project's own");
    on(failure.named(constraint), field)
}

fn unfilled(column: Option<String>) -> Failure {
    match column.as_deref().and_then(field_of) {
        Some(field) => {
            Failure::new(ErrorCode::ValueRequired, "the project wants this field filled in").on(field)
        }
        None => {
            Failure::new(ErrorCode::ColumnUnfilled, "the table wants a column that this app does not know")
                .named(column)
        }
    }
}

/// The server names no column here: it is the one whose text is longer than that, if there is only one.
fn too_long(limit: Option<u32>, written: &Map<String, Value>) -> Failure {
    let failure = Failure::new(ErrorCode::TextTooLong, "this is longer than the field may be").at_most(limit);
    let longest = limit.map_or(0, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let is_longer = |text: &str| text.chars().count() > longest;
    let mut fields = COLUMNS
        .iter()
        .filter(|(column, _)| written.get(*column).and_then(Value::as_str).is_some_and(is_longer));
    let only = fields.next().filter(|_| fields.next().is_none());
    on(failure, only.map(|(_, field)| *field))
}

fn on(failure: Failure, field: Option<Field>) -> Failure {
    match field {
        Some(field) => failure.on(field),
        None => failure,
    }
}

fn field_of(column: &str) -> Option<Field> {
    COLUMNS.iter().find(|(known, _)| *known == column).map(|(_, field)| *field)
}

/// The field whose column's name stands in this name of a constraint or list of columns.
fn named_in(name: &str) -> Option<Field> {
    field_of(name)
        .or_else(|| COLUMNS.iter().find(|(column, _)| name.contains(column)).map(|(_, field)| *field))
}

/// The one field that was written, where it was only one.
fn only_written(written: &Map<String, Value>) -> Option<Field> {
    let mut fields = COLUMNS.iter().filter(|(column, _)| written.contains_key(*column));
    let only = fields.next().filter(|_| fields.next().is_none())?;
    Some(only.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use foyer_contract::CommandError;
    use serde_json::json;

    fn failure(error: ApiError, written: Value) -> CommandError {
        refused_write(error, written.as_object().unwrap()).into()
    }

    fn check(name: &str) -> ApiError {
        ApiError::Check { constraint: Some(name.to_owned()) }
    }

    #[test]
    fn a_constraints_name_or_the_only_field_written_says_where_a_broken_rule_belongs() {
        let both = json!({"username": "ada.lovelace", "website": "http://ada.example"});
        for (name, written, field) in [
            ("profiles_website_check", both.clone(), Some(Field::Website)),
            ("c", json!({"website": "http://ada.example"}), Some(Field::Website)),
            ("c", both.clone(), None),
            // Our name for another rule.
            ("username_length", json!({"username": "ada.lovelace"}), Some(Field::Username)),
        ] {
            let error = failure(check(name), written);
            assert_eq!((error.code, error.field), (ErrorCode::ValueRefused, field), "{name}");
            assert_eq!(error.name.as_deref(), Some(name));
        }
        let short = failure(check("username_length"), json!({"username": "ab"}));
        assert_eq!(short.code, ErrorCode::UsernameTooShort);
    }

    #[test]
    fn what_is_taken_is_said_by_the_columns_and_not_by_what_somebody_called_the_constraint() {
        let unique = |constraint: &str, columns: Option<&str>| {
            let (constraint, columns) = (Some(constraint.to_owned()), columns.map(str::to_owned));
            let error = failure(ApiError::Unique { constraint, columns }, json!({}));
            (error.code, error.field)
        };

        let taken = (ErrorCode::UsernameTaken, Some(Field::Username));
        assert_eq!(unique("k", Some("lower(username)")), taken);
        assert_eq!(unique("profiles_username_key", None), taken);
        assert_eq!(unique("username_key", Some("website")), (ErrorCode::ValueTaken, Some(Field::Website)));
        assert_eq!(unique("k", Some("team")), (ErrorCode::ValueTaken, None));
    }

    #[test]
    fn a_text_that_is_too_long_is_the_one_over_the_limit() {
        let long = |written: Value| {
            let error = failure(ApiError::TooLong { limit: Some(10) }, written);
            (error.field, error.limit)
        };

        let both = json!({"username": "ada_lovelace", "full_name": "Ada"});
        assert_eq!(long(both), (Some(Field::Username), Some(10)));
        assert_eq!(long(json!({"username": "ada_lovelace", "full_name": "Ada Lovelace"})), (None, Some(10)));
    }

    #[test]
    fn a_column_that_wants_a_value_is_the_persons_if_it_is_on_the_form_and_the_owners_else() {
        let wanting = |column: &str| {
            let error = failure(ApiError::NotNull { column: Some(column.to_owned()) }, json!({}));
            (error.code, error.field, error.name)
        };

        assert_eq!(wanting("website"), (ErrorCode::ValueRequired, Some(Field::Website), None));
        assert_eq!(wanting("team"), (ErrorCode::ColumnUnfilled, None, Some("team".to_owned())));
    }
}
