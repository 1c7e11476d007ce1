//! A disk that is full, a folder that cannot be written, and what may be read of what was kept.

use super::*;

#[tokio::test]
async fn nothing_that_was_set_can_be_read_in_a_file() {
    let fixture = Fixture::new();
    let store = fixture.open();

    store.set(&key(), &secret("canary-session")).await.unwrap();
    store.set(&StoreKey::flows(&project()), &secret("canary-flows")).await.unwrap();

    assert!(!fixture.holds("canary") && !fixture.holds("auth-token") && !fixture.holds("abcd"));
    assert!(store.get(&key()).await.unwrap().is_some_and(|value| value.expose() == "canary-session"));
}

#[tokio::test]
async fn below_what_is_no_folder_nothing_is_read_and_nothing_is_kept() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let file = fixture.folder.path().join("file");
    fs::write(&file, "").unwrap();
    let keychain = Arc::clone(&fixture.keychain) as Arc<dyn KeyHolder>;
    let app = fixture.app.handle().clone();
    let store = PluginStore::with_keychain(app, &file.join("store"), None, keychain);

    assert!(store.get(&key()).await.unwrap().is_none());
    assert!(matches!(store.set(&key(), &secret("new")).await, Err(StoreError::Unwritable(_))));
    assert!(!store.view().is_key_missing());
    assert_eq!(fixture.keychain.len(), 0, "no key is left in the keychain");
}

#[tokio::test]
async fn a_save_that_fails_is_an_error_and_the_old_value_stays() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("old")).await.unwrap();
    block(&fixture.slot(Slot::B));

    let answer = store.set(&key(), &secret("new")).await;

    assert!(matches!(answer, Err(StoreError::Unwritable(_))));
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "old");
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("old"));
}

#[tokio::test]
async fn a_value_is_forgotten_also_where_no_new_file_can_be_written() {
    let fixture = Fixture::new();
    let store = fixture.open();
    let flows = StoreKey::flows(&project());
    store.set(&key(), &secret("canary")).await.unwrap();
    store.set(&flows, &secret("kept")).await.unwrap();
    let before = Slot::BOTH.map(|slot| fs::read(fixture.slot(slot)).unwrap());
    Slot::BOTH.iter().for_each(|slot| block(&fixture.slot(*slot)));

    store.remove(&key()).await.unwrap();

    for (slot, before) in Slot::BOTH.into_iter().zip(before) {
        assert_ne!(fs::read(fixture.slot(slot)).ok(), Some(before), "{slot:?} is overwritten or gone");
    }
    for store in [store, fixture.open()] {
        assert!(store.get(&key()).await.unwrap().is_none());
        assert_eq!(store.get(&flows).await.unwrap().unwrap().expose(), "kept");
    }
}

#[tokio::test]
async fn a_sign_out_overwrites_both_files_and_replaces_the_key() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("first")).await.unwrap();
    store.set(&key(), &secret("second")).await.unwrap();
    let (names, kept) = (fixture.names(), Slot::BOTH.map(|slot| fs::read(fixture.slot(slot)).unwrap()));

    store.remove(&key()).await.unwrap();
    drop(Arc::clone(&store.0.changing).lock_owned().await);

    let key_of =
        |names: &[String]| names.iter().filter(|name| name.starts_with("key-")).cloned().collect::<Vec<_>>();
    assert_eq!(key_of(&fixture.names()).len(), 1);
    assert_ne!(key_of(&fixture.names()), key_of(&names), "there is another key");
    // Whoever kept the files has nothing to open them with.
    for (slot, kept) in Slot::BOTH.into_iter().zip(kept) {
        fs::write(fixture.slot(slot), kept).unwrap();
    }
    assert!(matches!(fixture.read(&key()).await, Err(StoreError::Corrupt)));
}

#[tokio::test]
async fn a_key_that_is_overwritten_opens_nothing_any_more_and_seals_what_comes() {
    for fixture in [Fixture::new(), Fixture::with_keychain(Mood::Open)] {
        let store = fixture.open();
        store.set(&key(), &secret("old")).await.unwrap();
        store.set(&key(), &secret("older")).await.unwrap();

        store.overwrite_session_key().await.unwrap();

        assert!(matches!(fixture.read(&key()).await, Err(StoreError::Corrupt)));
        store.set(&key(), &secret("new")).await.unwrap();
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"));
    }
}

#[tokio::test]
async fn a_sign_out_spares_what_else_is_kept() {
    let fixture = Fixture::new();
    let (store, flows) = (fixture.open(), StoreKey::flows(&project()));
    let theirs = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
    let theirs = StoreKey::session(&theirs);
    for (key, value) in [(&key(), "ours"), (&flows, "flows"), (&theirs, "theirs")] {
        store.set(key, &secret(value)).await.unwrap();
    }

    store.remove(&key()).await.unwrap();
    drop(Arc::clone(&store.0.changing).lock_owned().await);

    for store in [store, fixture.open()] {
        assert!(store.get(&key()).await.unwrap().is_none());
        assert_eq!(store.get(&flows).await.unwrap().unwrap().expose(), "flows");
        assert_eq!(store.get(&theirs).await.unwrap().unwrap().expose(), "theirs");
    }
}

#[tokio::test]
async fn another_program_that_knows_the_old_key_goes_on_after_a_sign_out() {
    let fixture = Fixture::new();
    let (one, other) = (fixture.open(), fixture.open());
    one.set(&key(), &secret("first")).await.unwrap();
    assert_eq!(other.get(&key()).await.unwrap().unwrap().expose(), "first");

    one.remove(&key()).await.unwrap();
    drop(Arc::clone(&one.0.changing).lock_owned().await);
    other.set(&key(), &secret("second")).await.unwrap();

    assert_eq!(one.get(&key()).await.unwrap().unwrap().expose(), "second");
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("second"));
}

#[tokio::test]
async fn what_is_stored_grows_with_what_is_kept_and_not_with_how_often_it_was_written() {
    let fixture = Fixture::new();
    let store = fixture.open();
    let size = || fs::metadata(fixture.slot(Slot::A)).unwrap().len();
    let flow = |number: u32| StoreKey::flow(&project(), &format!("{number:022}").parse().unwrap());
    let mut sizes = Vec::new();
    for number in 0..100 {
        store.set(&flow(number), &secret(&"v".repeat(200))).await.unwrap();
        store.set(&flow(number), &secret(&"v".repeat(200))).await.unwrap();
        if [1, 10, 100].contains(&(number + 1)) {
            sizes.push(size());
        }
    }

    assert!(sizes[1] > sizes[0] * 5 && sizes[1] < sizes[0] * 11, "{sizes:?}");
    assert!(sizes[2] > sizes[1] * 8 && sizes[2] < sizes[1] * 11, "{sizes:?}");
    for number in 0..100 {
        store.remove(&flow(number)).await.unwrap();
    }
    // The generation has more digits by now.
    assert!(size() <= sizes[0] + 4, "{} {sizes:?}", size());
    assert_eq!(Pair::all(&fixture.store_folder()).unwrap().len(), 1);
}
