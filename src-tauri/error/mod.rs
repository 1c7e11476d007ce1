//! From what the client and the session's plugin answer to what crosses the line. The client's errors carry no secret and no server text;
//! what is made of them here is a code, a sentence for logs, and the form field that it belongs to.

mod data;
mod server_codes;
#[cfg(test)]
mod table_tests;

use foyer_contract::{CommandError, ErrorClass, ErrorCode, Field, SessionErrorCode};
use serde::Serialize;
use supabase_session::{HttpError, ServerCode};
use tauri_plugin_supabase_session::Error;
use tauri_plugin_supabase_session::store::SealedFileError;

pub use data::refused_write;

/// Why a command failed, on its way across the line: a [`CommandError`] that the client's errors convert into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Failure(Box<CommandError>);

impl Failure {
    /// A failure that belongs to no field.
    #[must_use]
    pub fn new(code: impl Into<ErrorCode>, message: impl Into<String>) -> Self {
        Self(Box::new(CommandError::new(code, message)))
    }

    /// A failure that nobody can do anything about.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(SessionErrorCode::Internal, message)
    }

    /// The same failure, on a field.
    #[must_use]
    pub fn on(self, field: Field) -> Self {
        Self(Box::new(self.0.on(field)))
    }

    /// The same failure, about a limit of so many bytes.
    #[must_use]
    pub fn of_bytes(mut self, bytes: u64) -> Self {
        self.0.bytes = Some(bytes);
        self
    }

    /// The same failure, about something of the project's with this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Option<String>>) -> Self {
        self.0.name = name.into();
        self
    }

    /// The same failure, in the words of the project's owner.
    #[must_use]
    pub fn quoting(mut self, words: &str) -> Self {
        self.0.quoted = Some(words.to_owned());
        self
    }

    /// The same failure, with what the project's owner runs to mend it.
    #[must_use]
    pub fn with_sql(mut self, sql: &str) -> Self {
        self.0.sql = Some(sql.to_owned());
        self
    }

    /// The same failure, about a limit of so many characters.
    #[must_use]
    pub fn at_most(mut self, limit: Option<u32>) -> Self {
        self.0.limit = limit;
        self
    }

    /// What the window decides by.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Whether the same call may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.0.code.class() == ErrorClass::Wait
    }
}

impl From<SealedFileError> for Failure {
    fn from(error: SealedFileError) -> Self {
        let code = match error {
            SealedFileError::KeyMissing => SessionErrorCode::KeychainUnavailable,
            SealedFileError::NotKept
            | SealedFileError::NotSealed
            | SealedFileError::Damaged
            | SealedFileError::Disk(_) => SessionErrorCode::StoreUnwritable,
        };
        Self::new(code, error.to_string())
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        *failure.0
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

/// The database's `username_length` check, or ours.
pub fn username_too_short() -> Failure {
    Failure::new(ErrorCode::UsernameTooShort, "a username has at least 3 characters").on(Field::Username)
}

/// Somebody would have to be signed in.
pub fn signed_out() -> Failure {
    Failure::new(SessionErrorCode::SignedOut, "nobody is signed in")
}

/// A code that the call which met it has no case of its own for.
fn unexpected(code: &ServerCode) -> Failure {
    let meaning = server_codes::meaning(code.as_str());
    tracing::warn!(%code, ?meaning, "the server refused with a code that this call does not expect");
    Failure::new(meaning, "the server refused it")
}

impl From<HttpError> for Failure {
    fn from(error: HttpError) -> Self {
        Error::from(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(Box::new(error.to_command_error().into()))
    }
}
