//! Projects that lack something of what the account page keeps there: a column of `profiles`, or the whole table. What is
//! there is shown and saved all the same; without the table, what Auth keeps of the person (`user_metadata`) is.

use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeSet;

use foyer_contract::account::OwnerSql;
use foyer_contract::view::Lacks as LacksView;
use serde::Serialize;
use serde_json::{Map, Value};
use supabase_session::{ApiError, HttpError, ServerCode, User, UserUpdate};

use super::profile::{COLUMNS, ProfileRow, TABLE};
use super::{Account, Unwritten};

/// What an owner runs once, in order.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../supabase/migrations/20261121100000_profiles.sql"),
    include_str!("../../supabase/migrations/20261121100100_avatars.sql"),
    DELETE_ACCOUNT,
];

/// The one of them that adds the function which deletes its caller's account.
pub(super) const DELETE_ACCOUNT: &str =
    include_str!("../../supabase/migrations/20261121110000_delete_account.sql");

/// The column that only says which write a row came from: nothing of the person's is lost without it.
pub(super) const UPDATED_AT: &str = "updated_at";

/// All columns that there are.
const ALL: &str = "*";

/// What the project lacks, as far as it is known.
#[derive(Default)]
pub(super) struct Lacks(Mutex<Known>);

#[derive(Default)]
struct Known {
    table: bool,
    columns: BTreeSet<String>,
}

impl Lacks {
    /// For the window; `None` where nothing is known to be lacking.
    pub(super) fn view(&self) -> Option<LacksView> {
        let known = self.known();
        if !known.table && known.columns.is_empty() {
            return None;
        }
        let sql = if known.table { all_migrations() } else { add_columns(&known.columns) };
        Some(LacksView { table: known.table, columns: known.columns.iter().cloned().collect(), sql })
    }

    pub(super) fn has_column(&self, column: &str) -> bool {
        !self.known().columns.contains(column)
    }

    /// Whether there is a table with this column.
    pub(super) fn has_place_for(&self, column: &str) -> bool {
        !self.lacks_table() && self.has_column(column)
    }

    fn lacks_table(&self) -> bool {
        self.known().table
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock()
    }
}

impl Account {
    /// What the project's owner can run.
    #[must_use]
    pub fn owner_sql(&self, adds: OwnerSql) -> String {
        match adds {
            OwnerSql::Profile => self.lacks.view().map_or_else(all_migrations, |lacks| lacks.sql),
            OwnerSql::Deletion => DELETE_ACCOUNT.to_owned(),
        }
    }

    /// The user's row, with the columns that there are.
    pub(super) async fn select(&self, user: &User) -> Result<Option<ProfileRow>, ApiError> {
        let lacked = !self.lacks.known().columns.is_empty();
        let mut answer = self.ask(user, if lacked { ALL } else { COLUMNS }).await;
        if let Err(ApiError::MissingColumn { column }) = &answer {
            tracing::info!(column, "the project's table lacks a column");
            self.lacks.known().columns.insert(column.clone());
            answer = self.ask(user, ALL).await;
        }
        match answer {
            Ok(row) => {
                let mut known = self.lacks.known();
                known.table = false;
                if let Some(row) = &row {
                    let lacking = COLUMNS.split(',').filter(|column| !row.contains_key(*column));
                    known.columns = lacking.map(str::to_owned).collect();
                }
                row.map(parsed).transpose()
            }
            Err(ApiError::MissingTable) => {
                *self.lacks.known() = Known { table: true, columns: BTreeSet::default() };
                Ok(Some(of_metadata(user)))
            }
            Err(error) => Err(error),
        }
    }

    async fn ask(&self, user: &User, columns: &str) -> Result<Option<Map<String, Value>>, ApiError> {
        self.client.rest().select_one(TABLE, columns, &[("id", user.id)]).await
    }

    /// What can be written of a change. What the person typed for a column that is lacking is not dropped in silence.
    pub(super) fn writable<E: Serialize>(&self, edit: &E) -> Result<Map<String, Value>, ApiError> {
        let Ok(Value::Object(mut changes)) = serde_json::to_value(edit) else {
            return Err(ApiError::Unexpected { code: ServerCode::new("not_serializable") });
        };
        if self.lacks.lacks_table() {
            return Ok(changes);
        }
        if !self.lacks.has_column(UPDATED_AT) {
            changes.remove(UPDATED_AT);
        }
        match changes.keys().find(|column| !self.lacks.has_column(column)) {
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
        if !self.lacks.lacks_table() {
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

fn of_metadata(user: &User) -> ProfileRow {
    let full_name = user.user_metadata.get("full_name").and_then(Value::as_str).map(str::to_owned);
    ProfileRow { full_name, ..ProfileRow::default() }
}

fn parsed(row: Map<String, Value>) -> Result<ProfileRow, ApiError> {
    serde_json::from_value(Value::Object(row)).map_err(|_| HttpError::NotSupabase.into())
}

/// Adds the columns as our migration has them.
fn add_columns(columns: &BTreeSet<String>) -> String {
    let known = columns.iter().filter(|column| COLUMNS.split(',').any(|known| known == *column));
    let lines = known.map(|column| {
        let kind = if column == UPDATED_AT { "timestamptz" } else { "text" };
        let unique = if column == "username" { " unique" } else { "" };
        format!("alter table public.profiles add column if not exists {column} {kind}{unique};\n")
    });
    lines.collect()
}
