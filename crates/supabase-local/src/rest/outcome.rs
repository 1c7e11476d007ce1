//! What the statement of a request answered.

use serde_json::Value;

use super::error::RestError;
use crate::db::Tx;

/// What a statement answered.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) rows: usize,
    /// For a read: how many rows there are in all. For a write: how many of the rows are new.
    pub(super) total: Option<usize>,
    pub(super) body: Option<String>,
    pub(super) offset: u64,
}

impl Outcome {
    /// Runs a statement of `sql.rs`, which ends in a summary of its rows.
    pub(super) fn run(tx: &mut Tx<'_>, statement: &str) -> Result<Self, RestError> {
        let Some(results) = tx.script(statement)?.pop() else { return Ok(Self::default()) };
        let Some(Value::Object(row)) = results.rows.into_iter().next() else {
            // A write whose rows nobody asked for: only their number is known.
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
