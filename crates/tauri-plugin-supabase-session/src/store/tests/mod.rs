//! The store on real files and the real plugin, under the mock runtime. No test here asks a keychain of this machine.

#[cfg(windows)]
mod credential_manager;
mod damage;
mod disk;
#[cfg(target_os = "linux")]
mod keychain;
mod migration;
mod paths;
mod programs;
mod protection;
mod readers;
mod record;
mod sealed_files;
mod unused;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};
use supabase_session::Project;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

use super::keys::{KeyId, Keys};
use super::slots::{Pair, Slot};
use super::*;

/// A keychain as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Absent,
    Locked,
    /// It is unlocked just after it has answered that it is not.
    LockedOnce,
    Open,
    /// It gives no answer until its mood changes.
    Silent,
    /// It says that it takes a key, and does not.
    Forgetful,
    /// It takes a key, and gives back and removes none.
    Mute,
    /// It gives and takes keys, and removes none.
    Clinging,
}

/// A keychain in memory.
struct TestKeychain {
    mood: Mutex<Mood>,
    changed: Condvar,
    entries: Mutex<HashMap<String, Keys>>,
    removed: Condvar,
    /// Whoever wants to hear that it appears or is unlocked.
    watcher: watch::Sender<Option<Watcher>>,
    /// So many times it was asked.
    asked: watch::Sender<usize>,
}

type Watcher = Arc<Mutex<Box<dyn Fn() -> bool + Send>>>;

impl TestKeychain {
    fn new(mood: Mood) -> Arc<Self> {
        let (mood, entries) = (Mutex::new(mood), Mutex::default());
        let (watcher, asked) = (watch::Sender::new(None), watch::Sender::new(0));
        Arc::new(Self { mood, changed: Condvar::new(), entries, removed: Condvar::new(), watcher, asked })
    }

    fn set_mood(&self, mood: Mood) {
        *self.mood.lock() = mood;
        self.changed.notify_all();
    }

    fn len(&self) -> usize {
        self.entries.lock().len()
    }

    /// Its mood, once it answers.
    fn answer(&self) -> Result<Mood, KeyError> {
        self.asked.send_modify(|times| *times += 1);
        let mut mood = self.mood.lock();
        self.changed.wait_while(&mut mood, |mood| *mood == Mood::Silent);
        match *mood {
            Mood::Absent => Err(KeyError::Absent),
            Mood::Locked => Err(KeyError::Locked),
            Mood::LockedOnce => {
                *mood = Mood::Open;
                Err(KeyError::Locked)
            }
            mood => Ok(mood),
        }
    }

    /// Its mood, unless that is one of these.
    fn answer_but(&self, moods: &[Mood]) -> Result<Mood, KeyError> {
        let mood = self.answer()?;
        if moods.contains(&mood) { Err(KeyError::Failed("it does not".to_owned())) } else { Ok(mood) }
    }

    /// Waits until it has so many keys.
    fn wait_for(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut entries = self.entries.lock();
        while entries.len() != count {
            assert!(!self.removed.wait_until(&mut entries, deadline).timed_out(), "{} keys", entries.len());
        }
    }
}

impl KeyHolder for TestKeychain {
    fn get(&self, id: &KeyId) -> Result<Option<Keys>, KeyError> {
        self.answer_but(&[Mood::Mute])?;
        Ok(self.entries.lock().get(id.as_str()).cloned())
    }

    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError> {
        if self.answer()? != Mood::Forgetful {
            self.entries.lock().insert(id.as_str().to_owned(), keys.clone());
        }
        Ok(())
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeyError> {
        self.answer_but(&[Mood::Mute, Mood::Clinging])?;
        self.entries.lock().remove(id.as_str());
        self.removed.notify_all();
        Ok(())
    }

    fn watch(&self, _was_absent: bool, told: Box<dyn Fn() -> bool + Send>) {
        self.watcher.send_replace(Some(Arc::new(Mutex::new(told))));
    }
}

/// A store in a folder of its own; the app must live as long as the store.
struct Fixture {
    app: tauri::App<MockRuntime>,
    folder: tempfile::TempDir,
    keychain: Arc<TestKeychain>,
    protection: Option<Protection>,
}

impl Fixture {
    /// With a key file.
    fn new() -> Self {
        Self { protection: Some(Protection::KeyFile), ..Self::with_keychain(Mood::Absent) }
    }

    /// With a keychain, or whatever there is instead.
    fn with_keychain(mood: Mood) -> Self {
        let app = mock_builder()
            .plugin(tauri_plugin_store::Builder::new().build())
            .build(mock_context(noop_assets()))
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { app, folder, keychain: TestKeychain::new(mood), protection: None };
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
        self.open_with(Arc::clone(&self.keychain) as Arc<dyn KeyHolder>)
    }

    /// The same, with another keychain.
    fn open_with(&self, keychain: Arc<dyn KeyHolder>) -> PluginStore<MockRuntime> {
        let app = self.app.handle().clone();
        PluginStore::with_keychain(app, &self.store_folder(), self.protection, keychain)
    }

    /// What is stored at the next start.
    async fn read(&self, key: &StoreKey) -> Result<Option<String>, StoreError> {
        Ok(self.open().get(key).await?.map(|value| value.expose().clone()))
    }

    /// Where the slot of the project of the tests lies.
    fn slot(&self, slot: Slot) -> PathBuf {
        Pair::of(&self.store_folder(), key().prefix()).path(slot)
    }

    /// The plain file of older versions.
    fn plain_file(&self) -> PathBuf {
        self.store_folder().join("session.json")
    }

    /// The names of the files in the store's folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.store_folder()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Whether a file in the store's folder holds this text as it is.
    fn holds(&self, text: &str) -> bool {
        self.names().iter().any(|name| {
            let bytes = fs::read(self.store_folder().join(name)).unwrap_or_default();
            String::from_utf8_lossy(&bytes).contains(text)
        })
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &Path, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
}

/// A folder in the place of the next file: also root cannot write there, as on a full disk.
fn block(slot: &Path) {
    fs::create_dir(file::next_to(slot)).unwrap();
}

fn project() -> Project {
    Project::new("https://abcd.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap()
}

fn key() -> StoreKey {
    StoreKey::session(&project())
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
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    fixture.open().set(&key(), &secret("kept")).await.unwrap();

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

    for name in fixture.names() {
        assert_eq!(mode(&fixture.store_folder().join(&name)), 0o600, "{name}");
    }
    assert_eq!(mode(&fixture.store_folder()), 0o700);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_others_may_list_turns_no_save_into_a_failure() {
    let fixture = Fixture::new();
    fixture.set_mode(&fixture.store_folder(), 0o755);
    let store = fixture.open();

    assert!(store.view().file_modes);

    store.set(&key(), &secret("saved")).await.unwrap();

    assert!(!store.view().file_modes);
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
    let inode = fs::metadata(fixture.store_folder().join(LOCK_NAME)).unwrap().ino();
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let mut ours = locks.lines().filter(|line| line.contains(&format!(":{inode} ")));
    assert!(ours.clone().next().is_some_and(|line| line.contains("FLOCK")), "{locks}");
    assert!(ours.all(|line| !line.contains("->")), "{locks}");
    drop(held);
    assert!(other.lock().await.unwrap().guards());
}

#[tokio::test]
async fn the_plugin_writes_nothing_by_itself_when_the_app_ends() {
    let fixture = Fixture::new();
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    let (names, before) = (fixture.names(), fs::read(fixture.slot(Slot::A)).unwrap());

    fixture.app.handle().cleanup_before_exit();

    assert_eq!(fs::read(fixture.slot(Slot::A)).unwrap(), before);
    assert_eq!(fixture.names(), names);
}

#[tokio::test]
async fn what_another_program_wrote_is_read_and_not_written_over() {
    let fixture = Fixture::new();
    let (one, other) = (fixture.open(), fixture.open());
    let flows = StoreKey::flows(&project());
    assert!(one.get(&key()).await.unwrap().is_none());

    other.set(&key(), &secret("theirs")).await.unwrap();
    assert_eq!(one.get(&key()).await.unwrap().unwrap().expose(), "theirs");
    one.set(&flows, &secret("ours")).await.unwrap();

    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "theirs");
    assert_eq!(other.get(&flows).await.unwrap().unwrap().expose(), "ours");
    other.remove(&key()).await.unwrap();
    assert!(one.get(&key()).await.unwrap().is_none());
}
