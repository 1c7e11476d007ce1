//! The bytes of objects, as files. A file is named after the object's version, never after its path, so
//! nothing that a client sends becomes a file name.

use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use uuid::Uuid;

/// The folder in which the bytes lie.
pub(crate) struct ObjectFiles {
    folder: PathBuf,
}

impl ObjectFiles {
    /// Uses `folder`, which is made if need be.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Keeps `bytes` as `version`. The row that names the version is written after this.
    pub(crate) async fn write(&self, version: Uuid, bytes: &[u8]) -> io::Result<()> {
        tokio::fs::write(self.path(version), bytes).await
    }

    /// The bytes of `version`.
    pub(crate) async fn read(&self, version: Uuid) -> io::Result<Bytes> {
        tokio::fs::read(self.path(version)).await.map(Bytes::from)
    }

    /// Drops `version`, whose row is gone. Nothing depends on it any more, so a failure is only told.
    pub(crate) async fn remove(&self, version: Uuid) {
        if let Err(error) = tokio::fs::remove_file(self.path(version)).await {
            tracing::warn!(%version, %error, "an object's bytes stay behind");
        }
    }

    fn path(&self, version: Uuid) -> PathBuf {
        self.folder.join(version.to_string())
    }
}
