//! Two checkouts that share one target folder. Cargo knows a package of the workspace by its place in the checkout, so
//! it takes what another checkout compiled for fresh, and the paths in it (`env!("CARGO_MANIFEST_DIR")`) lead there.

use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};

/// The file in the target folder that names the checkout which built there last.
const OWNER: &str = "foyer-checkout";

/// Folders that hold no source of this workspace.
const NOT_SOURCES: &[&str] = &["target", "node_modules", "dist", ".git"];

/// Makes the target folder this checkout's own: where another one built last, all Rust sources count as changed.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn take_target(layout: &Layout) -> Result<(), Fault> {
    let owner = layout.target.join(OWNER);
    let here = layout.root.to_string_lossy().into_owned();
    let before = match fs::read_to_string(&owner) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(&owner, &error)),
    };
    if before.as_ref() == Some(&here) {
        return Ok(());
    }
    if before.is_some() {
        eprintln!("The target folder was used by another checkout: this one's packages are compiled again.");
        touch_sources(&layout.root)?;
    }
    fs::create_dir_all(&layout.target).map_err(|error| unreadable(&layout.target, &error))?;
    fs::write(&owner, here).map_err(|error| unreadable(&owner, &error))
}

/// Gives every Rust file the time of now, which Cargo compares with the time of what it built.
fn touch_sources(folder: &Path) -> Result<(), Fault> {
    let now = SystemTime::now();
    for path in entries(folder)? {
        let skipped = path.file_name().is_some_and(|name| NOT_SOURCES.iter().any(|not| name == *not));
        if path.is_symlink() || skipped {
            continue;
        }
        if path.is_dir() {
            touch_sources(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let file = File::options().write(true).open(&path).map_err(|error| unreadable(&path, &error))?;
            file.set_modified(now).map_err(|error| unreadable(&path, &error))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A checkout with one source and one other file, both old, that builds in `target`.
    fn checkout(root: &Path, target: &Path) -> Layout {
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        fs::create_dir_all(root.join("src")).expect("a folder");
        for name in ["src/lib.rs", "README.md"] {
            fs::write(root.join(name), "").expect("a file");
            File::options()
                .write(true)
                .open(root.join(name))
                .and_then(|file| file.set_modified(then))
                .expect("a time");
        }
        let mut layout = Layout::find().expect("a checkout");
        layout.root = root.to_path_buf();
        layout.target = target.to_path_buf();
        layout
    }

    fn is_old(path: &Path) -> bool {
        let age = fs::metadata(path).and_then(|file| file.modified()).expect("a time").elapsed();
        age.is_ok_and(|age| age > Duration::from_secs(3600))
    }

    #[test]
    fn what_another_checkout_compiled_is_compiled_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("target");
        let first = checkout(&folder.path().join("first"), &target);
        let second = checkout(&folder.path().join("second"), &target);

        take_target(&first).expect("taken");
        take_target(&first).expect("taken");
        assert!(is_old(&first.root.join("src/lib.rs")), "nobody else built here");

        take_target(&second).expect("taken");
        assert!(!is_old(&second.root.join("src/lib.rs")), "the first one's packages count as old");
        assert!(is_old(&second.root.join("README.md")), "only sources are compiled");

        take_target(&first).expect("taken");
        assert!(!is_old(&first.root.join("src/lib.rs")), "and back again");
    }
}
