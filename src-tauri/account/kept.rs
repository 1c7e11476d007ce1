//! Edits on disk until they are sent or their owner drops them: one file for each project and user, in a folder that no
//! end of a session clears.

use std::fs;
use std::io;
use std::path::PathBuf;

use uuid::Uuid;

use super::cache::name;
use super::edits::Edit;
use tauri_plugin_supabase_session::store::file;

/// The edits made in one project.
#[derive(Debug, Clone)]
pub struct KeptEdits {
    folder: PathBuf,
    project: String,
}

impl KeptEdits {
    /// The edits below `folder` that were made in the project with this URL.
    #[must_use]
    pub fn new(folder: PathBuf, project: &str) -> Self {
        Self { folder, project: project.to_owned() }
    }

    fn file(&self, user: Uuid) -> PathBuf {
        self.folder.join(format!("{}.json", name(&self.project, &[&user.to_string()])))
    }

    /// The edit of this user. One that cannot be read stays where it is.
    #[must_use]
    pub fn read(&self, user: Uuid) -> Option<Edit> {
        let bytes = match fs::read(self.file(user)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                tracing::warn!(kind = %error.kind(), "an edit that was kept cannot be read");
                return None;
            }
        };
        let edit = serde_json::from_slice(&bytes).ok();
        if edit.is_none() {
            tracing::warn!("an edit that was kept makes no sense to this version");
        }
        edit
    }

    /// Keeps the edit of this user, in the place of an older one.
    ///
    /// # Errors
    /// When the file cannot be written: the edit is then gone with the process.
    pub fn keep(&self, user: Uuid, edit: &Edit) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        file::replace(&self.file(user), &serde_json::to_vec(edit)?)
    }

    /// Forgets the edit of this user. One that stays on disk has been sent or dropped: it is looked at once more at
    /// the next start.
    pub fn remove(&self, user: Uuid) {
        match fs::remove_file(self.file(user)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(kind = %error.kind(), "an edit that is over cannot be removed");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::account::ProfileBase;
    use foyer_contract::view::ProfileView;

    use super::*;

    fn edit(full_name: &str) -> Edit {
        let now = ProfileView { full_name: full_name.into(), ..ProfileView::default() };
        Edit::new(&ProfileBase::default(), &now)
    }

    #[test]
    fn each_project_and_user_has_an_edit_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let at = |url: &str| KeptEdits::new(folder.path().join("edits"), url);
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
        let at = |url: &str| KeptEdits::new(folder.path().to_owned(), url);
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
        assert!(KeptEdits::new(blocked, "https://a.supabase.co/").keep(ada, &edit("Ada")).is_err());

        let edits = KeptEdits::new(folder.path().to_owned(), "https://a.supabase.co/");
        fs::write(edits.file(ada), "{").unwrap();
        assert_eq!(edits.read(ada), None);
        assert_eq!(fs::read_to_string(edits.file(ada)).unwrap(), "{");
    }
}
