//! Keys in a file beside the store that only its owner may read. Whoever can read that file and the store can read the
//! session: this is what is left where a system has no keychain, and it is never called encryption.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use supabase_session::Secret;

use super::file;
use super::keys::{KeyError, KeyHolder, KeyId, Keys};
use super::steps::step;

/// Keys in files of this folder.
#[derive(Debug, Clone)]
pub(super) struct KeyFile {
    folder: PathBuf,
}

impl KeyFile {
    /// Keys in files of this folder. Nothing is read yet.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, id: &KeyId) -> PathBuf {
        self.folder.join(format!("key-{}", id.as_str()))
    }
}

impl KeyHolder for KeyFile {
    fn get(&self, id: &KeyId) -> Result<Option<Keys>, KeyError> {
        match file::read_regular(&self.path(id)).map(Secret::new) {
            // A file that holds no keys never will.
            Ok(bytes) => Ok(Keys::from_held(bytes.expose())),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::InvalidData => Ok(None),
                _ => Err(KeyError::disk(&error)),
            },
        }
    }

    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError> {
        let path = self.path(id);
        let written = file::create_private(&path).and_then(|mut file| {
            file.write_all(keys.to_held().expose())?;
            step("key written");
            file::sync(&file)?;
            step("key synced");
            Ok(())
        });
        written.and_then(|()| file::sync_folder(&path)).map_err(|error| KeyError::disk(&error))
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeyError> {
        let path = self.path(id);
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(());
        }
        file::wipe(&path).map_err(|error| KeyError::disk(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_for_their_owner_only_and_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (holder, id) = (KeyFile::new(folder.path().to_owned()), KeyId::random().unwrap());
        let keys = Keys::random().unwrap();
        assert!(holder.get(&id).unwrap().is_none());

        holder.set(&id, &keys).unwrap();

        assert_eq!(holder.get(&id).unwrap().unwrap().data.expose(), keys.data.expose());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(holder.path(&id)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        holder.remove(&id).unwrap();
        holder.remove(&id).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_torn_file_holds_no_keys() {
        let folder = tempfile::tempdir().unwrap();
        let (holder, id) = (KeyFile::new(folder.path().to_owned()), KeyId::random().unwrap());
        holder.set(&id, &Keys::random().unwrap()).unwrap();
        let whole = fs::read(holder.path(&id)).unwrap();

        for length in 0..whole.len() {
            fs::write(holder.path(&id), &whole[..length]).unwrap();
            assert!(holder.get(&id).unwrap().is_none(), "{length} bytes");
        }
    }
}
