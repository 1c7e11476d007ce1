//! The lock on a data folder, so that only one server at a time uses the folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// The lock on a data folder. The operating system releases the lock when the process ends, even after a crash.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

/// Why a data folder could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another server uses this folder.
    #[error(
        "another supabase-local already runs on {}; stop it, or choose another folder with --data or --ephemeral",
        .0.display()
    )]
    Taken(PathBuf),
    /// The folder or the lock file in it cannot be made.
    #[error("cannot use the data folder {}: {source}", folder.display())]
    Unusable {
        /// The data folder.
        folder: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
}

impl FolderLock {
    /// Locks `folder`, which is made when it is missing.
    ///
    /// # Errors
    /// [`LockError::Taken`] when another server holds the lock, [`LockError::Unusable`] when the folder or
    /// the lock file cannot be made.
    pub(crate) fn acquire(folder: &Path) -> Result<Self, LockError> {
        let unusable = |source| LockError::Unusable { folder: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("supabase-local.lock"))
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Taken(folder.to_owned())),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }
}
