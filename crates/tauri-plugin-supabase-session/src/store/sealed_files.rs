//! Whole files of the app (a cached profile, edits that wait), sealed with a key of their own that outlives a sign-out.

use std::io;
use std::path::Path;
use std::sync::Arc;

use supabase_session::Secret;

use super::access::{KeyAccess, State};
use super::file;
use super::seal::{Binding, Form, Sealed};
use super::setting;

/// What the generation of a file says: files have none, as the newest one is always the only one.
const GENERATION: u64 = 1;

/// What stands in the place of a slot's name.
const SLOT: &str = "file";

/// Files of the app, each sealed whole with the protection that the session has. Cheap to clone. Every call blocks for as
/// long as the disk takes, and never for a keychain.
///
/// A file is bound to the app and to its path below the data folder: a copy elsewhere does not open.
#[derive(Clone)]
pub struct SealedFiles {
    access: Arc<KeyAccess>,
    app: Arc<str>,
    root: Arc<Path>,
}

/// Why a file cannot be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedFileError {
    /// The person chose that nothing is written: what was to be kept lives in memory only.
    #[error("nothing is written, as the person chose")]
    NotKept,
    /// The key cannot be had now: the keychain is locked, does not answer, or has not answered yet.
    #[error("the key cannot be had now")]
    KeyMissing,
    /// What lies there is not sealed: an older version wrote it, or somebody else. It is left as it is.
    #[error("the file is not sealed")]
    NotSealed,
    /// It is sealed and does not open: it was damaged, moved, or sealed with a key that is gone. It was set aside.
    #[error("the sealed file does not open")]
    Damaged,
    /// The operating system does not let it be read or written.
    #[error("the file cannot be read or written: {0}")]
    Disk(io::ErrorKind),
}

impl SealedFiles {
    pub(super) fn new(access: Arc<KeyAccess>, app: &str, root: &Path) -> Self {
        Self { access, app: app.into(), root: root.into() }
    }

    /// Files below `root` (absolute), sealed with keys that only this process has. For tests of apps.
    ///
    /// # Errors
    /// [`SealedFileError::KeyMissing`] when the system gives no randomness.
    pub fn of_this_process(app: &str, root: &Path) -> Result<Self, SealedFileError> {
        let access = KeyAccess::of_this_process(root).map_err(|_| SealedFileError::KeyMissing)?;
        Ok(Self::new(access, app, root))
    }

    /// What was last written at `path`, which is absolute or below the data folder. `None` where there is no file, and
    /// while the person wants nothing to be kept.
    ///
    /// # Errors
    /// See [`SealedFileError`].
    pub fn read(&self, path: &Path) -> Result<Option<Secret<Vec<u8>>>, SealedFileError> {
        let path = self.root.join(path);
        let bytes = match file::read_regular(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                tracing::warn!("a file of the app is far too long; it is set aside");
                file::set_aside(&path).map_err(|error| disk(&error))?;
                return Err(SealedFileError::Damaged);
            }
            Err(error) => return Err(disk(&error)),
        };
        let sealed = match Form::of(&bytes) {
            Form::Sealed(sealed) => sealed,
            Form::Later => return Err(SealedFileError::Damaged),
            Form::Other => return Err(SealedFileError::NotSealed),
        };
        let subject = self.subject(&path);
        let State::Ready(ready) = self.access.state() else { return Err(SealedFileError::KeyMissing) };
        let Some(keys) = &ready.keys else { return Ok(None) };
        if let Some(text) = sealed.open(&keys.data, &self.binding(&subject)) {
            return Ok(Some(text));
        }
        tracing::warn!("a sealed file of the app does not open; it is set aside");
        file::set_aside(&path).map_err(|error| disk(&error))?;
        Err(SealedFileError::Damaged)
    }

    /// Replaces the file at `path` whole, readable by its owner only. What lay there before is overwritten on the disk.
    ///
    /// # Errors
    /// See [`SealedFileError`]; the file is then as it was.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), SealedFileError> {
        let path = self.root.join(path);
        let subject = self.subject(&path);
        let State::Ready(ready) = self.access.state() else { return Err(SealedFileError::KeyMissing) };
        let Some(keys) = &ready.keys else { return Err(SealedFileError::NotKept) };
        let sealed = Sealed::new(&keys.data, &self.binding(&subject), GENERATION, bytes);
        let text = sealed.map_err(|_| SealedFileError::Disk(io::ErrorKind::Other))?;
        let text = serde_json::to_vec(&text).map_err(|_| SealedFileError::Disk(io::ErrorKind::Other))?;
        file::replace_and_wipe(&path, &text).map_err(|error| disk(&error))
    }

    /// Overwrites and removes the file at `path`, sealed or not. No file is fine. Needs no key.
    ///
    /// # Errors
    /// [`SealedFileError::Disk`] when it could neither be overwritten nor removed.
    pub fn remove(&self, path: &Path) -> Result<(), SealedFileError> {
        file::wipe(&self.root.join(path)).map_err(|error| disk(&error))
    }

    /// Has `seal` seal what an older version of the app wrote in plain text, once for all starts: it reads many files, and
    /// says whether all are sealed now. Waits for the next call where there is no key.
    pub fn seal_once(&self, seal: impl FnOnce() -> bool) {
        let has_keys = matches!(self.access.state(), State::Ready(ready) if ready.keys.is_some());
        let is_done = || setting::read(self.access.folder()).is_ok_and(|(record, _)| record.files_sealed);
        if !has_keys || is_done() || !seal() {
            return;
        }
        if let Err(error) = self.access.change_record(|record| record.files_sealed = true) {
            tracing::warn!(kind = %error.kind(), "the next start looks for plain files once more");
        }
    }

    /// The path below the data folder, with `/` between its parts on every system.
    fn subject(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    fn binding<'a>(&'a self, subject: &'a str) -> Binding<'a> {
        Binding { app: &self.app, subject, slot: SLOT }
    }
}

fn disk(error: &io::Error) -> SealedFileError {
    SealedFileError::Disk(error.kind())
}
