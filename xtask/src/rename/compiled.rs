//! Dependencies that were compiled once serve a second target folder too: Cargo knows them by their source, version and
//! flags, and not by where a checkout lies. The packages of the checkout itself are compiled anew there, because their
//! files are newer than what was compiled.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::fault::Fault;
use crate::layout::{entries, unreadable};

/// The folder in which Cargo notes what it has compiled: a folder that has one is a profile's.
const NOTES: &str = ".fingerprint";
/// How deep profiles lie in a target folder: `debug`, or `wasm32-unknown-unknown/debug`.
const DEPTH: usize = 2;
/// What is linked with. The compiler writes such a file anew instead of changing it, so two folders can share one.
const LIBRARIES: [&str; 6] = ["rlib", "rmeta", "so", "dylib", "dll", "wasm"];

/// Fills the target folder `into` with what was compiled in `from`, but for the profiles of which it has something already.
/// Programs are left out, because they are the checkout's own.
///
/// # Errors
/// When a file can neither be shared nor copied.
pub(super) fn share(from: &Path, into: &Path) -> Result<(), Fault> {
    profiles(from, into, DEPTH)
}

fn profiles(from: &Path, into: &Path, depth: usize) -> Result<(), Fault> {
    if into.join(NOTES).exists() {
        return Ok(());
    }
    if from.join(NOTES).is_dir() {
        for folder in [NOTES, "build", "deps"] {
            files(&from.join(folder), &into.join(folder), folder == "deps")?;
        }
    } else if depth > 0 {
        for folder in entries(from)?.iter().filter(|entry| entry.is_dir()) {
            profiles(folder, &into.join(folder.file_name().unwrap_or_default()), depth - 1)?;
        }
    }
    Ok(())
}

/// `are_compiled`: only libraries, which are shared, and the lists of what they were made of.
fn files(from: &Path, into: &Path, are_compiled: bool) -> Result<(), Fault> {
    if !from.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(into).map_err(|error| unreadable(into, &error))?;
    for entry in entries(from)? {
        let to = into.join(entry.file_name().unwrap_or_default());
        let ending = entry.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if entry.is_dir() {
            files(&entry, &to, are_compiled)?;
        } else if !are_compiled || ending == "d" {
            copied(&entry, &to).map_err(|error| unreadable(&entry, &error))?;
        } else if LIBRARIES.contains(&ending) {
            let shared = fs::hard_link(&entry, &to).or_else(|_| copied(&entry, &to));
            shared.map_err(|error| unreadable(&entry, &error))?;
        }
    }
    Ok(())
}

/// Copies a file with its time, by which Cargo tells what is older than its sources.
fn copied(from: &Path, to: &Path) -> io::Result<()> {
    let (mut source, mut copy) = (File::open(from)?, File::create(to)?);
    io::copy(&mut source, &mut copy)?;
    let known = source.metadata()?;
    copy.set_modified(known.modified()?)?;
    copy.set_permissions(known.permissions())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn libraries_and_notes_are_taken_with_their_times_and_programs_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, into) = (folder.path().join("from"), folder.path().join("into"));
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let files = [
            "debug/.fingerprint/url-1/dep-lib-url",
            "debug/build/ring-1/out/ring.o",
            "debug/deps/url-1.d",
            "debug/deps/liburl-1.rlib",
            "wasm32-unknown-unknown/debug/.fingerprint/url-2/dep-lib-url",
            "wasm32-unknown-unknown/debug/deps/liburl-2.rmeta",
        ];
        let left_out =
            ["debug/app", "debug/deps/app-1", "debug/incremental/app-1/one", "tmp/deps/libold.rlib"];
        for name in files.into_iter().chain(left_out) {
            let file = from.join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(&file, name).expect("a file");
            File::options().write(true).open(&file).expect("a file").set_modified(then).expect("a time");
        }

        share(&from, &into).expect("shared");

        for name in files {
            assert_eq!(fs::read_to_string(into.join(name)).expect(name), name);
            assert_eq!(fs::metadata(into.join(name)).and_then(|file| file.modified()).expect(name), then);
        }
        assert!(left_out.iter().all(|name| !into.join(name).exists()));
        // A second run finds what the first has compiled.
        fs::write(into.join(files[1]), "newer").expect("a file");
        share(&from, &into).expect("shared");
        assert_eq!(fs::read_to_string(into.join(files[1])).expect("a file"), "newer");
        // What Cargo notes in the one folder is not noted in the other.
        fs::write(into.join(files[0]), "newer").expect("a file");
        assert_eq!(fs::read_to_string(from.join(files[0])).expect("a file"), files[0]);
    }
}
