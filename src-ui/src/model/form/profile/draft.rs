//! What is typed and not saved: it is kept by the backend until it is saved, and comes back after a crash or a restart,
//! with what it was typed over, so that a row that has changed since is not overwritten unseen.

use foyer_contract::account::Draft;

use super::ProfileForm;

impl ProfileForm {
    /// What has to be kept of the form now.
    pub(crate) fn draft_to_keep(&self) -> Option<Draft> {
        self.is_changed().then(|| Draft { profile: self.draft(), base: self.rules.base.clone() })
    }

    /// True where this draft is in the form, or gave way to what was typed since.
    pub(crate) fn has_taken(&self, draft: &Draft) -> bool {
        self.rules.taken.as_ref() == Some(draft)
    }

    /// True while what was typed before the app ended stands in the form as it came back.
    pub(crate) fn is_restored(&self) -> bool {
        self.rules.is_restored && self.is_changed()
    }

    /// Takes what was typed before the app ended, or before the form began anew. What is being typed now is younger and
    /// stays.
    pub(super) fn take_draft(&mut self, draft: Draft) {
        self.rules.taken = Some(draft.clone());
        let is_typed = self.is_changed() && !self.rules.is_restored;
        if is_typed || self.task.is_running() {
            return;
        }
        self.show(&draft.profile);
        self.rules.base = draft.base;
        self.rules.is_restored = true;
        if self.rules.loaded {
            // The server may have another row by now than the one that the draft was typed over.
            self.arrive(self.rules.server.clone());
        }
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
