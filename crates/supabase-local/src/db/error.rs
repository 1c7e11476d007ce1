//! Errors of PostgreSQL and of the engine around it.

use pglite_oxide::PgliteError;

/// Why the database did not do what it was asked.
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
        /// PostgreSQL's message.
        message: String,
    },
    /// The embedded engine failed, without an answer of PostgreSQL. The database may be unusable from now on.
    #[error("the embedded PostgreSQL failed: {0}")]
    Engine(String),
    /// The database was closed (the server is shutting down).
    #[error("the database is closed")]
    Closed,
    /// A row does not have the form that the code expects.
    #[error("unexpected form of a row: {0}")]
    Row(#[from] serde_json::Error),
}

/// The fields of PostgreSQL's ErrorResponse that clients see.
#[derive(Debug, Clone)]
pub struct SqlError {
    /// The SQLSTATE, five characters.
    pub code: String,
    /// The message for people.
    pub message: String,
    /// Details of the message. They may contain values of rows.
    pub detail: Option<String>,
    /// A suggestion of what to do.
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

    /// Converts the engine's error, which wraps PostgreSQL's answer when there is one.
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
