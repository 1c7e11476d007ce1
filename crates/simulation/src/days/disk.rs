//! The store that outlives the program: it fills up, hangs, cannot be read, and is there again after a kill, with or
//! without what was being written.

use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeMap;

use async_trait::async_trait;
use serde_json::Value;
use supabase_session::{FlowId, Project, Secret, SessionStore, StoreError, StoreKey};
use tokio::sync::oneshot;

/// How the disk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DiskMode {
    /// Everything can be read and written.
    #[default]
    Good,
    /// Nothing can be written.
    Full,
    /// A write takes until it is told to go on.
    Slow,
    /// Nothing can be read or written.
    Unreadable,
}

/// The disk.
#[derive(Debug, Default)]
pub(super) struct Disk {
    inner: Mutex<Inner>,
    /// A fault that no disk may have: it says that it has written, and sometimes has not.
    forgets: bool,
}

#[derive(Debug, Default)]
struct Inner {
    mode: DiskMode,
    values: BTreeMap<String, String>,
    /// The name of the session of the project that the program is for.
    session: String,
    /// What was last to be written as that session, whether or not that worked. A removal does not change it.
    held: Option<String>,
    writes: u64,
    /// Sessions that lay here before, the oldest first: what a broken disk may bring back.
    history: Vec<String>,
    writing: Option<Writing>,
}

#[derive(Debug)]
struct Writing {
    key: String,
    value: Option<String>,
    go_on: oneshot::Sender<bool>,
}

impl Disk {
    /// An empty disk.
    pub(super) fn new(forgets: bool, project: &Project) -> Self {
        let disk = Self { inner: Mutex::default(), forgets };
        disk.turn_to(project);
        disk
    }

    /// The program is for this project from now on.
    pub(super) fn turn_to(&self, project: &Project) {
        let mut inner = self.inner();
        inner.session = StoreKey::session(project).as_str().to_owned();
        inner.history.clear();
    }

    /// Everything that lies there.
    pub(super) fn contents(&self) -> BTreeMap<String, String> {
        self.inner().values.clone()
    }

    /// The nonce of the flow of this id.
    pub(super) fn nonce(&self, id: &FlowId) -> Option<String> {
        let inner = self.inner();
        let (_, text) = inner.values.iter().find(|(key, _)| key.ends_with(id.as_str()))?;
        let flow: Value = serde_json::from_str(text).ok()?;
        flow["nonce"].as_str().map(str::to_owned)
    }

    /// The pending flows of all projects that lie there.
    pub(super) fn flows(&self) -> Vec<Value> {
        let inner = self.inner();
        let texts = inner.values.values().filter(|text| text.contains("nonce"));
        texts.filter_map(|text| serde_json::from_str(text).ok()).collect()
    }

    /// Changes how the disk behaves.
    pub(super) fn set_mode(&self, mode: DiskMode) {
        self.inner().mode = mode;
    }

    /// How the disk behaves.
    pub(super) fn mode(&self) -> DiskMode {
        self.inner().mode
    }

    /// The session that lies there.
    pub(super) fn session(&self) -> Option<String> {
        let inner = self.inner();
        inner.values.get(&inner.session).cloned()
    }

    /// The session that the client has last tried to keep: what it holds in memory, or is about to, or held last.
    pub(super) fn held(&self) -> Option<String> {
        self.inner().held.clone()
    }

    /// The program starts anew: it knows of no session but the one on the disk.
    pub(super) fn forget_wishes(&self) {
        let there = self.session();
        self.inner().held = there;
    }

    /// Whether a write is under way.
    pub(super) fn is_writing(&self) -> bool {
        self.inner().writing.as_ref().is_some_and(|writing| !writing.go_on.is_closed())
    }

    /// The write under way ends, well or not.
    pub(super) fn finish_write(&self, well: bool) {
        let mut inner = self.inner();
        if let Some(Writing { key, value, go_on }) = inner.writing.take() {
            if well {
                inner.put(&key, value);
            }
            // The writer may be gone.
            let _gone = go_on.send(well);
        }
    }

    /// A fault that no disk may have: the session of `generations` ago is back.
    pub(super) fn fall_back(&self, generations: usize) {
        let mut inner = self.inner();
        let old = inner.history.len().checked_sub(generations).and_then(|at| inner.history.get(at).cloned());
        let key = inner.session.clone();
        if let Some(old) = old.filter(|_| inner.values.contains_key(&key)) {
            inner.values.insert(key, old);
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock()
    }

    async fn write(&self, key: &StoreKey, value: Option<String>) -> Result<(), StoreError> {
        let key = key.as_str().to_owned();
        let written = {
            let mut inner = self.inner();
            if key == inner.session && value.is_some() {
                inner.held.clone_from(&value);
            }
            inner.writes += 1;
            if self.forgets && inner.writes.is_multiple_of(5) {
                return Ok(());
            }
            match inner.mode {
                DiskMode::Good => {
                    inner.put(&key, value);
                    return Ok(());
                }
                DiskMode::Full | DiskMode::Unreadable => return Err(unwritable()),
                DiskMode::Slow => {
                    let (go_on, written) = oneshot::channel();
                    inner.writing = Some(Writing { key, value, go_on });
                    written
                }
            }
        };
        match written.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(unwritable()),
        }
    }
}

impl Inner {
    fn put(&mut self, key: &str, value: Option<String>) {
        let old = match value {
            Some(value) => self.values.insert(key.to_owned(), value),
            None => self.values.remove(key),
        };
        if let Some(old) = old.filter(|_| key == self.session) {
            self.history.push(old);
        }
    }
}

fn unwritable() -> StoreError {
    StoreError::Unwritable("no space left".to_owned())
}

#[async_trait]
impl SessionStore for Disk {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let inner = self.inner();
        if inner.mode == DiskMode::Unreadable {
            return Err(StoreError::Unreadable("input/output error".to_owned()));
        }
        Ok(inner.values.get(key.as_str()).map(|text| Secret::from(text.as_str())))
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        self.write(key, Some(value.expose().clone())).await
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.write(key, None).await
    }
}
