//! Two starts on one data folder. A lock belongs to an open file, so that two of them in one process are as good as two
//! processes; the end-to-end tests have real ones.

use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{self, Receiver};

use super::*;

const LINK: &str = "app.foyer.desktop://auth/callback?code=canary&flow=N";

fn data_dir() -> (tempfile::TempDir, DataDir) {
    let root = tempfile::tempdir().unwrap();
    let data = DataDir::new(root.path().join("foyer"));
    (root, data)
}

fn first(data: &DataDir) -> Instance {
    match begin(data, None).unwrap() {
        Start::First(instance) => instance,
        _ => panic!("another one runs"),
    }
}

fn heard(instance: &Instance) -> Receiver<Option<String>> {
    let (sender, receiver) = mpsc::channel();
    instance.listen(move |link| drop(sender.send(link)));
    receiver
}

fn within(receiver: &Receiver<Option<String>>) -> Option<String> {
    receiver.recv_timeout(Duration::from_secs(30)).unwrap()
}

fn letters(data: &DataDir) -> Vec<PathBuf> {
    fs::read_dir(data.handover()).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_later_start_hands_its_link_to_the_app_that_runs_and_is_told_so() {
    let (_root, data) = data_dir();
    let instance = first(&data);
    let heard = heard(&instance);

    assert!(matches!(begin(&data, Some(LINK)).unwrap(), Start::HandedOver));
    assert_eq!(within(&heard).as_deref(), Some(LINK));
    assert!(matches!(begin(&data, None).unwrap(), Start::HandedOver));
    assert_eq!(within(&heard), None);

    assert_eq!(letters(&data), Vec::<PathBuf>::new());
}

#[test]
fn an_app_that_does_not_answer_is_waited_for_a_few_seconds_and_finds_the_link_when_it_lives_again() {
    let (_root, data) = data_dir();
    let instance = first(&data);
    let begun = Instant::now();

    assert!(matches!(begin(&data, Some(LINK)).unwrap(), Start::Unanswered));

    assert!((HANDOVER_TIMEOUT..HANDOVER_TIMEOUT * 2).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    let left = letters(&data);
    assert_eq!(left.len(), 1);
    assert_eq!(fs::metadata(&left[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(data.handover()).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(within(&heard(&instance)).as_deref(), Some(LINK));
    assert_eq!(letters(&data), Vec::<PathBuf>::new());
}

#[test]
fn a_start_without_a_link_leaves_nothing_behind_for_an_app_that_does_not_answer() {
    let (_root, data) = data_dir();
    let _instance = first(&data);

    assert!(matches!(begin(&data, None).unwrap(), Start::Unanswered));

    assert_eq!(letters(&data), Vec::<PathBuf>::new());
}

#[test]
fn a_start_that_waits_becomes_the_app_itself_when_the_one_that_hung_is_ended() {
    let (_root, data) = data_dir();
    let hung = first(&data);
    let waiting = {
        let data = data.clone();
        thread::spawn(move || begin(&data, Some(LINK)).unwrap())
    };
    while letters(&data).is_empty() {
        thread::sleep(POLL_INTERVAL);
    }

    drop(hung);

    assert!(matches!(waiting.join().unwrap(), Start::First(_)));
    assert_eq!(letters(&data), Vec::<PathBuf>::new(), "it knows its own link");
}

#[test]
fn links_wait_ten_minutes_at_most_and_in_their_order_for_the_next_start() {
    let (_root, data) = data_dir();
    for link in ["too old", "one", "two"] {
        keep(&data, link).unwrap();
    }
    let mut left = letters(&data);
    left.sort();
    let long_ago = SystemTime::now() - LIFETIME - Duration::from_secs(1);
    File::options().write(true).open(&left[0]).unwrap().set_modified(long_ago).unwrap();

    let heard = heard(&first(&data));

    assert_eq!([within(&heard), within(&heard)].map(Option::unwrap), ["one", "two"]);
    assert_eq!(letters(&data), Vec::<PathBuf>::new());
}

#[test]
fn what_is_no_letter_is_neither_read_nor_kept() {
    let (_root, data) = data_dir();
    let folder = data.handover();
    let victim = data.root().join("victim");
    fs::write(&victim, "mine").unwrap();
    std::os::unix::fs::symlink(&victim, folder.join("0-link")).unwrap();
    fs::write(folder.join("1-long"), vec![b'x'; 65 * 1024]).unwrap();
    fs::write(folder.join("2-bytes"), [0xff]).unwrap();
    fs::write(folder.join("3-half.next"), "app.foyer.desktop://").unwrap();

    assert_eq!(take(&folder), Vec::<String>::new());

    assert_eq!(letters(&data), [folder.join("3-half.next")]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

#[test]
fn a_folder_that_cannot_be_written_is_nobodys_and_the_app_starts_all_the_same() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    fs::write(&file, "").unwrap();
    let data = DataDir::new(file.join("foyer"));

    assert!(matches!(begin(&data, Some(LINK)).unwrap(), Start::First(_)));
}

#[test]
fn a_lock_and_half_a_letter_of_a_crash_hold_up_no_start() {
    let (_root, data) = data_dir();
    let lock = data.root().join("instance.lock");
    fs::write(&lock, "4194304").unwrap();
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o600)).unwrap();
    let half = data.handover().join("00000000000000000001-4194304.next");
    fs::write(&half, "app.foyer.desktop://auth/callback?co").unwrap();
    fs::write(data.handover().join("00000000000000000002-4194304"), LINK).unwrap();

    let begun = Instant::now();
    let app = first(&data);

    assert!(begun.elapsed() < HANDOVER_TIMEOUT);
    // What was whole is taken; what is half-written is neither waited for nor read.
    assert_eq!(within(&heard(&app)).as_deref(), Some(LINK));
    assert_eq!(letters(&data), [half]);
}

#[test]
fn an_app_that_is_about_to_start_itself_anew_gives_way_before_it_has_ended() {
    let (_root, data) = data_dir();
    let instance = first(&data);
    let heard = heard(&instance);

    instance.release().unwrap();

    assert!(matches!(begin(&data, None).unwrap(), Start::First(_)));
    assert!(heard.try_recv().is_err(), "the one that ends was asked for its window");
}
