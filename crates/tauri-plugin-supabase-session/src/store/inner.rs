//! The store's values, on the disk and in memory. Everything here blocks.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::{Mutex, MutexGuard};
use supabase_session::{Secret, StoreError, StoreKey, retry_while_in_use};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreBuilder;

use super::access::Ready;
use super::file;
use super::keys::Keys;
use super::migrate;
use super::seal::Sealed;
use super::slots::{Contents, Damage, Opened, Pair, Slot, Values, Versions};
use super::steps::step;

/// What is kept of one project.
pub(super) struct Project {
    pub(super) values: Values,
    /// The slot that holds them, and its generation.
    newest: Option<(Slot, u64)>,
    /// The slot that held them before the last save, and its generation.
    before: Option<(Slot, u64)>,
    /// Both files as they were when this was known.
    versions: Versions,
    /// Nothing that was there could be opened. Said to every reader until something new is set.
    is_lost: bool,
}

/// The values of every project that was asked for, and the files that they are in.
pub(super) struct Inner<R: Runtime> {
    app: AppHandle<R>,
    /// The app's identifier.
    pub(super) id: String,
    pub(super) folder: PathBuf,
    projects: Mutex<BTreeMap<Pair, Project>>,
    /// The file of an older version made no sense. Said for every project of which nothing is stored.
    is_plain_lost: AtomicBool,
    /// A file is readable by others than its owner: the file system keeps no modes.
    is_open_to_others: AtomicBool,
}

/// Every project, while nobody else changes one.
pub(super) type Projects<'a> = MutexGuard<'a, BTreeMap<Pair, Project>>;

impl<R: Runtime> Inner<R> {
    /// The values in this folder. Nothing is read yet.
    pub(super) fn new(app: AppHandle<R>, folder: &Path) -> Self {
        let id = app.config().identifier.clone();
        let (is_plain_lost, is_open_to_others) = (AtomicBool::new(false), AtomicBool::new(false));
        let (folder, projects) = (folder.to_owned(), Mutex::default());
        Self { app, id, folder, projects, is_plain_lost, is_open_to_others }
    }

    /// Whether the files that were written are for their owner only, as far as the file system can say so.
    pub(super) fn has_file_modes(&self) -> bool {
        !self.is_open_to_others.load(Ordering::Relaxed)
    }

    /// Whether anything may lie in the store for this key.
    pub(super) fn may_hold(&self, key: &StoreKey) -> bool {
        Pair::of(&self.folder, key.prefix()).exists() || migrate::is_due(&self.folder)
    }

    pub(super) fn get(&self, key: &StoreKey, ready: &Ready) -> Result<Option<Secret<String>>, StoreError> {
        let (pair, mut projects) = (self.pair(key), self.projects.lock());
        let project = self.project(&mut projects, &pair, ready)?;
        if project.is_lost { Err(StoreError::Corrupt) } else { Ok(project.values.get(key.as_str()).cloned()) }
    }

    /// On disk first, then in memory. Where the disk refuses, memory stays as it was.
    pub(super) fn set(
        &self,
        key: &StoreKey,
        value: &Secret<String>,
        ready: &Ready,
    ) -> Result<(), StoreError> {
        let (pair, mut projects) = (self.pair(key), self.projects.lock());
        let project = self.project(&mut projects, &pair, ready)?;
        let mut values = project.values.clone();
        values.insert(key.as_str().to_owned(), value.clone());
        if let Some(keys) = &ready.keys {
            self.save(&pair, project, &values, keys, false)?;
        }
        (project.values, project.is_lost) = (values, false);
        Ok(())
    }

    /// As [`set`](Self::set). Nothing is written where there is nothing to remove. True when a session is gone from both
    /// files and the key that it was sealed with can go too.
    ///
    /// A session is overwritten in both files, and where no new file can be written, where it lies: a sign-out must not
    /// depend on a free byte.
    pub(super) fn remove(&self, key: &StoreKey, ready: &Ready) -> Result<bool, StoreError> {
        let (pair, mut projects) = (self.pair(key), self.projects.lock());
        let project = self.project(&mut projects, &pair, ready)?;
        if !project.values.contains_key(key.as_str()) {
            return Ok(false);
        }
        let mut values = project.values.clone();
        values.remove(key.as_str());
        let Some(keys) = &ready.keys else {
            project.values = values;
            return Ok(false);
        };
        let mut saved = self.save(&pair, project, &values, keys, true);
        if saved.is_ok() && key.is_session() {
            saved = self.save(&pair, project, &values, keys, true);
        }
        let is_new = saved.is_ok();
        if let Err(error) = saved {
            tracing::warn!(%error, "the store cannot be written anew; a value is forgotten in place");
            self.forget_in_place(&pair, project, &values, keys)?;
        }
        if migrate::is_due(&self.folder) {
            migrate::forget(&self.folder).map_err(unwritable)?;
        }
        project.values = values;
        Ok(is_new && key.is_session())
    }

    fn pair(&self, key: &StoreKey) -> Pair {
        Pair::of(&self.folder, key.prefix())
    }

    /// Every project, for whoever changes more than one.
    pub(super) fn projects(&self) -> Projects<'_> {
        self.projects.lock()
    }

    /// What is kept of this project, read at the first call and whenever another program has written it.
    pub(super) fn project<'a>(
        &self,
        projects: &'a mut Projects<'_>,
        pair: &Pair,
        ready: &Ready,
    ) -> Result<&'a mut Project, StoreError> {
        let is_known = projects.get(pair).is_some_and(|known| match &ready.keys {
            None => true,
            Some(_) => known.versions == pair.versions(),
        });
        if !is_known {
            let project = self.load(projects, pair, ready)?;
            projects.insert(pair.clone(), project);
        }
        projects.get_mut(pair).ok_or(StoreError::Corrupt)
    }

    fn load(&self, projects: &mut Projects<'_>, pair: &Pair, ready: &Ready) -> Result<Project, StoreError> {
        let Some(keys) = &ready.keys else { return Ok(Project::empty()) };
        if !migrate::take_over(self, projects, keys)? {
            self.is_plain_lost.store(true, Ordering::Relaxed);
        }
        if let Some(taken_over) = projects.remove(pair).filter(|known| known.versions == pair.versions()) {
            return Ok(taken_over);
        }
        let (versions, Contents { newest, damaged }) = self.read_still(pair, keys);
        if damaged.iter().any(|(_, damage)| *damage == Damage::NotAuthentic)
            && !ready.is_current(&self.folder)
        {
            return Err(StoreError::Unreadable("another program has replaced the keys".to_owned()));
        }
        if newest.is_none()
            && let Some(kind) = unreadable(&damaged)
        {
            return Err(StoreError::Unreadable(kind.to_string()));
        }
        self.set_aside(pair, &damaged);
        let versions = if damaged.is_empty() { versions } else { pair.versions() };
        Ok(match newest {
            Some(Opened { slot, generation, values }) => {
                Project { values, newest: Some((slot, generation)), before: None, versions, is_lost: false }
            }
            None => {
                let is_lost = !damaged.is_empty() || self.is_plain_lost.load(Ordering::Relaxed);
                Project { versions, is_lost, ..Project::empty() }
            }
        })
    }

    /// Both files as they lay at one moment, and which ones that were. What another program replaces or wipes while it is
    /// read looks damaged, and what lies there by then must not be taken for that.
    fn read_still(&self, pair: &Pair, keys: &Keys) -> (Versions, Contents) {
        loop {
            // Before they are read: if they are replaced later, they are read once more.
            let versions = pair.versions();
            let contents = pair.read(&self.id, &keys.session);
            if contents.damaged.is_empty() || versions == pair.versions() {
                return (versions, contents);
            }
        }
    }

    /// Whether the slot that was written last can be opened, and holds these values.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] when not.
    pub(super) fn check_saved(
        &self,
        pair: &Pair,
        project: &Project,
        values: &Values,
        keys: &Keys,
    ) -> Result<(), StoreError> {
        let opened = project.newest().map(|slot| pair.read_slot(slot, &self.id, &keys.session));
        let Some(Ok(Some(opened))) = opened else {
            return Err(StoreError::Unwritable("what was written does not open".to_owned()));
        };
        let same = |key, value: &Secret<String>| {
            values.get(key).is_some_and(|expected: &Secret<String>| expected.expose() == value.expose())
        };
        if opened.values.len() == values.len() && opened.values.iter().all(|(key, value)| same(key, value)) {
            return Ok(());
        }
        Err(StoreError::Unwritable("what was written is not what is read".to_owned()))
    }

    fn set_aside(&self, pair: &Pair, damaged: &[(Slot, Damage)]) {
        for (slot, damage) in damaged {
            tracing::warn!(?slot, ?damage, "one of the two files of the session's store cannot be opened");
            if let Err(error) = pair.set_aside(*slot, *damage) {
                tracing::warn!(kind = %error.kind(), "it cannot be set aside either");
            }
        }
    }

    /// Writes the values into the slot that does not hold the newest ones. `wipes`: what lay there before is overwritten.
    pub(super) fn save(
        &self,
        pair: &Pair,
        project: &mut Project,
        values: &Values,
        keys: &Keys,
        wipes: bool,
    ) -> Result<(), StoreError> {
        let (slot, generation) = project.next();
        let sealed = self.seal(pair, slot, generation, values, keys)?;
        let path = pair.path(slot);
        let next = file::next_to(&path);
        drop(file::create_private(&next).map_err(unwritable)?);
        self.write_with_plugin(&next, &sealed)?;
        step("file written");
        retry_while_in_use(|| fs::OpenOptions::new().write(true).open(&next))
            .and_then(|file| file::sync(&file))
            .map_err(unwritable)?;
        step("file synced");
        let commit = if wipes { file::commit_and_wipe } else { file::commit };
        commit(&next, &path).map_err(unwritable)?;
        project.before = project.newest.replace((slot, generation));
        project.versions = pair.versions();
        self.look_at_modes(&path);
        Ok(())
    }

    fn seal(
        &self,
        pair: &Pair,
        slot: Slot,
        generation: u64,
        values: &Values,
        keys: &Keys,
    ) -> Result<Sealed, StoreError> {
        pair.seal(slot, &self.id, &keys.session, generation, values)
            .map_err(|_| StoreError::Unwritable("the values cannot be sealed".to_owned()))
    }

    /// Overwrites both slots where they lie, the older one first.
    fn forget_in_place(
        &self,
        pair: &Pair,
        project: &mut Project,
        values: &Values,
        keys: &Keys,
    ) -> Result<(), StoreError> {
        for _ in Slot::BOTH {
            let (slot, generation) = project.next();
            let sealed = self.seal(pair, slot, generation, values, keys)?;
            let json = serde_json::to_vec(&sealed).map(Secret::new).map_err(io::Error::other);
            match json.and_then(|json| file::shrink_in_place(&pair.path(slot), &json)) {
                Ok(()) => {}
                // The other slot was never written.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                // The file is too short for the values that stay, which lie in the other slot.
                Err(error) if error.kind() == io::ErrorKind::StorageFull => {
                    file::wipe(&pair.path(slot)).map_err(unwritable)?;
                }
                Err(error) => return Err(unwritable(error)),
            }
            (project.newest, project.versions) = (Some((slot, generation)), pair.versions());
        }
        Ok(())
    }

    /// It is saved, whatever its mode: a network disk, FAT or a Windows drive under Linux has none of its own.
    fn look_at_modes(&self, path: &Path) {
        if let Err(error) = file::check_private(path)
            && !self.is_open_to_others.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(kind = %error.kind(), "others may read the session's store: the file system keeps no modes");
        }
    }

    fn write_with_plugin(&self, path: &Path, sealed: &Sealed) -> Result<(), StoreError> {
        let plugin_error = |error: tauri_plugin_store::Error| match error {
            tauri_plugin_store::Error::Io(error) => unwritable(error),
            _ => StoreError::Unwritable("the values cannot be written as JSON".to_owned()),
        };
        let store = StoreBuilder::new(&self.app, path)
            .create_new()
            .disable_auto_save()
            // The app may have set up another form for its own stores.
            .serialize(|parts| Ok(serde_json::to_vec(parts)?))
            .build()
            .map_err(plugin_error)?;
        for (name, part) in sealed.parts() {
            store.set(name, part);
        }
        let saved = retry_while_in_use(|| match store.save() {
            Err(tauri_plugin_store::Error::Io(error)) => Err(error),
            saved => Ok(saved.map_err(plugin_error)),
        });
        // Closed whether or not it was saved: the plugin's exit hook writes every open store again.
        store.close_resource();
        saved.map_err(unwritable)?
    }
}

impl Project {
    /// A project of which nothing was ever written.
    pub(super) fn empty() -> Self {
        Self { values: Values::new(), newest: None, before: None, versions: [None; 2], is_lost: false }
    }

    /// Where the next values go, and under which generation.
    fn next(&self) -> (Slot, u64) {
        match self.newest {
            Some((slot, generation)) => (slot.other(), generation + 1),
            None => (Slot::A, 1),
        }
    }

    /// Whether neither of the files holds values, and there are none in memory that would have to be written.
    pub(super) fn is_unused(&self) -> bool {
        self.newest.is_none() && self.values.is_empty()
    }

    /// Removes the file that was written last: the one before holds the same values.
    pub(super) fn step_back(&mut self, pair: &Pair) -> io::Result<()> {
        let Some((slot, _)) = self.newest else { return Ok(()) };
        self.newest = self.before.take();
        let wiped = file::wipe(&pair.path(slot));
        self.versions = pair.versions();
        wiped
    }

    /// Removes both files. The values stay in memory.
    pub(super) fn forget_files(&mut self, pair: &Pair) -> io::Result<()> {
        let wiped = pair.wipe(self.newest());
        (self.newest, self.before, self.versions) = (None, None, pair.versions());
        wiped
    }

    /// The slot that holds the newest values.
    pub(super) fn newest(&self) -> Option<Slot> {
        self.newest.map(|(slot, _)| slot)
    }
}

fn unreadable(damaged: &[(Slot, Damage)]) -> Option<io::ErrorKind> {
    damaged.iter().find_map(|(_, damage)| match damage {
        Damage::Unreadable(kind) => Some(*kind),
        Damage::NotAuthentic | Damage::Later | Damage::NotSealed => None,
    })
}

/// The kind of an error of the operating system: its text may name a path.
pub(super) fn unwritable(error: io::Error) -> StoreError {
    StoreError::Unwritable(error.kind().to_string())
}
