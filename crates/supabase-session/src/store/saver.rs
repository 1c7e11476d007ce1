//! Writes to the store, and keeps what could not be written until that works. What is written is decided in `session/`
//! and `flows/`.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::{Mutex, watch};

use crate::backoff::Backoff;
use crate::clock::Clock;
use crate::lock::lock;
use crate::secret::Secret;
use crate::shared::SingleFlight;
use crate::store::{SessionStore, StoreError, StoreHealth, StoreKey, StoreLock};

/// The pauses before a failed write is tried again.
const RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(60));
/// How long another program's lock is waited for. A refresh takes a second; a program that holds the lock for longer
/// hangs.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// The store's lock, held by everybody in this process who has one of these; `None` where it could not be had.
pub(crate) type LockGuard = Option<Arc<StoreLock>>;

pub(crate) struct Saver {
    store: Arc<dyn SessionStore>,
    clock: Arc<dyn Clock>,
    /// Held while writing, so that an older value never comes after a newer one.
    pending: Mutex<PendingWrites>,
    health: watch::Sender<StoreHealth>,
    held: std::sync::Mutex<Weak<StoreLock>>,
    locking: Arc<SingleFlight<(), LockGuard>>,
}

#[derive(Default)]
struct PendingWrites {
    /// `None` is a removal. Sorted, so that the same writes are always tried in the same order.
    writes: BTreeMap<StoreKey, Option<Secret<String>>>,
    /// Whether a task tries the pending writes again.
    retrying: bool,
}

impl Saver {
    pub(crate) fn new(store: Arc<dyn SessionStore>, clock: Arc<dyn Clock>) -> Arc<Self> {
        let health = watch::Sender::new(StoreHealth::Saved);
        let (pending, held, locking) = (Mutex::default(), std::sync::Mutex::default(), SingleFlight::new());
        Arc::new(Self { store, clock, pending, health, held, locking })
    }

    /// Keeps other programs from changing the store. Everybody in this process shares the lock (they have locks of
    /// their own): a sign-out never waits for a refresh that is on its way.
    pub(crate) async fn lock(self: &Arc<Self>) -> LockGuard {
        if let Some(lock) = self.held_now() {
            return Some(lock);
        }
        let this = Arc::clone(self);
        self.locking.run((), async move { this.lock_anew().await }).await
    }

    async fn lock_anew(&self) -> LockGuard {
        if let Some(lock) = self.held_now() {
            return Some(lock);
        }
        match select(pin!(self.store.lock()), pin!(self.clock.sleep(LOCK_TIMEOUT))).await {
            Either::Left((Ok(taken), _)) => {
                let taken = Arc::new(taken);
                *lock(&self.held) = Arc::downgrade(&taken);
                Some(taken)
            }
            Either::Left((Err(error), _)) => {
                tracing::warn!(%error, "the store cannot be locked; going on without");
                None
            }
            Either::Right(_) => {
                tracing::warn!("another program holds the store's lock for too long; going on without");
                None
            }
        }
    }

    fn held_now(&self) -> LockGuard {
        lock(&self.held).upgrade()
    }

    /// Whether the store lacks what was last written under this key.
    pub(crate) async fn has_pending(&self, key: &StoreKey) -> bool {
        self.pending.lock().await.writes.contains_key(key)
    }

    pub(crate) fn watch(&self) -> watch::Receiver<StoreHealth> {
        self.health.subscribe()
    }

    /// The value, which may still be on its way to the store.
    pub(crate) async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        let pending = self.pending.lock().await.writes.get(key).cloned();
        match pending {
            Some(value) => Ok(value),
            // Read without the mutex: a store that does not answer holds up nobody who writes.
            None => self.store.get(key).await,
        }
    }

    /// Writes (or with `None` removes) and, if that fails, goes on trying.
    ///
    /// # Errors
    /// When it did not succeed at once.
    pub(crate) async fn put(
        self: &Arc<Self>,
        key: &StoreKey,
        value: Option<Secret<String>>,
    ) -> Result<(), StoreError> {
        let mut pending = self.pending.lock().await;
        let outcome = self.write(key, value.as_ref()).await;
        match &outcome {
            Ok(()) => drop(pending.writes.remove(key)),
            Err(error) => {
                tracing::warn!(key = key.as_str(), %error, "not stored; it is kept in memory and tried again");
                pending.writes.insert(key.clone(), value);
            }
        }
        self.publish(&pending);
        if !pending.writes.is_empty() && !pending.retrying {
            pending.retrying = true;
            tokio::spawn(Self::retry(Arc::downgrade(self), Arc::clone(&self.clock)));
        }
        outcome
    }

    /// What the store has not taken is not tried again: the store keeps what it holds.
    pub(crate) async fn forget(&self, key: &StoreKey) {
        let mut pending = self.pending.lock().await;
        pending.writes.remove(key);
        self.publish(&pending);
    }

    /// Writes once: a failure is not tried again.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn put_now(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        let mut pending = self.pending.lock().await;
        self.write(key, Some(value)).await?;
        pending.writes.remove(key);
        self.publish(&pending);
        Ok(())
    }

    /// Whether the store holds what was last put, after one more try where it did not.
    pub(crate) async fn is_saved(&self, key: &StoreKey) -> bool {
        let mut pending = self.pending.lock().await;
        if pending.writes.contains_key(key) {
            self.flush_all(&mut pending).await;
        }
        !pending.writes.contains_key(key)
    }

    async fn write(&self, key: &StoreKey, value: Option<&Secret<String>>) -> Result<(), StoreError> {
        match value {
            Some(value) => self.store.set(key, value).await,
            None => self.store.remove(key).await,
        }
    }

    /// Tries until nothing is pending, or the client is gone.
    async fn retry(this: Weak<Self>, clock: Arc<dyn Clock>) {
        let mut retry = RETRY;
        loop {
            clock.sleep(retry.pause()).await;
            let Some(this) = this.upgrade() else { return };
            let _lock = this.lock().await;
            let mut pending = this.pending.lock().await;
            if this.flush_all(&mut pending).await {
                pending.retrying = false;
                return;
            }
        }
    }

    /// Writes what is pending now, without waiting for the next turn. True when nothing is pending any more.
    pub(crate) async fn flush(self: &Arc<Self>) -> bool {
        if self.pending.lock().await.writes.is_empty() {
            return true;
        }
        let _lock = self.lock().await;
        let mut pending = self.pending.lock().await;
        self.flush_all(&mut pending).await
    }

    /// True when nothing is pending any more.
    async fn flush_all(&self, pending: &mut PendingWrites) -> bool {
        let keys: Vec<StoreKey> = pending.writes.keys().cloned().collect();
        for key in keys {
            let Some(value) = pending.writes.get(&key) else { continue };
            match self.write(&key, value.as_ref()).await {
                Ok(()) => drop(pending.writes.remove(&key)),
                Err(error) => tracing::warn!(key = key.as_str(), %error, "still not stored"),
            }
        }
        self.publish(pending);
        pending.writes.is_empty()
    }

    fn publish(&self, pending: &PendingWrites) {
        let health = if pending.writes.is_empty() { StoreHealth::Saved } else { StoreHealth::Unsaved };
        self.health.send_if_modified(|now| std::mem::replace(now, health) != health);
    }
}
