//! Which protection is in use, in a small file beside the store: what holds the keys, and under which name. It holds no
//! secret. Writing it is the moment at which a change of the protection counts.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use supabase_session_contract::protection::Protection;

use super::file::{self, Version};
use super::keys::KeyId;

/// The file's name in the store's folder.
const FILE_NAME: &str = "protection.json";

/// The name of the file whose lock keeps two programs from writing the setting at once. It is always empty.
const LOCK_NAME: &str = "protection.lock";

/// The version of the file's form.
const FORM: u32 = 1;

/// Which protection is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    /// What the person chose; `None` while the app took whatever the machine has.
    pub(super) chosen: Option<Protection>,
    /// Where the keys are.
    pub(super) place: KeyPlace,
}

/// What holds the keys, and their name there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyPlace {
    /// The system's keychain.
    Keychain(KeyId),
    /// A file beside the store.
    File(KeyId),
    /// Nothing: the session is in memory only.
    Nowhere,
}

impl KeyPlace {
    /// What a person calls it.
    pub(super) fn protection(&self) -> Protection {
        match self {
            Self::Keychain(_) => Protection::Keychain,
            Self::File(_) => Protection::KeyFile,
            Self::Nowhere => Protection::Memory,
        }
    }
}

/// The setting as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u32,
    chosen: Option<Protection>,
    active: Protection,
    key: Option<String>,
}

/// The file of the store in this folder.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE_NAME)
}

/// Keeps other programs from writing the setting until it is dropped. Each holds it for as long as a small file takes.
/// `None` where there are no locks (some network disks): then the last one counts.
pub(super) fn lock(folder: &Path) -> Option<File> {
    let locked = file::open_private(&folder.join(LOCK_NAME)).and_then(|file| file.lock().map(|()| file));
    locked.inspect_err(|error| tracing::debug!(kind = %error.kind(), "the setting cannot be locked")).ok()
}

/// The setting, with the version of its file. `None` where there is none, or where it makes no sense.
///
/// # Errors
/// When the file is there and cannot be read.
pub(super) fn read(folder: &Path) -> io::Result<Option<(Setting, Option<Version>)>> {
    let path = path(folder);
    // Before it is read: if it is replaced meanwhile, it is read once more.
    let version = Version::of(&path);
    let bytes = match file::read_regular(&path) {
        Ok(bytes) => bytes,
        Err(error) if file::is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let setting = serde_json::from_slice::<Stored>(&bytes).ok().and_then(Setting::from_stored);
    if setting.is_none() {
        tracing::warn!("the setting of the session's protection makes no sense; it is made anew");
    }
    Ok(setting.map(|setting| (setting, version)))
}

/// Writes the setting. Gives back the version of its file.
///
/// # Errors
/// When it cannot be written; the one from before still counts then.
pub(super) fn write(folder: &Path, setting: &Setting) -> io::Result<Option<Version>> {
    let (active, key) = match &setting.place {
        KeyPlace::Keychain(id) | KeyPlace::File(id) => {
            (setting.place.protection(), Some(id.as_str().to_owned()))
        }
        KeyPlace::Nowhere => (Protection::Memory, None),
    };
    let text = serde_json::to_vec_pretty(&Stored { v: FORM, chosen: setting.chosen, active, key })?;
    let path = path(folder);
    file::replace(&path, &text)?;
    Ok(Version::of(&path))
}

impl Setting {
    fn from_stored(stored: Stored) -> Option<Self> {
        let id = || stored.key.as_deref().and_then(KeyId::parse);
        let place = match stored.active {
            _ if stored.v != FORM => return None,
            Protection::Keychain => KeyPlace::Keychain(id()?),
            Protection::KeyFile => KeyPlace::File(id()?),
            Protection::Memory => KeyPlace::Nowhere,
        };
        Some(Self { chosen: stored.chosen, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_comes_back_and_one_that_makes_no_sense_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let id = KeyId::random().unwrap();
        assert!(read(folder.path()).unwrap().is_none());
        for setting in [
            Setting { chosen: None, place: KeyPlace::File(id.clone()) },
            Setting { chosen: Some(Protection::Keychain), place: KeyPlace::Keychain(id) },
            Setting { chosen: Some(Protection::Memory), place: KeyPlace::Nowhere },
        ] {
            let version = write(folder.path(), &setting).unwrap();
            assert_eq!(read(folder.path()).unwrap(), Some((setting, version)));
        }
        for broken in ["", "{", r#"{"v":2,"active":"memory"}"#, r#"{"v":1,"active":"key_file","key":"../x"}"#]
        {
            std::fs::write(path(folder.path()), broken).unwrap();
            assert!(read(folder.path()).unwrap().is_none(), "{broken}");
        }
    }
}
