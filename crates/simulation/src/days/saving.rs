//! Names that people type into their profiles: saved, tried again, and checked.

use std::sync::Arc;

use super::edits::{Edit, Outcome, save};
use super::flaw::Flaw;
use super::model::Written;
use super::world::World;
use crate::SimulationError;

impl World<'_> {
    /// Who is signed in types a new name, or what they typed before is tried again.
    pub(super) fn save_name(&mut self, anew: bool) {
        let state = self.process.client.state();
        let Some(user) = state.signed_in().map(|now| now.user.id.to_string()) else { return };
        if anew && !self.edits.waiting.contains_key(&user) {
            self.edits.typed += 1;
            let (number, since) = (self.edits.typed, self.model.row(&user).len());
            let (name, stamp) = (format!("Name {number}"), format!("2027-02-01T00:00:00.{number:06}+00:00"));
            self.edits.waiting.insert(user.clone(), Edit { name, stamp, since, base: Arc::default() });
        }
        let Some(edit) = self.edits.waiting.get(&user).cloned() else { return };
        let (client, told) = (self.process.client.clone(), Arc::clone(&self.edits.told));
        let hasty = self.flaw == Some(Flaw::TakesLostAnswersForConflicts);
        self.process.call("save", async move {
            let outcome = save(&client, &user, &edit, hasty).await.unwrap_or(Outcome::Kept);
            told.lock().push((user, edit.name, outcome));
            format!("{outcome:?}")
        });
    }

    /// What was said of edits is so.
    pub(super) fn check_edits(&mut self) {
        let told = std::mem::take(&mut *self.edits.told.lock());
        for (user, name, outcome) in told {
            let Some(edit) = self.edits.waiting.get(&user).filter(|edit| edit.name == name).cloned() else {
                continue;
            };
            let since = self.model.row(&user).iter().skip(edit.since);
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
    pub(super) fn check_edit_saved(&mut self) -> Result<(), SimulationError> {
        if !self.ask_without_faults()? {
            return Ok(());
        }
        self.save_name(false);
        self.serve_without_faults()?;
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
    pub(super) fn rename_elsewhere(&mut self, id: &str) -> Result<(), SimulationError> {
        let now = self.clock.true_time();
        let name = format!("Elsewhere {}", self.rng.below(1 << 40));
        let stamp = format!("timestamptz 'epoch' + interval '{} ms'", now.as_millis());
        let query = format!(
            "update public.profiles set full_name = '{name}', updated_at = {stamp} where id = '{id}'"
        );
        self.server.sql(&query, now)?;
        self.model.note_row(id, Written { name, elsewhere: true });
        Ok(())
    }
}
