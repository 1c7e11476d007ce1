//! The session that is held: in memory, in the store and as published state, changed in one order only:
//! receive -> persist -> memory -> publish. When to refresh is decided in `session/refresh.rs`, what a state becomes in `state.rs`.

pub(crate) mod authorized;
pub(crate) mod claims;
pub(crate) mod cool_down;
pub(crate) mod other_programs;
pub(crate) mod refresh;
pub(crate) mod refresh_error;
pub(crate) mod token_grant;
pub(crate) mod tokens;

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use crate::expiry::Expiry;
use crate::http::gateway::Gateway;
use crate::lock::lock;
use crate::random::Random;
use crate::secret::Secret;
use crate::session::claims::Claims;
use crate::session::cool_down::{CoolDown, Turn};
use crate::session::refresh_error::RefreshError;
use crate::session::tokens::{Issued, TokenVersion, Tokens};
use crate::shared::Shared;
use crate::state::{Event, SignOutCause, SignedIn, State};
use crate::store::saver::{Hold, Saver};
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
    pub(crate) refreshing: Arc<Shared<TokenVersion, Result<Turn, RefreshError>>>,
    pub(crate) cooling: Mutex<Option<CoolDown>>,
    pub(crate) nudging: Arc<Shared<(), ()>>,
    pub(crate) nudged: Mutex<Option<Expiry>>,
    /// What the store held when this session last read or wrote it, as a hash; `None` before.
    known: Mutex<Option<other_programs::Mark>>,
}

/// Held from the check of a change to its publication.
struct Changing<'a> {
    _own: tokio::sync::MutexGuard<'a, ()>,
    /// Let go last.
    _store: Hold,
}

/// The tokens that are held, with their name.
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
    /// Rises with everything that gets a name from it.
    counter: u64,
    /// Rises with every sign-in and every sign-out that was asked for, also by another program on the same store. Not
    /// with a refresh, nor when the server ends a session.
    changes: u64,
    /// The same, of this program alone.
    own_changes: u64,
}

/// A moment in the session's life: whoever signs in asks the server first, and what has happened since then wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Since {
    changes: u64,
    own_changes: u64,
}

/// Whose session a new one may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replaces {
    /// Nobody's: nobody may be signed in.
    Nobody,
    /// This user's: they are signed in, and the new session is theirs too.
    Own(Uuid),
    /// Anybody's who was signed in when the work began.
    Anybody,
}

/// Why what the server issued is not the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInstalled {
    /// Somebody is signed in, whom it must not replace.
    SignedIn,
    /// Somebody has signed in or out since the work began, or what it was for was given up.
    Superseded,
    /// It is another account's than the one that it was asked for.
    OtherAccount,
}

impl Session {
    pub(crate) fn new(gateway: Arc<Gateway>, saver: Arc<Saver>, random: Arc<dyn Random>) -> Arc<Self> {
        let live =
            Mutex::new(Live { state: State::Restoring, held: None, counter: 0, changes: 0, own_changes: 0 });
        let key = StoreKey::session(&gateway.project);
        let published = watch::Sender::new(State::Restoring);
        let (changing, refreshing) = (tokio::sync::Mutex::default(), Shared::new());
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
            nudging: Shared::new(),
            nudged: Mutex::default(),
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
    pub(crate) async fn lock_store(&self) -> Hold {
        self.saver.lock().await
    }

    /// The tokens, if somebody is signed in.
    pub(crate) fn held(&self) -> Option<Held> {
        self.live().held.clone()
    }

    /// The same with their user.
    pub(crate) fn held_with_user(&self) -> Option<(Held, User)> {
        let live = self.live();
        Some((live.held.clone()?, live.state.signed_in()?.user.clone()))
    }

    /// A key of the project has vouched for the user of this generation.
    pub(crate) fn vouch(&self, of: u64, claims: &Claims) {
        let (id, is_anonymous) = (claims.sub, claims.is_anonymous);
        self.apply(Event::Vouched { of, id, email: claims.email.clone(), is_anonymous });
    }

    /// The refresh token to show to the server.
    ///
    /// Where the store lacks the newest one, the one that it holds: that is its parent, for which the server gives the
    /// newest again without moving on. So however long the store fails, it never falls back by more than one
    /// generation, and a restart still finds a token that the server takes.
    pub(crate) async fn refresh_token(&self, held: &Held) -> Secret<String> {
        match &held.stored {
            Some(stored) if !self.saver.is_saved(&self.key).await => stored.clone(),
            _ => held.tokens.refresh.clone(),
        }
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

    /// Reads the store. Does nothing once the state is known.
    pub(crate) async fn restore(&self) -> State {
        let _changing = self.changing.lock().await;
        if self.state() != State::Restoring {
            return self.state();
        }
        let stored = match self.stored().await {
            Ok(None) => {
                self.mark(None);
                Ok(None)
            }
            Ok(Some(text)) => {
                self.mark(Some(&text));
                Issued::from_stored(&text, &*self.gateway.clock).map(Some).ok_or(StoreError::Corrupt)
            }
            Err(error) => Err(error),
        };
        match stored {
            Ok(Some(issued)) => {
                let user = issued.user.clone();
                self.hold(issued.tokens, |generation| {
                    Event::Restored(Some(SignedIn { generation, user, verified: false }))
                });
            }
            Ok(None) => self.apply(Event::Restored(None)),
            Err(error) => {
                tracing::warn!(%error, "the stored session is lost");
                self.apply(Event::StoreLost);
            }
        }
        self.state()
    }

    /// What the store holds for this project: under its own name, or else, once, under the one that supabase-js uses.
    async fn stored(&self) -> Result<Option<Secret<String>>, StoreError> {
        let own = self.saver.get(&self.key).await?;
        let shared_key = StoreKey::supabase_js_session(&self.gateway.project);
        if shared_key == self.key {
            return Ok(own);
        }
        let shared = match self.saver.get(&shared_key).await {
            Ok(shared) => shared.filter(|text| self.gateway.project.may_have_issued(text)),
            Err(error) => {
                tracing::warn!(%error, "what may lie under the name that supabase-js uses cannot be read");
                None
            }
        };
        let Some(shared) = shared else { return Ok(own) };
        if own.is_none() && self.saver.put(&self.key, Some(shared.clone())).await.is_err() {
            // Both stay as they are until the store takes it.
            return Ok(Some(shared));
        }
        // Two sessions of one project would come back one after the other. A failure is tried again.
        let _owed = self.saver.put(&shared_key, None).await;
        Ok(own.or(Some(shared)))
    }

    /// Now, for [`install`](Self::install), once what other programs did is followed.
    pub(crate) async fn begin(&self) -> Since {
        // What happens here while the store is waited for has happened since then; what is found there has not.
        let own_changes = self.live().own_changes;
        self.catch_up().await;
        Since { changes: self.live().changes, own_changes }
    }

    /// A sign-in succeeded: its session takes the place of the one that there is, if it may. `is_wanted` is asked when
    /// nobody can change the session any more: false when what began the sign-in was given up.
    pub(crate) async fn install(
        &self,
        since: Since,
        replaces: Replaces,
        issued: Issued,
        is_wanted: impl FnOnce() -> bool,
    ) -> Result<User, NotInstalled> {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        self.check(since, replaces)?;
        match replaces {
            Replaces::Own(owner) if owner != issued.user.id => Err(NotInstalled::OtherAccount),
            _ if !is_wanted() => Err(NotInstalled::Superseded),
            _ => Ok(self.install_while(&changing, issued).await),
        }
    }

    /// Whether a session that was asked for at that moment could still be installed.
    pub(crate) fn check(&self, since: Since, replaces: Replaces) -> Result<(), NotInstalled> {
        let live = self.live();
        let now = live.state.signed_in().map(|now| now.user.id);
        match replaces {
            Replaces::Nobody if now.is_some() => Err(NotInstalled::SignedIn),
            Replaces::Own(owner) if now != Some(owner) => Err(NotInstalled::OtherAccount),
            _ if live.now() != since => Err(NotInstalled::Superseded),
            _ => Ok(()),
        }
    }

    async fn install_while(&self, _changing: &Changing<'_>, issued: Issued) -> User {
        let Issued { tokens, user } = issued;
        self.persist(&tokens, &user).await;
        let published = user.clone();
        self.live().change();
        self.hold(tokens, |generation| {
            Event::Received(SignedIn { generation, user: published, verified: true })
        });
        user
    }

    /// Keeps everybody from changing the session while `work` is done.
    pub(crate) async fn undisturbed<T>(&self, work: impl Future<Output = T>) -> T {
        let _changing = self.changing().await;
        work.await
    }

    /// A refresh succeeded. `false` when the session it was for is no longer there; then nothing changes.
    pub(crate) async fn renew(&self, of: TokenVersion, issued: Issued) -> bool {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        if self.live().held.as_ref().is_none_or(|held| held.version != of) {
            return false;
        }
        self.take_over(of, issued).await;
        true
    }

    /// Only while `changing` is held.
    async fn take_over(&self, of: TokenVersion, issued: Issued) {
        let stored = match self.held() {
            Some(held) => Some(self.refresh_token(&held).await),
            None => None,
        };
        let saved = self.persist(&issued.tokens, &issued.user).await;
        let stored = stored.filter(|_| !saved);
        let mut live = self.live();
        live.counter += 1;
        let version = TokenVersion { version: live.counter, ..of };
        live.held = Some(Held { version, tokens: issued.tokens, rejected: false, stored });
        live.transition(Event::Refreshed { of: of.generation, user: issued.user });
        self.publish(&live);
    }

    /// The session of this generation was issued anew, with more rights. `None` when it is no longer there; then
    /// nothing changes.
    pub(crate) async fn step_up(&self, of: u64, issued: Issued) -> Option<User> {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        let version = self.held().map(|held| held.version).filter(|held| held.generation == of)?;
        let user = issued.user.clone();
        self.take_over(version, issued).await;
        Some(user)
    }

    /// The server described the user; the store learns of it too.
    pub(crate) async fn describe(&self, of: u64, user: User) {
        let changing = self.changing().await;
        // Tokens that another program has renewed must not be written over with older ones.
        self.reconcile(&changing).await;
        let Some(held) = self.held().filter(|held| held.version.generation == of) else { return };
        self.persist(&held.tokens, &user).await;
        self.apply(Event::Described { of, user });
    }

    /// The server ended the session of this generation.
    pub(crate) async fn end(&self, of: u64, cause: SignOutCause) {
        let changing = self.changing().await;
        self.reconcile(&changing).await;
        if self.held().is_some_and(|held| held.version.generation == of) {
            tracing::info!(?cause, "the session has ended");
            // A failure stays owed to the store, which publishes it.
            let _owed = self.clear(Event::Ended { of, cause }).await;
        }
    }

    /// The person signed out. Gives back what there was, and how the store fared.
    pub(crate) async fn sign_out(&self) -> (Option<Held>, Result<(), StoreError>) {
        let changing = self.changing().await;
        // The newest tokens end the session on the server, whoever renewed them.
        let held = self.newest(&changing).await;
        self.live().change();
        let stored = self.clear(Event::Asked).await;
        (held, stored)
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

    /// Whether it worked. A failure stays owed to the store, which publishes it; the session is held in memory all the
    /// same.
    async fn persist(&self, tokens: &Tokens, user: &User) -> bool {
        match tokens::to_stored(tokens, user) {
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
    fn hold(&self, tokens: Tokens, event: impl FnOnce(u64) -> Event) {
        let mut live = self.live();
        live.counter += 1;
        let generation = live.counter;
        let version = TokenVersion { generation, version: generation };
        live.held = Some(Held { version, tokens, rejected: false, stored: None });
        live.transition(event(generation));
        self.publish(&live);
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
    fn now(&self) -> Since {
        Since { changes: self.changes, own_changes: self.own_changes }
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
