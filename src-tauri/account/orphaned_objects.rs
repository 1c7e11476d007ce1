//! Objects of the avatars' bucket that may be pointed to by nobody, on disk until it is known: a list for each project
//! and user. An object is listed before it is uploaded, or before the row stops naming it, so that a process that ends
//! in between leaves nothing behind for good.

use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use supabase_session::{ApiError, User, retry_while_in_use};
use uuid::Uuid;

use super::Account;
use super::avatar::BUCKET;
use super::cache::name;
use super::picture::is_own;
use tauri_plugin_supabase_session::store::file;

/// The objects in one project that may be orphaned.
#[derive(Debug)]
pub struct OrphanedObjects {
    folder: PathBuf,
    project: String,
    known: Mutex<Known>,
}

/// What this process knows. Whoever holds it may change the lists on disk.
#[derive(Debug, Default)]
struct Known {
    /// The objects that this process listed, for a disk that cannot be written.
    paths: BTreeSet<(Uuid, String)>,
    /// How many changes of a row's picture are under way.
    running: usize,
    /// How many such changes have begun or ended.
    steps: u64,
}

/// A moment at which no change of a row's picture was under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quiet(u64);

/// A change of a row's picture under way: it lists objects, and which of them the row names is not known before it
/// ends.
pub(super) struct Change<'a>(&'a OrphanedObjects);

impl Drop for Change<'_> {
    fn drop(&mut self) {
        let mut known = self.0.known.lock();
        known.running -= 1;
        known.steps += 1;
    }
}

impl Known {
    fn quiet(&self) -> Option<Quiet> {
        (self.running == 0).then_some(Quiet(self.steps))
    }
}

impl OrphanedObjects {
    /// The lists below `folder` for the project with this URL.
    #[must_use]
    pub fn new(folder: PathBuf, project: &str) -> Self {
        Self { folder, project: project.to_owned(), known: Mutex::default() }
    }

    /// Begins a change of a row's picture.
    pub(super) fn begin(&self) -> Change<'_> {
        let mut known = self.known.lock();
        known.running += 1;
        known.steps += 1;
        Change(self)
    }

    /// The present moment, if no change of a row's picture is under way.
    pub(super) fn quiet(&self) -> Option<Quiet> {
        self.known.lock().quiet()
    }

    /// The paths of this user's objects.
    pub(super) fn of(&self, user: Uuid) -> BTreeSet<String> {
        self.listed(&self.known.lock(), user)
    }

    /// The same, if no change of a row's picture has begun since that moment. A row that was read after it tells which
    /// of them are left.
    fn of_since(&self, user: Uuid, moment: Quiet) -> BTreeSet<String> {
        let known = self.known.lock();
        if known.quiet() == Some(moment) { self.listed(&known, user) } else { BTreeSet::new() }
    }

    fn listed(&self, known: &Known, user: Uuid) -> BTreeSet<String> {
        let own = known.paths.iter().filter(|(owner, _)| *owner == user).map(|(_, path)| path.clone());
        self.on_disk(user).into_iter().chain(own).collect()
    }

    /// Lists an object.
    pub(super) fn add(&self, user: Uuid, path: &str) {
        let mut known = self.known.lock();
        known.paths.insert((user, path.to_owned()));
        let mut paths = self.on_disk(user);
        if paths.insert(path.to_owned()) {
            self.write(user, &paths);
        }
    }

    /// Takes an object off the list: it is gone, or somebody points to it.
    pub(super) fn forget(&self, user: Uuid, path: &str) {
        self.take_off(&mut self.known.lock(), user, path);
    }

    /// The same, if no change of a row's picture has begun since that moment: it may have listed the object anew.
    fn forget_since(&self, user: Uuid, path: &str, moment: Quiet) {
        let mut known = self.known.lock();
        if known.quiet() == Some(moment) {
            self.take_off(&mut known, user, path);
        }
    }

    fn take_off(&self, known: &mut Known, user: Uuid, path: &str) {
        known.paths.remove(&(user, path.to_owned()));
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
            true => retry_while_in_use(|| fs::remove_file(&file)),
            false => fs::create_dir_all(&self.folder).and_then(|()| file::replace_json(&file, paths)),
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
                self.orphans.forget(user.id, path);
            }
        }
    }

    pub(super) fn leave(&self, user: Uuid, path: &str) {
        if is_own(user, path) {
            self.orphans.add(user, path);
        }
    }

    /// Nothing can be removed any more as this user.
    pub(super) fn forget_orphans(&self, user: &User) {
        self.orphans.of(user.id).iter().for_each(|path| self.orphans.forget(user.id, path));
    }

    /// Removes what was left behind and what the row that is shown does not name. The row tells nothing while a change
    /// of the picture is under way, nor of one that began after the server was asked for the row.
    pub(super) async fn remove_orphans(&self, user: &User) {
        let shown = self.shown_of(user, |shown| (shown.asked, shown.avatar_path()));
        let Some((Some(asked), named)) = shown else { return };
        for path in self.orphans.of_since(user.id, asked) {
            // A change that has begun since the last one was removed may have listed the next one anew.
            if self.orphans.quiet() != Some(asked) {
                return;
            }
            if self.avatar.is_restorable(user.id, &path) {
                continue;
            }
            if Some(&path) == named.as_ref() {
                self.orphans.forget_since(user.id, &path, asked);
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
        let at = |url: &str| OrphanedObjects::new(folder.path().join("left"), url);
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let orphans = at("https://a.supabase.co/");

        orphans.add(ada, "1/one.png");
        orphans.add(ada, "1/two.png");
        orphans.forget(ada, "1/one.png");

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
        let orphans = OrphanedObjects::new(blocked, "https://a.supabase.co/");
        let ada = Uuid::from_u128(1);

        orphans.add(ada, "1/one.png");
        assert_eq!(orphans.of(ada).len(), 1);
        orphans.forget(ada, "1/one.png");
        assert!(orphans.of(ada).is_empty());
    }
}
