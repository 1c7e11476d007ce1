//! Edits on disk until they are sent or their owner drops them: one file for each project and user, in a folder that no
//! end of a session clears.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use tauri_plugin_supabase_session::store::SealedFileError;
use uuid::Uuid;

use super::cache::name;
use super::edits::Edit;
use super::files::Files;

/// The edits made in one project.
#[derive(Clone)]
pub struct PendingEdits {
    files: Files,
    project: String,
    /// Those that the person wants on no disk: they live as long as the process.
    in_memory: Arc<Mutex<BTreeMap<Uuid, Edit>>>,
}

impl PendingEdits {
    /// The edits in these files that were made in the project with this URL.
    #[must_use]
    pub fn new(files: Files, project: &str) -> Self {
        Self { files, project: project.to_owned(), in_memory: Arc::default() }
    }

    fn file(&self, user: Uuid) -> PathBuf {
        format!("{}.json", name(&self.project, &[&user.to_string()])).into()
    }

    /// The edit of this user. One that cannot be read stays where it is.
    #[must_use]
    pub fn read(&self, user: Uuid) -> Option<Edit> {
        if let Some(edit) = self.in_memory.lock().get(&user) {
            return Some(edit.clone());
        }
        let content = match self.files.read(&self.file(user)) {
            Ok(content) => content?,
            Err(error) => {
                tracing::warn!(%error, "an edit that was kept cannot be read");
                return None;
            }
        };
        let edit = serde_json::from_slice(content.expose()).ok();
        if edit.is_none() {
            tracing::warn!("an edit that was kept makes no sense to this version");
        }
        edit
    }

    /// Keeps the edit of this user, in the place of an older one. Where the person wants nothing to be written, it is
    /// kept as long as the process lives.
    ///
    /// # Errors
    /// When the file cannot be written: the edit is then gone with the process.
    pub fn keep(&self, user: Uuid, edit: &Edit) -> Result<(), SealedFileError> {
        let text =
            serde_json::to_vec(edit).map_err(|_| SealedFileError::Disk(std::io::ErrorKind::InvalidData))?;
        match self.files.write(&self.file(user), &text) {
            Ok(()) => {
                self.in_memory.lock().remove(&user);
                Ok(())
            }
            Err(SealedFileError::NotKept) => {
                self.in_memory.lock().insert(user, edit.clone());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Forgets the edit of this user. One that stays on disk has been sent or dropped: it is looked at once more at the
    /// next start.
    pub fn remove(&self, user: Uuid) {
        self.in_memory.lock().remove(&user);
        self.files.remove(&self.file(user));
    }

    /// Takes all edits off the disk, of every project and user. That of `shown` goes on living in memory.
    pub fn leave_disk(&self, shown: Option<(Uuid, &Edit)>) {
        if let Some((user, edit)) = shown {
            self.in_memory.lock().insert(user, edit.clone());
        }
        self.files.remove_below(Path::new(""), |_| true);
    }

    /// Writes what was kept in memory only.
    pub fn keep_again(&self) {
        let edits = self.in_memory.lock().clone();
        for (user, edit) in edits {
            if let Err(error) = self.keep(user, &edit) {
                tracing::warn!(%error, "an edit that was kept in memory cannot be written");
            }
        }
    }

    /// Seals what an older version wrote in plain text, of every user.
    pub fn seal_plain(&self) {
        self.files.seal_plain();
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::account::ProfileBase;
    use foyer_contract::view::ProfileView;

    use std::fs;

    use super::*;
    use crate::account::files::sealed;

    fn edit(full_name: &str) -> Edit {
        let now = ProfileView { full_name: full_name.into(), ..ProfileView::default() };
        Edit::new(&ProfileBase::default(), &now)
    }

    #[test]
    fn each_project_and_user_has_an_edit_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(&folder.path().join("edits"));
        let at = |url: &str| PendingEdits::new(files.clone(), url);
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let local = at("http://127.0.0.1:54321/");

        local.keep(ada, &edit("Ada")).unwrap();
        for other in [
            "http://127.0.0.1:9123/",
            "https://127.0.0.1:54321/",
            "http://127.0.0.2:54321/",
            "http://127.0.0.1:54321/b",
        ] {
            assert_eq!(at(other).read(ada), None, "{other}");
        }
        assert_eq!(local.read(bob), None);

        local.keep(bob, &edit("Bob")).unwrap();
        local.remove(bob);
        assert_eq!(local.read(ada), Some(edit("Ada")));
    }

    #[test]
    fn a_slash_at_the_end_of_its_url_makes_no_other_project() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        let at = |url: &str| PendingEdits::new(files.clone(), url);
        let ada = Uuid::from_u128(1);

        at("https://example.com/supabase").keep(ada, &edit("Ada")).unwrap();

        assert_eq!(at("https://example.com/supabase/").read(ada), Some(edit("Ada")));
    }

    #[test]
    fn an_edit_that_cannot_be_written_is_an_error_and_one_that_makes_no_sense_stays() {
        let folder = tempfile::tempdir().unwrap();
        let ada = Uuid::from_u128(1);
        let blocked = folder.path().join("file");
        fs::write(&blocked, "").unwrap();
        assert!(
            PendingEdits::new(sealed(&blocked), "https://a.supabase.co/").keep(ada, &edit("Ada")).is_err()
        );

        let edits = PendingEdits::new(sealed(folder.path()), "https://a.supabase.co/");
        let path = folder.path().join(edits.file(ada));
        fs::write(&path, "{").unwrap();
        assert_eq!(edits.read(ada), None);
        assert!(path.exists());
    }
}
