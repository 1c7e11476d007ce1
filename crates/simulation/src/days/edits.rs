//! What the program does with a name that somebody typed into their profile: it changes the row only as it was last
//! seen, and looks before it speaks of a conflict, as the answer to a change that happened may have been lost.

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};
use supabase_session::{ApiError, Client};

/// What a person typed, until it is in the row.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) name: String,
    /// The time that the edit is written with, which no other edit has.
    pub(super) stamp: String,
    /// How often the row had changed when the edit was typed.
    pub(super) since: usize,
    /// When the row was written that the edit changes, once that was read.
    pub(super) base: Arc<Mutex<Option<Option<String>>>>,
}

/// The outcome of an attempt to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Saved,
    /// Somebody else has changed the row.
    Conflict,
    /// The outcome is not known; the edit is kept and tried again.
    Kept,
}

/// Attempts to save, each with its outcome.
pub(super) type Told = Arc<Mutex<Vec<(String, String, Outcome)>>>;

/// Names that were typed and are not saved, each under its person, whoever is signed in meanwhile.
#[derive(Debug, Default)]
pub(super) struct Edits {
    pub(super) waiting: BTreeMap<String, Edit>,
    pub(super) typed: u64,
    pub(super) told: Told,
}

impl Edits {
    /// The program was killed: whoever was to tell how a try went is gone.
    pub(super) fn restart(&mut self) {
        self.told = Told::default();
    }
}

/// Tries to write an edit into its row. `hasty`: without a second look at a row that has changed.
pub(super) async fn save(client: &Client, user: &str, edit: &Edit, hasty: bool) -> Result<Outcome, ApiError> {
    let known = edit.base.lock().clone();
    let base = match known {
        Some(base) => base,
        None => {
            let base = stamp(&row(client, user).await?);
            edit.base.lock().get_or_insert(base).clone()
        }
    };
    let filter = [("id", Some(user.to_owned())), ("updated_at", base)];
    let change = json!({ "full_name": edit.name, "updated_at": edit.stamp });
    if client.rest().patch_guarded::<_, Value>("profiles", &filter, &change).await?.is_some() {
        return Ok(Outcome::Saved);
    }
    // Somebody else was faster, or this very edit, whose answer never came.
    let ours = !hasty && row(client, user).await?["full_name"] == edit.name;
    Ok(if ours { Outcome::Saved } else { Outcome::Conflict })
}

async fn row(client: &Client, user: &str) -> Result<Value, ApiError> {
    let row = client.rest().select_one("profiles", "full_name,updated_at", &[("id", user)]).await?;
    row.ok_or(ApiError::NoRow)
}

fn stamp(row: &Value) -> Option<String> {
    row["updated_at"].as_str().map(str::to_owned)
}
