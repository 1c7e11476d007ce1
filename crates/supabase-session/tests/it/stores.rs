//! The shared suite, on the stores that tests use, and the names of the keys.

use supabase_session::{FileStore, MemoryStore, SessionStore, StoreError, StoreKey, store_suite};

use crate::deadline::Deadline;
use crate::fake::{OpenStore, project};

#[tokio::test]
async fn all_stores_pass_the_suite() {
    let _deadline = Deadline::here();
    store_suite::run(async || MemoryStore::new()).await;
    store_suite::run(async || OpenStore::default()).await;
    store_suite::run(async || std::sync::Arc::into_inner(OpenStore::guarded()).unwrap()).await;
    let folders = tempfile::tempdir().unwrap();
    let mut count = 0;
    store_suite::run(async || {
        count += 1;
        FileStore::open(folders.path().join(count.to_string())).unwrap()
    })
    .await;
}

#[tokio::test]
async fn a_file_store_outlives_its_program_and_keeps_one_file_a_key() {
    let _deadline = Deadline::here();
    let folder = tempfile::tempdir().unwrap();
    let open = || FileStore::open(folder.path().join("deep/inside")).unwrap();

    store_suite::survives(&open(), &open()).await;

    let (store, project) = (open(), project());
    store.set(&StoreKey::session(&project), &"{}".into()).await.unwrap();
    let file = folder.path().join("deep/inside/sb-abcd-auth-token.json");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{}");
    std::fs::write(&file, [0xff, 0xfe]).unwrap();
    assert!(matches!(store.get(&StoreKey::session(&project)).await, Err(StoreError::Corrupt)));
}

#[tokio::test]
async fn a_file_store_keeps_the_old_value_when_the_new_one_cannot_be_written() {
    let _deadline = Deadline::here();
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let key = StoreKey::session(&project());
    store.set(&key, &"old".into()).await.unwrap();
    // A folder in the way of the rename.
    let file = folder.path().join("sb-abcd-auth-token.json");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir_all(file.join("x")).unwrap();

    assert!(matches!(store.set(&key, &"new".into()).await, Err(StoreError::Unwritable(_))));

    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["sb-abcd-auth-token.json"], "nothing half-written is left behind");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_store_is_its_owners_alone() {
    let _deadline = Deadline::here();
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("store");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();

    let store = FileStore::open(&folder).unwrap();
    store.set(&StoreKey::session(&project()), &"{}".into()).await.unwrap();
    drop(store.lock().await.unwrap());

    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let entries: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(entries.len(), 2);
    for file in entries {
        assert_eq!(mode(&file), 0o600, "{file:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_store_leaves_the_mode_of_a_folder_in_which_something_else_lies() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), "Dear Ada").unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();

    let store = FileStore::open(folder.path()).unwrap();
    store.set(&StoreKey::session(&project()), &"{}".into()).await.unwrap();

    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.path()), 0o755);
    assert_eq!(mode(&folder.path().join("sb-abcd-auth-token.json")), 0o600);
}

/// A folder in which nothing can be made or removed, until this is dropped. Root takes no notice of modes, but of the
/// file system's own attribute.
#[cfg(target_os = "linux")]
struct Closed<'a>(&'a std::path::Path);

#[cfg(target_os = "linux")]
impl<'a> Closed<'a> {
    fn folder(folder: &'a std::path::Path) -> Self {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o500)).unwrap();
        let closed = Self(folder);
        if std::fs::write(folder.join("probe"), "").is_ok() {
            std::fs::remove_file(folder.join("probe")).unwrap();
            closed.change_attribute("+i");
        }
        assert!(std::fs::write(folder.join("probe"), "").is_err(), "the folder is closed");
        closed
    }

    fn change_attribute(&self, change: &str) -> bool {
        std::process::Command::new("chattr")
            .arg(change)
            .arg(self.0)
            .status()
            .is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Closed<'_> {
    fn drop(&mut self) {
        use std::os::unix::fs::PermissionsExt;
        self.change_attribute("-i");
        std::fs::set_permissions(self.0, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_store_forgets_a_value_where_no_file_can_be_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::open(folder.path()).unwrap();
    let key = StoreKey::session(&project());
    store.set(&key, &"canary".into()).await.unwrap();
    let file = folder.path().join("sb-abcd-auth-token.json");
    let closed = Closed::folder(folder.path());

    store.remove(&key).await.unwrap();

    assert!(file.exists(), "the folder was closed");
    assert!(!String::from_utf8_lossy(&std::fs::read(&file).unwrap()).contains("canary"));
    assert!(store.get(&key).await.unwrap().is_none());
    drop(closed);
    store.set(&key, &"new".into()).await.unwrap();
    assert_eq!(store.get(&key).await.unwrap().unwrap().expose(), "new");
}

#[test]
fn keys_are_named_as_supabase_js_names_them() {
    let _deadline = Deadline::here();
    assert_eq!(StoreKey::session(&project()).as_str(), "sb-abcd-auth-token");
    assert_eq!(StoreKey::flows(&project()).as_str(), "sb-abcd-auth-token-code-verifier");
    let id = "aaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
    assert_eq!(
        StoreKey::flow(&project(), &id).as_str(),
        "sb-abcd-auth-token-code-verifier-aaaaaaaaaaaaaaaaaaaaaa"
    );
}
