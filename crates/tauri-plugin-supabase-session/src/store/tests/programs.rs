//! Two programs that share a folder, and choose what protects the session at the same time or one after the other.

use super::*;

/// Edits that wait to be sent, below the fixture's folder.
const EDITS: &str = "edits.json";

/// Two programs that both know the session, and edits that wait.
async fn two_programs(fixture: &Fixture) -> [PluginStore<MockRuntime>; 2] {
    let (one, other) = (fixture.open(), fixture.open());
    one.set(&key(), &secret("kept")).await.unwrap();
    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "kept");
    other.sealed_files(fixture.folder.path()).write(Path::new(EDITS), b"mine").unwrap();
    [one, other]
}

/// Looks whether the session and the edits are there, now and at the next start.
async fn check_kept(fixture: &Fixture, programs: &[PluginStore<MockRuntime>]) {
    for store in programs.iter().chain([&fixture.open()]) {
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
        let edits = store.sealed_files(fixture.folder.path()).read(Path::new(EDITS)).unwrap();
        assert_eq!(edits.unwrap().expose(), b"mine");
    }
    assert!(fixture.names().iter().all(|name| !name.ends_with(".quarantine")), "{:?}", fixture.names());
}

#[tokio::test]
async fn a_choice_begins_with_what_another_program_has_chosen_meanwhile() {
    use Protection::{KeyFile, Keychain};
    let fixture = Fixture::with_keychain(Mood::Open);
    let programs = two_programs(&fixture).await;
    let [one, other] = &programs;

    for (store, protection) in [(one, KeyFile), (other, Keychain), (other, KeyFile), (one, KeyFile)] {
        store.set_protection(protection).await.unwrap();

        assert_eq!(store.view().active, Some(protection));
    }
    check_kept(&fixture, &programs).await;
    assert_eq!(fixture.keychain.len(), 0);
}

#[tokio::test]
async fn of_two_choices_at_once_none_loses_the_session() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let programs = two_programs(&fixture).await;
    let [one, other] = &programs;

    for _ in 0..8 {
        let both = (one.set_protection(Protection::KeyFile), other.set_protection(Protection::Keychain));
        let (_first, _second) = tokio::join!(both.0, both.1);

        check_kept(&fixture, &programs).await;
    }
}

#[tokio::test]
async fn what_is_in_memory_does_not_take_the_place_of_what_another_program_keeps_by_now() {
    let fixture = Fixture { protection: Some(Protection::Memory), ..Fixture::with_keychain(Mood::Open) };
    let (one, other) = (fixture.open(), fixture.open());
    one.set(&key(), &secret("ours")).await.unwrap();
    other.set(&key(), &secret("theirs")).await.unwrap();
    one.set_protection(Protection::KeyFile).await.unwrap();

    other.set_protection(Protection::Keychain).await.unwrap();

    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "ours");
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("ours"));
}

#[tokio::test]
async fn a_choice_that_was_made_in_view_of_another_setting_is_refused() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();
    let (before, State::Ready(ready)) = (fixture.names(), store.0.access.state()) else { panic!("no keys") };
    let place = setting::KeyPlace::Keychain(KeyId::random().unwrap());
    let theirs = setting::Setting { chosen: Some(Protection::Keychain), place };

    let committed = store.0.access.commit(theirs, ready.keys.clone(), true, |found| found.is_none());

    assert!(committed.is_err());
    assert_eq!(fixture.names(), before);
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}

#[tokio::test]
async fn a_choice_waits_for_another_program_that_changes_the_session_and_not_for_this_one() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let [one, other] = two_programs(&fixture).await;
    let theirs = other.lock().await.unwrap();
    let waited = tokio::time::timeout(LOCK_PAUSE * 5, one.set_protection(Protection::KeyFile)).await;
    assert!(waited.is_err(), "it does not wait");
    // As a refresh of the other program does.
    other.set(&key(), &secret("refreshed")).await.unwrap();
    drop(theirs);

    let ours = one.lock().await.unwrap();
    one.set_protection(Protection::KeyFile).await.unwrap();
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("refreshed"));
    one.remove(&key()).await.unwrap();
    drop(Arc::clone(&one.0.changing).lock_owned().await);
    drop(ours);

    assert!(other.lock().await.unwrap().guards());
    assert!(fixture.read(&key()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_whose_key_another_program_has_replaced_is_not_set_aside() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let one = fixture.open();
    one.set(&key(), &secret("kept")).await.unwrap();
    let other = fixture.open_with(TestKeychain::new(Mood::Locked));
    assert!(other.get(&key()).await.is_err());
    one.set_protection(Protection::KeyFile).await.unwrap();

    other.set_session_aside().await.unwrap();

    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "kept");
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}
