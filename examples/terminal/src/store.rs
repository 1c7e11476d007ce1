//! The session on disk: one file a key, readable by its owner only, replaced as a whole.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use supabase_session::{Secret, SessionStore, StoreError, StoreKey};
use tempfile::NamedTempFile;

/// A folder of such files.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn open(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self(path))
    }

    fn path(&self, key: &StoreKey) -> PathBuf {
        self.0.join(key.as_str())
    }
}

#[async_trait]
impl SessionStore for Folder {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        match fs::read_to_string(self.path(key)) {
            Ok(text) => Ok(Some(Secret::from(text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(StoreError::Corrupt),
            Err(error) => Err(StoreError::Unreadable(error.to_string())),
        }
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        replace(&self.0, &self.path(key), value.expose())
            .map_err(|error| StoreError::Unwritable(error.to_string()))
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        match fs::remove_file(self.path(key)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::Unwritable(error.to_string()))
            }
            _ => Ok(()),
        }
    }
}

/// Writes beside and renames, so that a crash leaves the old file or the new one. Temporary files are their owner's only.
fn replace(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
