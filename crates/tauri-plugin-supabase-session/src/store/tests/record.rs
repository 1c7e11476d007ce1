//! The file that says which keys count, when it was damaged or when a later version wrote it.

use super::*;

/// Edits that wait to be sent, below the fixture's folder.
const EDITS: &str = "edits.json";

/// The file and its copy.
fn both(fixture: &Fixture) -> [PathBuf; 2] {
    ["protection.json", "protection-copy.json"].map(|name| fixture.store_folder().join(name))
}

/// A session and edits that wait, left by a start before.
async fn leave(fixture: &Fixture) {
    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();
    store.sealed_files(fixture.folder.path()).write(Path::new(EDITS), b"mine").unwrap();
}

/// Looks whether the session and the edits are there at the next start.
async fn check_kept(fixture: &Fixture, damage: &str) {
    let store = fixture.open();
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept", "{damage}");
    let edits = store.sealed_files(fixture.folder.path()).read(Path::new(EDITS)).unwrap();
    assert_eq!(edits.unwrap().expose(), b"mine", "{damage}");
    assert!(fixture.names().iter().all(|name| !name.ends_with(".quarantine")), "{:?}", fixture.names());
}

#[tokio::test]
async fn a_setting_that_was_torn_filled_with_zeros_or_changed_takes_nothing_away() {
    for fixture in [Fixture::new(), Fixture::with_keychain(Mood::Open)] {
        leave(&fixture).await;
        for path in both(&fixture) {
            let whole = fs::read(&path).unwrap();
            for at in (0..whole.len()).step_by(9) {
                let zeros = [&whole[..at], &vec![0; whole.len() - at]].concat();
                let mut flipped = whole.clone();
                flipped[at] ^= 1;
                for damaged in [whole[..at].to_vec(), zeros, flipped] {
                    fs::write(&path, &damaged).unwrap();

                    check_kept(&fixture, &String::from_utf8_lossy(&damaged)).await;

                    assert_eq!(fs::read(&path).unwrap(), whole);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_setting_of_an_older_version_has_a_copy_after_the_first_start() {
    let fixture = Fixture::new();
    leave(&fixture).await;
    let [path, copy] = both(&fixture);
    let text = fs::read_to_string(&path).unwrap();
    let (said, _) = text.rsplit_once(r#","sum":"#).unwrap();
    fs::write(&path, format!("{said}}}")).unwrap();
    fs::remove_file(&copy).unwrap();
    check_kept(&fixture, "no sum").await;

    fs::write(&path, "").unwrap();

    check_kept(&fixture, "empty").await;
}

#[tokio::test]
async fn what_a_later_version_wrote_is_refused_and_not_written_over() {
    let place = r#""key":"0123456789abcdef""#;
    for later in [
        r#"{"v":2,"whatever":"it needs"}"#.to_owned(),
        format!(r#"{{"v":1,"chosen":"tpm","active":"keychain",{place}}}"#),
        format!(r#"{{"v":1,"chosen":null,"active":"tpm",{place}}}"#),
    ] {
        let fixture = Fixture::with_keychain(Mood::Open);
        leave(&fixture).await;
        let [path, _] = both(&fixture);
        let (ours, sealed) = (fs::read(&path).unwrap(), fs::read(fixture.slot(Slot::A)).unwrap());
        fs::write(&path, &later).unwrap();
        let store = fixture.open();

        assert!(matches!(store.get(&key()).await, Err(StoreError::Unreadable(_))), "{later}");
        assert!(matches!(store.set(&key(), &secret("new")).await, Err(StoreError::Unwritable(_))));
        assert!(store.set_protection(Protection::KeyFile).await.is_err());
        assert!(store.set_session_aside().await.is_err());

        assert_eq!(fs::read_to_string(&path).unwrap(), later);
        assert_eq!(fs::read(fixture.slot(Slot::A)).unwrap(), sealed);
        assert_eq!(fixture.keychain.len(), 1);
        fs::write(&path, ours).unwrap();
        check_kept(&fixture, &later).await;
    }
}

#[tokio::test]
async fn where_neither_file_makes_sense_both_are_set_aside_and_another_session_can_begin() {
    let fixture = Fixture::with_keychain(Mood::Open);
    leave(&fixture).await;
    for path in both(&fixture) {
        fs::write(path, "torn").unwrap();
    }
    let store = fixture.open();

    assert!(matches!(store.get(&key()).await, Err(StoreError::Corrupt)));

    for path in both(&fixture) {
        assert_eq!(fs::read_to_string(file::aside(&path)).unwrap(), "torn");
    }
    assert_eq!(fixture.keychain.len(), 2, "the old key is not deleted");
    store.set(&key(), &secret("new")).await.unwrap();
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"));
}
