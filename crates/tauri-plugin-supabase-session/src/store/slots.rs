//! The two files of one project, written in turn: the newer one counts, the other is the last good copy.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use supabase_session::Secret;

use super::file::{self, QUARANTINE, Version};
use super::seal::{Binding, Form, Key, NotSealed, Sealed};
use super::steps::step;

/// What is stored of one project: value by key.
pub(super) type Values = BTreeMap<String, Secret<String>>;

/// Ends the names of both files.
const ENDING: &str = ".json";

/// Ends the name of a file of a later version of the app that was set aside.
const LATER: &str = "later";

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

/// The two files of one project, by the name that they share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    folder: PathBuf,
    name: String,
}

/// A slot that opened.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    /// Which one.
    pub(super) slot: Slot,
    /// How often the pair had been written then.
    pub(super) generation: u64,
    /// What was in it.
    pub(super) values: Values,
}

/// Why a slot that is there does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// It is sealed, with another key or for another place, or was changed.
    NotAuthentic,
    /// A later version of the app wrote it.
    Later,
    /// It is no sealed text: torn, overwritten, far too long, or a link or a folder is in its place.
    NotSealed,
    /// The operating system does not let it be read.
    Unreadable(io::ErrorKind),
}

/// What the two files hold.
#[derive(Debug)]
pub(super) struct Contents {
    /// The newest that opened.
    pub(super) newest: Option<Opened>,
    /// Those that are there and do not open.
    pub(super) damaged: Vec<(Slot, Damage)>,
}

/// What both files were when they were looked at.
pub(super) type Versions = [Option<Version>; 2];

impl Slot {
    /// Both slots.
    pub(super) const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The other slot.
    pub(super) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }
}

impl Pair {
    /// The pair of the project whose keys have this prefix. The files are named by its hash: a prefix holds a host name,
    /// which need not be fit for a file's name.
    pub(super) fn of(folder: &Path, prefix: &str) -> Self {
        let hash = Sha256::digest(prefix);
        let name = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { folder: folder.to_owned(), name }
    }

    /// The pairs of which at least one file is in the folder.
    pub(super) fn all(folder: &Path) -> io::Result<Vec<Self>> {
        let mut pairs = Vec::new();
        let entries = match fs::read_dir(folder) {
            Err(error) if file::is_absent(&error) => return Ok(pairs),
            entries => entries?,
        };
        for entry in entries {
            let file = entry?.file_name();
            let stem = file.to_str().and_then(|file| file.strip_suffix(ENDING));
            let name = stem.and_then(|stem| stem.strip_suffix(".a").or_else(|| stem.strip_suffix(".b")));
            let Some(name) = name.filter(|name| name.len() == 32) else { continue };
            pairs.push(Self { folder: folder.to_owned(), name: name.to_owned() });
        }
        pairs.sort();
        pairs.dedup();
        Ok(pairs)
    }

    /// Where the slot lies.
    pub(super) fn path(&self, slot: Slot) -> PathBuf {
        self.folder.join(format!("{}.{}{ENDING}", self.name, slot.name()))
    }

    /// Where a slot lies that was set aside.
    fn aside(&self, slot: Slot, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{}.{ending}", self.name, slot.name()))
    }

    /// Whether one of the files is there.
    pub(super) fn exists(&self) -> bool {
        Slot::BOTH.iter().any(|slot| fs::symlink_metadata(self.path(*slot)).is_ok())
    }

    /// What both files are now.
    pub(super) fn versions(&self) -> Versions {
        Slot::BOTH.map(|slot| Version::of(&self.path(slot)))
    }

    /// Opens both.
    pub(super) fn read(&self, app: &str, key: &Key) -> Contents {
        let mut contents = Contents { newest: None, damaged: Vec::new() };
        for slot in Slot::BOTH {
            match self.read_slot(slot, app, key) {
                Ok(Some(opened)) => {
                    let newest = contents.newest.as_ref().map_or(0, |newest| newest.generation);
                    if contents.newest.is_none() || opened.generation > newest {
                        contents.newest = Some(opened);
                    }
                }
                Ok(None) => {}
                Err(damage) => contents.damaged.push((slot, damage)),
            }
        }
        contents
    }

    /// Opens one; `None` where there is none.
    pub(super) fn read_slot(&self, slot: Slot, app: &str, key: &Key) -> Result<Option<Opened>, Damage> {
        let bytes = match file::read_regular(&self.path(slot)) {
            Ok(bytes) => bytes,
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => return Ok(None),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => return Err(Damage::NotSealed),
                kind => return Err(Damage::Unreadable(kind)),
            },
        };
        let sealed = match Form::of(&bytes) {
            Form::Sealed(sealed) => sealed,
            Form::Later => return Err(Damage::Later),
            Form::Other => return Err(Damage::NotSealed),
        };
        let text = sealed.open(key, &self.binding(app, slot)).ok_or(Damage::NotAuthentic)?;
        let values: BTreeMap<String, String> =
            serde_json::from_slice(text.expose()).map_err(|_| Damage::NotAuthentic)?;
        let values = values.into_iter().map(|(key, value)| (key, Secret::from(value))).collect();
        Ok(Some(Opened { slot, generation: sealed.generation, values }))
    }

    /// What is to be written into a slot.
    pub(super) fn seal(
        &self,
        slot: Slot,
        app: &str,
        key: &Key,
        generation: u64,
        values: &Values,
    ) -> Result<Sealed, NotSealed> {
        let plain: BTreeMap<&str, &str> =
            values.iter().map(|(key, value)| (key.as_str(), value.expose().as_str())).collect();
        let text = serde_json::to_vec(&plain).map(Secret::new).map_err(|_| NotSealed)?;
        Sealed::new(key, &self.binding(app, slot), generation, text.expose())
    }

    fn binding<'a>(&'a self, app: &'a str, slot: Slot) -> Binding<'a> {
        Binding { app, subject: &self.name, slot: slot.name() }
    }

    /// Takes a slot that does not open out of the way. What is sealed is kept under another name; what is not is wiped,
    /// as nobody can tell what stands in it; what cannot be read stays.
    pub(super) fn set_aside(&self, slot: Slot, damage: Damage) -> io::Result<()> {
        let path = self.path(slot);
        match damage {
            Damage::NotAuthentic => file::rename(&path, &self.aside(slot, QUARANTINE)),
            Damage::Later => file::rename(&path, &self.aside(slot, LATER)),
            Damage::NotSealed if fs::symlink_metadata(&path)?.is_file() => file::wipe(&path),
            Damage::NotSealed if fs::symlink_metadata(&path)?.is_dir() => fs::remove_dir(path),
            Damage::NotSealed => fs::remove_file(path),
            Damage::Unreadable(_) => return Ok(()),
        }?;
        step("file set aside");
        Ok(())
    }

    /// Takes a slot out of the way without a key to open it with.
    pub(super) fn set_aside_unopened(&self, slot: Slot) -> io::Result<()> {
        let damage = match file::read_regular(&self.path(slot)).map(|bytes| Form::of(&bytes)) {
            Ok(Form::Sealed(_)) => Damage::NotAuthentic,
            Ok(Form::Later) => Damage::Later,
            Ok(Form::Other) => Damage::NotSealed,
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => return Ok(()),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Damage::NotSealed,
                _ => return Err(error),
            },
        };
        self.set_aside(slot, damage)
    }

    /// Overwrites and removes both, the older one first.
    pub(super) fn wipe(&self, newest: Option<Slot>) -> io::Result<()> {
        let last = newest.unwrap_or(Slot::B);
        file::wipe(&self.path(last.other()))?;
        file::wipe(&self.path(last))
    }
}
