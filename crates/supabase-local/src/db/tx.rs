//! One transaction: running statements, reading their rows, and setting the rights that they run with.

use std::fmt::Write as _;

use pglite_oxide::{Pglite, Results};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::DbError;
use crate::jwt::Claims;

/// The rights of a transaction: the role, and the claims that policies read.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    /// The database role, as the token names it.
    pub(crate) name: String,
    /// The token's claims as JSON text, which `auth.jwt()` answers.
    pub(crate) claims: String,
}

impl Role {
    /// The rights of a caller with the claims `claims`: those of the claim `role`, without one those of `anon`.
    pub(crate) fn of(claims: Claims) -> Self {
        let name = claims.get("role").and_then(Value::as_str).unwrap_or("anon").to_owned();
        Self { name, claims: Value::Object(claims).to_string() }
    }

    /// The statement that gives the rest of the transaction these rights. `set_config` sets the role as well: it takes the
    /// role's name as text, and refuses an unknown role with SQLSTATE 22023.
    fn assume(&self) -> String {
        format!(
            "select set_config('request.jwt.claims', {}, true), set_config('role', {}, true);",
            literal(&self.claims),
            literal(&self.name)
        )
    }
}

/// A running transaction. It ends when the closure that got it returns.
pub(crate) struct Tx<'a> {
    postgres: &'a mut Pglite,
}

impl Tx<'_> {
    /// Runs `work` between BEGIN and COMMIT, or ROLLBACK when `work` answers an error.
    pub(super) fn run<T, E: From<DbError>>(
        postgres: &mut Pglite,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = Tx { postgres };
        tx.script("begin")?;
        match work(&mut tx) {
            Ok(value) => {
                tx.script("commit")?;
                Ok(value)
            }
            Err(error) => {
                tx.script("rollback")?;
                Err(error)
            }
        }
    }

    /// The first column of the first row, if there is one.
    pub(crate) fn find<T: DeserializeOwned>(
        &mut self,
        sql: &str,
        params: &[Value],
    ) -> Result<Option<T>, DbError> {
        Ok(self.list(sql, params)?.into_iter().next())
    }

    /// The first column of every row.
    pub(crate) fn list<T: DeserializeOwned>(
        &mut self,
        sql: &str,
        params: &[Value],
    ) -> Result<Vec<T>, DbError> {
        let results = self.query(sql, params)?;
        let column = results.fields.first().map(|field| field.name.clone()).unwrap_or_default();
        results.rows.into_iter().map(|row| Ok(serde_json::from_value(first_column(row, &column))?)).collect()
    }

    /// Runs a statement and answers the number of rows that it changed.
    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize, DbError> {
        Ok(self.query(sql, params)?.affected_rows.unwrap_or_default())
    }

    /// Runs statements without parameters. Every value in `sql` must be written with [`literal`].
    pub(crate) fn script(&mut self, sql: &str) -> Result<Vec<Results>, DbError> {
        self.postgres.exec(sql, None).map_err(DbError::from_engine)
    }

    /// Gives the rest of the transaction the rights of `role`.
    ///
    /// # Errors
    /// SQLSTATE 22023 when the role does not exist.
    pub(crate) fn act_as(&mut self, role: &Role) -> Result<(), DbError> {
        self.script(&role.assume()).map(drop)
    }

    /// Gives the rest of the transaction the server's own rights again.
    pub(crate) fn act_as_server(&mut self) -> Result<(), DbError> {
        self.script("reset role").map(drop)
    }

    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Results, DbError> {
        self.postgres.query(sql, params, None).map_err(DbError::from_engine)
    }
}

fn first_column(row: Value, name: &str) -> Value {
    match row {
        Value::Object(mut columns) => columns.remove(name).unwrap_or(Value::Null),
        other => other,
    }
}

/// `text` as an SQL string literal.
///
/// Quotes are doubled. The text ends at the first NUL, which PostgreSQL's text cannot contain. Backslashes stay as they
/// are, because `standard_conforming_strings` is on (the default since PostgreSQL 9.1).
pub(crate) fn literal(text: &str) -> String {
    let text = text.split('\0').next().unwrap_or_default();
    let mut quoted = String::with_capacity(text.len() + 2);
    // Writing to a String cannot fail.
    let _ = write!(quoted, "'{}'", text.replace('\'', "''"));
    quoted
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_literal_cannot_be_left() {
        assert_eq!(literal("a'; drop table x; --"), "'a''; drop table x; --'");
        assert_eq!(literal("a\\'b"), "'a\\''b'");
        assert_eq!(literal("a\0b"), "'a'");
    }
}
