//! A [`SessionStore`] in a folder: one file a key, written whole or not at all, for programs without a store of their
//! own. The files are protected by their modes only.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use zeroize::Zeroize;

use crate::secret::Secret;
use crate::store::in_use::retry_while_in_use;
use crate::store::{SessionStore, StoreError, StoreKey, StoreLock};

/// The file whose lock is the store's.
const LOCK_FILE: &str = "lock";
/// The pause between two attempts at a lock that another program has. Waiting in the kernel could not be given up.
const LOCK_PAUSE: Duration = Duration::from_millis(20);
/// How many attempts are made: ten seconds in all.
const LOCK_ATTEMPTS: u32 = 500;
/// A half-written file of a program that was killed is removed when it is this old.
const LEFT_BEHIND: Duration = Duration::from_secs(60);
/// The content of a file whose value was removed in a folder that cannot be written. It is no text: 0xff is never part
/// of UTF-8.
const FORGOTTEN: &[u8] = &[0xff];
/// Ends the names of files that are being written.
const UNFINISHED: &str = ".new";

/// A store in a folder of its own: `<key>.json` holds the value as it is (the session in supabase-js's form).
///
/// Files are of mode 0600 in a folder of mode 0700 and not encrypted: whoever can read the owner's files can read the
/// session. A value is written to a second file, synced and renamed, so a crash leaves the old value or the new one.
/// Programs that share a folder keep each other out with a lock on a file in it (advisory; let go when a program ends,
/// however it ends). On network file systems the lock is as good as the file system's.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// A store in this folder, which is made if it is not there. It must be for this store alone: then it is closed to
    /// everybody but its owner. A folder in which something else lies keeps its mode; the store's own files are closed
    /// in any case. Blocks for as long as the file system takes.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] when there can be no such folder.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        make_private(&folder).map_err(|error| unwritable(&error))?;
        sweep(&folder).map_err(|error| unwritable(&error))?;
        Ok(Self { folder })
    }

    fn file(&self, key: &StoreKey) -> PathBuf {
        self.folder.join(format!("{}.json", file_name(key.as_str())))
    }
}

#[async_trait]
impl SessionStore for FileStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let file = self.file(key);
        let bytes = match blocking(move || retry_while_in_use(|| std::fs::read(&file))).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::Unreadable(error.to_string())),
        };
        if bytes == FORGOTTEN {
            return Ok(None);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Secret::from(text))),
            Err(error) => {
                error.into_bytes().zeroize();
                Err(StoreError::Corrupt)
            }
        }
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        let (file, value) = (self.file(key), value.clone());
        blocking(move || replace(&file, value.expose().as_bytes())).await.map_err(|error| unwritable(&error))
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        let file = self.file(key);
        let removed = blocking(move || match retry_while_in_use(|| std::fs::remove_file(&file)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            // The folder cannot be written: the file's content is overwritten instead.
            Err(error) => forget_in_place(&file).map_err(|_| error),
            Ok(()) => sync_folder(&file),
        });
        removed.await.map_err(|error| unwritable(&error))
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        for _ in 0..LOCK_ATTEMPTS {
            let path = self.folder.join(LOCK_FILE);
            match blocking(move || try_lock(&path)).await {
                Ok(Some(file)) => return Ok(StoreLock::new(file)),
                Ok(None) => tokio::time::sleep(LOCK_PAUSE).await,
                Err(error) => return Err(unwritable(&error)),
            }
        }
        Err(StoreError::Unwritable("another program holds the lock".to_owned()))
    }
}

fn unwritable(error: &io::Error) -> StoreError {
    StoreError::Unwritable(error.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A key as the name of a file: whatever might mean something to a file system is written as `%` and its hex value.
fn file_name(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    key.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") })
        .collect()
}

/// Writes the value to a new file, then renames that.
fn replace(file: &Path, value: &[u8]) -> io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // Each write has a file of its own, as others may write at the same time.
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let unfinished = file.with_extension(format!("{}-{count}{UNFINISHED}", std::process::id()));
    let written = write_new(&unfinished, value)
        .and_then(|()| retry_while_in_use(|| std::fs::rename(&unfinished, file)));
    if let Err(error) = written {
        if let Err(left) = std::fs::remove_file(&unfinished)
            && left.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(error = %left, "a half-written file is left behind");
        }
        return Err(error);
    }
    sync_folder(file)
}

fn write_new(path: &Path, value: &[u8]) -> io::Result<()> {
    let mut file = private().write(true).create_new(true).open(path)?;
    file.write_all(value)?;
    file.sync_all()
}

/// Overwrites the value, then cuts the file. Neither needs a free block or a writable folder.
fn forget_in_place(path: &Path) -> io::Result<()> {
    if !std::fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    file.write_all(&vec![FORGOTTEN[0]; length.max(1)])?;
    file.sync_all()?;
    file.set_len(1)?;
    file.sync_all()
}

/// Takes the lock. `None` when another program has it.
fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = private().write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Removes the half-written files of programs that were killed, so that no old session stays in the folder.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let unfinished = entry.file_name().to_string_lossy().ends_with(UNFINISHED);
        // A file that was modified in the future is not old.
        let old =
            || Ok::<_, io::Error>(entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age > LEFT_BEHIND));
        if unfinished && old()? {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has modes"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mode = std::fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 == 0 || !holds_only_a_store(folder)? {
        return Ok(());
    }
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// Whether the folder holds nothing but this store's files. Another folder, for example somebody's home, must not be
/// closed to others.
#[cfg(unix)]
fn holds_only_a_store(folder: &Path) -> io::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != LOCK_FILE && !name.ends_with(".json") && !name.ends_with(UNFINISHED) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// A rename or a removal lasts only when the folder is synced too.
#[cfg(unix)]
fn sync_folder(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_name_of_a_file_on_every_system() {
        assert_eq!(file_name("sb-abcd-auth-token"), "sb-abcd-auth-token");
        assert_eq!(file_name("sb-[::1]-auth-token"), "sb-%5b%3a%3a1%5d-auth-token");
        assert_eq!(file_name("../x"), "%2e%2e%2fx");
    }

    #[test]
    fn what_was_left_half_written_is_removed_once_it_is_old() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["a.1-1.new", "b.2-1.new", "c.json"];
        for name in names {
            std::fs::write(folder.path().join(name), "secret").unwrap();
        }
        let old = std::time::SystemTime::now() - LEFT_BEHIND - LEFT_BEHIND;
        for name in ["a.1-1.new", "c.json"] {
            File::options().write(true).open(folder.path().join(name)).unwrap().set_modified(old).unwrap();
        }

        FileStore::open(folder.path()).unwrap();

        let left = names.map(|name| folder.path().join(name).exists());
        assert_eq!(left, [false, true, true]);
    }
}
