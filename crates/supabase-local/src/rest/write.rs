//! Writing rows: reading the body, checking its columns against the table's, and finding the primary key for an upsert.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::error::RestError;
use super::media::Media;
use super::outcome::Outcome;
use super::request::TableRequest;
use super::sql::{Conflict, Table, ident};
use crate::db::{Role, Tx, literal};

/// The body as a JSON array, and the columns that its objects set.
struct Rows {
    json: String,
    names: Vec<String>,
}

impl TableRequest {
    pub(super) fn insert(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let rows = self.rows()?;
        if !self.check_columns(tx, &rows.names)? {
            return Err(RestError::NotFound);
        }
        let table = self.relation(tx)?;
        let conflict = self.prefer.conflict();
        let target = match (conflict, self.query.on_conflict.is_empty()) {
            (Conflict::Fail, _) => Vec::new(),
            (_, false) => self.query.on_conflict.clone(),
            (_, true) => self.primary_key(tx)?,
        };
        // A table without a primary key has no conflict to resolve.
        let conflict = if target.is_empty() { Conflict::Fail } else { conflict };
        let returned = self.prefer.representation().then_some(&self.query);
        let json = if self.prefer.fills_in_defaults() {
            self.with_defaults(tx, &rows)?
        } else {
            format!("{}::json", literal(&rows.json))
        };
        tx.act_as(role)?;
        if rows.json == "[]" {
            return Ok(Outcome { body: Some("[]".into()), ..Outcome::default() });
        }
        Outcome::run(tx, &table.insert(&json, &rows.names, (conflict, &target), returned, self.media))
    }

    pub(super) fn update(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        let rows = self.rows()?;
        self.check_columns(tx, &rows.names)?;
        self.check_limit()?;
        let table = self.relation(tx)?;
        tx.act_as(role)?;
        if rows.names.is_empty() {
            return Ok(Outcome { body: Some("[]".into()), ..Outcome::default() });
        }
        Outcome::run(tx, &table.update(&rows.json, &rows.names, &self.query, self.answered()))
    }

    pub(super) fn delete(&self, tx: &mut Tx<'_>, role: &Role) -> Result<Outcome, RestError> {
        self.check_limit()?;
        let table = self.relation(tx)?;
        tx.act_as(role)?;
        Outcome::run(tx, &table.delete(&self.query, self.answered()))
    }

    /// The form in which the written rows are answered, `None` when they are not.
    fn answered(&self) -> Option<Media> {
        self.prefer.representation().then_some(self.media)
    }

    /// Refuses a limit without an order: which rows would be written is undefined then.
    fn check_limit(&self) -> Result<(), RestError> {
        if self.query.limit.is_none() || !self.query.order.is_empty() {
            return Ok(());
        }
        Err(RestError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: "PGRST109",
            message: "A 'limit' was applied without an explicit 'order'".into(),
            details: None,
            hint: Some("Apply an 'order' using unique column(s)".into()),
        })
    }

    /// The rows as an SQL expression for a JSON array, in which a column that a row does not set has the table's default.
    fn with_defaults(&self, tx: &mut Tx<'_>, rows: &Rows) -> Result<String, RestError> {
        let defaults: Vec<String> = tx.list(
            "select format('%L, %s', a.attname, pg_get_expr(d.adbin, d.adrelid)) from pg_attrdef d
             join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
             where d.adrelid = to_regclass($1) and a.attgenerated = ''
               and a.attname in (select jsonb_array_elements_text($2::jsonb))",
            &[self.regclass(), json!(rows.names)],
        )?;
        Ok(format!(
            "(select coalesce(jsonb_agg(jsonb_build_object({}) || given), '[]')::json \
             from jsonb_array_elements({}::jsonb) as given)",
            defaults.join(", "),
            literal(&rows.json)
        ))
    }

    fn rows(&self) -> Result<Rows, RestError> {
        let unreadable = || RestError::new(400, "PGRST102", "Empty or invalid json");
        let text = std::str::from_utf8(&self.body).map_err(|_| unreadable())?;
        let form;
        let text = match self.content_type.as_deref().and_then(|kind| kind.split(';').next()).map(str::trim) {
            None | Some("application/json") => text,
            Some("application/x-www-form-urlencoded") => {
                let fields = url::form_urlencoded::parse(&self.body).into_owned();
                form = Value::Object(fields.map(|(name, value)| (name, value.into())).collect()).to_string();
                &form
            }
            Some(other) => {
                let message = format!("Content-Type not acceptable: {other}");
                return Err(RestError::new(400, "PGRST102", message));
            }
        };
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

    /// Refuses a column that the table does not have. `false` when there is no such table.
    fn check_columns(&self, tx: &mut Tx<'_>, names: &[String]) -> Result<bool, RestError> {
        let columns: Vec<String> = tx.list(
            "select attname::text from pg_attribute
             where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
            &[self.regclass()],
        )?;
        if columns.is_empty() {
            return Ok(false);
        }
        match names.iter().find(|name| !columns.contains(name)) {
            None => Ok(true),
            Some(unknown) => {
                let message = format!("Column '{unknown}' of relation '{}' does not exist", self.table);
                Err(RestError::new(400, "PGRST204", message))
            }
        }
    }

    /// The table or the view that the request writes to.
    fn relation(&self, tx: &mut Tx<'_>) -> Result<Table<'_>, RestError> {
        let is_view = tx.find(
            "select exists (select from pg_class where oid = to_regclass($1) and relkind = 'v') as is_view",
            &[self.regclass()],
        )?;
        let is_view: bool = is_view.unwrap_or_default();
        Ok(Table { name: &self.table, is_view })
    }

    /// The columns of the primary key. A view has none, so an upsert to a view needs to name its columns.
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
