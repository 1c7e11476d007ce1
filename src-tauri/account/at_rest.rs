//! The account's files follow what the person chose for the session: sealed, or not written at all.

use foyer_contract::view::Protection;

use super::Account;

impl Account {
    /// Brings the files in line with the protection that is active from now on. Blocks for as long as the disk takes.
    pub fn follow_protection(&self, before: Option<Protection>, now: Protection) {
        match (before, now) {
            (_, Protection::Memory) => self.leave_disk(),
            (Some(Protection::Memory), _) => self.keep_again(),
            _ => self.edits.seal_once(|| {
                let is_cache_sealed = self.cache.seal_plain();
                self.edits.seal_plain() && is_cache_sealed
            }),
        }
    }

    /// Whether something that others than the person who is shown have typed waits on this computer: nobody but them may
    /// give it up.
    #[must_use]
    pub fn has_unsaved_of_others(&self) -> bool {
        let user = self.shown().as_ref().map(|shown| shown.user);
        self.edits.has_others(user) || self.drafts.has_others(user)
    }

    fn leave_disk(&self) {
        let shown = self.shown();
        let edit = shown.as_ref().and_then(|shown| Some((shown.user, shown.edit.as_ref()?)));
        self.edits.leave_disk(edit);
        self.drafts.leave_disk();
        self.cache.clear();
    }

    fn keep_again(&self) {
        let shown = self.shown();
        self.edits.keep_again();
        self.drafts.keep_again();
        let Some(shown) = shown.as_ref() else { return };
        self.keep_on_disk(shown);
        if let Some(picture) = &shown.picture {
            self.cache.keep_picture(shown.user, &picture.path, &picture.bytes);
        }
    }
}
