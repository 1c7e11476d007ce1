//! The bytes of objects, as files. A file is named after the object's version, which is a UUID, never after the object's
//! name: nothing that a client sends becomes a file name.

use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use uuid::Uuid;

/// The folder with the files of all objects.
pub(crate) struct ObjectFiles {
    folder: PathBuf,
}

impl ObjectFiles {
    /// Uses `folder`, which is made when it is missing.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Writes the file of `version`. The row that names the version is to be written after the file.
    pub(crate) async fn write(&self, version: Uuid, bytes: &[u8]) -> io::Result<()> {
        tokio::fs::write(self.path(version), bytes).await
    }

    /// Reads the file of `version`.
    pub(crate) async fn read(&self, version: Uuid) -> io::Result<Bytes> {
        tokio::fs::read(self.path(version)).await.map(Bytes::from)
    }

    /// Removes the file of `version`, whose row was deleted. A failure only leaves an unused file, so it is only logged.
    pub(crate) async fn remove(&self, version: Uuid) {
        if let Err(error) = tokio::fs::remove_file(self.path(version)).await {
            tracing::warn!(%version, %error, "an object's bytes stay behind");
        }
    }

    fn path(&self, version: Uuid) -> PathBuf {
        self.folder.join(version.to_string())
    }
}
