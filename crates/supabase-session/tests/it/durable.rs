//! What the operating system is told when a file store keeps something: seen from outside, as a power cut would see it.

use std::path::Path;
use std::process::Command;

use supabase_session::{FileStore, SessionStore, StoreKey};

use crate::deadline::Deadline;
use crate::fake::project;

const FOLDER: &str = "SUPABASE_SESSION_TEST_DURABLE";

/// What the traced process does.
#[tokio::test]
#[ignore = "the test below runs it, as a process of its own that is watched"]
async fn a_value_is_kept_and_forgotten() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let (store, key) = (FileStore::open(folder).unwrap(), StoreKey::session(&project()));
    store.set(&key, &"{}".into()).await.unwrap();
    store.remove(&key).await.unwrap();
}

/// The calls in the folder that change it or make a change last: `write`, `fsync`, `rename`, `unlink` and what each
/// is about, in their order.
fn watched(folder: &Path) -> Vec<(String, String)> {
    let log = folder.with_extension("strace");
    let status = Command::new("strace")
        .args(["-f", "-y", "-qq", "-e", "signal=none", "-o"])
        .arg(&log)
        .args(["-e", "trace=write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"])
        .arg(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "durable::a_value_is_kept_and_forgotten"])
        .env(FOLDER, folder)
        .stdout(std::process::Stdio::null())
        .status()
        .expect("strace is among the packages that `cargo xtask setup` installs");
    assert!(status.success(), "{status}");
    let (log, inside) = (std::fs::read_to_string(log).unwrap(), folder.to_str().unwrap());
    log.lines().filter(|line| line.contains(inside)).filter_map(|line| call(line, inside)).collect()
}

/// `123 fsync(9</folder/name.new>) = 0` as `("fsync", "/name.new")`.
fn call(line: &str, folder: &str) -> Option<(String, String)> {
    let (before, arguments) = line.split_once('(')?;
    let name = before.rsplit(' ').next()?;
    // The last path in it: a rename's new name.
    let last = &arguments[arguments.rfind(folder)? + folder.len()..];
    let end = last.find(['>', '"']).unwrap_or(last.len());
    let family = ["rename", "unlink"].into_iter().find(|family| name.starts_with(family));
    Some((family.unwrap_or(name).replace("fdatasync", "fsync"), last[..end].to_owned()))
}

#[test]
fn a_file_store_syncs_what_it_wrote_before_it_takes_its_name_and_the_folder_after() {
    let _deadline = Deadline::here();
    let parent = tempfile::tempdir().unwrap();
    // No link in it: strace names files by where they really are.
    let folder = parent.path().canonicalize().unwrap().join("store");

    let calls = watched(&folder);

    let seen: Vec<(&str, &str)> = calls
        .iter()
        .map(|(name, path)| {
            let what = if path.is_empty() { "folder" } else { path.rsplit('.').next().unwrap_or_default() };
            (name.as_str(), what)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("write", "new"),
            ("fsync", "new"),
            ("rename", "json"),
            ("fsync", "folder"),
            ("unlink", "json"),
            ("fsync", "folder"),
        ],
        "{calls:?}"
    );
}
