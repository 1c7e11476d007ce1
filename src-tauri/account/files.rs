//! The account's files on this computer, sealed as the session is. What an older version wrote in plain text is read
//! once, sealed and overwritten.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use supabase_session::Secret;
use tauri_plugin_supabase_session::data_dir::make_private;
use tauri_plugin_supabase_session::store::{SealedFileError, SealedFiles};

/// How the names of files end that older versions wrote in plain text.
const ENDINGS: [&str; 2] = ["json", "picture"];

/// Sealed files below one folder. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    sealed: Option<SealedFiles>,
    folder: PathBuf,
}

impl Files {
    /// The files below `folder` (absolute). Without `sealed` nothing is written.
    #[must_use]
    pub fn new(sealed: Option<SealedFiles>, folder: PathBuf) -> Self {
        Self { sealed, folder }
    }

    /// No files: nothing is written.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::new(None, PathBuf::new())
    }

    /// The content of the file of this name below the folder; `None` where there is none.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn read(&self, name: &Path) -> Result<Option<Secret<Vec<u8>>>, SealedFileError> {
        let Some(sealed) = &self.sealed else { return Ok(None) };
        let path = self.folder.join(name);
        match sealed.read(&path) {
            Err(SealedFileError::NotSealed) => take_over(sealed, &path).map(Some),
            read => read,
        }
    }

    /// Replaces the file of this name.
    ///
    /// # Errors
    /// When the file cannot be written, or nothing is to be; what lay there is then as it was.
    pub fn write(&self, name: &Path, content: &[u8]) -> Result<(), SealedFileError> {
        let sealed = self.sealed.as_ref().ok_or(SealedFileError::NotKept)?;
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            make_private(folder).map_err(disk)?;
        }
        sealed.write(&path, content)
    }

    /// Overwrites and removes the file of this name.
    pub fn remove(&self, name: &Path) {
        self.remove_at(&self.folder.join(name));
    }

    /// Overwrites and removes all files at and below `name` whose path `is_meant`, and the folders that are empty then.
    pub fn remove_below(&self, name: &Path, is_meant: impl Fn(&Path) -> bool) {
        let folder = self.folder.join(name);
        all(&folder).iter().filter(|path| is_meant(path)).for_each(|path| self.remove_at(path));
        remove_empty_folders(&folder);
    }

    /// Whether there is a file whose path below the folder `is_meant`.
    pub fn has_any(&self, is_meant: impl Fn(&Path) -> bool) -> bool {
        let paths = all(&self.folder);
        paths.iter().filter_map(|path| path.strip_prefix(&self.folder).ok()).any(is_meant)
    }

    /// Has `seal` seal what an older version wrote, once for all starts. See [`SealedFiles::seal_once`].
    pub fn seal_once(&self, seal: impl FnOnce() -> bool) {
        if let Some(sealed) = &self.sealed {
            sealed.seal_once(seal);
        }
    }

    /// Seals every file that an older version wrote in plain text. False when one could not be.
    pub fn seal_plain(&self) -> bool {
        let Some(sealed) = &self.sealed else { return true };
        let mut is_done = true;
        let is_ours =
            |path: &PathBuf| ENDINGS.iter().any(|ending| path.extension().is_some_and(|it| it == *ending));
        for path in all(&self.folder).into_iter().filter(is_ours) {
            let outcome = match sealed.read(&path) {
                Err(SealedFileError::NotSealed) => take_over(sealed, &path).map(drop),
                // It is out of the way.
                Err(SealedFileError::Damaged) => Ok(()),
                read => read.map(drop),
            };
            if let Err(error) = outcome {
                tracing::warn!(%error, "a file of an older version cannot be sealed");
                is_done = false;
            }
        }
        is_done
    }

    fn remove_at(&self, path: &Path) {
        let Some(sealed) = &self.sealed else { return };
        if let Err(error) = sealed.remove(path) {
            tracing::warn!(%error, "a file of the account cannot be removed");
        }
    }
}

/// A file in plain text. It is sealed, or overwritten and removed where nothing is to be written.
fn take_over(sealed: &SealedFiles, path: &Path) -> Result<Secret<Vec<u8>>, SealedFileError> {
    let content = fs::read(path).map(Secret::new).map_err(disk)?;
    match sealed.write(path, content.expose()) {
        Err(SealedFileError::NotKept) => sealed.remove(path)?,
        written => written?,
    }
    Ok(content)
}

/// All files at any depth below a folder. Links are not followed.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => found.extend(all(&entry.path())),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
    found
}

fn remove_empty_folders(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        // One with something in it stays.
        let _not_empty = fs::remove_dir(entry.path());
    }
}

fn disk(error: io::Error) -> SealedFileError {
    SealedFileError::Disk(error.kind())
}

/// Sealed files below this folder, for tests.
#[cfg(test)]
pub(super) fn sealed(folder: &Path) -> Files {
    Files::new(Some(sealed_files(folder)), folder.to_owned())
}

/// What seals below this folder in tests.
#[cfg(test)]
pub(super) fn sealed_files(root: &Path) -> SealedFiles {
    SealedFiles::of_this_process("app.foyer.test", root).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_disk(folder: &Path) -> String {
        let content = all(folder).into_iter().map(|path| fs::read(path).unwrap());
        content.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read_again_and_nobody_else_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        let name = Path::new("somebody/account.json");

        files.write(name, b"Ada Lovelace").unwrap();

        assert_eq!(files.read(name).unwrap().unwrap().expose(), b"Ada Lovelace");
        assert!(!on_disk(folder.path()).contains("Lovelace"));
        assert!(sealed(folder.path()).read(name).is_err(), "another key does not open it");
    }

    #[test]
    fn what_an_older_version_wrote_in_plain_text_is_sealed_when_it_is_read_or_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        fs::create_dir(folder.path().join("somebody")).unwrap();
        for name in ["edit.json", "somebody/face.picture"] {
            fs::write(folder.path().join(name), "plain text").unwrap();
        }

        assert_eq!(files.read(Path::new("edit.json")).unwrap().unwrap().expose(), b"plain text");
        assert_eq!(on_disk(folder.path()).matches("plain text").count(), 1);

        assert!(files.seal_plain());
        assert!(!on_disk(folder.path()).contains("plain text"));
        assert_eq!(files.read(Path::new("somebody/face.picture")).unwrap().unwrap().expose(), b"plain text");
    }

    #[test]
    fn all_files_are_read_for_it_until_they_are_sealed_and_then_at_no_start_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        let asked = std::cell::Cell::new(0);
        let seal = |is_done: bool| {
            files.seal_once(|| {
                asked.set(asked.get() + 1);
                is_done
            });
            asked.get()
        };

        assert_eq!((seal(false), seal(true), seal(true)), (1, 2, 2));
    }

    #[test]
    fn removing_takes_what_is_meant_and_the_folders_that_are_empty_then() {
        let folder = tempfile::tempdir().unwrap();
        let files = sealed(folder.path());
        for name in ["one/a.json", "one/b.picture", "two/c.picture"] {
            files.write(Path::new(name), b"x").unwrap();
        }

        files.remove_below(Path::new(""), |path| path.extension().is_some_and(|ending| ending == "picture"));

        assert_eq!(all(folder.path()), [folder.path().join("one/a.json")]);
        assert!(!folder.path().join("two").exists());
    }

    #[test]
    fn without_anything_that_seals_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(None, folder.path().to_owned());

        assert_eq!(files.write(Path::new("a.json"), b"x"), Err(SealedFileError::NotKept));

        assert!(all(folder.path()).is_empty() && files.read(Path::new("a.json")).unwrap().is_none());
    }
}
