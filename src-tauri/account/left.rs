//! Objects of the avatars' bucket that may be pointed to by nobody, on disk until it is known: a list for each project
//! and user. An object is listed before it is uploaded, or before the row stops naming it, so that a process that ends
//! in between leaves nothing behind for good.

use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use supabase_session::{ApiError, User};
use uuid::Uuid;

use super::Account;
use super::avatar::BUCKET;
use super::cache::name;
use super::picture::is_own;
use tauri_plugin_supabase_session::store::file;

/// The objects left in one project.
#[derive(Debug)]
pub struct LeftObjects {
    folder: PathBuf,
    project: String,
    /// Those of this process, for a disk that cannot be written.
    known: Mutex<BTreeSet<(Uuid, String)>>,
}

impl LeftObjects {
    /// The lists below `folder` for the project with this URL.
    #[must_use]
    pub fn new(folder: PathBuf, project: &str) -> Self {
        Self { folder, project: project.to_owned(), known: Mutex::default() }
    }

    /// The paths of this user's objects.
    pub(super) fn of(&self, user: Uuid) -> BTreeSet<String> {
        let known = self.known.lock();
        let own = known.iter().filter(|(owner, _)| *owner == user).map(|(_, path)| path.clone());
        self.on_disk(user).into_iter().chain(own).collect()
    }

    /// Lists an object.
    pub(super) fn add(&self, user: Uuid, path: &str) {
        self.known.lock().insert((user, path.to_owned()));
        let mut paths = self.on_disk(user);
        if paths.insert(path.to_owned()) {
            self.write(user, &paths);
        }
    }

    /// Takes an object off the list: it is gone, or somebody points to it.
    pub(super) fn forget(&self, user: Uuid, path: &str) {
        self.known.lock().remove(&(user, path.to_owned()));
        let mut paths = self.on_disk(user);
        if paths.remove(path) {
            self.write(user, &paths);
        }
    }

    fn file(&self, user: Uuid) -> PathBuf {
        self.folder.join(format!("{}.json", name(&self.project, &[&user.to_string()])))
    }

    /// A list that makes no sense counts as empty: an object too many costs its space and nothing else.
    fn on_disk(&self, user: Uuid) -> BTreeSet<String> {
        match fs::read(self.file(user)) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    tracing::warn!(kind = %error.kind(), "the list of objects left behind cannot be read");
                }
                BTreeSet::new()
            }
        }
    }

    fn write(&self, user: Uuid, paths: &BTreeSet<String>) {
        let file = self.file(user);
        let written = match paths.is_empty() {
            true => fs::remove_file(file),
            false => fs::create_dir_all(&self.folder)
                .and_then(|()| Ok(serde_json::to_vec(paths)?))
                .and_then(|bytes| file::replace(&file, &bytes)),
        };
        if let Err(error) = written {
            tracing::warn!(kind = %error.kind(), "the list of objects left behind cannot be written");
        }
    }
}

impl Account {
    /// Removes an object below the user's own folder. One that cannot be removed now is tried again after the next
    /// load.
    pub(super) async fn remove_object(&self, user: &User, path: &str) {
        if !is_own(user.id, path) {
            return;
        }
        match self.client.storage(BUCKET).remove(path).await {
            Err(error @ (ApiError::Http(_) | ApiError::SignedOut)) => {
                tracing::warn!(%error, "an object that nobody points to could not be removed yet");
                self.leave(user.id, path);
            }
            outcome => {
                if let Err(error) = outcome {
                    tracing::warn!(%error, "an object that nobody points to cannot be removed");
                }
                self.left.forget(user.id, path);
            }
        }
    }

    pub(super) fn leave(&self, user: Uuid, path: &str) {
        if is_own(user, path) {
            self.left.add(user, path);
        }
    }

    /// Nothing can be removed any more as this user.
    pub(super) fn forget_left(&self, user: &User) {
        self.left.of(user.id).iter().for_each(|path| self.left.forget(user.id, path));
    }

    /// Removes what was left behind and what the row, which was just read, does not name.
    pub(super) async fn clear_left(&self, user: &User) {
        // The row does not name yet what is being uploaded.
        if self.avatar.is_busy() {
            return;
        }
        let named = self.stored_path();
        for path in self.left.of(user.id) {
            if Some(&path) == named.as_ref() {
                self.left.forget(user.id, &path);
            } else {
                self.remove_object(user, &path).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_outlives_its_process_and_is_one_users_in_one_project() {
        let folder = tempfile::tempdir().unwrap();
        let at = |url: &str| LeftObjects::new(folder.path().join("left"), url);
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let left = at("https://a.supabase.co/");

        left.add(ada, "1/one.png");
        left.add(ada, "1/two.png");
        left.forget(ada, "1/one.png");

        let after = at("https://a.supabase.co/");
        assert_eq!(after.of(ada), BTreeSet::from(["1/two.png".to_owned()]));
        assert!(after.of(bob).is_empty() && at("https://b.supabase.co/").of(ada).is_empty());
        after.forget(ada, "1/two.png");
        assert!(at("https://a.supabase.co/").of(ada).is_empty());
        assert_eq!(fs::read_dir(folder.path().join("left")).unwrap().count(), 0);
    }

    #[test]
    fn without_a_disk_the_process_still_knows() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("file");
        fs::write(&blocked, "").unwrap();
        let left = LeftObjects::new(blocked, "https://a.supabase.co/");
        let ada = Uuid::from_u128(1);

        left.add(ada, "1/one.png");
        assert_eq!(left.of(ada).len(), 1);
        left.forget(ada, "1/one.png");
        assert!(left.of(ada).is_empty());
    }
}
