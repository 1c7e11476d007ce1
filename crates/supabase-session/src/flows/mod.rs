//! All pending flows of a client: kept in memory and in the store, published without their secrets.

pub(crate) mod flow;
pub(crate) mod pkce;
pub(crate) mod redirect;
pub(crate) mod request_options;
mod spent;
mod stored;
pub(crate) mod verify_kind;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::SystemTime;

use tokio::sync::watch;
use uuid::Uuid;

use crate::clock::Clock;
use crate::error::CallbackError;
use crate::flows::flow::{FLOW_LIFETIME, FLOW_LIMIT, Flow, FlowId, FlowKind, PendingFlow};
use crate::flows::redirect::Redirect;
use crate::flows::request_options::RequestOptions;
use crate::lock::lock;
use crate::project::Project;
use crate::random::Random;
use crate::store::saver::Saver;
use crate::store::{StoreError, StoreKey};

/// So many used flows are remembered, to tell a link that comes twice from one that is not ours.
const REMEMBERED: usize = 64;

pub(crate) struct Flows {
    project: Project,
    saver: Arc<Saver>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    /// Where links lead that a flow of an older version waits for.
    home: Option<Redirect>,
    list: Mutex<List>,
    /// Held while the store is changed, so that index and slots fit together.
    changing: tokio::sync::Mutex<()>,
    published: watch::Sender<Vec<PendingFlow>>,
}

#[derive(Default)]
struct List {
    /// The oldest first.
    entries: Vec<Entry>,
    used: VecDeque<Used>,
    /// Hashes of the codes that were shown to the server.
    tried: VecDeque<[u8; 32]>,
    /// Flows in the index whose slots cannot be read now: they stay in the index.
    unread: Vec<FlowId>,
}

struct Entry {
    flow: Flow,
    exchanging: bool,
}

/// What is remembered of a flow that is over.
struct Used {
    id: FlowId,
    redirect: Option<Redirect>,
}

impl Flows {
    pub(crate) fn new(
        project: Project,
        saver: Arc<Saver>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        home: Option<Redirect>,
    ) -> Self {
        let published = watch::Sender::new(Vec::new());
        let (list, changing) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { project, saver, clock, random, home, list, changing, published }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Vec<PendingFlow>> {
        self.published.subscribe()
    }

    /// Begins a flow. When this returns, its verifier is in the store: a request may be sent.
    pub(crate) async fn begin(
        &self,
        options: &RequestOptions,
        kind: FlowKind,
        email: Option<String>,
    ) -> Result<Flow, StoreError> {
        self.begin_of(None, options, kind, email).await
    }

    /// Begins a flow that belongs to `owner`, who is signed in.
    pub(crate) async fn begin_of(
        &self,
        owner: Option<Uuid>,
        options: &RequestOptions,
        kind: FlowKind,
        email: Option<String>,
    ) -> Result<Flow, StoreError> {
        let changing = self.changing().await;
        self.read_store(&changing).await;
        let now = self.clock.now();
        let redirect = options.redirect.clone();
        let flow = Flow { owner, redirect, ..Flow::begin(kind, email, now, &*self.random) };
        // The index is written first and still names the flows that give way: a slot that no index names would stay in
        // the store for ever.
        self.put_index(Some(&flow.id)).await?;
        self.put_slot(&flow).await?;
        let gone = self.make_room(&flow, now);
        self.list().entries.push(Entry { flow: flow.clone(), exchanging: false });
        if !gone.is_empty() {
            self.erase(&gone).await;
            self.forget_in_index().await;
        }
        self.publish();
        Ok(flow)
    }

    /// Takes the flows out of the list that cannot wait beside a new one.
    fn make_room(&self, new: &Flow, now: SystemTime) -> Vec<FlowId> {
        let mut list = self.list();
        // Links to a bare redirect do not say whose they are: one such flow at a time.
        let gives_way = |old: &Flow| old.is_expired(now) || (old.is_bare() && new.is_bare());
        let mut gone = list.take_where(gives_way);
        while list.entries.len() >= FLOW_LIMIT {
            gone.push(list.entries.remove(0).flow.id);
        }
        gone
    }

    /// The server said that a mail is on its way. Older flows of the same kind and address (or person) are over: their
    /// links are dead.
    pub(crate) async fn confirm(&self, id: &FlowId) -> Option<PendingFlow> {
        let changing = self.changing().await;
        self.read_store(&changing).await;
        let now = self.clock.now();
        let (flow, gone) = {
            let mut list = self.list();
            let flow = list.entry(id).map(|entry| {
                entry.flow.confirmed = true;
                entry.flow.sent_at = now;
                entry.flow.expires_at = now + FLOW_LIFETIME;
                entry.flow.clone()
            })?;
            let gone = list.take_where(|old| old.id != flow.id && flow.replaces(old));
            (flow, gone)
        };
        if let Err(error) = self.put_slot(&flow).await {
            // The slot from before completes the flow just as well; only its times are older.
            tracing::warn!(flow = %flow.id, %error, "the time of the mail is not stored");
        }
        if !gone.is_empty() {
            self.erase(&gone).await;
            self.forget_in_index().await;
        }
        self.publish();
        Some(flow.visible(false))
    }

    /// As [`confirm`](Self::confirm), for a flow that was just begun. Where it was given up while the server was asked,
    /// this is how it was begun.
    pub(crate) async fn confirm_begun(&self, flow: &Flow) -> PendingFlow {
        self.confirm(&flow.id).await.unwrap_or_else(|| flow.visible(false))
    }

    /// Gives a flow a new hour, in the store too, before its mail is sent again.
    pub(crate) async fn extend(&self, id: &FlowId) -> Result<Option<Flow>, StoreError> {
        let changing = self.changing().await;
        self.read_store(&changing).await;
        let now = self.clock.now();
        let Some(mut flow) = self.find(id) else { return Ok(None) };
        flow.expires_at = now + FLOW_LIFETIME;
        self.put_slot(&flow).await?;
        if let Some(entry) = self.list().entry(id) {
            entry.flow.expires_at = flow.expires_at;
        }
        Ok(Some(flow))
    }

    /// The flow, if it is pending and not expired.
    pub(crate) fn find(&self, id: &FlowId) -> Option<Flow> {
        let now = self.clock.now();
        self.list().entry(id).map(|entry| entry.flow.clone()).filter(|flow| !flow.is_expired(now))
    }

    /// Whether the flow has neither come to its end nor been given up. One that expires while its code is being
    /// exchanged is still pending.
    pub(crate) fn is_pending(&self, id: &FlowId) -> bool {
        self.list().holds(id)
    }

    /// The flow of this id, if links that begin with this base may name it.
    pub(crate) fn at(&self, id: &FlowId, redirect_base: &str) -> Option<Flow> {
        self.find(id).filter(|flow| flow.leads_to(redirect_base) && !flow.is_bare())
    }

    /// The one flow whose links begin with this base and do not name it.
    pub(crate) fn bare_at(&self, redirect_base: &str) -> Option<Flow> {
        let now = self.clock.now();
        let list = self.list();
        let waiting = list.entries.iter().map(|entry| &entry.flow).filter(|flow| !flow.is_expired(now));
        let mut bare = waiting.filter(|flow| flow.is_bare() && flow.leads_to(redirect_base));
        let one = bare.next()?;
        bare.next().is_none().then(|| one.clone())
    }

    /// The redirect of a pending flow, or of one that was used, whose links begin with this base.
    pub(crate) fn destination(&self, redirect_base: &str) -> Option<Redirect> {
        let now = self.clock.now();
        let list = self.list();
        let pending = list.entries.iter().map(|entry| &entry.flow).filter(|flow| !flow.is_expired(now));
        let pending = pending.filter_map(|flow| flow.redirect.as_ref());
        let used = list.used.iter().filter_map(|used| used.redirect.as_ref());
        pending.chain(used).find(|redirect| redirect.base() == redirect_base).cloned()
    }

    /// A code is shown to the server.
    pub(crate) fn note_tried(&self, code: [u8; 32]) {
        remember(&mut self.list().tried, code);
    }

    /// What to say of a code that comes without a flow that waits for it.
    pub(crate) fn ownerless(&self, code: [u8; 32]) -> CallbackError {
        if self.list().tried.contains(&code) { CallbackError::Spent } else { CallbackError::Unknown }
    }

    /// What to say of a link whose flow is not pending.
    pub(crate) fn absent(&self, id: &FlowId) -> CallbackError {
        if self.list().is_used(id) { CallbackError::Spent } else { CallbackError::Unknown }
    }

    pub(crate) fn set_exchanging(&self, id: &FlowId, exchanging: bool) {
        if let Some(entry) = self.list().entry(id) {
            entry.exchanging = exchanging;
        }
        self.publish();
    }

    /// Ends a flow: its link was used, or it can never be.
    pub(crate) async fn consume(&self, id: &FlowId) {
        {
            let mut list = self.list();
            let redirect = list.entry(id).and_then(|entry| entry.flow.redirect.clone());
            remember(&mut list.used, Used { id: id.clone(), redirect });
        }
        // What fails to be removed stays pending in the saver, which publishes that.
        let _pending = self.remove(id).await;
    }

    /// Forgets a flow.
    pub(crate) async fn remove(&self, id: &FlowId) -> Result<(), StoreError> {
        let changing = self.changing().await;
        self.read_store(&changing).await;
        self.list().take_where(|flow| flow.id == *id);
        self.publish();
        // The slot first: the index must name it as long as it is there.
        self.saver.put(&StoreKey::flow(&self.project, id), None).await?;
        self.put_index(None).await
    }

    pub(crate) fn visible(&self) -> Vec<PendingFlow> {
        let now = self.clock.now();
        let list = self.list();
        let shown = list.entries.iter().filter(|entry| entry.flow.confirmed && !entry.flow.is_expired(now));
        shown.map(|entry| entry.flow.visible(entry.exchanging)).collect()
    }

    fn publish(&self) {
        let visible = self.visible();
        self.published.send_if_modified(|now| {
            let changed = *now != visible;
            *now = visible;
            changed
        });
    }

    fn list(&self) -> MutexGuard<'_, List> {
        lock(&self.list)
    }
}

fn remember<T>(list: &mut VecDeque<T>, item: T) {
    list.push_back(item);
    if list.len() > REMEMBERED {
        list.pop_front();
    }
}

impl List {
    fn holds(&self, id: &FlowId) -> bool {
        self.entries.iter().any(|entry| entry.flow.id == *id)
    }

    fn is_used(&self, id: &FlowId) -> bool {
        self.used.iter().any(|used| used.id == *id)
    }

    fn entry(&mut self, id: &FlowId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.flow.id == *id)
    }

    fn take_where(&mut self, mut taken: impl FnMut(&Flow) -> bool) -> Vec<FlowId> {
        let gone = self.entries.iter().map(|entry| &entry.flow).filter(|flow| taken(flow));
        let gone: Vec<FlowId> = gone.map(|flow| flow.id.clone()).collect();
        self.entries.retain(|entry| !gone.contains(&entry.flow.id));
        gone
    }
}
