//! Which protection is in use, in a small file beside the store: what holds the keys, and under which name. It holds no
//! secret. Writing it is the moment at which a change of the protection counts.
//!
//! Keys that do not count stand in it too, from before they are made until after they are removed: a program that is
//! killed in between leaves no key behind that nobody knows of.

use std::fs::{File, TryLockError};
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

/// The name of the file that is locked by whoever makes keys which do not count yet. It is always empty.
const MAKING_LOCK_NAME: &str = "keys.lock";

/// The version of the file's form.
const FORM: u32 = 1;

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Which protection is in use; `None` before the first keys are held.
    pub(super) setting: Option<Setting>,
    /// Keys that may be held and do not count: those that are being made, and those that were not removed yet.
    pub(super) unused: Vec<KeyPlace>,
    /// What an older version of the app wrote in plain text is sealed.
    pub(super) files_sealed: bool,
}

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

    /// The name of the keys; `None` where there are none.
    fn id(&self) -> Option<&KeyId> {
        match self {
            Self::Keychain(id) | Self::File(id) => Some(id),
            Self::Nowhere => None,
        }
    }
}

/// The record as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Stored {
    v: u32,
    chosen: Option<Protection>,
    active: Option<Protection>,
    key: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unused: Vec<StoredKey>,
    #[serde(default)]
    files_sealed: bool,
}

/// Keys as they are named in the file.
#[derive(Serialize, Deserialize)]
struct StoredKey {
    holder: Protection,
    key: String,
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

/// Tells other programs that keys are made which do not count yet, until it is dropped. May wait for as long as another
/// program reads a small file. `None` where there are no locks.
pub(super) fn making(folder: &Path) -> Option<File> {
    let file = file::open_private(&folder.join(MAKING_LOCK_NAME));
    let locked = file.and_then(|file| file.lock_shared().map(|()| file));
    locked.inspect_err(|error| tracing::debug!(kind = %error.kind(), "the new keys cannot be locked")).ok()
}

/// The keys that do not count and never will. `None` while a program makes keys, or where that cannot be told.
///
/// # Errors
/// When the file is there and cannot be read.
pub(super) fn abandoned(folder: &Path) -> io::Result<Option<Vec<KeyPlace>>> {
    let lock = file::open_private(&folder.join(MAKING_LOCK_NAME))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(read(folder)?.0.unused)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            tracing::debug!(kind = %error.kind(), "nobody can tell whether another program makes keys");
            Ok(None)
        }
    }
}

/// The record, with the version of its file. An empty one where there is no file, or where it makes no sense.
///
/// # Errors
/// When the file is there and cannot be read.
pub(super) fn read(folder: &Path) -> io::Result<(Record, Option<Version>)> {
    let path = path(folder);
    // Before it is read: if it is replaced meanwhile, it is read once more.
    let version = Version::of(&path);
    let bytes = match file::read_regular(&path) {
        Ok(bytes) => bytes,
        Err(error) if file::is_absent(&error) => return Ok((Record::default(), None)),
        Err(error) => return Err(error),
    };
    let record = serde_json::from_slice::<Stored>(&bytes).ok().and_then(Record::from_stored);
    if record.is_none() {
        tracing::warn!("the setting of the session's protection makes no sense; it is made anew");
    }
    Ok((record.unwrap_or_default(), version))
}

/// Changes the record. Only while [`lock`] is held. Gives back the version of its file.
///
/// # Errors
/// When it cannot be read or written; the one from before still counts then.
pub(super) fn update(folder: &Path, change: impl FnOnce(&mut Record)) -> io::Result<Option<Version>> {
    let (before, version) = read(folder)?;
    let mut record = before.clone();
    change(&mut record);
    if record == before && version.is_some() {
        return Ok(version);
    }
    let path = path(folder);
    file::replace_json(&path, &record.to_stored())?;
    Ok(Version::of(&path))
}

impl Record {
    /// Keys of this place may be held from now on, and do not count.
    pub(super) fn name(&mut self, place: &KeyPlace) {
        if *place != KeyPlace::Nowhere && !self.unused.contains(place) {
            self.unused.push(place.clone());
        }
    }

    /// No keys of this place are held any more.
    pub(super) fn unname(&mut self, place: &KeyPlace) {
        self.unused.retain(|unused| unused != place);
    }

    /// This setting counts from now on; the keys of the one before do not. Keys that were not replaced
    /// (`!are_replaced`) still open what was set aside, and stay.
    pub(super) fn set(&mut self, setting: Setting, are_replaced: bool) {
        let before = self.setting.take().filter(|before| before.place != setting.place);
        if let Some(before) = before.filter(|_| are_replaced) {
            self.name(&before.place);
        }
        self.unname(&setting.place);
        self.setting = Some(setting);
    }

    fn from_stored(stored: Stored) -> Option<Self> {
        let place = |holder, key: Option<&str>| {
            let id = || key.and_then(KeyId::parse);
            Some(match holder {
                Protection::Keychain => KeyPlace::Keychain(id()?),
                Protection::KeyFile => KeyPlace::File(id()?),
                Protection::Memory => KeyPlace::Nowhere,
            })
        };
        if stored.v != FORM {
            return None;
        }
        let setting = match stored.active {
            Some(active) => {
                Some(Setting { chosen: stored.chosen, place: place(active, stored.key.as_deref())? })
            }
            None => None,
        };
        let unused = stored.unused.iter().filter_map(|unused| place(unused.holder, Some(&unused.key)));
        Some(Self { setting, unused: unused.collect(), files_sealed: stored.files_sealed })
    }

    fn to_stored(&self) -> Stored {
        let place = self.setting.as_ref().map(|setting| &setting.place);
        let unused = self.unused.iter().filter_map(|place| {
            Some(StoredKey { holder: place.protection(), key: place.id()?.as_str().to_owned() })
        });
        Stored {
            v: FORM,
            chosen: self.setting.as_ref().and_then(|setting| setting.chosen),
            active: place.map(KeyPlace::protection),
            key: place.and_then(KeyPlace::id).map(|id| id.as_str().to_owned()),
            unused: unused.collect(),
            files_sealed: self.files_sealed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> KeyId {
        KeyId::random().unwrap()
    }

    #[test]
    fn a_record_comes_back_and_one_that_makes_no_sense_does_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap(), (Record::default(), None));
        let settings = [
            None,
            Some(Setting { chosen: None, place: KeyPlace::File(id()) }),
            Some(Setting { chosen: Some(Protection::Keychain), place: KeyPlace::Keychain(id()) }),
            Some(Setting { chosen: Some(Protection::Memory), place: KeyPlace::Nowhere }),
        ];
        for setting in settings {
            for unused in [vec![], vec![KeyPlace::File(id()), KeyPlace::Keychain(id())]] {
                let files_sealed = !unused.is_empty();
                let record = Record { setting: setting.clone(), unused, files_sealed };
                let version = update(folder.path(), |known| *known = record.clone()).unwrap();
                assert_eq!(read(folder.path()).unwrap(), (record, version));
            }
        }
        for broken in ["", "{", r#"{"v":2,"active":"memory"}"#, r#"{"v":1,"active":"key_file","key":"../x"}"#]
        {
            std::fs::write(path(folder.path()), broken).unwrap();
            assert_eq!(read(folder.path()).unwrap().0, Record::default(), "{broken}");
        }
    }

    #[test]
    fn a_setting_of_the_version_before_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let text = r#"{"v":1,"chosen":null,"active":"key_file","key":"0123456789abcdef"}"#;
        std::fs::write(path(folder.path()), text).unwrap();

        let place = KeyPlace::File(KeyId::parse("0123456789abcdef").unwrap());
        let setting = Some(Setting { chosen: None, place });
        assert_eq!(read(folder.path()).unwrap().0, Record { setting, ..Record::default() });
    }

    #[test]
    fn keys_are_named_until_they_count_and_again_when_they_do_not_any_more() {
        let [old, new] = [KeyPlace::File(id()), KeyPlace::Keychain(id())];
        let setting = |place: &KeyPlace| Setting { chosen: None, place: place.clone() };
        let mut record = Record::default();

        record.name(&old);
        record.set(setting(&old), true);
        assert_eq!(record, Record { setting: Some(setting(&old)), ..Record::default() });
        record.name(&new);
        record.set(setting(&new), true);
        assert_eq!(
            record,
            Record { setting: Some(setting(&new)), unused: vec![old.clone()], ..Record::default() }
        );
        record.unname(&old);
        record.set(setting(&new), true);
        assert_eq!(record.unused, []);
    }

    #[test]
    fn no_key_is_abandoned_while_somebody_makes_keys() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::File(id());
        let making = [(); 2].map(|()| making(folder.path()).unwrap());
        update(folder.path(), |record| record.name(&place)).unwrap();

        assert_eq!(abandoned(folder.path()).unwrap(), None);
        drop(making);
        assert_eq!(abandoned(folder.path()).unwrap(), Some(vec![place]));
    }
}
