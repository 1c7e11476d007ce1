//! The store on a real file and the real plugin, under the mock runtime.

use supabase_session::Project;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

use super::*;

/// A store in a folder of its own; the app must live as long as the store.
struct Fixture {
    app: tauri::App<MockRuntime>,
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let app = mock_builder()
            .plugin(tauri_plugin_store::Builder::new().build())
            .build(mock_context(noop_assets()))
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { app, folder };
        #[cfg(unix)]
        fixture.set_mode(&fixture.store_folder(), 0o700);
        fixture
    }

    fn store_folder(&self) -> PathBuf {
        let folder = self.folder.path().join("store");
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// A store as the next start of the app would open it.
    fn open(&self) -> PluginStore<MockRuntime> {
        PluginStore::new(self.app.handle().clone(), &self.store_folder())
    }

    fn file(&self) -> PathBuf {
        self.store_folder().join(FILE_NAME)
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &Path, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
}

fn key() -> StoreKey {
    StoreKey::session(&Project::new("https://abcd.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap())
}

fn secret(text: &str) -> Secret<String> {
    Secret::from(text.to_owned())
}

#[tokio::test]
async fn it_passes_the_suite_of_every_store() {
    let mut fixtures = Vec::new();

    supabase_session::store_suite::run(async || {
        let fixture = Fixture::new();
        let store = fixture.open();
        fixtures.push(fixture);
        store
    })
    .await;
}

#[tokio::test]
async fn what_was_set_is_there_at_the_next_start() {
    let fixture = Fixture::new();

    supabase_session::store_suite::survives(&fixture.open(), &fixture.open()).await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    fixture.open().set(&key(), &secret("kept")).await.unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

    assert_eq!(mode(&fixture.file()), 0o600);
    assert_eq!(mode(&fixture.store_folder()), 0o700);
}

#[tokio::test]
async fn a_damaged_file_is_said_to_every_reader_and_leaves_nothing_that_could_be_read() {
    let token = r#"{"sb-abcd-auth-token":"{\"refresh_token\":\"canary\""#;
    let fixture = Fixture::new();
    // An older version set such files aside.
    fs::write(fixture.file().with_file_name(ASIDE_NAME), token).unwrap();
    for broken in ["", "{", "[]", "{\"a\":1}", "\0\0\0\0", token] {
        fs::write(fixture.file(), broken).unwrap();

        let store = fixture.open();
        let other = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
        for key in [StoreKey::flows(&other), key()] {
            let answer = store.get(&key).await;
            assert!(matches!(answer, Err(StoreError::Corrupt)), "said to every reader: {broken:?}");
        }
        assert_eq!(fs::read_dir(fixture.store_folder()).unwrap().count(), 0, "{broken:?}");
        store.set(&key(), &secret("new")).await.unwrap();
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "new");
        assert_eq!(
            fixture.open().get(&key()).await.unwrap().unwrap().expose(),
            "new",
            "at the next start too"
        );
    }
}

#[tokio::test]
async fn a_value_is_forgotten_also_where_no_new_file_can_be_written() {
    let fixture = Fixture::new();
    let store = fixture.open();
    let project = Project::new("https://abcd.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
    store.set(&key(), &secret("canary")).await.unwrap();
    store.set(&StoreKey::flows(&project), &secret("kept")).await.unwrap();
    // A folder in the place of the next file: also root cannot write there, as on a full disk.
    fs::create_dir(file::next_to(&fixture.file())).unwrap();

    store.remove(&key()).await.unwrap();

    assert!(!fs::read_to_string(fixture.file()).unwrap().contains("canary"));
    for store in [store, fixture.open()] {
        assert!(store.get(&key()).await.unwrap().is_none());
        assert_eq!(store.get(&StoreKey::flows(&project)).await.unwrap().unwrap().expose(), "kept");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_others_may_list_turns_no_save_into_a_failure() {
    let fixture = Fixture::new();
    fixture.set_mode(&fixture.store_folder(), 0o755);
    let store = fixture.open();

    store.set(&key(), &secret("saved")).await.unwrap();

    assert_eq!(fixture.open().get(&key()).await.unwrap().unwrap().expose(), "saved");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn whoever_stops_waiting_for_the_lock_leaves_no_thread_waiting() {
    use std::os::unix::fs::MetadataExt;
    let fixture = Fixture::new();
    let (one, other) = (fixture.open(), fixture.open());
    let held = one.lock().await.unwrap();
    let mut waiting = Box::pin(other.lock());
    // As far as it comes: it asks, and is refused.
    assert!(tokio::time::timeout(LOCK_PAUSE * 3, &mut waiting).await.is_err());

    drop(waiting);

    // Who holds a lock and (`->`) who waits for it, by inode.
    let inode = fs::metadata(fixture.file().with_file_name(LOCK_NAME)).unwrap().ino();
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let mut ours = locks.lines().filter(|line| line.contains(&format!(":{inode} ")));
    assert!(ours.clone().next().is_some_and(|line| line.contains("FLOCK")), "{locks}");
    assert!(ours.all(|line| !line.contains("->")), "{locks}");
    drop(held);
    assert!(other.lock().await.unwrap().guards());
}

#[tokio::test]
async fn a_save_that_fails_is_an_error_and_the_old_file_stays() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("old")).await.unwrap();
    // A folder in the place of the next file: also root cannot write there.
    fs::create_dir(file::next_to(&fixture.file())).unwrap();

    let answer = store.set(&key(), &secret("new")).await;

    assert!(matches!(answer, Err(StoreError::Unwritable(_))));
    assert_eq!(fixture.open().get(&key()).await.unwrap().unwrap().expose(), "old");
}

#[tokio::test]
async fn the_plugin_writes_nothing_by_itself_when_the_app_ends() {
    let fixture = Fixture::new();
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    let before = fs::read(fixture.file()).unwrap();

    fixture.app.handle().cleanup_before_exit();

    assert_eq!(fs::read(fixture.file()).unwrap(), before);
    assert_eq!(fs::read_dir(fixture.store_folder()).unwrap().count(), 1);
}

#[tokio::test]
async fn what_another_program_wrote_is_read_and_not_written_over() {
    let fixture = Fixture::new();
    let (one, other) = (fixture.open(), fixture.open());
    let project = Project::new("https://abcd.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
    let flows = StoreKey::flows(&project);
    assert!(one.get(&key()).await.unwrap().is_none());

    other.set(&key(), &secret("theirs")).await.unwrap();
    assert_eq!(one.get(&key()).await.unwrap().unwrap().expose(), "theirs");
    one.set(&flows, &secret("ours")).await.unwrap();

    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "theirs");
    assert_eq!(other.get(&flows).await.unwrap().unwrap().expose(), "ours");
    other.remove(&key()).await.unwrap();
    assert!(one.get(&key()).await.unwrap().is_none());
}
