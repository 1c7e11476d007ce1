//! The person's real Credential Manager, under a name that only this test uses. Not run by itself: nothing of a person's
//! is touched unless they ask for it (`--include-ignored`).

use std::process::Command;

use super::setting::KeyPlace;
use super::*;

/// Says to the test that it is the next start of the app, and in which folder.
const FOLDER: &str = "TEST_NEXT_START_IN";
/// What the entries are of.
const SERVICE: &str = "com.acme.credential-manager-test";
const NAME: &str =
    "store::tests::credential_manager::it_holds_the_key_and_another_process_reads_the_session_with_it";

fn open(app: &tauri::App<MockRuntime>, folder: &Path) -> PluginStore<MockRuntime> {
    let keychain = Arc::new(Keychain::new(SERVICE));
    PluginStore::with_keychain(app.handle().clone(), folder, None, keychain)
}

/// What the next start of the app does.
async fn next_start(folder: &Path) {
    let fixture = Fixture::new();
    let store = open(&fixture.app, folder);
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
    assert_eq!(store.view().active, Some(Protection::Keychain));
}

#[tokio::test]
#[ignore = "asks this person's Credential Manager"]
async fn it_holds_the_key_and_another_process_reads_the_session_with_it() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return next_start(Path::new(&folder)).await;
    }
    let fixture = Fixture::new();
    let store = open(&fixture.app, &fixture.store_folder());
    store.set(&key(), &secret("kept")).await.unwrap();

    assert_eq!(store.view().active, Some(Protection::Keychain));
    assert!(fixture.names().iter().all(|name| !name.starts_with("key-")), "{:?}", fixture.names());
    let mut next = Command::new(std::env::current_exe().unwrap());
    next.args(["--exact", NAME, "--ignored"]).env(FOLDER, fixture.store_folder());
    let output = next.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");

    // Nothing of the test stays.
    let State::Ready(ready) = store.0.access.state() else { panic!("the keys are there") };
    let KeyPlace::Keychain(id) = &ready.setting.place else { panic!("{:?}", ready.setting.place) };
    store.set_protection(Protection::Memory).await.unwrap();
    assert!(Keychain::new(SERVICE).get(id).unwrap().is_none());
}

#[test]
#[ignore = "asks this person's Credential Manager"]
fn a_key_that_was_never_made_is_none_and_one_that_was_is_removed_for_good() {
    let (keychain, id, keys) = (Keychain::new(SERVICE), KeyId::random().unwrap(), Keys::random().unwrap());
    assert!(keychain.get(&id).unwrap().is_none());

    keychain.set(&id, &keys).unwrap();

    assert_eq!(keychain.get(&id).unwrap().unwrap().data.expose(), keys.data.expose());
    keychain.remove(&id).unwrap();
    keychain.remove(&id).unwrap();
    assert!(keychain.get(&id).unwrap().is_none());
}
