//! Keys that do not count: none is left behind that nothing names.

use super::*;

/// What the setting's file says.
fn record(fixture: &Fixture) -> setting::Record {
    setting::read(&fixture.store_folder()).unwrap().0
}

/// The names of the key files, and how many keys the keychain has.
fn held(fixture: &Fixture) -> (usize, usize) {
    (fixture.names().iter().filter(|name| name.starts_with("key-")).count(), fixture.keychain.len())
}

/// Waits until the store has done what a start leaves for later.
pub(super) fn tidy(store: &PluginStore<MockRuntime>) {
    while !store.0.access.forget_abandoned() {
        std::thread::yield_now();
    }
}

/// Keys that a program which was killed has left behind, in the keychain and in a file.
fn leave_keys(fixture: &Fixture) -> [setting::KeyPlace; 2] {
    let (folder, keys) = (fixture.store_folder(), Keys::random().unwrap());
    let [one, other] = [(); 2].map(|()| KeyId::random().unwrap());
    fixture.keychain.set(&one, &keys).unwrap();
    key_file::KeyFile::new(folder.clone()).set(&other, &keys).unwrap();
    let places = [setting::KeyPlace::Keychain(one), setting::KeyPlace::File(other)];
    setting::update(&folder, |record| places.iter().for_each(|place| record.name(place))).unwrap();
    places
}

#[tokio::test]
async fn what_a_killed_program_has_left_is_removed_by_the_next_start() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    leave_keys(&fixture);
    assert_eq!(held(&fixture), (1, 2));

    let store = fixture.open();
    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "kept");
    fixture.keychain.wait_for(1);
    tidy(&store);

    assert_eq!((held(&fixture), record(&fixture).unused), ((0, 1), Vec::new()));
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}

#[tokio::test]
async fn keys_that_another_program_makes_just_now_stay() {
    let fixture = Fixture::with_keychain(Mood::Open);
    fixture.open().set(&key(), &secret("kept")).await.unwrap();
    let making = setting::making(&fixture.store_folder()).unwrap();
    let places = leave_keys(&fixture);
    let store = fixture.open();
    assert!(store.get(&key()).await.unwrap().is_some());

    assert!(!store.0.access.forget_abandoned());

    assert_eq!((held(&fixture), record(&fixture).unused), ((1, 2), places.to_vec()));
    drop(making);
    tidy(&store);
    assert_eq!((held(&fixture), record(&fixture).unused), ((0, 1), Vec::new()));
}

#[tokio::test]
async fn a_key_that_the_keychain_does_not_give_up_is_named_until_it_does() {
    let fixture = Fixture::with_keychain(Mood::Open);
    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();
    fixture.keychain.set_mood(Mood::Clinging);

    store.set_protection(Protection::KeyFile).await.unwrap();

    assert_eq!((held(&fixture), record(&fixture).unused.len()), ((1, 1), 1));
    fixture.keychain.set_mood(Mood::Open);
    let next = fixture.open();
    assert_eq!(next.get(&key()).await.unwrap().unwrap().expose(), "kept");
    fixture.keychain.wait_for(0);
    tidy(&next);
    assert_eq!((held(&fixture), record(&fixture).unused), ((1, 0), Vec::new()));
}

#[tokio::test]
async fn a_new_key_that_is_not_given_back_is_not_left_behind() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();
    for (mood, named) in [(Mood::Absent, 0), (Mood::Locked, 0), (Mood::Forgetful, 0), (Mood::Mute, 1)] {
        fixture.keychain.set_mood(mood);

        assert!(store.set_protection(Protection::Keychain).await.is_err(), "{mood:?}");

        assert_eq!(record(&fixture).unused.len(), named, "{mood:?}");
    }
    assert_eq!(held(&fixture), (1, 1));
    fixture.keychain.set_mood(Mood::Open);
    tidy(&store);
    assert_eq!((held(&fixture), record(&fixture).unused), ((1, 0), Vec::new()));
}

#[tokio::test]
async fn what_is_named_is_removed_also_where_no_key_counts_yet() {
    let fixture = Fixture::with_keychain(Mood::Open);
    leave_keys(&fixture);

    let store = fixture.open();
    store.set(&key(), &secret("kept")).await.unwrap();
    tidy(&store);

    assert_eq!((held(&fixture), record(&fixture).unused), ((0, 1), Vec::new()));
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("kept"));
}
