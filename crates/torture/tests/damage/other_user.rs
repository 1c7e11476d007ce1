//! A user who may not do everything: nobody. Only an administrator may become somebody else, so these tests say nothing
//! where they run as an ordinary user.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use foyer_torture::line::Line;
use foyer_torture::model::Held;

use crate::child::{self, TORTURE, WRITERS, said};
use crate::deadline::Deadline;

/// The user and group without rights.
const NOBODY: u32 = 65534;

/// A store of that user.
struct NobodysStore {
    program: PathBuf,
    store: PathBuf,
    _folder: tempfile::TempDir,
}

impl NobodysStore {
    /// `None` where this process may not become another user.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        if fs::metadata(folder.path()).unwrap().uid() != 0 {
            eprintln!("skipped: only an administrator can become somebody else");
            return None;
        }
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        // Where programs are built, others may not look.
        let program = folder.path().join("torture");
        fs::copy(TORTURE, &program).unwrap();
        let store = child::store_in(folder.path());
        chown(&store, Some(NOBODY), Some(NOBODY)).unwrap();
        Some(Self { program, store, _folder: folder })
    }

    fn child(&self, writer: &str, acknowledged: u64) -> Command {
        let mut command = child::child(&self.program, &self.store, writer, acknowledged);
        command.uid(NOBODY).gid(NOBODY).env("HOME", &self.store).current_dir("/");
        command
    }

    fn make(&self, writer: &str, acknowledged: u64, changes: u64) -> Vec<Line> {
        said(self.child(writer, acknowledged).args(["--changes", &changes.to_string()]))
    }

    fn found(&self, writer: &str, acknowledged: u64) -> Line {
        said(self.child(writer, acknowledged).arg("--look")).remove(0)
    }

    fn set_mode(&self, mode: u32) {
        fs::set_permissions(&self.store, Permissions::from_mode(mode)).unwrap();
    }
}

/// The file that was written last.
fn newest(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sessions = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    sessions.max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap()).unwrap()
}

#[test]
fn a_folder_that_cannot_be_written_keeps_the_session_and_lets_somebody_sign_out() {
    let _deadline = Deadline::here();
    for writer in WRITERS {
        let Some(store) = NobodysStore::new() else { return };
        assert_eq!(store.make(writer, 0, 3).last(), Some(&Line::Done(3)));

        store.set_mode(0o500);
        let refused = store.make(writer, 3, 1);
        let kept = store.found(writer, 3);

        store.set_mode(0o700);
        assert_eq!(store.make(writer, 3, 1).last(), Some(&Line::Done(4)));
        store.set_mode(0o500);
        let signed_out = store.make(writer, 4, 1);
        let gone = store.found(writer, 5);

        assert!(matches!(refused.last(), Some(Line::Failed(_))), "{writer}: {refused:?}");
        assert_eq!(kept, Line::Found(Held::Session(3)), "{writer}");
        assert_eq!(signed_out.last(), Some(&Line::Done(5)), "{writer}");
        assert_eq!(gone, Line::Found(Held::Nobody), "{writer}");
    }
}

#[test]
fn a_file_of_another_user_in_the_place_of_the_newest_one_is_neither_read_nor_removed_at_the_start() {
    let _deadline = Deadline::here();
    let Some(store) = NobodysStore::new() else { return };
    assert_eq!(store.make("stored", 0, 3).last(), Some(&Line::Done(3)));
    let file = newest(&store.store);
    let foreign = fs::read(&file).unwrap();
    chown(&file, Some(0), Some(0)).unwrap();

    let found = store.found("stored", 3);

    // Either the copy of the change before counts, or the store says that it cannot be read. It invents nothing.
    assert!(matches!(&found, Line::Found(Held::Session(2) | Held::Unusable(_))), "{found:?}");
    assert_eq!((fs::read(&file).unwrap(), fs::metadata(&file).unwrap().uid()), (foreign, 0));
}
