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
async fn a_corrupt_file_is_set_aside_and_said_never_overwritten() {
    let fixture = Fixture::new();
    for broken in ["", "{", "[]", "{\"a\":1}", "\0\0\0\0"] {
        fs::write(fixture.file(), broken).unwrap();

        let store = fixture.open();
        let other = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
        for key in [StoreKey::flows(&other), key()] {
            let answer = store.get(&key).await;
            assert!(matches!(answer, Err(StoreError::Corrupt)), "said to every reader: {broken:?}");
        }
        store.set(&key(), &secret("new")).await.unwrap();
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "new");
        let aside = fixture.file().with_extension("json.corrupt");
        assert_eq!(fs::read_to_string(&aside).unwrap(), broken);
        assert_eq!(
            fixture.open().get(&key()).await.unwrap().unwrap().expose(),
            "new",
            "at the next start too"
        );
    }
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
