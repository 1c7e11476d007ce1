//! What users typed, on disk until it has reached the server or its owner drops it: one file for each project and user,
//! in a folder that no end of a session clears. A file that cannot be read stays until it can be, and what is typed
//! meanwhile goes into another one.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tauri_plugin_supabase_session::store::SealedFileError;
use uuid::Uuid;

use super::cache::name;
use super::edits::Edit;
use super::files::Files;

/// The edits made in one project that have not reached the server.
pub type PendingEdits = UserFiles<Edit>;

/// How many files a user has at most: the one in use, and those that could not be read.
const MOST_FILES: usize = 4;

/// Something of each user of one project.
#[derive(Clone)]
pub struct UserFiles<T> {
    files: Files,
    project: String,
    /// Which of a user's files is in use, where it is not the first one.
    in_use: Arc<Mutex<BTreeMap<Uuid, usize>>>,
    /// What the person wants on no disk: it lives as long as the process.
    in_memory: Arc<Mutex<BTreeMap<Uuid, T>>>,
}

impl<T: Clone + Serialize + DeserializeOwned> UserFiles<T> {
    /// What lies in these files of the project with this URL.
    #[must_use]
    pub fn new(files: Files, project: &str) -> Self {
        Self { files, project: project.to_owned(), in_use: Arc::default(), in_memory: Arc::default() }
    }

    /// A user's files, the first one first.
    fn all_files(&self, user: Uuid) -> [PathBuf; MOST_FILES] {
        let name = name(&self.project, &[&user.to_string()]);
        std::array::from_fn(|at| match at {
            0 => format!("{name}.json").into(),
            at => format!("{name}.{at}.json").into(),
        })
    }

    /// The file in use.
    fn file(&self, user: Uuid) -> PathBuf {
        let at = self.in_use.lock().get(&user).copied().unwrap_or_default();
        self.all_files(user).into_iter().nth(at).unwrap_or_default()
    }

    /// What is kept of this user: what the first file holds that can be read. One that cannot be read stays where it is.
    #[must_use]
    pub fn read(&self, user: Uuid) -> Option<T> {
        if let Some(kept) = self.in_memory.lock().get(&user) {
            return Some(kept.clone());
        }
        let mut files = self.all_files(user).into_iter().enumerate();
        let (at, kept) = files.find_map(|(at, file)| Some((at, self.read_file(&file).ok()?)))?;
        self.in_use.lock().insert(user, at);
        kept
    }

    /// What a file holds; `None` where there is no file.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or makes no sense to this version.
    fn read_file(&self, file: &Path) -> Result<Option<T>, SealedFileError> {
        let read = self.files.read(file).and_then(|content| {
            let parsed = content.map(|content| serde_json::from_slice(content.expose())).transpose();
            parsed.map_err(|_| SealedFileError::Disk(ErrorKind::InvalidData))
        });
        read.inspect_err(|error| tracing::warn!(%error, "what a user typed cannot be read"))
    }

    /// Keeps this of this user, in the place of what was kept before. Where the person wants nothing to be written, it is
    /// kept as long as the process lives.
    ///
    /// # Errors
    /// When the file cannot be written: what was typed is then gone with the process.
    pub fn keep(&self, user: Uuid, kept: &T) -> Result<(), SealedFileError> {
        let text = serde_json::to_vec(kept).map_err(|_| SealedFileError::Disk(ErrorKind::InvalidData))?;
        match self.files.write(&self.file(user), &text) {
            Ok(()) => {
                self.in_memory.lock().remove(&user);
                Ok(())
            }
            Err(SealedFileError::NotKept) => {
                self.in_memory.lock().insert(user, kept.clone());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Forgets what is kept of this user, as it has reached the server. What stays on disk all the same is looked at once
    /// more at the next start; so is what could not be read.
    pub fn remove(&self, user: Uuid) {
        self.in_memory.lock().remove(&user);
        self.files.remove(&self.file(user));
    }

    /// Forgets everything that is kept of this user, also what could not be read: its owner drops it.
    pub fn drop_all(&self, user: Uuid) {
        self.in_memory.lock().remove(&user);
        self.in_use.lock().remove(&user);
        self.all_files(user).iter().for_each(|file| self.files.remove(file));
    }

    /// Takes everything off the disk, of every project and user. That of `shown` goes on living in memory.
    pub fn leave_disk(&self, shown: Option<(Uuid, &T)>) {
        if let Some((user, kept)) = shown {
            self.in_memory.lock().insert(user, kept.clone());
        }
        self.files.remove_below(Path::new(""), |_| true);
    }

    /// Writes what was kept in memory only.
    pub fn keep_again(&self) {
        let all = self.in_memory.lock().clone();
        for (user, kept) in all {
            if let Err(error) = self.keep(user, &kept) {
                tracing::warn!(%error, "what was kept in memory cannot be written");
            }
        }
    }

    /// Seals what an older version wrote in plain text, of every user.
    pub fn seal_plain(&self) -> bool {
        self.files.seal_plain()
    }

    /// Has `seal` seal what an older version wrote, once for all starts.
    pub fn seal_once(&self, seal: impl FnOnce() -> bool) {
        self.files.seal_once(seal);
    }

    /// Whether something of anybody else than this user lies on the disk, in whatever project.
    #[must_use]
    pub fn has_others(&self, user: Option<Uuid>) -> bool {
        let own = user.map(|user| self.all_files(user)).unwrap_or_default();
        self.files.has_any(|name| {
            name.extension().is_some_and(|it| it == "json") && own.iter().all(|own| own != name)
        })
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
    fn edits_of_others_are_those_of_anybody_else_in_whatever_project() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        let here = PendingEdits::new(files.clone(), "https://a.supabase.co/");
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(!here.has_others(None) && !here.has_others(Some(ada)));

        here.keep(ada, &edit("Ada")).unwrap();
        assert!(here.has_others(None) && here.has_others(Some(bob)) && !here.has_others(Some(ada)));

        PendingEdits::new(files, "https://b.supabase.co/").keep(bob, &edit("Bob")).unwrap();
        assert!(here.has_others(Some(ada)));
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

    #[test]
    fn what_cannot_be_read_outlives_what_is_typed_and_sent_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let ada = Uuid::from_u128(1);
        let files = sealed(folder.path());
        let start = || PendingEdits::new(files.clone(), "https://a.supabase.co/");
        start().keep(ada, &edit("Ada")).unwrap();
        let path = folder.path().join(start().file(ada));
        let content = fs::read(&path).unwrap();
        // For a while there is no file that could be read.
        fs::write(&path, content.iter().map(|byte| !byte).collect::<Vec<_>>()).unwrap();

        let edits = start();
        assert_eq!(edits.read(ada), None);
        assert!(!edits.has_others(Some(ada)));
        edits.keep(ada, &edit("Countess")).unwrap();
        assert_eq!(start().read(ada), Some(edit("Countess")));
        edits.remove(ada);
        assert!(path.exists());
        fs::write(&path, content).unwrap();

        assert_eq!(start().read(ada), Some(edit("Ada")));
        let edits = start();
        edits.drop_all(ada);
        assert_eq!(
            fs::read_dir(folder.path())
                .unwrap()
                .filter(|it| { it.as_ref().unwrap().path().extension().is_some_and(|it| it == "json") })
                .count(),
            0
        );
    }
}
