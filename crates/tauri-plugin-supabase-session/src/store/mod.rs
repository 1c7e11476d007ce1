//! Where the session is kept: `supabase-session`'s [`SessionStore`], sealed, on tauri-plugin-store.
//!
//! Each project has two files, written in turn; what is in them is sealed with a key that lies in the system's keychain,
//! or, where there is none, in a file that only its owner may read.
//!
//! ```text
//! mod            the store that the client gets
//! protection     choosing what holds the key, replacing the key; reseal: sealing everything with another one
//! inner          values on the disk and in memory; migrate: the plain file of older versions
//! sealed_files   whole files of the app, sealed with a key of their own
//! access         how the keys are come by; keychain, key_file: what holds them; setting: which of them counts
//! record_text    how that is written down
//! keychain_watch tells when a keychain appears or is unlocked (Linux)
//! unused         keys that do not count (yet, or any more)
//! slots, keys    the two files of a project; the keys
//! seal, file     the sealed form; files that are replaced whole
//! steps, driven  what a test is told, and what it may do, with the feature `steps`
//! ```
//!
//! tauri-plugin-store keeps a map of JSON values and writes it to a file. What it does not do is done here: it writes
//! beside the file and renames (the plugin truncates in place), closes the plugin's resource after each save (its exit
//! hook would write once more), creates the file for its owner only, syncs file and folder.
//!
//! Two programs may share the folder: what the other one wrote is read when a file has changed, and a lock on a file
//! beside them keeps them from changing the session at the same time.

mod access;
#[cfg(feature = "steps")]
pub mod driven;
pub mod file;
mod inner;
mod key_file;
mod keychain;
#[cfg(target_os = "linux")]
mod keychain_watch;
mod keys;
mod migrate;
mod protection;
mod record_text;
mod reseal;
mod seal;
mod sealed_files;
mod setting;
mod slots;
pub mod steps;
mod unused;

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::time::Duration;

use async_trait::async_trait;
use parking_lot::Mutex;
use supabase_session::{Secret, SessionStore, StoreError, StoreKey, StoreLock};
use supabase_session_contract::protection::{KeychainState, Protection};
use tauri::{AppHandle, Runtime};
use tokio::sync::watch;
use tokio::time::Instant;

use access::{KeyAccess, PATIENCE, Ready, State, UNANSWERED_AFTER};
use inner::{Inner, unwritable};
use keychain::Keychain;
use keys::{KeyError, KeyHolder, KeyId};
pub(crate) use protection::SealedStore;
pub use sealed_files::{SealedFileError, SealedFiles};

/// How often a lock that another program has is asked for. The operating system could wait for it, but nobody could stop
/// it from waiting.
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The name of the file that is locked. It is always empty.
const LOCK_NAME: &str = "session.lock";

/// A sign-out waits this long for the key to be replaced. What takes longer goes on by itself.
const ROTATION_PATIENCE: Duration = Duration::from_secs(2);

/// A choice of protection waits this long for another program that changes the session. A refresh takes a second;
/// supabase-session's client waits as long.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// What the keychain says when it is asked for an entry that was never made. It may block.
pub(crate) fn keychain_state(identifier: &str) -> KeychainState {
    let Ok(unused) = KeyId::random() else { return KeychainState::Unknown };
    let asked = Keychain::new(identifier).get(&unused);
    asked.map_or_else(|error| error.keychain_state(), |_| KeychainState::Available)
}

/// A [`SessionStore`] in a folder: sealed, two files a project, kept by tauri-plugin-store.
pub struct PluginStore<R: Runtime>(Arc<Parts<R>>);

/// What all clones of a store share.
struct Parts<R: Runtime> {
    inner: Arc<Inner<R>>,
    access: Arc<KeyAccess>,
    /// Held by whoever writes, also while the keys are replaced.
    changing: Arc<tokio::sync::Mutex<()>>,
    /// The lock that keeps other programs out, while anybody here holds it.
    held: Mutex<Weak<File>>,
}

impl<R: Runtime> Clone for PluginStore<R> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R: Runtime> PluginStore<R> {
    /// A store in `folder` (absolute), whose keys are asked for at once. `protection`: what holds them until the person
    /// chooses; `None` is the system's keychain, and a file where it has none.
    #[must_use]
    pub fn new(app: AppHandle<R>, folder: &Path, protection: Option<Protection>) -> Self {
        let keychain = Arc::new(Keychain::new(&app.config().identifier));
        Self::with_keychain(app, folder, protection, keychain)
    }

    fn with_keychain(
        app: AppHandle<R>,
        folder: &Path,
        protection: Option<Protection>,
        keychain: Arc<dyn KeyHolder>,
    ) -> Self {
        let access = KeyAccess::new(folder.to_owned(), protection, keychain);
        access.ask();
        tauri::async_runtime::spawn(ask_when_it_appears(access.watch(), Arc::downgrade(&access)));
        let (inner, changing) = (Arc::new(Inner::new(app, folder)), Arc::default());
        Self(Arc::new(Parts { inner, access, changing, held: Mutex::default() }))
    }

    /// Whole files of the app below `root`, sealed with the same protection.
    pub(crate) fn sealed_files(&self, root: &Path) -> SealedFiles {
        SealedFiles::new(Arc::clone(&self.0.access), &self.0.inner.id, root)
    }

    /// Does something with the values, on a thread that may block. Once more where another program has just replaced the
    /// keys.
    async fn with_keys<T: Send + 'static>(
        &self,
        patience: Duration,
        refused: fn(&KeyError) -> StoreError,
        work: impl Fn(&Inner<R>, &Ready) -> Result<T, StoreError> + Send + Sync + 'static,
    ) -> Result<T, StoreError> {
        let work = Arc::new(work);
        let mut is_last = false;
        loop {
            let access = Arc::clone(&self.0.access);
            blocking(move || access.follow_others()).await?;
            let ready = self.0.access.ready(patience).await.map_err(|error| refused(&error))?;
            let (inner, work, used) = (Arc::clone(&self.0.inner), Arc::clone(&work), Arc::clone(&ready));
            let (outcome, is_worth_another) = blocking(move || {
                let outcome = work(&inner, &used);
                let is_unreadable = matches!(outcome, Err(StoreError::Unreadable(_)));
                (outcome, is_unreadable && !used.is_current(&inner.folder))
            })
            .await?;
            if is_last || !is_worth_another {
                return outcome;
            }
            is_last = true;
        }
    }

    /// Without keys it is known that nothing is stored where no file is.
    async fn may_hold(&self, key: &StoreKey) -> Result<bool, StoreError> {
        if matches!(self.0.access.state(), State::Ready(_)) {
            return Ok(true);
        }
        let (inner, key) = (Arc::clone(&self.0.inner), key.clone());
        blocking(move || inner.may_hold(&key)).await
    }

    /// Keeps other programs from changing the session, as [`lock`](SessionStore::lock) does, and shares that lock where it
    /// is held here: whoever signs out has it already. `None` where there are no locks.
    ///
    /// # Errors
    /// When another program holds the lock for longer than `patience`.
    async fn alone(&self, patience: Duration) -> Result<Option<Arc<File>>, StoreError> {
        let deadline = Instant::now() + patience;
        loop {
            let held = self.0.held.lock().upgrade();
            if held.is_some() {
                return Ok(held);
            }
            match self.try_lock().await {
                Ok(Some(file)) => return Ok(Some(file)),
                Ok(None) if Instant::now() < deadline => tokio::time::sleep(LOCK_PAUSE).await,
                Ok(None) => {
                    return Err(StoreError::Unwritable("another program changes the session".to_owned()));
                }
                Err(error) => {
                    tracing::warn!(%error, "the store cannot be locked; going on without");
                    return Ok(None);
                }
            }
        }
    }

    /// The lock, once it is free; `None` while it is held.
    async fn try_lock(&self) -> Result<Option<Arc<File>>, StoreError> {
        let path = self.0.inner.folder.join(LOCK_NAME);
        let locked = blocking(move || file::try_lock(&path).map_err(unwritable)).await??;
        let Some(file) = locked.map(Arc::new) else { return Ok(None) };
        *self.0.held.lock() = Arc::downgrade(&file);
        Ok(Some(file))
    }

    /// Replaces the key that sessions are sealed with, so that what a disk still has of one can be opened by nobody.
    async fn drop_session_key(&self) {
        let (this, guard) = (self.clone(), Arc::clone(&self.0.changing).lock_owned().await);
        let dropping = tauri::async_runtime::spawn(async move {
            let _changing = guard;
            if let Err(error) = this.replace_session_key().await {
                tracing::warn!(%error, "the key that the session was sealed with is kept");
            }
        });
        if tokio::time::timeout(ROTATION_PATIENCE, dropping).await.is_err() {
            tracing::warn!("replacing the key that the session was sealed with takes long");
        }
    }
}

#[async_trait]
impl<R: Runtime> SessionStore for PluginStore<R> {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        if !self.may_hold(key).await? {
            return Ok(None);
        }
        let key = key.clone();
        self.with_keys(PATIENCE, unreadable, move |inner, ready| inner.get(&key, ready)).await
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        let _changing = self.0.changing.lock().await;
        let (key, value) = (key.clone(), value.clone());
        self.with_keys(UNANSWERED_AFTER, not_writable, move |inner, ready| inner.set(&key, &value, ready))
            .await
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        if !self.may_hold(key).await? {
            return Ok(());
        }
        let removed = {
            let (_changing, key) = (self.0.changing.lock().await, key.clone());
            self.with_keys(UNANSWERED_AFTER, not_writable, move |inner, ready| inner.remove(&key, ready))
                .await
        };
        match removed {
            Ok(true) => self.drop_session_key().await,
            Ok(false) => {}
            // The disk takes nothing at all. Without its key what lies there is as good as gone.
            Err(error) if key.is_session() => {
                if let Err(error) = self.overwrite_session_key().await {
                    tracing::warn!(%error, "the key of a session that cannot be removed is kept");
                }
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        loop {
            if let Some(file) = self.try_lock().await? {
                return Ok(StoreLock::new(file));
            }
            tokio::time::sleep(LOCK_PAUSE).await;
        }
    }
}

/// Asks a keychain that gave no key once more when it may give one: it was started after the app, or unlocked in another
/// window.
async fn ask_when_it_appears(mut states: watch::Receiver<State>, access: Weak<KeyAccess>) {
    let refused = states.wait_for(|state| matches!(state, State::Refused(_))).await;
    let was_absent = match refused.as_deref() {
        Ok(State::Refused(error)) => *error == KeyError::Absent,
        Ok(_) => false,
        // The store is gone.
        Err(_) => return,
    };
    let Some(keychain) = access.upgrade().map(|access| Arc::clone(&access.keychain)) else { return };
    let told = move || {
        let access = access.upgrade();
        access.is_some_and(|access| {
            access.ask_after_change();
            true
        })
    };
    keychain.watch(was_absent, Box::new(told));
}

/// Files are written on a thread that may block.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::Unwritable("the app is ending".to_owned()))
}

fn unreadable(error: &KeyError) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

fn not_writable(error: &KeyError) -> StoreError {
    StoreError::Unwritable(error.to_string())
}

#[cfg(test)]
mod tests;
