//! Files that are replaced whole or not at all, readable by their owner only. What is overwritten where it lies stands
//! in `in_place`.

mod in_place;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Serialize;
use supabase_session::retry_while_in_use;

use super::steps::{step, synced};
pub(super) use in_place::overwrite_with;
use in_place::{open_in_place, overwrite};
pub use in_place::{shrink_in_place, wipe};

/// No file of the store is nearly as long: pictures and edits are the longest. What is longer is no file of ours, and is
/// neither read into memory nor overwritten byte by byte. It may be sparse, and longer than the disk.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Ends the name of a file that was set aside.
pub(super) const QUARANTINE: &str = "quarantine";

/// Replaces `path` by `bytes`: a new file beside it, synced, then renamed over it. A crash at any instant leaves
/// the old content or the new.
///
/// # Errors
/// When a step fails; the old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    commit(&write_next(path, bytes)?, path)
}

/// The same with this value as JSON.
///
/// # Errors
/// As [`replace`], or when the value cannot be written as JSON.
pub fn replace_json(path: &Path, value: &impl Serialize) -> io::Result<()> {
    replace(path, &serde_json::to_vec_pretty(value)?)
}

/// Where a file goes that makes no sense: beside its place, under its name with [`QUARANTINE`] behind it.
#[must_use]
pub fn aside(path: &Path) -> PathBuf {
    beside(path, QUARANTINE)
}

/// Puts a file that makes no sense [`aside`].
///
/// # Errors
/// When it cannot be renamed.
pub fn set_aside(path: &Path) -> io::Result<()> {
    rename(path, &aside(path))
}

/// Gives a file another name, over whatever has that name.
///
/// # Errors
/// When it cannot be renamed.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    retry_while_in_use(|| fs::rename(from, to))
}

/// Removes a file. No file is fine.
///
/// # Errors
/// When it stays.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match retry_while_in_use(|| fs::remove_file(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// As [`replace`], and what lay there before is overwritten on the disk.
///
/// # Errors
/// When a step fails before the new file has taken its place; the old file is then as it was.
pub(super) fn replace_and_wipe(path: &Path, bytes: &[u8]) -> io::Result<()> {
    commit_and_wipe(&write_next(path, bytes)?, path)
}

/// The next content of `path`, synced beside it. Gives back where it lies.
fn write_next(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let next = next_to(path);
    let mut file = create_private(&next)?;
    file.write_all(bytes)?;
    step("file written");
    sync(&file)?;
    step("file synced");
    Ok(next)
}

/// As [`commit`], and what lay there before is overwritten on the disk.
///
/// # Errors
/// When a step fails before the new file has taken its place; the old file is then as it was.
pub(super) fn commit_and_wipe(next: &Path, path: &Path) -> io::Result<()> {
    // Windows replaces no file that is open.
    let old = cfg!(unix).then(|| open_in_place(path));
    commit(next, path)?;
    // It has no name any more. What fails here is as safe as what any other program deletes.
    if let Some(Err(error)) = old.map(|old| old.and_then(|mut old| overwrite(&mut old)))
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::debug!(kind = %error.kind(), "a replaced file cannot be overwritten");
    }
    Ok(())
}

/// The bytes of a file that is one: opening a pipe would wait for ever, and a device has no end.
///
/// # Errors
/// `InvalidInput` for anything else than a file, `InvalidData` for one that is too long to make sense, or what reading
/// it answers.
pub(super) fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if metadata.len() > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    retry_while_in_use(|| fs::read(path))
}

/// Whether there is no such file, or not even a folder for it.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Where the next content of `path` is written before it takes its place.
#[must_use]
pub fn next_to(path: &Path) -> PathBuf {
    beside(path, "next")
}

/// The place beside a file that has its name with this ending behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// An empty file at `path` that only its owner may read. What lay there is removed first, so that its mode, or a
/// link in its place, is not taken over.
///
/// # Errors
/// When the file cannot be made.
pub fn create_private(path: &Path) -> io::Result<File> {
    remove(path)?;
    step("place cleared");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = retry_while_in_use(|| options.open(path))?;
    step("file created");
    Ok(file)
}

/// The file at `path`, made for its owner only where there is none. What it holds stays.
///
/// # Errors
/// When it can be neither opened nor made.
pub fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// The file at `path`, locked; `None` while another program has its lock. The lock is let go with the file.
///
/// # Errors
/// When it can be neither opened nor locked.
pub fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = open_private(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Renames `next` over `path` and syncs the folder, so that the new name survives a power cut.
///
/// # Errors
/// When the rename or the sync fails.
pub fn commit(next: &Path, path: &Path) -> io::Result<()> {
    rename(next, path)?;
    step("file renamed");
    sync_folder(path)
}

/// Syncs the folder of `path`, so that a name in it that was made or changed survives a power cut.
///
/// # Errors
/// When the folder cannot be synced.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        sync(&File::open(folder)?)?;
        step("folder synced");
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Has the disk keep what a file holds, or which names a folder has.
///
/// # Errors
/// When the disk does not.
pub(super) fn sync(file: &File) -> io::Result<()> {
    file.sync_all()?;
    synced(file);
    Ok(())
}

/// Tells one version of a file from another. Each is written beside and renamed, so that none has the inode of the
/// one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    inode: u64,
    length: u64,
    modified: Option<SystemTime>,
}

impl Version {
    /// Of the file at `path`; `None` where there is no file.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok()?;
        let inode = inode(path, &metadata);
        Some(Self { inode, length: metadata.len(), modified: metadata.modified().ok() })
    }
}

#[cfg(unix)]
fn inode(_: &Path, metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Windows' file index, for which the file has to be opened. Its clock for files may stand still for 16 ms, in which two
/// versions of the same length would look the same. Without an answer length and time are all that is compared.
#[cfg(windows)]
fn inode(path: &Path, _: &fs::Metadata) -> u64 {
    let asked = winapi_util::Handle::from_path_any(path).and_then(winapi_util::file::information);
    asked.map_or(0, |file| file.file_index())
}

/// Fails when others than the owner may read the file or list its folder.
///
/// # Errors
/// `PermissionDenied` when the modes are wider than 0600 and 0700, or what `stat` answers.
pub fn check_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let wide = |path: &Path| Ok::<_, io::Error>(fs::metadata(path)?.permissions().mode() & 0o077 != 0);
        if wide(path)? || path.parent().map_or(Ok(false), wide)? {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the store is readable by others"));
        }
    }
    #[cfg(not(unix))]
    fs::metadata(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_holds_the_new_content_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");

        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_version_is_told_from_the_next_of_the_same_length_and_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
        let written = |bytes: &[u8]| {
            replace(&path, bytes).unwrap();
            File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
            Version::of(&path).unwrap()
        };

        let first = written(b"one");

        assert_eq!(Version::of(&path), Some(first));
        assert_ne!(written(b"two"), first);
        assert_eq!(Version::of(&folder.path().join("b.json")), None);
    }

    #[test]
    fn a_file_that_is_longer_than_any_of_ours_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        File::create(&path).unwrap().set_len(LONGEST + 1).unwrap();

        assert_eq!(read_regular(&path).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_found_out() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let path = folder.path().join("a.json");
        replace(&path, b"one").unwrap();
        check_private(&path).unwrap();

        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(check_private(&path).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_next_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let victim = folder.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        std::os::unix::fs::symlink(&victim, next_to(&path)).unwrap();

        replace(&path, b"new").unwrap();

        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}
