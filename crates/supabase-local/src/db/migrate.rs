//! What the database has before the first request: the roles, schemas and tables of every Supabase project, then the
//! project's own migrations, each applied once.

use std::collections::HashSet;

use pglite_oxide::Pglite;
use serde_json::json;

use super::error::DbError;
use super::tx::Tx;
use crate::config::Migration;

/// The roles, schemas and tables of every project, in order. Each file can be run again on a database that has them.
const FOUNDATION: [(&str, &str); 4] = [
    ("roles.sql", include_str!("sql/roles.sql")),
    ("auth.sql", include_str!("sql/auth.sql")),
    ("storage.sql", include_str!("sql/storage.sql")),
    ("local.sql", include_str!("sql/local.sql")),
];

/// Brings the database up to date.
pub(super) fn prepare(postgres: &mut Pglite, migrations: &[Migration]) -> Result<(), DbError> {
    for (name, sql) in FOUNDATION {
        Tx::run(postgres, |tx| tx.script(sql).map(drop)).map_err(|error| named(name, error))?;
    }
    let done: HashSet<String> =
        Tx::run(postgres, |tx| tx.list("select version from supabase_migrations.schema_migrations", &[]))?
            .into_iter()
            .collect();
    for migration in migrations.iter().filter(|migration| !done.contains(migration.version())) {
        Tx::run(postgres, |tx| apply(tx, migration)).map_err(|error| named(&migration.name, error))?;
        tracing::info!(migration = migration.name, "applied");
    }
    Ok(())
}

fn apply(tx: &mut Tx<'_>, migration: &Migration) -> Result<(), DbError> {
    tx.script(&migration.sql)?;
    tx.execute(
        "insert into supabase_migrations.schema_migrations (version, name) values ($1, $2)",
        &[json!(migration.version()), json!(migration.name)],
    )?;
    Ok(())
}

fn named(name: &str, error: DbError) -> DbError {
    match error {
        DbError::Sql(refused) => DbError::Migration { name: name.to_owned(), message: refused.message },
        other => other,
    }
}
