//! Where sessions and pending flows outlive the process: the trait, its keys and the store in memory. What is written
//! is decided in `session/` and `flows/`. (Supabase Storage, the object API, is `storage.rs`.)

#[cfg(feature = "file-store")]
pub(crate) mod file;
pub(crate) mod in_use;
pub(crate) mod saver;
#[cfg(feature = "test-suite")]
pub mod suite;

use std::collections::HashMap;
use std::fmt;
use std::sync::Mutex;

use async_trait::async_trait;

use crate::flows::flow::FlowId;
use crate::lock::lock;
use crate::project::Project;
use crate::secret::Secret;

/// A store of a few short texts, like supabase-js's `storage` option. Every value is secret.
///
/// An implementation passes [`store_suite`](crate::store_suite).
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// What was last set for the key.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when it cannot be known, [`StoreError::Corrupt`] when what is there is damaged.
    /// A missing value is `None`, never an error.
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError>;

    /// Keeps the value. When this returns `Ok`, a crash must not lose it.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`]; the value from before must still be there then.
    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError>;

    /// Forgets the value. Removing what is not there is fine.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError>;

    /// Waits until no other program (and no other client in this one) has this store's lock, and takes it. The client
    /// holds the lock while it reads the session again, refreshes and writes, so that programs that share a store
    /// refresh a token once. The client waits for 10 s; then, or after an error, it goes on without the lock.
    ///
    /// Dropping the future gives up. Without an implementation nothing is guarded, which is right for a store that one
    /// program has for itself.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] when the lock cannot be had.
    async fn lock(&self) -> Result<StoreLock, StoreError> {
        Ok(StoreLock::unguarded())
    }
}

/// The lock of a store, held until this is dropped.
pub struct StoreLock {
    /// In a mutex because a guard need not be `Sync`.
    guard: Option<Mutex<Box<dyn Send>>>,
}

impl StoreLock {
    /// A lock that is held as long as `guard` lives, for example an open file with a lock on it.
    #[must_use]
    pub fn new(guard: impl Send + 'static) -> Self {
        Self { guard: Some(Mutex::new(Box::new(guard))) }
    }

    /// A lock that keeps nobody out.
    #[must_use]
    pub fn unguarded() -> Self {
        Self { guard: None }
    }

    /// Whether the lock keeps others out.
    #[must_use]
    pub fn guards(&self) -> bool {
        self.guard.is_some()
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreLock").field("guards", &self.guards()).finish()
    }
}

/// The name of one value of one project. No two projects share one (see [`Project::store_key_prefix`]), so what a store
/// holds for one project is never read, written or removed for another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoreKey {
    name: String,
    /// The length of the prefix in the name.
    prefix: usize,
}

impl StoreKey {
    /// `<prefix>-auth-token`: the session.
    #[must_use]
    pub fn session(project: &Project) -> Self {
        Self::session_under(&project.store_key_prefix())
    }

    /// `sb-<first host label>-auth-token`: where supabase-js, and versions of this crate whose keys did not tell
    /// projects apart, keep the session. Several projects may share it: what lies there is this project's only if
    /// [`Project::may_have_issued`] does not speak against it. For a hosted project it is [`session`](Self::session).
    #[must_use]
    pub fn supabase_js_session(project: &Project) -> Self {
        Self::session_under(&project.supabase_js_key_prefix())
    }

    /// `<prefix>-auth-token-code-verifier-<id>`: one pending flow.
    #[must_use]
    pub fn flow(project: &Project, id: &FlowId) -> Self {
        Self::flows(project).slot(id)
    }

    /// `<prefix>-auth-token-code-verifier`: which pending flows there are.
    #[must_use]
    pub fn flows(project: &Project) -> Self {
        Self::session(project).flows_beside()
    }

    /// Where versions whose keys did not tell projects apart kept the list of pending flows.
    pub(crate) fn shared_flows(project: &Project) -> Self {
        Self::supabase_js_session(project).flows_beside()
    }

    /// The flow's slot beside this list of flows.
    pub(crate) fn slot(&self, id: &FlowId) -> Self {
        Self { name: format!("{}-{id}", self.name), prefix: self.prefix }
    }

    fn session_under(prefix: &str) -> Self {
        Self { name: format!("{prefix}-auth-token"), prefix: prefix.len() }
    }

    fn flows_beside(&self) -> Self {
        Self { name: format!("{}-code-verifier", self.name), prefix: self.prefix }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// What the name begins with: [`Project::store_key_prefix`] of the key's project, or for
    /// [`supabase_js_session`](Self::supabase_js_session) the prefix that supabase-js uses. A store that keeps the values
    /// of each project apart goes by it.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.name.get(..self.prefix).unwrap_or(&self.name)
    }

    /// Whether a session lies under it, and not a flow or the list of flows.
    #[must_use]
    pub fn is_session(&self) -> bool {
        self.name.get(self.prefix..) == Some("-auth-token")
    }
}

/// Why a store failed. The texts name the cause (for example the operating system's message), never a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be read now.
    #[error("the store cannot be read: {0}")]
    Unreadable(String),
    /// The store cannot be written now.
    #[error("the store cannot be written: {0}")]
    Unwritable(String),
    /// The stored value is damaged.
    #[error("the stored value is damaged")]
    Corrupt,
}

/// Whether everything that should be in the store is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreHealth {
    /// Everything is in the store.
    Saved,
    /// Something is in memory only, or should be removed and is not yet. The write is tried again.
    Unsaved,
}

/// A store that forgets everything with the process.
#[derive(Debug, Default)]
pub struct MemoryStore {
    values: Mutex<HashMap<StoreKey, Secret<String>>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl SessionStore for MemoryStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        Ok(lock(&self.values).get(key).cloned())
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        lock(&self.values).insert(key.clone(), value.clone());
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        lock(&self.values).remove(key);
        Ok(())
    }
}
