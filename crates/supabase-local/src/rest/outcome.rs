//! What PostgreSQL answered to the statement of a request.

use serde_json::Value;

use super::error::RestError;
use crate::db::Tx;

/// The answer to a statement of `sql.rs`.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The number of rows in the body, or that a write without a body changed.
    pub(super) rows: usize,
    /// For a read: the number of rows in all, when the client asked for it. For a write: the number of new rows.
    pub(super) total: Option<usize>,
    /// The rows as text, in the form that the client asked for.
    pub(super) body: Option<String>,
    /// The number of rows before the first of a read.
    pub(super) offset: u64,
}

impl Outcome {
    /// Runs a statement of `sql.rs`, which ends in a summary of its rows.
    pub(super) fn run(tx: &mut Tx<'_>, statement: &str) -> Result<Self, RestError> {
        let Some(results) = tx.script(statement)?.pop() else { return Ok(Self::default()) };
        let Some(Value::Object(row)) = results.rows.into_iter().next() else {
            // The client did not ask for the rows of a write: only their number is known.
            return Ok(Self { rows: results.affected_rows.unwrap_or_default(), ..Self::default() });
        };
        let count = |name: &str| row.get(name).and_then(Value::as_u64).map(|count| count as usize);
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Self {
            rows: count("rows").unwrap_or_default(),
            total: count("total"),
            body: text("body"),
            offset: 0,
        })
    }
}
