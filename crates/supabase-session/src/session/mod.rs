//! The session that is held: in memory, in the store and as published state, changed in one order only: receive ->
//! persist -> memory -> publish. When to refresh is decided in `session/refresh.rs`, what a state becomes in
//! `state.rs`.

pub(crate) mod authorized;
mod changes;
pub(crate) mod claims;
pub(crate) mod cool_down;
pub(crate) mod install;
mod other_programs;
pub(crate) mod refresh;
pub(crate) mod refresh_error;
mod restore;
pub(crate) mod token_grant;
pub(crate) mod tokens;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::watch;

use crate::expiry::Expiry;
use crate::http::gateway::Gateway;
use crate::lock::lock;
use crate::random::Random;
use crate::secret::Secret;
use crate::session::claims::Claims;
use crate::session::cool_down::{CoolDown, Refreshed};
use crate::session::refresh_error::RefreshError;
use crate::session::tokens::{TokenVersion, Tokens};
use crate::shared::SingleFlight;
use crate::state::{Event, State};
use crate::store::saver::{LockGuard, Saver};
use crate::store::{StoreError, StoreKey};
use crate::user::User;

pub(crate) struct Session {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) random: Arc<dyn Random>,
    saver: Arc<Saver>,
    key: StoreKey,
    live: Mutex<Live>,
    published: watch::Sender<State>,
    /// Held from the check of a change to its publication, the write to the store included.
    changing: tokio::sync::Mutex<()>,
    pub(crate) refreshing: Arc<SingleFlight<TokenVersion, Result<Refreshed, RefreshError>>>,
    pub(crate) cooling: Mutex<Option<CoolDown>>,
    pub(crate) refreshing_soon: Arc<SingleFlight<(), ()>>,
    pub(crate) refreshed_soon: Mutex<Option<Expiry>>,
    /// What the store held when this session last read or wrote it, as a hash; `None` before.
    known: Mutex<Option<Mark>>,
}

/// A stored session by its hash, so that it need not be kept to be compared; `None` when there is none.
type Mark = Option<[u8; 32]>;

/// Held from the check of a change to its publication.
struct Changing<'a> {
    _own: tokio::sync::MutexGuard<'a, ()>,
    /// Let go last.
    _store: LockGuard,
}

/// The tokens that are held, with their version.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) version: TokenVersion,
    pub(crate) tokens: Tokens,
    /// A server said that the access token is no good, whatever the clocks say.
    pub(crate) rejected: bool,
    /// The refresh token before these, when the store failed to take these.
    stored: Option<Secret<String>>,
}

struct Live {
    state: State,
    held: Option<Held>,
    /// Rises with every generation and every version of tokens.
    counter: u64,
    /// Rises with every sign-in and every sign-out that was asked for, also by another program on the same store. Not
    /// with a refresh, nor when the server ends a session.
    changes: u64,
    /// Rises with the sign-ins and sign-outs of this program alone.
    own_changes: u64,
    /// Nobody signs in any more.
    closed: bool,
}

impl Session {
    pub(crate) fn new(gateway: Arc<Gateway>, saver: Arc<Saver>, random: Arc<dyn Random>) -> Arc<Self> {
        let live = Mutex::new(Live::new());
        let key = StoreKey::session(&gateway.project);
        let published = watch::Sender::new(State::Restoring);
        let (changing, refreshing) = (tokio::sync::Mutex::default(), SingleFlight::new());
        Arc::new(Self {
            gateway,
            random,
            saver,
            key,
            live,
            published,
            changing,
            refreshing,
            cooling: Mutex::default(),
            refreshing_soon: SingleFlight::new(),
            refreshed_soon: Mutex::default(),
            known: Mutex::default(),
        })
    }

    /// Alone among all who change the session, other programs on the same store included. The store's lock comes
    /// first, so that nobody here waits for another program while they keep everybody else waiting.
    async fn changing(&self) -> Changing<'_> {
        let store = self.saver.lock().await;
        Changing { _own: self.changing.lock().await, _store: store }
    }

    pub(crate) fn state(&self) -> State {
        self.live().state.clone()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<State> {
        self.published.subscribe()
    }

    /// Keeps other programs on the same store from refreshing.
    pub(crate) async fn lock_store(&self) -> LockGuard {
        self.saver.lock().await
    }

    /// The tokens, if somebody is signed in.
    pub(crate) fn held(&self) -> Option<Held> {
        self.live().held.clone()
    }

    /// The tokens with their user, if somebody is signed in.
    pub(crate) fn held_with_user(&self) -> Option<(Held, User)> {
        let live = self.live();
        Some((live.held.clone()?, live.state.signed_in()?.user.clone()))
    }

    /// A key of the project has signed the claims of the user of this generation.
    pub(crate) fn set_verified_claims(&self, of: u64, claims: &Claims) {
        let (id, is_anonymous) = (claims.sub, claims.is_anonymous);
        self.apply(Event::ClaimsVerified { of, id, email: claims.email.clone(), is_anonymous });
    }

    /// The refresh token to show to the server.
    ///
    /// Where the store lacks the newest one, the one that it holds: that is its parent, for which the server gives the
    /// newest again without moving on. So however long the store fails, it never falls back by more than one
    /// generation, and a restart still finds a token that the server takes.
    pub(crate) async fn refresh_token(&self, held: &Held) -> Secret<String> {
        match &held.stored {
            Some(stored) if !self.is_saved().await => stored.clone(),
            _ => held.tokens.refresh.clone(),
        }
    }

    /// Whether the store holds the session as it is here, after one more try where it did not.
    pub(crate) async fn is_saved(&self) -> bool {
        self.saver.is_saved(&self.key).await
    }

    /// How long these tokens are good; zero when a server refused them.
    pub(crate) fn remaining(&self, held: &Held) -> Duration {
        if held.rejected { Duration::ZERO } else { held.tokens.remaining(self.gateway.clock.moment()) }
    }

    /// A server refused the access token.
    pub(crate) fn reject(&self, version: TokenVersion) {
        if let Some(held) = self.live().held.as_mut().filter(|held| held.version == version) {
            held.rejected = true;
        }
    }

    /// Keeps everybody from changing the session while `work` is done.
    pub(crate) async fn undisturbed<T>(&self, work: impl Future<Output = T>) -> T {
        let _changing = self.changing().await;
        work.await
    }

    async fn clear(&self, event: Event) -> Result<(), StoreError> {
        self.mark(None);
        let stored = self.saver.put(&self.key, None).await;
        let mut live = self.live();
        live.held = None;
        live.transition(event);
        self.publish(&live);
        stored
    }

    /// Whether it worked. A failure stays pending in the saver, which publishes that; the session is held in memory all
    /// the same.
    async fn persist(&self, tokens: &Tokens, user: &User) -> bool {
        match wire::to_stored(tokens, user) {
            Ok(text) => {
                self.mark(Some(&text));
                self.saver.put(&self.key, Some(text)).await.is_ok()
            }
            Err(error) => {
                tracing::error!(%error, "the session cannot be written as JSON");
                false
            }
        }
    }

    /// Takes tokens under a new generation.
    fn take_new(&self, tokens: Tokens, event: impl FnOnce(u64) -> Event) {
        let mut live = self.live();
        live.take_new(tokens, event);
        self.publish(&live);
    }

    /// From now on nobody signs in.
    pub(crate) fn close(&self) {
        self.live().closed = true;
    }

    fn apply(&self, event: Event) {
        let mut live = self.live();
        live.transition(event);
        self.publish(&live);
    }

    fn publish(&self, live: &Live) {
        self.published.send_if_modified(|now| {
            let changed = *now != live.state;
            now.clone_from(&live.state);
            changed
        });
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        lock(&self.live)
    }
}

impl Live {
    fn new() -> Self {
        Self { state: State::Restoring, held: None, counter: 0, changes: 0, own_changes: 0, closed: false }
    }

    fn take_new(&mut self, tokens: Tokens, event: impl FnOnce(u64) -> Event) {
        self.counter += 1;
        let generation = self.counter;
        let version = TokenVersion { generation, version: generation };
        self.held = Some(Held { version, tokens, rejected: false, stored: None });
        self.transition(event(generation));
    }

    /// Somebody signed in or out here.
    fn change(&mut self) {
        self.changes += 1;
        self.own_changes += 1;
    }

    fn transition(&mut self, event: Event) {
        let state = std::mem::replace(&mut self.state, State::Restoring);
        self.state = state.on(event);
    }
}
