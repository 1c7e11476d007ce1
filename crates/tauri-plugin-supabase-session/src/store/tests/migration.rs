//! The plain file of versions that did not seal.

use super::*;

fn plain(values: &[(&StoreKey, &str)]) -> String {
    let values: HashMap<_, _> = values.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    serde_json::to_string(&values).unwrap()
}

#[tokio::test]
async fn a_plain_session_is_sealed_once_and_its_file_is_gone() {
    let fixture = Fixture::new();
    let theirs = Project::new("http://127.0.0.1:54321", "sb_publishable_abcdefghijklmnop").unwrap();
    let (shared, flows) = (StoreKey::supabase_js_session(&theirs), StoreKey::flows(&theirs));
    let text = plain(&[(&key(), "canary-a"), (&shared, "canary-b"), (&flows, "canary-c")]);
    fs::write(fixture.plain_file(), text).unwrap();
    for left in ["session.json.next", "session.json.corrupt"] {
        fs::write(fixture.store_folder().join(left), "canary").unwrap();
    }
    let store = fixture.open();

    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "canary-a");

    assert!(!fixture.holds("canary"));
    assert!(fixture.names().iter().all(|name| !name.starts_with("session.json")), "{:?}", fixture.names());
    for store in [store, fixture.open()] {
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "canary-a");
        assert_eq!(store.get(&shared).await.unwrap().unwrap().expose(), "canary-b");
        assert_eq!(store.get(&flows).await.unwrap().unwrap().expose(), "canary-c");
        assert!(store.get(&StoreKey::session(&theirs)).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_plain_session_that_cannot_be_sealed_is_used_and_its_file_stays_until_it_can() {
    let fixture = Fixture::new();
    fs::write(fixture.plain_file(), plain(&[(&key(), "plain")])).unwrap();
    block(&fixture.slot(Slot::A));
    let store = fixture.open();

    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "plain");
    assert!(fixture.plain_file().exists());
    store.remove(&key()).await.unwrap();

    assert!(!fixture.holds("plain"));
    assert!(fixture.read(&key()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_plain_file_does_not_come_before_what_is_sealed() {
    let fixture = Fixture::new();
    fixture.open().set(&key(), &secret("sealed")).await.unwrap();
    fs::write(fixture.plain_file(), plain(&[(&key(), "plain")])).unwrap();

    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("sealed"));
    assert!(!fixture.plain_file().exists());
}

#[tokio::test]
async fn a_damaged_plain_file_is_said_to_every_reader_and_leaves_nothing_that_could_be_read() {
    let token = r#"{"sb-abcd-auth-token":"{\"refresh_token\":\"canary\""#;
    for broken in ["", "{", "[]", "{\"a\":1}", "\0\0\0\0", token] {
        let fixture = Fixture::new();
        fs::write(fixture.plain_file(), broken).unwrap();
        let store = fixture.open();

        let other = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
        for key in [StoreKey::flows(&other), key()] {
            let answer = store.get(&key).await;
            assert!(matches!(answer, Err(StoreError::Corrupt)), "said to every reader: {broken:?}");
        }

        assert!(!fixture.plain_file().exists() && !fixture.holds("canary"));
        store.set(&key(), &secret("new")).await.unwrap();
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"), "at the next start too");
    }
}
