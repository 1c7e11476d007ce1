//! Writing rows: what a body sets, whether the table has such columns, which columns tell rows apart.

use serde_json::Value;

use super::error::RestError;
use super::sql::{Conflict, Table, ident};
use super::{Ask, Outcome};
use crate::db::{Role, Tx};

/// A body as a JSON array, and the columns that it sets.
struct Rows {
    json: String,
    names: Vec<String>,
}

impl Ask {
    pub(super) fn insert(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let rows = self.rows()?;
        let table = Table(&self.table);
        self.check_columns(tx, &rows.names)?;
        let conflict = self.prefer.conflict();
        let target = match (conflict, self.query.on_conflict.is_empty()) {
            (Conflict::Fail, _) => Vec::new(),
            (_, false) => self.query.on_conflict.clone(),
            (_, true) => self.primary_key(tx)?,
        };
        // Without anything to tell rows apart by there is no conflict to resolve.
        let conflict = if target.is_empty() { Conflict::Fail } else { conflict };
        let returned = self.prefer.representation().then_some(&self.query);
        tx.act_as(role)?;
        if rows.json == "[]" {
            return Ok(Outcome { body: Some("[]".into()), ..Outcome::default() });
        }
        self.run(tx, &table.insert(&rows.json, &rows.names, conflict, &target, returned))
    }

    pub(super) fn update(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let rows = self.rows()?;
        self.check_columns(tx, &rows.names)?;
        tx.act_as(role)?;
        if rows.names.is_empty() {
            return Ok(Outcome { body: Some("[]".into()), ..Outcome::default() });
        }
        let answered = self.prefer.representation();
        self.run(tx, &Table(&self.table).update(&rows.json, &rows.names, &self.query, answered))
    }

    pub(super) fn delete(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        tx.act_as(role)?;
        self.run(tx, &Table(&self.table).delete(&self.query, self.prefer.representation()))
    }

    fn rows(&self) -> Result<Rows, RestError> {
        let unreadable = || RestError::new(400, "PGRST102", "Empty or invalid json");
        let text = std::str::from_utf8(&self.body).map_err(|_| unreadable())?;
        let body: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
        let (json, objects) = match &body {
            Value::Object(_) => (format!("[{text}]"), std::slice::from_ref(&body)),
            Value::Array(objects) => (text.trim().to_owned(), objects.as_slice()),
            _ => return Err(unreadable()),
        };
        if objects.is_empty() {
            return Ok(Rows { json: "[]".into(), names: Vec::new() });
        }
        if !self.query.columns.is_empty() {
            return Ok(Rows { json, names: self.query.columns.clone() });
        }
        let mut names: Option<Vec<String>> = None;
        for object in objects {
            let Value::Object(object) = object else { return Err(unreadable()) };
            let keys: Vec<String> = object.keys().cloned().collect();
            if names.as_ref().is_some_and(|names| *names != keys) {
                return Err(RestError::new(400, "PGRST102", "All object keys must match"));
            }
            names = Some(keys);
        }
        Ok(Rows { json, names: names.unwrap_or_default() })
    }

    /// Refuses a column that the table does not have. A table that does not exist is left to PostgreSQL,
    /// which says so itself.
    fn check_columns(&self, tx: &mut Tx<'_>, names: &[String]) -> Result<(), RestError> {
        let columns: Vec<String> = tx.list(
            "select attname::text from pg_attribute
             where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
            &[self.regclass()],
        )?;
        if columns.is_empty() {
            return Ok(());
        }
        match names.iter().find(|name| !columns.contains(name)) {
            None => Ok(()),
            Some(unknown) => {
                let message = format!("Column '{unknown}' of relation '{}' does not exist", self.table);
                Err(RestError::new(400, "PGRST204", message))
            }
        }
    }

    fn primary_key(&self, tx: &mut Tx<'_>) -> Result<Vec<String>, RestError> {
        let names = tx.list(
            "select a.attname::text from pg_index i
             join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
             where i.indrelid = to_regclass($1) and i.indisprimary
             order by array_position(i.indkey::int2[], a.attnum)",
            &[self.regclass()],
        )?;
        Ok(names)
    }

    fn regclass(&self) -> Value {
        Value::String(format!("\"public\".{}", ident(&self.table)))
    }
}
