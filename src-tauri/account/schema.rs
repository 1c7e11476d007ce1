//! Projects that lack something of what the account page keeps there: a column of `profiles`, or the whole table. What is
//! there is shown and saved all the same; without the table, what Auth keeps of the person (`user_metadata`) is. A column that
//! holds no text is none for the page, and a table without the person's id none at all.

use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeSet;

use foyer_contract::account::OwnerSql;
use foyer_contract::view::MissingSchema;
use foyer_doctor::remedy::{AVATARS, DELETE_ACCOUNT, PROFILES, add_columns};
use serde::Serialize;
use serde_json::{Map, Value};
use supabase_session::{ApiError, HttpError, ServerCode, User, UserUpdate};

use super::profile::{COLUMNS, ProfileRow, TABLE};
use super::{Account, Unwritten};

/// What an owner runs once, in order.
const MIGRATIONS: [&str; 3] = [PROFILES, AVATARS, DELETE_ACCOUNT];

/// The column that only says which write a row came from: nothing of the person's is lost without it.
pub(super) const UPDATED_AT: &str = "updated_at";

/// The column that says whose row it is.
const ID: &str = "id";

/// All columns that there are.
const ALL: &str = "*";

/// The table of the project, as far as it is known what it lacks.
#[derive(Default)]
pub(super) struct Schema(Mutex<Missing>);

/// What is known to be missing: the whole table, or these columns of it.
#[derive(Default)]
struct Missing {
    table: bool,
    columns: BTreeSet<String>,
}

impl Schema {
    /// For the window; `None` where nothing is known to be lacking.
    pub(super) fn view(&self) -> Option<MissingSchema> {
        let missing = self.missing();
        if !missing.table && missing.columns.is_empty() {
            return None;
        }
        let sql = if missing.table { all_migrations() } else { add_known(&missing.columns) };
        Some(MissingSchema { table: missing.table, columns: missing.columns.iter().cloned().collect(), sql })
    }

    pub(super) fn has_column(&self, column: &str) -> bool {
        !self.missing().columns.contains(column)
    }

    /// Whether there is a table with this column.
    pub(super) fn has_place_for(&self, column: &str) -> bool {
        self.has_table() && self.has_column(column)
    }

    fn has_table(&self) -> bool {
        !self.missing().table
    }

    fn missing(&self) -> MutexGuard<'_, Missing> {
        self.0.lock()
    }
}

impl Account {
    /// What the project's owner can run.
    #[must_use]
    pub fn owner_sql(&self, adds: OwnerSql) -> String {
        match adds {
            OwnerSql::Profile => self.schema.view().map_or_else(all_migrations, |missing| missing.sql),
            OwnerSql::Deletion => DELETE_ACCOUNT.to_owned(),
        }
    }

    /// The user's row, with the columns that there are.
    pub(super) async fn select(&self, user: &User) -> Result<Option<ProfileRow>, ApiError> {
        let lacked = !self.schema.missing().columns.is_empty();
        let mut answer = self.ask(user, if lacked { ALL } else { COLUMNS }).await;
        if let (true, Ok(None)) = (lacked, &answer) {
            // Where there is no row, all columns say nothing of what is lacking.
            self.schema.missing().columns.clear();
            answer = self.ask(user, COLUMNS).await;
        }
        if let Err(ApiError::MissingColumn { column }) = &answer
            && column != ID
        {
            tracing::info!(column, "the project's table lacks a column");
            self.schema.missing().columns.insert(column.clone());
            answer = self.ask(user, ALL).await;
        }
        match answer {
            Ok(row) => {
                let mut missing = self.schema.missing();
                missing.table = false;
                if let Some(row) = &row {
                    let lacking = COLUMNS.split(',').filter(|column| !has_text(row, column));
                    missing.columns = lacking.map(str::to_owned).collect();
                }
                row.map(parsed).transpose()
            }
            Err(error) if is_no_table(&error) => {
                *self.schema.missing() = Missing { table: true, columns: BTreeSet::default() };
                Ok(Some(of_metadata(user)))
            }
            Err(error) => Err(error),
        }
    }

    async fn ask(&self, user: &User, columns: &str) -> Result<Option<Map<String, Value>>, ApiError> {
        self.client.rest().select_one(TABLE, columns, &[(ID, user.id)]).await
    }

    /// What can be written of a change. What the person typed for a column that is lacking is not dropped in silence.
    pub(super) fn writable<E: Serialize>(&self, edit: &E) -> Result<Map<String, Value>, ApiError> {
        let Ok(Value::Object(mut changes)) = serde_json::to_value(edit) else {
            return Err(ApiError::Unexpected { code: ServerCode::new("not_serializable") });
        };
        if !self.schema.has_table() {
            return Ok(changes);
        }
        if !self.schema.has_column(UPDATED_AT) {
            changes.remove(UPDATED_AT);
        }
        match changes.keys().find(|column| !self.schema.has_column(column)) {
            Some(column) => Err(ApiError::MissingColumn { column: column.clone() }),
            None => Ok(changes),
        }
    }

    /// Writes what Auth keeps of the person, where the project has no table. `None` where it has one.
    pub(super) async fn put_metadata(
        &self,
        user: &User,
        changes: &Map<String, Value>,
    ) -> Option<Result<(), Unwritten>> {
        if self.schema.has_table() {
            return None;
        }
        if changes.keys().any(|column| !matches!(column.as_str(), "full_name" | UPDATED_AT)) {
            return Some(Err(ApiError::MissingTable.into()));
        }
        let mut data = Map::new();
        data.extend(changes.get_key_value("full_name").map(|(key, value)| (key.clone(), value.clone())));
        let updated = self.client.update_user(UserUpdate { data }).await;
        Some(updated.map_err(Unwritten::from).map(|updated| {
            let before = self.shown_of(user, |shown| shown.row.clone()).flatten().flatten();
            self.accept_written(user.id, before.as_ref(), Some(of_metadata(&updated)));
        }))
    }
}

fn all_migrations() -> String {
    MIGRATIONS.join("\n")
}

/// Whether the server has no table that the page could use: none of the name, or one that does not say whose a row is.
fn is_no_table(error: &ApiError) -> bool {
    match error {
        ApiError::MissingTable => true,
        ApiError::MissingColumn { column } => column == ID,
        _ => false,
    }
}

/// Whether a text can be read from this column and written there. A time that the server gives as a number is none that
/// [`UPDATED_AT`] could be set to.
fn has_text(row: &Map<String, Value>, column: &str) -> bool {
    match row.get(column) {
        None | Some(Value::Array(_) | Value::Object(_)) => false,
        Some(Value::Number(_) | Value::Bool(_)) => column != UPDATED_AT,
        Some(Value::String(_) | Value::Null) => true,
    }
}

fn of_metadata(user: &User) -> ProfileRow {
    let full_name = user.user_metadata.get("full_name").and_then(Value::as_str).map(str::to_owned);
    ProfileRow { full_name, ..ProfileRow::default() }
}

fn parsed(row: Map<String, Value>) -> Result<ProfileRow, ApiError> {
    serde_json::from_value(Value::Object(row)).map_err(|_| HttpError::NotSupabase.into())
}

/// Adds those of the columns that our migration has.
fn add_known(columns: &BTreeSet<String>) -> String {
    let is_ours = |column: &&str| COLUMNS.split(',').any(|known| known == *column);
    add_columns(&columns.iter().map(String::as_str).filter(is_ours).collect::<Vec<_>>())
}
