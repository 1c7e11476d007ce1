//! Looks at the store's folder at every step and sync of a change, and notes what a power cut would leave there.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use tauri_plugin_supabase_session::store::steps;

use super::disk::{Content, Disk, Files, Seen};
use crate::TortureError;
use crate::child::keychain;

/// What a power cut left.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Left {
    /// All changes up to this number had been acknowledged.
    pub(super) acknowledged: u64,
    /// The store's folder.
    pub(super) files: Files,
    /// The keychain: whatever it says it holds, it holds.
    pub(super) keychain: Files,
}

/// Records the store in one folder.
struct Recorder {
    folder: PathBuf,
    disk: Disk,
    acknowledged: u64,
    left: HashSet<Left>,
    failed: Option<io::Error>,
}

/// The recorder of this process, whose store has one observer.
static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);

/// Records the store in this folder from now on.
pub(super) fn begin(folder: &Path) {
    let (disk, left) = (Disk::default(), HashSet::new());
    let folder = folder.to_owned();
    *RECORDER.lock() = Some(Recorder { folder, disk, acknowledged: 0, left, failed: None });
    steps::observe(|_| record(|recorder| recorder.look(None)));
    steps::observe_syncs(|file| {
        let inode = file.metadata().map(|metadata| metadata.ino());
        record(|recorder| recorder.look(Some(inode?)));
    });
}

/// All changes up to this number are acknowledged.
pub(super) fn acknowledge(number: u64) {
    record(|recorder| {
        recorder.acknowledged = number;
        recorder.look(None)
    });
}

/// What may have been left, each once.
///
/// # Errors
/// When the folder could not be looked at.
pub(super) fn end() -> Result<Vec<Left>, TortureError> {
    let recorder = RECORDER.lock().take();
    let recorder = recorder.ok_or_else(|| TortureError::Child("nothing was recorded".into()))?;
    match recorder.failed {
        Some(error) => Err(TortureError::Io("the store's folder is looked at", error)),
        None => Ok(recorder.left.into_iter().collect()),
    }
}

fn record(look: impl FnOnce(&mut Recorder) -> io::Result<()>) {
    if let Some(recorder) = RECORDER.lock().as_mut()
        && let Err(error) = look(recorder)
    {
        recorder.failed = Some(error);
    }
}

impl Recorder {
    /// Looks at the folder. `synced`: the inode of what was synced just now, the folder's own for its names.
    fn look(&mut self, synced: Option<u64>) -> io::Result<()> {
        self.disk.see(&seen(&self.folder)?);
        // Before the sync has had an effect, and after it.
        self.note()?;
        let Some(inode) = synced else { return Ok(()) };
        if inode == fs::metadata(&self.folder)?.ino() {
            self.disk.sync_folder();
        } else {
            self.disk.sync_file(inode);
        }
        self.note()
    }

    fn note(&mut self) -> io::Result<()> {
        let keys = keychain(&self.folder);
        let keychain: Files = if keys.is_dir() {
            seen(&keys)?.into_iter().map(|(name, (_, content))| (name, content)).collect()
        } else {
            BTreeMap::new()
        };
        let acknowledged = self.acknowledged;
        let left = self.disk.after_a_cut().into_iter();
        self.left.extend(left.map(|files| Left { acknowledged, files, keychain: keychain.clone() }));
        Ok(())
    }
}

/// The files right in this folder. One that goes meanwhile is not seen.
fn seen(folder: &Path) -> io::Result<Seen> {
    let mut seen = Seen::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let metadata = match entry.metadata() {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match fs::read(entry.path()) {
            Ok(content) => seen.insert(name, (metadata.ino(), Content::from(content))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
    }
    Ok(seen)
}
