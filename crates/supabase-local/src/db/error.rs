//! What PostgreSQL (or the engine around it) may answer instead of rows.

use pglite_oxide::PgliteError;

/// Why a piece of database work did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// PostgreSQL refused a statement.
    #[error("{}", .0.message)]
    Sql(Box<SqlError>),
    /// A migration could not be applied.
    #[error("the migration {name} failed: {message}")]
    Migration {
        /// The file's name.
        name: String,
        /// PostgreSQL's sentence.
        message: String,
    },
    /// The embedded engine failed; the session may be unusable.
    #[error("the embedded PostgreSQL failed: {0}")]
    Engine(String),
    /// The database was closed (the server is shutting down).
    #[error("the database is closed")]
    Closed,
    /// A row did not have the form that the code expects.
    #[error("unexpected form of a row: {0}")]
    Row(#[from] serde_json::Error),
}

/// The fields of PostgreSQL's ErrorResponse that clients get to see.
#[derive(Debug, Clone)]
pub struct SqlError {
    /// SQLSTATE, five characters.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// More about it. May hold row values.
    pub detail: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl DbError {
    /// The SQLSTATE, when PostgreSQL refused a statement.
    pub(crate) fn sql_state(&self) -> Option<&str> {
        match self {
            Self::Sql(error) => Some(&error.code),
            _ => None,
        }
    }

    /// From the engine's error type, which wraps PostgreSQL's answer when there is one.
    pub(crate) fn from_engine<E>(error: E) -> Self
    where
        E: std::fmt::Display + AsRef<dyn std::error::Error + Send + Sync + 'static>,
    {
        match error.as_ref().downcast_ref::<PgliteError>() {
            Some(refused) => {
                let refused = refused.database_error();
                Self::Sql(Box::new(SqlError {
                    code: refused.code.clone().unwrap_or_default(),
                    message: refused.message.clone(),
                    detail: refused.detail.clone(),
                    hint: refused.hint.clone(),
                }))
            }
            None => Self::Engine(format!("{error:#}")),
        }
    }
}
