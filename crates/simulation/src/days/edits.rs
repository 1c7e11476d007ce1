//! What the program does with a name that somebody typed into their profile: it changes the row only as it was last
//! seen, and looks before it speaks of a conflict, as the answer to a change that happened may have been lost.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use supabase_session::{ApiError, Client};

use super::Flaw;
use super::truth::Written;
use super::world::World;
use crate::Broken;

/// What a person typed, until it is in the row.
#[derive(Debug, Clone)]
struct Edit {
    name: String,
    /// When it says to have been written, which no other does.
    stamp: String,
    /// How often the row had changed when it was typed.
    since: usize,
    /// When the row was written that it is a change of, once that was read.
    base: Arc<Mutex<Option<Option<String>>>>,
}

/// What became of a try to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Saved,
    /// Somebody else has changed the row.
    Conflict,
    /// It is not known; the edit is kept and tried again.
    Kept,
}

/// A try to save, and what became of it.
type Told = Arc<Mutex<Vec<(String, String, Outcome)>>>;

/// Names that were typed and are not saved, each under its person, whoever is signed in meanwhile.
#[derive(Debug, Default)]
pub(super) struct Edits {
    waiting: BTreeMap<String, Edit>,
    typed: u64,
    told: Told,
}

impl Edits {
    /// The program was killed: whoever was to tell how a try went is gone.
    pub(super) fn restart(&mut self) {
        self.told = Told::default();
    }
}

impl World<'_> {
    /// Who is signed in types a new name, or what they typed before is tried again.
    pub(super) fn save_name(&mut self, anew: bool) {
        let state = self.process.client.state();
        let Some(user) = state.signed_in().map(|now| now.user.id.to_string()) else { return };
        if anew && !self.edits.waiting.contains_key(&user) {
            self.edits.typed += 1;
            let (number, since) = (self.edits.typed, self.truth.row(&user).len());
            let (name, stamp) = (format!("Name {number}"), format!("2027-02-01T00:00:00.{number:06}+00:00"));
            self.edits.waiting.insert(user.clone(), Edit { name, stamp, since, base: Arc::default() });
        }
        let Some(edit) = self.edits.waiting.get(&user).cloned() else { return };
        let (client, told) = (self.process.client.clone(), Arc::clone(&self.edits.told));
        let hasty = self.flaw == Some(Flaw::TakesLostAnswersForConflicts);
        self.process.call("save", async move {
            let outcome = save(&client, &user, &edit, hasty).await.unwrap_or(Outcome::Kept);
            lock(&told).push((user, edit.name, outcome));
            format!("{outcome:?}")
        });
    }

    /// What was said of edits is so.
    pub(super) fn check_edits(&mut self) {
        let told = std::mem::take(&mut *lock(&self.edits.told));
        for (user, name, outcome) in told {
            let Some(edit) = self.edits.waiting.get(&user).filter(|edit| edit.name == name).cloned() else {
                continue;
            };
            let since = self.truth.row(&user).iter().skip(edit.since);
            let (mut saved, mut changed) = (false, false);
            for written in since {
                saved |= written.name == name;
                changed |= written.elsewhere;
            }
            match outcome {
                Outcome::Kept => continue,
                Outcome::Saved if !saved => self.violation(format!("an edit is said to be saved: {name}")),
                Outcome::Conflict if !changed => {
                    self.violation("an edit is said to be in conflict with itself".to_owned());
                }
                Outcome::Saved | Outcome::Conflict => {}
            }
            self.edits.waiting.remove(&user);
        }
    }

    /// With nothing in the way the edit of whoever is signed in is saved, or is in conflict.
    pub(super) fn check_edit_saved(&mut self) -> Result<(), Broken> {
        if !self.ask_quietly()? {
            return Ok(());
        }
        self.save_name(false);
        self.serve_well()?;
        self.check_edits();
        let state = self.process.client.state();
        let waits =
            state.signed_in().is_some_and(|now| self.edits.waiting.contains_key(&now.user.id.to_string()));
        if waits {
            self.violation("an hour of good network did not save an edit".to_owned());
        }
        Ok(())
    }

    /// On another device somebody gives themselves another name.
    pub(super) fn rename_elsewhere(&mut self, id: &str) -> Result<(), Broken> {
        let now = self.clock.true_time();
        let name = format!("Elsewhere {}", self.rng.below(1 << 40));
        let stamp = format!("timestamptz 'epoch' + interval '{} ms'", now.as_millis());
        let query = format!(
            "update public.profiles set full_name = '{name}', updated_at = {stamp} where id = '{id}'"
        );
        self.server.sql(&query, now)?;
        self.truth.note_row(id, Written { name, elsewhere: true });
        Ok(())
    }
}

async fn save(client: &Client, user: &str, edit: &Edit, hasty: bool) -> Result<Outcome, ApiError> {
    let known = lock(&edit.base).clone();
    let base = match known {
        Some(base) => base,
        None => {
            let base = stamp(&row(client, user).await?);
            lock(&edit.base).get_or_insert(base).clone()
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
