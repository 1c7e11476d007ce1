//! Files that were torn, overwritten, swapped or put back: the last good copy is used, and nothing that can be read is
//! kept of the other.

use super::*;

/// A store whose two files hold two sessions; gives back the older and the newer file.
async fn two_generations(fixture: &Fixture) -> [PathBuf; 2] {
    let store = fixture.open();
    store.set(&key(), &secret("older")).await.unwrap();
    store.set(&key(), &secret("newer")).await.unwrap();
    [fixture.slot(Slot::A), fixture.slot(Slot::B)]
}

#[tokio::test]
async fn a_newest_file_that_was_torn_filled_with_zeros_or_changed_anywhere_gives_way_to_the_one_before() {
    let fixture = Fixture::new();
    let [_, newest] = two_generations(&fixture).await;
    let whole = fs::read(&newest).unwrap();
    let zeros = |from: usize| [&whole[..from], &vec![0; whole.len() - from]].concat();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };

    for at in 0..whole.len() {
        for damaged in [whole[..at].to_vec(), zeros(at), flipped(at)] {
            fs::write(&newest, &damaged).unwrap();

            assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("older"), "byte {at}");
            assert!(!newest.exists(), "it is out of the way");
        }
    }
    assert!(!fixture.holds("older") && !fixture.holds("newer"));
    fs::write(&newest, &whole).unwrap();
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("newer"));
}

#[tokio::test]
async fn after_a_fall_back_the_store_goes_on() {
    let fixture = Fixture::new();
    let [_, newest] = two_generations(&fixture).await;
    fs::write(&newest, "").unwrap();
    let store = fixture.open();

    store.set(&key(), &secret("newest")).await.unwrap();

    for _ in 0..3 {
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("newest"));
    }
}

#[tokio::test]
async fn where_neither_file_opens_that_is_said_to_every_reader_until_something_new_is_set() {
    let token = r#"{"sb-abcd-auth-token":"{\"refresh_token\":\"canary\""#;
    for broken in ["", "{", "[]", "{\"a\":1}", "\0\0\0\0", token] {
        let fixture = Fixture::new();
        for slot in two_generations(&fixture).await {
            fs::write(slot, broken).unwrap();
        }
        let store = fixture.open();

        for key in [StoreKey::flows(&project()), key()] {
            let answer = store.get(&key).await;
            assert!(matches!(answer, Err(StoreError::Corrupt)), "said to every reader: {broken:?}");
        }

        assert!(!fixture.holds("canary"));
        let other = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
        assert!(
            store.get(&StoreKey::session(&other)).await.unwrap().is_none(),
            "another project's is not lost"
        );
        store.set(&key(), &secret("new")).await.unwrap();
        assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "new");
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"), "at the next start too");
    }
}

#[tokio::test]
async fn what_a_later_version_wrote_is_kept_as_it_is_and_said() {
    let fixture = Fixture::new();
    let later = r#"{"v":2,"whatever":"it needs"}"#;
    for slot in two_generations(&fixture).await {
        fs::write(slot, later).unwrap();
    }

    assert!(matches!(fixture.read(&key()).await, Err(StoreError::Corrupt)));

    let kept = fixture.names().into_iter().filter(|name| name.ends_with(".later"));
    let kept: Vec<_> =
        kept.map(|name| fs::read_to_string(fixture.store_folder().join(name)).unwrap()).collect();
    assert_eq!(kept, [later, later]);
}

#[tokio::test]
async fn a_file_opens_at_its_own_place_only() {
    let (fixture, other) = (Fixture::new(), Fixture::new());
    let [older, newest] = two_generations(&fixture).await;
    // The newest in the place of the older one, as if it were older than what is there.
    fs::copy(&newest, &older).unwrap();
    fs::remove_file(&newest).unwrap();
    assert!(matches!(fixture.read(&key()).await, Err(StoreError::Corrupt)), "the other slot");

    let theirs = Project::new("https://efgh.supabase.co", "sb_publishable_abcdefghijklmnop").unwrap();
    let store = other.open();
    store.set(&StoreKey::session(&theirs), &secret("theirs")).await.unwrap();
    fs::copy(Pair::of(&other.store_folder(), "sb-efgh").path(Slot::A), other.slot(Slot::A)).unwrap();
    assert!(matches!(other.read(&key()).await, Err(StoreError::Corrupt)), "another project");
    assert_eq!(other.read(&StoreKey::session(&theirs)).await.unwrap().as_deref(), Some("theirs"));
}

#[tokio::test]
async fn an_older_file_that_is_put_back_does_not_count_beside_a_newer_one() {
    let fixture = Fixture::new();
    let store = fixture.open();
    store.set(&key(), &secret("one")).await.unwrap();
    let backup = fs::read(fixture.slot(Slot::A)).unwrap();
    for value in ["two", "three", "four"] {
        store.set(&key(), &secret(value)).await.unwrap();
    }

    fs::write(fixture.slot(Slot::A), backup).unwrap();

    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "four");
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("four"));
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_neither_followed_nor_waited_for() {
    let fixture = Fixture::new();
    let [_, newest] = two_generations(&fixture).await;
    let victim = fixture.folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    let pipe = || assert!(std::process::Command::new("mkfifo").arg(&newest).status().unwrap().success());
    let places: [&dyn Fn(); 3] = [&|| std::os::unix::fs::symlink(&victim, &newest).unwrap(), &pipe, &|| {
        fs::create_dir(&newest).unwrap()
    }];

    for put in places {
        fs::remove_file(&newest).or_else(|_| fs::remove_dir(&newest)).unwrap_or_default();
        put();
        assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("older"));
    }

    fixture.open().set(&key(), &secret("new")).await.unwrap();
    assert_eq!(fixture.read(&key()).await.unwrap().as_deref(), Some("new"));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_far_too_long_is_damaged_and_gives_way() {
    let fixture = Fixture::new();
    let [_, newest] = two_generations(&fixture).await;
    let left = fixture.store_folder().join("session.json.next");
    let edits = fixture.folder.path().join("edits.json");
    for place in [&newest, &left, &fixture.plain_file(), &edits] {
        // It takes no place on the disk.
        fs::File::create(place).unwrap().set_len(1 << 40).unwrap();
    }
    let store = fixture.open();

    assert_eq!(store.get(&key()).await.unwrap().unwrap().expose(), "older");

    assert!(!newest.exists() && !left.exists() && !fixture.plain_file().exists());
    let answer = store.sealed_files(fixture.folder.path()).read(&edits);
    assert!(matches!(answer, Err(SealedFileError::Damaged)));
    assert!(!edits.exists());
}
