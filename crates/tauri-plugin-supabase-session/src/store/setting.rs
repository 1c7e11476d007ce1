//! Which protection is in use, in a small file beside the store: what holds the keys, and under which name. It holds no
//! secret. Writing it is the moment at which a change of the protection counts. A copy lies beside it, which is read where
//! the file makes no sense: without the name of the keys nothing that is sealed would open.
//!
//! Keys that do not count stand in it too, from before they are made until after they are removed: a program that is
//! killed in between leaves no key behind that nobody knows of.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use supabase_session_contract::protection::Protection;

use super::file::{self, Version};
use super::keys::KeyId;
use super::record_text::{Form, text_of};

/// The file's name in the store's folder.
const FILE_NAME: &str = "protection.json";

/// The name of its copy.
const COPY_NAME: &str = "protection-copy.json";

/// The name of the file whose lock keeps two programs from writing the setting at once. It is always empty.
const LOCK_NAME: &str = "protection.lock";

/// The name of the file that is locked by whoever makes keys which do not count yet. It is always empty.
const MAKING_LOCK_NAME: &str = "keys.lock";

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
    pub(super) fn id(&self) -> Option<&KeyId> {
        match self {
            Self::Keychain(id) | Self::File(id) => Some(id),
            Self::Nowhere => None,
        }
    }
}

/// The file of the store in this folder.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(FILE_NAME)
}

fn copy(folder: &Path) -> PathBuf {
    folder.join(COPY_NAME)
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

/// The record, with the version of its file: out of the copy where the file makes no sense or is gone. An empty one where
/// there is neither.
///
/// # Errors
/// `Unsupported` where a later version of the app wrote it, `InvalidData` where neither makes sense, or what reading them
/// answers.
pub(super) fn read(folder: &Path) -> io::Result<(Record, Option<Version>)> {
    let path = path(folder);
    // Before it is read: if it is replaced meanwhile, it is read once more.
    let version = Version::of(&path);
    let first = look(&path)?;
    let found = match first {
        Some(Form::Said(_) | Form::Later) => first,
        Some(Form::Damaged) => look(&copy(folder))?.or(first),
        None => look(&copy(folder))?,
    };
    match found {
        Some(Form::Said(record)) => Ok((record, version)),
        Some(Form::Later) => Err(io::ErrorKind::Unsupported.into()),
        Some(Form::Damaged) => Err(io::ErrorKind::InvalidData.into()),
        None => Ok((Record::default(), None)),
    }
}

/// As [`read`], for a start: whatever is wrong with one of both files is mended by the other one. Where neither makes
/// sense both are set aside, and the record is an empty one.
///
/// # Errors
/// As [`read`], or when they cannot be set aside.
pub(super) fn read_mended(folder: &Path) -> io::Result<(Record, Option<Version>)> {
    if let Err(error) = mend(folder) {
        tracing::debug!(kind = %error.kind(), "the setting of the protection cannot be written twice");
    }
    match read(folder) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            set_aside(folder)?;
            read(folder)
        }
        found => found,
    }
}

fn mend(folder: &Path) -> io::Result<()> {
    if are_alike(folder) {
        return Ok(());
    }
    let _other_programs = lock(folder);
    if are_alike(folder) {
        return Ok(());
    }
    let (record, _) = read(folder)?;
    tracing::info!("the setting of the session's protection is written twice again");
    write(folder, &record)
}

fn set_aside(folder: &Path) -> io::Result<()> {
    let _other_programs = lock(folder);
    // Another program may have done it.
    if read(folder).is_err_and(|error| error.kind() == io::ErrorKind::InvalidData) {
        tracing::warn!("the setting of the session's protection makes no sense; it is set aside");
        for path in [path(folder), copy(folder)] {
            if let Err(error) = file::set_aside(&path)
                && !file::is_absent(&error)
            {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Whether both files hold the same, or there is none yet.
fn are_alike(folder: &Path) -> bool {
    let [one, other] = [path(folder), copy(folder)].map(|path| file::read_regular(&path).ok());
    one == other
}

/// What the file at `path` says; `None` where there is none.
fn look(path: &Path) -> io::Result<Option<Form>> {
    match file::read_regular(path) {
        Ok(bytes) => Ok(Some(Form::of(&bytes))),
        // It is far too long.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Some(Form::Damaged)),
        Err(error) if file::is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
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
    write(folder, &record)?;
    Ok(Version::of(&path(folder)))
}

/// The file first: from then on the record counts. Then its copy, which need not be had on a full disk.
fn write(folder: &Path, record: &Record) -> io::Result<()> {
    let (text, path, copy) = (text_of(record)?, path(folder), copy(folder));
    if file::read_regular(&path).ok().as_ref() != Some(&text) {
        file::replace(&path, &text)?;
    }
    if let Err(error) = file::replace(&copy, &text) {
        tracing::warn!(kind = %error.kind(), "the setting of the session's protection has no copy");
        // An older one would name keys that are gone by then.
        if let Err(error) = file::remove(&copy) {
            tracing::warn!(kind = %error.kind(), "an older copy of it cannot be removed");
        }
    }
    Ok(())
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> KeyId {
        KeyId::random().unwrap()
    }

    #[test]
    fn a_record_comes_back_and_nothing_takes_the_place_of_what_makes_no_sense() {
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
                assert_eq!(read_mended(folder.path()).unwrap(), (record, version));
            }
        }
        for (broken, kind) in [
            ("", io::ErrorKind::InvalidData),
            ("{", io::ErrorKind::InvalidData),
            (r#"{"v":1,"active":"key_file","key":"../x"}"#, io::ErrorKind::InvalidData),
            (r#"{"v":2,"active":"memory"}"#, io::ErrorKind::Unsupported),
        ] {
            for path in [path(folder.path()), copy(folder.path())] {
                std::fs::write(path, broken).unwrap();
            }
            assert_eq!(read(folder.path()).unwrap_err().kind(), kind, "{broken}");
            assert_eq!(update(folder.path(), |record| record.files_sealed = true).unwrap_err().kind(), kind);
            assert_eq!(std::fs::read_to_string(path(folder.path())).unwrap(), broken);
        }
    }

    #[test]
    fn whatever_becomes_of_one_of_both_files_is_mended_by_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let setting = Some(Setting { chosen: None, place: KeyPlace::File(id()) });
        let record = Record { setting, ..Record::default() };
        update(folder.path(), |known| *known = record.clone()).unwrap();
        let both = [path(folder.path()), copy(folder.path())];
        let text = std::fs::read(&both[0]).unwrap();

        for path in &both {
            for damage in ["", "\0\0\0", "{}", "gone"] {
                std::fs::write(path, damage).unwrap();
                if damage == "gone" {
                    std::fs::remove_file(path).unwrap();
                }
                assert_eq!(read(folder.path()).unwrap().0, record, "{damage}");

                let (found, version) = read_mended(folder.path()).unwrap();

                assert_eq!((found, version.is_some()), (record.clone(), true), "{damage}");
                for path in &both {
                    assert_eq!(std::fs::read(path).unwrap(), text, "{damage}");
                }
            }
        }
    }

    #[test]
    fn a_copy_that_cannot_be_written_is_none_and_not_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        update(folder.path(), |record| record.name(&KeyPlace::File(id()))).unwrap();
        std::fs::create_dir(file::next_to(&copy(folder.path()))).unwrap();

        update(folder.path(), |record| record.unused.clear()).unwrap();

        assert!(!copy(folder.path()).exists());
        assert_eq!(read(folder.path()).unwrap().0, Record::default());
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
