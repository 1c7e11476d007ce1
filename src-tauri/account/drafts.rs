//! What is typed in the account form and not saved, so that neither a crash nor a restart loses it. Each window has a draft
//! of its own; all of a user's lie in one sealed file.

use std::collections::BTreeMap;

use foyer_contract::account::Draft;
use parking_lot::Mutex;
use tauri_plugin_supabase_session::store::SealedFileError;
use uuid::Uuid;

use super::Account;
use super::files::Files;
use super::pending_edits::UserFiles;
use crate::error::Failure;

/// A user's drafts, by the label of the window that they are typed in, or by a name that no window has (see [`closed`]).
type ByWindow = BTreeMap<String, Draft>;

/// The name of a draft whose window is gone: new windows have the labels of old ones.
fn closed(drafts: &ByWindow) -> String {
    let mut names = (0..).map(|number| format!("closed {number}"));
    names.find(|name| !drafts.contains_key(name)).unwrap_or_default()
}

/// The drafts made in one project.
pub struct Drafts {
    files: UserFiles<ByWindow>,
    shown: Mutex<Shown>,
}

/// The drafts of whoever is shown.
#[derive(Default)]
struct Shown {
    user: Option<Uuid>,
    drafts: ByWindow,
    /// The name of the draft from before this process that is shown next, and in no form yet.
    found: Option<String>,
}

impl Drafts {
    /// The drafts in these files that were made in the project with this URL.
    #[must_use]
    pub fn new(files: Files, project: &str) -> Self {
        Self { files: UserFiles::new(files, project), shown: Mutex::default() }
    }

    /// Shows the drafts of this user.
    pub(super) fn open(&self, user: Uuid) {
        let mut drafts = ByWindow::new();
        for draft in self.files.read(user).unwrap_or_default().into_values() {
            drafts.insert(closed(&drafts), draft);
        }
        let found = drafts.keys().next().cloned();
        *self.shown.lock() = Shown { user: Some(user), drafts, found };
    }

    /// Shows nobody's. They stay on disk.
    pub(super) fn close(&self) {
        *self.shown.lock() = Shown::default();
    }

    /// The draft from before this process that no window has taken yet.
    pub(super) fn found(&self) -> Option<Draft> {
        let shown = self.shown.lock();
        shown.drafts.get(shown.found.as_ref()?).cloned()
    }

    /// What this user has typed in this window since the process began, where it is not saved.
    fn kept(&self, user: Uuid, label: &str) -> Option<Draft> {
        let shown = self.shown.lock();
        if shown.user == Some(user) { shown.drafts.get(label).cloned() } else { None }
    }

    /// Whether something is unsaved in this window.
    pub(super) fn has(&self, label: &str) -> bool {
        self.shown.lock().drafts.contains_key(label)
    }

    /// Whether drafts of others than this user lie on this computer.
    pub(super) fn has_others(&self, user: Option<Uuid>) -> bool {
        self.files.has_others(user)
    }

    /// Keeps what is typed in this window, which has taken what was found.
    fn keep(&self, user: Uuid, label: &str, draft: Option<Draft>) -> Result<(), SealedFileError> {
        let mut shown = self.shown.lock();
        if shown.user != Some(user) {
            return Ok(());
        }
        if let Some(found) = shown.found.take() {
            shown.drafts.remove(&found);
        }
        match draft {
            Some(draft) => shown.drafts.insert(label.to_owned(), draft),
            None => shown.drafts.remove(label),
        };
        if shown.drafts.is_empty() {
            self.files.remove(user);
            return Ok(());
        }
        self.files.keep(user, &shown.drafts)
    }

    /// The window is gone. Its draft is found at the next start; a new window with its label does not write over it.
    fn close_window(&self, label: &str) -> Result<(), SealedFileError> {
        let mut shown = self.shown.lock();
        let Some(draft) = shown.drafts.remove(label) else { return Ok(()) };
        let name = closed(&shown.drafts);
        shown.drafts.insert(name, draft);
        shown.user.map_or(Ok(()), |user| self.files.keep(user, &shown.drafts))
    }

    /// Drops the drafts of whoever is shown.
    pub(super) fn clear(&self) {
        let mut shown = self.shown.lock();
        (shown.drafts, shown.found) = Default::default();
        if let Some(user) = shown.user {
            self.files.drop_all(user);
        }
    }

    /// Takes all drafts off the disk. Those of whoever is shown go on living in memory.
    pub(super) fn leave_disk(&self) {
        let shown = self.shown.lock();
        self.files
            .leave_disk(shown.user.filter(|_| !shown.drafts.is_empty()).map(|user| (user, &shown.drafts)));
    }

    /// Writes what was kept in memory only.
    pub(super) fn keep_again(&self) {
        self.files.keep_again();
    }
}

impl Account {
    /// Keeps what is typed in this window's form, or forgets it.
    ///
    /// # Errors
    /// `SignedOut`, or when it cannot be written.
    pub fn keep_draft(&self, label: &str, draft: Option<Draft>) -> Result<(), Failure> {
        let user = self.user()?;
        let had_found = self.drafts.found().is_some();
        let kept = self.drafts.keep(user.id, label, draft);
        if had_found {
            (self.on_change)(None);
        }
        Ok(kept?)
    }

    /// What is kept of this window's form, for a page that began anew.
    ///
    /// # Errors
    /// `SignedOut`.
    pub fn find_draft(&self, label: &str) -> Result<Option<Draft>, Failure> {
        Ok(self.drafts.kept(self.user()?.id, label))
    }

    /// The window is gone, and what was typed in it stays until the next start.
    pub fn window_closed(&self, label: &str) {
        if let Err(error) = self.drafts.close_window(label) {
            tracing::warn!(%error, "the draft of a closed window cannot be written");
        }
    }

    /// Whether something is unsaved in this window.
    #[must_use]
    pub fn has_draft(&self, label: &str) -> bool {
        self.drafts.has(label)
    }
}

#[cfg(test)]
#[path = "drafts_tests.rs"]
mod tests;
