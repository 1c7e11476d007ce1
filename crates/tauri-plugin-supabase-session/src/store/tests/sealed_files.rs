//! The app's own files.

use super::*;

/// The files of an app whose keys are there.
async fn files(fixture: &Fixture) -> (PluginStore<MockRuntime>, SealedFiles) {
    let store = fixture.open();
    drop(store.0.access.ready(UNANSWERED_AFTER).await.unwrap());
    let files = store.sealed_files(fixture.folder.path());
    (store, files)
}

#[tokio::test]
async fn a_file_is_sealed_and_comes_back_at_the_next_start() {
    let fixture = Fixture::new();
    let (_, one) = files(&fixture).await;
    let path = fixture.folder.path().join("profile.json");
    assert!(one.read(&path).unwrap().is_none());

    one.write(&path, b"canary").unwrap();

    assert!(!String::from_utf8_lossy(&fs::read(&path).unwrap()).contains("canary"));
    let (_, next) = files(&fixture).await;
    assert_eq!(next.read(Path::new("profile.json")).unwrap().unwrap().expose(), b"canary");
    next.remove(&path).unwrap();
    next.remove(&path).unwrap();
    assert!(next.read(&path).unwrap().is_none());
}

#[tokio::test]
async fn a_file_outlives_a_sign_out_and_another_choice_of_protection() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let (store, files) = files(&fixture).await;
    store.set(&key(), &secret("session")).await.unwrap();
    files.write(Path::new("edits.json"), b"mine").unwrap();

    store.remove(&key()).await.unwrap();
    store.set_protection(Protection::KeyFile).await.unwrap();

    assert_eq!(files.read(Path::new("edits.json")).unwrap().unwrap().expose(), b"mine");
}

#[tokio::test]
async fn a_copy_elsewhere_does_not_open_and_is_set_aside_as_it_is() {
    let fixture = Fixture::new();
    let (_, files) = files(&fixture).await;
    let [here, there] = ["here", "there"].map(|name| fixture.folder.path().join(name));
    files.write(&here, b"mine").unwrap();
    fs::copy(&here, &there).unwrap();

    assert!(matches!(files.read(&there), Err(SealedFileError::Damaged)));

    assert!(!there.exists());
    assert_eq!(fs::read(fixture.folder.path().join("there.quarantine")).unwrap(), fs::read(here).unwrap());
}

#[tokio::test]
async fn a_plain_file_of_an_older_version_is_told_from_a_damaged_one() {
    let fixture = Fixture::new();
    let (_, files) = files(&fixture).await;
    let path = fixture.folder.path().join("profile.json");
    fs::write(&path, r#"{"full_name":"Ada"}"#).unwrap();

    assert!(matches!(files.read(&path), Err(SealedFileError::NotSealed)));
    assert!(path.exists());
}

#[tokio::test]
async fn with_memory_only_nothing_is_written_and_without_a_key_nothing_is_waited_for() {
    let fixture = Fixture::with_keychain(Mood::Silent);
    let store = fixture.open();
    let files = store.sealed_files(fixture.folder.path());
    assert!(matches!(files.write(Path::new("a"), b"x"), Err(SealedFileError::KeyMissing)));

    store.set_protection(Protection::Memory).await.unwrap();

    assert!(matches!(files.write(Path::new("a"), b"x"), Err(SealedFileError::NotKept)));
    assert!(files.read(Path::new("a")).unwrap().is_none());
    assert!(!fixture.folder.path().join("a").exists());
    fixture.keychain.set_mood(Mood::Open);
}
