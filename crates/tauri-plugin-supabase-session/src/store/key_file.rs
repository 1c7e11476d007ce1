//! Keys in a file beside the store that only its owner may read. Whoever can read that file and the store can read the
//! session: this is what is left where a system has no keychain, and it is never called encryption.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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

    /// Keys that are there are never removed first: at any instant the old ones lie there, or the new ones.
    fn set(&self, id: &KeyId, keys: &Keys) -> Result<(), KeyError> {
        let (path, held) = (self.path(id), keys.to_held());
        let written = match fs::symlink_metadata(&path) {
            Ok(_) => replace(&path, &held),
            Err(_) => create(&path, &held),
        };
        written.map_err(|error| KeyError::disk(&error))
    }

    fn remove(&self, id: &KeyId) -> Result<(), KeyError> {
        let path = self.path(id);
        wipe_next(&path);
        file::wipe(&path).map_err(|error| KeyError::disk(&error))
    }
}

/// Keys of a new name.
fn create(path: &Path, held: &Secret<Vec<u8>>) -> io::Result<()> {
    let mut file = file::create_private(path)?;
    file.write_all(held.expose())?;
    step("key written");
    file::sync(&file)?;
    step("key synced");
    file::sync_folder(path)
}

/// Other keys in the place of those that are there; where no new file can be written, over their bytes.
fn replace(path: &Path, held: &Secret<Vec<u8>>) -> io::Result<()> {
    let Err(error) = file::replace_and_wipe(path, held.expose()) else { return Ok(()) };
    tracing::debug!(kind = %error.kind(), "the key's file cannot be replaced; its bytes are");
    let overwritten = file::overwrite_with(path, held);
    wipe_next(path);
    overwritten
}

/// Removes what was written beside the keys before the disk was full or the program was killed.
fn wipe_next(path: &Path) {
    if let Err(error) = file::wipe(&file::next_to(path)) {
        tracing::debug!(kind = %error.kind(), "a part of a key's file cannot be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::keys::HELD_LENGTH;

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

    /// Keys that are held, and a second name of their file: it shows what becomes of the file itself.
    fn held(folder: &Path) -> (KeyFile, KeyId, PathBuf) {
        let (holder, id) = (KeyFile::new(folder.to_owned()), KeyId::random().unwrap());
        holder.set(&id, &Keys::random().unwrap()).unwrap();
        let witness = folder.join("witness");
        fs::hard_link(holder.path(&id), &witness).unwrap();
        (holder, id, witness)
    }

    #[test]
    fn other_keys_of_the_same_name_take_the_place_of_the_old_ones_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (holder, id, witness) = held(folder.path());
        let new = Keys::random().unwrap();

        holder.set(&id, &new).unwrap();

        assert_eq!(holder.get(&id).unwrap().unwrap().to_held().expose(), new.to_held().expose());
        assert!(!file::next_to(&holder.path(&id)).exists());
        // What is overwritten was not removed first. Windows replaces no file that is open.
        if cfg!(unix) {
            assert!(fs::read(&witness).unwrap().iter().all(|byte| *byte == 0));
        }
    }

    #[test]
    fn where_no_new_file_can_be_written_other_keys_lie_in_the_bytes_of_the_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let (holder, id, witness) = held(folder.path());
        let new = Keys::random().unwrap();
        fs::create_dir(file::next_to(&holder.path(&id))).unwrap();

        holder.set(&id, &new).unwrap();

        assert_eq!(holder.get(&id).unwrap().unwrap().to_held().expose(), new.to_held().expose());
        assert_eq!(&fs::read(&witness).unwrap(), new.to_held().expose());
    }

    #[test]
    fn what_can_be_neither_replaced_nor_overwritten_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (holder, id, witness) = held(folder.path());
        fs::create_dir(file::next_to(&holder.path(&id))).unwrap();
        // Longer than keys are, as a later version may hold them.
        fs::write(&witness, [2_u8; HELD_LENGTH + 1]).unwrap();

        holder.set(&id, &Keys::random().unwrap()).unwrap_err();

        assert_eq!(fs::read(holder.path(&id)).unwrap(), [2_u8; HELD_LENGTH + 1]);
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
