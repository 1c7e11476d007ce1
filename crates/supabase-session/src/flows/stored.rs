//! The pending flows in the store: one slot each, and an index that names the slots. Other programs on the same store
//! may begin and end flows too.

use super::{Entry, Flows};
use crate::flows::flow::{FLOW_LIMIT, Flow, FlowId};
use crate::secret::Secret;
use crate::store::saver::LockGuard;
use crate::store::{StoreError, StoreKey};

/// Held while flows are changed, so that index and slots fit together.
pub(super) struct Changing<'a> {
    _own: tokio::sync::MutexGuard<'a, ()>,
    /// Let go last.
    _store: LockGuard,
}

/// What a slot holds.
enum Slot {
    Pending(Box<Flow>),
    /// Nothing, or something damaged or expired.
    Dead,
    Unreadable,
}

impl Flows {
    /// Reads the store, at first and whenever another program has changed it. What is damaged or expired is dropped.
    pub(crate) async fn sync(&self) {
        if self.has_news().await {
            let changing = self.changing().await;
            self.read_store(&changing).await;
        }
    }

    /// Removes the flows that versions whose keys did not tell projects apart have left under a shared name, once all
    /// of them have expired. They are never taken for this project's: which project they belong to cannot be told, and
    /// a code must never be shown to another project's server. While one has not expired they stay, because a hosted
    /// project keeps its flows under this very name.
    pub(crate) async fn discard_shared(&self) {
        let shared = StoreKey::shared_flows(&self.project);
        if shared == StoreKey::flows(&self.project) {
            return;
        }
        // Nearly always there is nothing, and then the start waits for no lock.
        if self.ids_under(&shared).await.is_none_or(|ids| ids.is_empty()) {
            return;
        }
        let _changing = self.changing().await;
        let Some(ids) = self.ids_under(&shared).await else { return };
        for id in &ids {
            if !matches!(self.slot(&shared.slot(id), id).await, Slot::Dead) {
                return;
            }
        }
        for id in &ids {
            // What fails to be removed stays pending in the saver, which publishes that.
            let _pending = self.saver.put(&shared.slot(id), None).await;
        }
        let _pending = self.saver.put(&shared, None).await;
    }

    pub(super) async fn changing(&self) -> Changing<'_> {
        let store = self.saver.lock().await;
        Changing { _own: self.changing.lock().await, _store: store }
    }

    async fn has_news(&self) -> bool {
        let stored = self.stored_ids().await;
        let now = self.clock.now();
        let list = self.list();
        let expired = list.entries.iter().any(|entry| entry.flow.is_expired(now));
        let other = stored.is_some_and(|stored| {
            stored.len() != list.entries.len() || stored.iter().any(|id| !list.holds(id))
        });
        expired || other
    }

    /// Makes the list what the store says.
    pub(super) async fn read_store(&self, _changing: &Changing<'_>) {
        let Some(stored) = self.stored_ids().await else { return };
        let now = self.clock.now();
        {
            let mut list = self.list();
            // Another program may have prolonged what has expired here: its slot is read again.
            let stays = |flow: &Flow| stored.contains(&flow.id) && !flow.is_expired(now);
            list.entries.retain(|entry| entry.exchanging || stays(&entry.flow));
            list.unread.clear();
        }
        let mut dead = Vec::new();
        for id in &stored {
            if self.list().holds(id) || self.list().is_used(id) {
                continue;
            }
            match self.slot(&StoreKey::flow(&self.project, id), id).await {
                Slot::Pending(flow) => self.list().entries.push(Entry { flow: *flow, exchanging: false }),
                Slot::Unreadable => self.list().unread.push(id.clone()),
                Slot::Dead => dead.push(id.clone()),
            }
        }
        let position = |entry: &Entry| stored.iter().position(|id| *id == entry.flow.id);
        self.list().entries.sort_by_key(position);
        if !dead.is_empty() {
            self.erase(&dead).await;
            self.forget_in_index().await;
        }
        self.publish();
    }

    async fn slot(&self, key: &StoreKey, id: &FlowId) -> Slot {
        match self.saver.get(key).await {
            Ok(text) => {
                let flow = text.and_then(|text| Flow::from_slot(&text, self.home.as_ref()));
                let now = self.clock.now();
                let pending = flow.filter(|flow| flow.id == *id && !flow.is_expired(now));
                pending.map_or(Slot::Dead, |flow| Slot::Pending(Box::new(flow)))
            }
            Err(StoreError::Corrupt) => Slot::Dead,
            Err(error) => {
                tracing::warn!(flow = %id, %error, "a pending flow cannot be read");
                Slot::Unreadable
            }
        }
    }

    async fn stored_ids(&self) -> Option<Vec<FlowId>> {
        self.ids_under(&StoreKey::flows(&self.project)).await
    }

    /// The list under this key. `None` when it cannot be known, or where something else lies there: supabase-js keeps its
    /// code verifier under such a name.
    async fn ids_under(&self, key: &StoreKey) -> Option<Vec<FlowId>> {
        let text = match self.saver.get(key).await {
            Ok(Some(text)) => text,
            Ok(None) => return Some(Vec::new()),
            Err(error) => {
                tracing::warn!(%error, "the list of pending flows cannot be read");
                return None;
            }
        };
        let ids: Vec<String> = serde_json::from_str(text.expose()).ok()?;
        Some(ids.iter().filter_map(|id| id.parse().ok()).take(FLOW_LIMIT).collect())
    }

    pub(super) async fn put_slot(&self, flow: &Flow) -> Result<(), StoreError> {
        let text = flow.to_slot().map_err(|_| StoreError::Unwritable("not serializable".to_owned()))?;
        self.saver.put_now(&StoreKey::flow(&self.project, &flow.id), &text).await
    }

    /// Writes what the list says, and `new`, which it does not say yet.
    pub(super) async fn put_index(&self, new: Option<&FlowId>) -> Result<(), StoreError> {
        let key = StoreKey::flows(&self.project);
        let ids: Vec<String> = {
            let list = self.list();
            let held = list.entries.iter().map(|entry| &entry.flow.id);
            held.chain(&list.unread).chain(new).map(ToString::to_string).collect()
        };
        if ids.is_empty() {
            return self.saver.put(&key, None).await;
        }
        let text = serde_json::Value::from(ids).to_string();
        if new.is_some() {
            return self.saver.put_now(&key, &Secret::from(text)).await;
        }
        self.saver.put(&key, Some(Secret::from(text))).await
    }

    pub(super) async fn forget_in_index(&self) {
        // A failure stays pending in the saver, which publishes that.
        let _pending = self.put_index(None).await;
    }

    pub(super) async fn erase(&self, gone: &[FlowId]) {
        for id in gone {
            // A failure stays pending in the saver, which publishes that.
            let _pending = self.saver.put(&StoreKey::flow(&self.project, id), None).await;
        }
    }
}
