//! Where the keys are, and what happens while they cannot be had.

use supabase_session_contract::protection::KeychainState;

use super::*;

/// What counts, once that is known.
async fn settled(store: &PluginStore<MockRuntime>) -> (Option<Protection>, KeychainState) {
    let mut states = store.0.access.watch();
    drop(states.wait_for(|state| !matches!(state, State::Asking { .. })).await.unwrap());
    (store.view().active, store.view().keychain)
}

#[tokio::test]
async fn a_keychain_that_gives_back_what_it_takes_holds_the_key() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let store = fixture.open();

    assert_eq!(settled(&store).await, (Some(Protection::Keychain), KeychainState::Available));

    store.set(&key(), &secret("kept")).await.unwrap();
    assert_eq!((store.view().chosen, fixture.keychain.len()), (None, 1));
    assert!(fixture.names().iter().all(|name| !name.starts_with("key-")));
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}

#[tokio::test]
async fn without_a_usable_keychain_a_file_holds_the_key_and_stays_when_one_appears() {
    for (mood, state) in [
        (Mood::Absent, KeychainState::Absent),
        (Mood::Locked, KeychainState::Locked),
        (Mood::Forgetful, KeychainState::Unanswered),
    ] {
        let fixture = Fixture::with_keychain(mood);
        let store = fixture.open();
        assert_eq!(settled(&store).await, (Some(Protection::KeyFile), state), "{mood:?}");
        store.set(&key(), &secret("kept")).await.unwrap();

        fixture.keychain.set_mood(Mood::Open);

        assert_eq!(settled(&fixture.open()).await.0, Some(Protection::KeyFile));
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
    }
}

#[tokio::test]
async fn a_locked_keychain_takes_nothing_away_and_gives_the_session_once_it_is_open() {
    for mood in [Mood::Locked, Mood::Absent, Mood::Silent] {
        let fixture = Fixture::with_keychain(Mood::Open);
        fixture.open().set(&key(), &secret("kept")).await.unwrap();
        let names =
            || fixture.names().into_iter().filter(|name| !name.ends_with(".lock")).collect::<Vec<_>>();
        let (kept, before) = (names(), fs::read(fixture.slot(Slot::A)).unwrap());
        fixture.keychain.set_mood(mood);
        let store = fixture.open();

        assert!(matches!(store.get(&key()).await, Err(StoreError::Unreadable(_))), "{mood:?}");
        assert!(matches!(store.set(&key(), &secret("new")).await, Err(StoreError::Unwritable(_))));
        assert!(matches!(store.remove(&key()).await, Err(StoreError::Unwritable(_))));
        assert_eq!(store.view().active, None);
        assert_eq!((names(), fs::read(fixture.slot(Slot::A)).unwrap()), (kept, before));

        fixture.keychain.set_mood(Mood::Open);
        store.ask_again().await.unwrap();
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
    }
}

#[tokio::test]
async fn a_keychain_without_the_entry_is_taken_for_locked_while_something_is_sealed() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    let entries = std::mem::take(&mut *fixture.keychain.entries.lock());
    let store = fixture.open();

    assert!(matches!(store.get(&key()).await, Err(StoreError::Unreadable(_))));

    assert_eq!((store.view().active, store.view().keychain), (None, KeychainState::Locked));
    *fixture.keychain.entries.lock() = entries;
    store.ask_again().await.unwrap();
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
}

#[tokio::test]
async fn an_answer_that_comes_late_counts_and_is_told() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    fixture.keychain.set_mood(Mood::Silent);
    let store = fixture.open();
    let mut seen = store.seen();
    assert!(matches!(store.get(&key()).await, Err(StoreError::Unreadable(_))));
    assert_eq!(store.view().keychain, KeychainState::Unknown);

    store.changed(&mut seen).await.unwrap();
    assert_eq!(store.view().keychain, KeychainState::Unanswered);
    fixture.keychain.set_mood(Mood::Open);
    store.changed(&mut seen).await.unwrap();

    assert_eq!(store.view().keychain, KeychainState::Available);
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
}

#[tokio::test]
async fn a_keychain_that_is_unlocked_while_it_is_being_asked_gives_the_session() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    fixture.keychain.set_mood(Mood::Locked);
    let store = fixture.open();
    let mut watcher = fixture.keychain.watcher.subscribe();
    let told = watcher.wait_for(Option::is_some).await.unwrap().clone().unwrap();
    assert_eq!(settled(&store).await, (None, KeychainState::Locked));

    // It is asked, says that it is unlocked, and answers what was true before.
    let mut asked = fixture.keychain.asked.subscribe();
    asked.mark_unchanged();
    fixture.keychain.set_mood(Mood::Silent);
    assert!(told.lock()());
    asked.changed().await.unwrap();
    assert!(told.lock()());
    fixture.keychain.set_mood(Mood::LockedOnce);

    assert_eq!(settled(&store).await, (Some(Protection::Keychain), KeychainState::Available));
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
}

#[tokio::test]
async fn nobody_waits_for_a_keychain_where_nothing_is_stored() {
    let fixture = Fixture::with_keychain(Mood::Silent);
    let (store, begun) = (fixture.open(), std::time::Instant::now());

    assert!(store.get(&key()).await.unwrap().is_none());
    store.remove(&key()).await.unwrap();

    assert!(begun.elapsed() < access::PATIENCE);
    // The person need not wait either.
    store.set_protection(Protection::KeyFile).await.unwrap();
    store.set(&key(), &secret("kept")).await.unwrap();
    fixture.keychain.set_mood(Mood::Open);
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}

#[tokio::test]
async fn a_session_that_is_set_aside_is_kept_sealed_and_another_can_begin() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("old")).await.unwrap();
    let sealed = fs::read(fixture.slot(Slot::A)).unwrap();
    fixture.keychain.set_mood(Mood::Locked);
    let store = fixture.open();
    assert!(store.get(&key()).await.is_err());

    store.set_session_aside().await.unwrap();

    assert_eq!(store.view().active, Some(Protection::KeyFile));
    assert!(store.get(&key()).await.unwrap().is_none());
    store.set(&key(), &secret("new")).await.unwrap();
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"));
    let aside = fixture.names().into_iter().find(|name| name.ends_with(".a.quarantine")).unwrap();
    assert_eq!(fs::read(fixture.store_folder().join(aside)).unwrap(), sealed);
    assert_eq!(fixture.keychain.len(), 1, "its key is not deleted");
    // Nor by a later start, once the keychain can be asked.
    fixture.keychain.set_mood(Mood::Open);
    let next = fixture.open();
    next.get(&key()).await.unwrap();
    unused::tidy(&next);
    assert_eq!(fixture.keychain.len(), 1);
}

#[tokio::test]
async fn each_protection_can_be_chosen_and_survives_a_restart() {
    use Protection::{KeyFile, Keychain, Memory};
    let fixture = Fixture::with_keychain(Mood::Open);
    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();

    for protection in [KeyFile, Keychain, Keychain, Memory, KeyFile, Memory, Keychain] {
        store.set_protection(protection).await.unwrap();

        let view = store.view();
        assert_eq!((view.chosen, view.active), (Some(protection), Some(protection)));
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
        let next = fixture.open();
        assert_eq!(settled(&next).await.0, Some(protection));
        let kept = next.get(&key()).await.unwrap().map(|value| value.expose().clone());
        assert_eq!(kept.as_deref(), (protection != Memory).then_some("kept"), "{protection:?}");
        let keys = fixture.names().iter().filter(|name| name.starts_with("key-")).count();
        assert_eq!(keys, usize::from(protection == KeyFile), "{protection:?}");
        assert_eq!(fixture.keychain.len(), usize::from(protection == Keychain), "{protection:?}");
        if protection == Memory {
            let settings = ["protection-copy.json", "protection.json"];
            let locks = ["keys.lock", "protection.lock", "session.lock"];
            let mut names = [&settings[..], &locks[..]].concat();
            names.sort_unstable();
            assert_eq!(fixture.names(), names);
        }
    }
}

#[tokio::test]
async fn a_choice_that_cannot_be_had_leaves_everything_as_it_was() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let store = fixture.open();
    store.set(&key(), &secret("older")).await.unwrap();
    store.set(&key(), &secret("kept")).await.unwrap();
    let check = async |fixture: &Fixture, held: usize| {
        assert_eq!(store.view().active, Some(Protection::Keychain));
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
        assert_eq!(fixture.keychain.len(), held);
        assert!(fixture.names().iter().all(|name| !name.starts_with("key-")));
    };

    // The file is full of something else, the setting cannot be written.
    for blocked in [fixture.slot(Slot::A), setting::path(&fixture.store_folder())] {
        block(&blocked);
        assert!(store.set_protection(Protection::KeyFile).await.is_err());
        fs::remove_dir(file::next_to(&blocked)).unwrap();
        check(&fixture, 1).await;
    }
    store.set_protection(Protection::KeyFile).await.unwrap();
    for mood in [Mood::Locked, Mood::Absent, Mood::Forgetful] {
        fixture.keychain.set_mood(mood);
        assert!(store.set_protection(Protection::Keychain).await.is_err(), "{mood:?}");
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
        assert_eq!(store.view().active, Some(Protection::KeyFile));
    }
}

#[tokio::test]
async fn a_change_of_keys_that_is_cut_anywhere_leaves_a_file_that_opens() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let store = fixture.open();
    store.set(&key(), &secret("older")).await.unwrap();
    store.set(&key(), &secret("kept")).await.unwrap();
    let copy = || {
        let names = fixture.names().into_iter().filter(|name| !name.ends_with(".lock"));
        names
            .map(|name| (name.clone(), fs::read(fixture.store_folder().join(name)).unwrap()))
            .collect::<HashMap<_, _>>()
    };
    let before = copy();
    let entries = fixture.keychain.entries.lock().clone();
    store.set_protection(Protection::KeyFile).await.unwrap();
    let after = copy();

    // One file with the new key, the other as it was: before the setting is written, and after it.
    let slots = Slot::BOTH.map(|slot| fixture.slot(slot).file_name().unwrap().to_str().unwrap().to_owned());
    for (setting, new_slot) in [(&before, 0), (&before, 1), (&after, 0), (&after, 1)] {
        let cut = Fixture::with_keychain(Mood::Open);
        *cut.keychain.entries.lock() = entries.clone();
        for (name, bytes) in before.iter().chain(&after).filter(|(name, _)| !slots.contains(*name)) {
            fs::write(cut.store_folder().join(name), bytes).unwrap();
        }
        fs::write(cut.store_folder().join("protection.json"), &setting["protection.json"]).unwrap();
        fs::write(cut.slot(Slot::BOTH[new_slot]), &after[&slots[new_slot]]).unwrap();
        fs::write(cut.slot(Slot::BOTH[1 - new_slot]), &before[&slots[1 - new_slot]]).unwrap();

        let found = cut.read(&key()).await.unwrap();
        assert!(found.is_some(), "slot {new_slot}");
    }
}
