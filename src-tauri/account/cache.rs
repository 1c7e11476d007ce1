//! What was last seen of the account, so that the window can show it at once at the next start: the profile row and
//! the picture. One folder for each project and user; all of it goes when the session ends, for it can be fetched again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tauri_plugin_supabase_session::store::SealedFileError;
use uuid::Uuid;

use super::files::Files;
use super::profile::ProfileRow;

/// The cached accounts of one project.
#[derive(Clone)]
pub struct Cache {
    files: Files,
    project: String,
}

/// The account as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedAccount {
    /// `None`: the user has no row yet.
    pub row: Option<ProfileRow>,
}

impl Cache {
    /// A cache in these files for the project with this URL.
    #[must_use]
    pub fn new(files: Files, project: &str) -> Self {
        Self { files, project: project.to_owned() }
    }

    fn user_folder(&self, user: Uuid) -> PathBuf {
        name(&self.project, &[&user.to_string()]).into()
    }

    fn account_file(&self, user: Uuid) -> PathBuf {
        self.user_folder(user).join("account.json")
    }

    fn picture_file(&self, user: Uuid, path: &str) -> PathBuf {
        self.user_folder(user).join(format!("{}.picture", name("", &[path])))
    }

    /// The account of this user. A file that does not parse counts as none: it can be fetched again.
    #[must_use]
    pub fn account(&self, user: Uuid) -> Option<CachedAccount> {
        serde_json::from_slice(&self.read(&self.account_file(user))?).ok()
    }

    /// Keeps the account of this user.
    pub fn keep_account(&self, user: Uuid, account: &CachedAccount) {
        match serde_json::to_vec(account) {
            Ok(bytes) => self.write(&self.account_file(user), &bytes),
            Err(error) => tracing::warn!(%error, "the account cannot be cached"),
        }
    }

    /// The picture at this path of the bucket.
    #[must_use]
    pub fn picture(&self, user: Uuid, path: &str) -> Option<Vec<u8>> {
        self.read(&self.picture_file(user, path)).filter(|bytes| !bytes.is_empty())
    }

    /// Keeps the picture at this path of the bucket, and only this one.
    pub fn keep_picture(&self, user: Uuid, path: &str, bytes: &[u8]) {
        self.drop_pictures(user);
        self.write(&self.picture_file(user, path), bytes);
    }

    /// Removes this user's pictures.
    pub fn drop_pictures(&self, user: Uuid) {
        let is_picture = |path: &Path| path.extension().is_some_and(|ending| ending == "picture");
        self.files.remove_below(&self.user_folder(user), is_picture);
    }

    /// Removes everything, of every user.
    pub fn clear(&self) {
        self.files.remove_below(Path::new(""), |_| true);
    }

    /// Seals what an older version wrote in plain text, of every user. False when a file could not be sealed.
    pub fn seal_plain(&self) -> bool {
        self.files.seal_plain()
    }

    fn read(&self, name: &Path) -> Option<Vec<u8>> {
        match self.files.read(name) {
            Ok(content) => content.map(|content| content.expose().clone()),
            Err(error) => {
                tracing::warn!(%error, "the cache cannot be read");
                None
            }
        }
    }

    /// A cache that cannot be written costs speed and nothing else.
    fn write(&self, name: &Path, bytes: &[u8]) {
        match self.files.write(name, bytes) {
            Ok(()) | Err(SealedFileError::NotKept) => {}
            Err(error) => tracing::warn!(%error, "the cache cannot be written"),
        }
    }
}

/// A file name for something of a project, which gives nothing away and cannot leave its folder. The project is its URL:
/// scheme, host, port and path; a slash at its end makes no other project.
pub(super) fn name(project: &str, parts: &[&str]) -> String {
    let whole = [&[project.trim_end_matches('/')], parts].concat().join("\n");
    let hash = Sha256::digest(whole.as_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::account::files::sealed;

    #[test]
    fn each_user_and_project_sees_its_own_and_clearing_takes_all() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        let cache = Cache::new(files.clone(), "https://a.supabase.co/");
        let other_project = Cache::new(files, "https://b.supabase.co/");
        let (ada, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let account = CachedAccount { row: None };

        cache.keep_account(ada, &account);
        cache.keep_picture(ada, "a/one.jpg", b"one");

        assert_eq!(cache.account(ada), Some(account));
        assert!(cache.account(bob).is_none() && other_project.account(ada).is_none());
        assert!(cache.picture(bob, "a/one.jpg").is_none());

        cache.clear();
        assert!(cache.account(ada).is_none() && cache.picture(ada, "a/one.jpg").is_none());
    }

    #[test]
    fn a_new_picture_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(sealed(folder.path()), "https://a.supabase.co/");
        let ada = Uuid::from_u128(1);

        cache.keep_picture(ada, "../../escape.jpg", b"one");
        cache.keep_picture(ada, "a/two.jpg", b"two");

        assert!(cache.picture(ada, "../../escape.jpg").is_none());
        assert_eq!(cache.picture(ada, "a/two.jpg").as_deref(), Some(&b"two"[..]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
