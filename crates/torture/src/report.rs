//! What came of a run, and the words for it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::AddAssign;

use crate::model::Loss;

/// So many losses are shown one by one.
pub(crate) const SHOWN: usize = 10;

/// What came of some kills.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Children that were killed.
    pub kills: u64,
    /// Changes that they had acknowledged.
    pub changes: u64,
    /// Kills at each step of the store; the others were at instants.
    pub steps: BTreeMap<String, u64>,
    /// What was lost, by its kind.
    pub losses: BTreeMap<Loss, u64>,
    /// Keys that were left behind: nothing names them, or a start that tidied up did not remove them.
    pub keys_left: u64,
    /// The first losses and keys left behind, a line each.
    pub found: Vec<String>,
}

impl Report {
    /// Something was lost.
    pub(crate) fn lose(&mut self, loss: Loss, line: String) {
        *self.losses.entry(loss).or_default() += 1;
        self.found.push(line);
    }

    /// These keys were left behind.
    pub(crate) fn leave_keys(&mut self, keys: &[&String]) {
        self.keys_left += u64::try_from(keys.len()).unwrap_or(u64::MAX);
        self.found.extend(keys.iter().map(|key| format!("the key {key} is left behind")));
    }

    /// Acknowledged sessions, and acknowledged sign-outs, that were not there.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.losses.values().sum()
    }

    /// The last line of a run.
    #[must_use]
    pub fn verdict(&self) -> String {
        format!("torture: {} kills, {} acknowledged sessions lost", self.kills, self.lost())
    }

    /// Where the kills were, and how much had been acknowledged.
    #[must_use]
    pub fn details(&self) -> String {
        let at_steps: u64 = self.steps.values().sum();
        let mut text = format!(
            "{} changes acknowledged; {} keys left behind; {} kills at instants, {at_steps} at steps",
            self.changes,
            self.keys_left,
            self.kills - at_steps
        );
        for (at, (step, count)) in self.steps.iter().enumerate() {
            let mark = if at == 0 { ": " } else { ", " };
            // Writing to a string cannot fail.
            let _written = write!(text, "{mark}{step} {count}");
        }
        text
    }

    /// How it went with tauri-plugin-store alone: with `save()` and no autosave, and as it comes.
    #[must_use]
    pub fn beside(saving: &Self, autosaving: &Self) -> String {
        format!(
            "tauri-plugin-store alone: with save() after each change {}; with set() and its autosave {}",
            saving.share(),
            autosaving.share()
        )
    }

    /// `512 of 1000 lost (480 everything, 32 the newest)`
    fn share(&self) -> String {
        let of = |loss: Loss| self.losses.get(&loss).copied().unwrap_or_default();
        format!(
            "{} of {} lost ({} everything, {} the newest, {} a sign-out)",
            self.lost(),
            self.kills,
            of(Loss::Everything),
            of(Loss::Newest),
            of(Loss::SignOut)
        )
    }
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.changes += other.changes;
        self.keys_left += other.keys_left;
        for (step, count) in other.steps {
            *self.steps.entry(step).or_default() += count;
        }
        for (loss, count) in other.losses {
            *self.losses.entry(loss).or_default() += count;
        }
        self.found.extend(other.found);
        self.found.truncate(SHOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_loss_counts() {
        let mut report = Report { kills: 4, ..Report::default() };
        report.lose(Loss::Newest, "one".into());
        report.lose(Loss::SignOut, "two".into());

        assert_eq!(report.verdict(), "torture: 4 kills, 2 acknowledged sessions lost");
    }

    #[test]
    fn reports_are_summed_by_step() {
        let part = |step: &str| Report {
            kills: 1,
            steps: BTreeMap::from([(step.to_owned(), 1)]),
            ..Report::default()
        };
        let mut sum = Report { kills: 1, ..Report::default() };
        sum += part("file written");
        sum += part("file written");

        assert_eq!(
            sum.details(),
            "0 changes acknowledged; 0 keys left behind; 1 kills at instants, 2 at steps: file written 2"
        );
    }
}
