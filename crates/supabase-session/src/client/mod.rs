//! The handle that a program holds. The methods of a feature stand in its file in `auth/`; here are the methods that
//! belong to no feature: the state, the pending flows, refreshing, and the way to rows and objects.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::callback::outcome::Completed;
use crate::callback::unsolicited::LastUnsolicitedLink;
use crate::error::{CallbackError, HttpError};
use crate::flows::Flows;
use crate::flows::flow::{FlowId, PendingFlow};
use crate::flows::redirect::Redirect;
use crate::flows::request_options::RequestOptions;
use crate::http::gateway::Gateway;
use crate::http::transport::Method;
use crate::jwks::Keys;
use crate::project::Project;
use crate::rest::Rest;
use crate::secret::Secret;
use crate::session::Session;
use crate::session::authorized::Authorized;
use crate::session::refresh::SYNC_INTERVAL;
use crate::session::refresh_error::RefreshError;
use crate::settings::Settings;
use crate::shared::{SingleFlight, spawn_to_completion};
use crate::state::State;
use crate::storage::Bucket;
use crate::store::saver::Saver;
use crate::store::{StoreError, StoreHealth};

pub use builder::ClientBuilder;

/// The client of one project. Clones share everything.
///
/// Its methods need a Tokio runtime.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
    /// What this handle adds to its calls; other handles of the same client may add something else.
    pub(crate) options: Arc<RequestOptions>,
}

pub(crate) type Exchanges = SingleFlight<(FlowId, [u8; 32]), Result<Completed, CallbackError>>;

pub(crate) struct Inner {
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) session: Arc<Session>,
    pub(crate) saver: Arc<Saver>,
    pub(crate) flows: Flows,
    pub(crate) authorized: Authorized,
    /// Where links lead back to by default.
    pub(crate) home: Option<Redirect>,
    /// Exchanges under way, by flow and by the code's hash: a link that comes many times is exchanged once.
    pub(crate) exchanges: Arc<Exchanges>,
    /// One exchange at a time: a second code for the same flow waits for the outcome of the first.
    pub(crate) exchanging: tokio::sync::Mutex<()>,
    pub(crate) implicit: bool,
    pub(crate) last_unsolicited: LastUnsolicitedLink,
    pub(crate) keys: Keys,
}

impl Client {
    /// A handle of the same client (same session, same flows) whose flows lead back to this redirect, for example to a
    /// loopback address where a project lets no other through. A flow keeps its redirect for its life, restarts
    /// included.
    #[must_use]
    pub fn with_redirect(&self, redirect: Redirect) -> Self {
        self.with_options(RequestOptions { redirect: Some(redirect), ..(*self.options).clone() })
    }

    /// A handle of the same client whose calls carry a captcha's token (`gotrue_meta_security.captcha_token`) for a
    /// project that asks for one: sign-up, password, anonymous, magic link, recovery, mails sent again and typed codes.
    /// The server shows a token to the captcha's provider, which takes each once and for some minutes only: make a
    /// handle for one call, and a new one for the next.
    #[must_use]
    pub fn with_captcha(&self, token: Secret<String>) -> Self {
        self.with_options(RequestOptions { captcha: Some(token), ..(*self.options).clone() })
    }

    /// A handle of the same client whose sign-ins replace nobody, for a program that signs in only while nobody is
    /// signed in. A sign-in that is tried more than once (with a captcha's token, with another kind of code) needs it:
    /// each try alone would replace whoever has signed in before it. While somebody is signed in, nothing is sent and the
    /// sign-in fails as `Superseded`, or as [`OtpError::SignedIn`](crate::OtpError::SignedIn).
    #[must_use]
    pub fn replacing_nobody(&self) -> Self {
        self.with_options(RequestOptions { replaces_nobody: true, ..(*self.options).clone() })
    }

    fn with_options(&self, options: RequestOptions) -> Self {
        Self { inner: Arc::clone(&self.inner), options: Arc::new(options) }
    }

    /// The project that this client talks to.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.inner.gateway.project
    }

    /// Reads the session and the pending flows from the store. Never touches the network; later calls change nothing.
    ///
    /// Where the store cannot be read now ([`StoreError::Unreadable`]: a keychain that is locked) the state stays
    /// [`State::Restoring`]. The next call reads it again, and so do [`keep_fresh`](Self::keep_fresh) and
    /// [`refresh_soon`](Self::refresh_soon). A sign-in meanwhile takes the place of what could not be read.
    pub async fn restore(&self) -> State {
        let inner = Arc::clone(&self.inner);
        spawn_to_completion(async move {
            inner.flows.discard_shared().await;
            inner.flows.sync().await;
            inner.session.restore().await
        })
        .await
    }

    /// Who is signed in now.
    #[must_use]
    pub fn state(&self) -> State {
        self.inner.session.state()
    }

    /// Who is signed in, and every change of it.
    #[must_use]
    #[doc(alias = "onAuthStateChange")]
    pub fn watch(&self) -> watch::Receiver<State> {
        self.inner.session.watch()
    }

    /// The pending flows: what was begun and continues in a mail or a browser. The oldest first.
    #[must_use]
    pub fn pending(&self) -> Vec<PendingFlow> {
        let state = self.state();
        let now = state.signed_in().map(|now| now.user.id);
        let concerns = |flow: &PendingFlow| flow.owner.is_none() || flow.owner == now;
        self.inner.flows.visible().into_iter().filter(concerns).collect()
    }

    /// The pending flows of everybody who uses this store, and every change of them. Show a person only what is theirs:
    /// see [`pending`](Self::pending).
    #[must_use]
    pub fn watch_pending(&self) -> watch::Receiver<Vec<PendingFlow>> {
        self.inner.flows.watch()
    }

    /// Whether everything is in the store, and every change of it.
    #[must_use]
    pub fn watch_store(&self) -> watch::Receiver<StoreHealth> {
        self.inner.saver.watch()
    }

    /// What the project offers. Also proves that its URL and key are right.
    ///
    /// # Errors
    /// [`HttpError::NotSupabase`] or [`HttpError::WebPage`] for a wrong URL, [`HttpError::KeyRefused`] for a wrong key,
    /// and the rest.
    pub async fn settings(&self) -> Result<Settings, HttpError> {
        let request = self.inner.gateway.auth(Method::Get, "settings");
        match self.inner.gateway.send(request).await? {
            Ok(response) => Settings::parse(&response.body).ok_or(HttpError::NotSupabase),
            Err(fault) if matches!(fault.status, 401 | 403) => Err(HttpError::KeyRefused),
            Err(_) => Err(HttpError::NotSupabase),
        }
    }

    /// Refreshes now, whatever is left of the token. All callers at the same time share one request, which goes on to
    /// its end when their futures are dropped. After a failure the same token is left alone for
    /// [`COOL_DOWN`](crate::COOL_DOWN), and the last outcome is given.
    ///
    /// # Errors
    /// See [`RefreshError`], which says for each whether the session is kept.
    #[doc(alias = "refreshSession")]
    pub async fn refresh(&self) -> Result<(), RefreshError> {
        self.inner.session.refresh().await
    }

    /// Keeps the session fresh, for ever: syncs every [`SYNC_INTERVAL`], refreshes when less than
    /// [`REFRESH_MARGIN`](crate::REFRESH_MARGIN) is left, follows what another program on the same store did, drops
    /// expired flows, writes what the store still lacks. When the machine has slept it calls
    /// [`refresh_soon`](Self::refresh_soon). Spawn it once.
    #[doc(alias = "startAutoRefresh")]
    pub async fn keep_fresh(&self) {
        let inner = &self.inner;
        let mut slept = Duration::ZERO;
        loop {
            // While the machine slept, the wall clock went on and the monotonic one stood still.
            if slept > SYNC_INTERVAL {
                inner.session.refresh_soon().await
            } else {
                inner.session.sync().await
            }
            inner.flows.sync().await;
            inner.last_unsolicited.prune(inner.gateway.clock.moment());
            inner.saver.flush().await;
            let before = inner.gateway.clock.moment();
            inner.gateway.clock.sleep(SYNC_INTERVAL).await;
            slept = inner.gateway.clock.moment().slept_since(before);
        }
    }

    /// To be called when the server may be reachable again: the network is back, the machine woke, the window came to
    /// the front. Syncs at once and refreshes the session if less than [`REFRESH_MARGIN`](crate::REFRESH_MARGIN) is
    /// left, also when a failure was less than [`COOL_DOWN`](crate::COOL_DOWN) ago (but not before a `Retry-After` is
    /// over); writes what the store still lacks. Call it as often as you like: many at once are one sync, and during an
    /// outage all of them cost a server at most one attempt in 10 s. Goes on to its end when the future is dropped.
    pub async fn refresh_soon(&self) {
        let inner = Arc::clone(&self.inner);
        spawn_to_completion(async move {
            inner.session.refresh_soon().await;
            inner.flows.sync().await;
            inner.saver.flush().await;
        })
        .await;
    }

    /// Writes what the store still lacks, now instead of at the next turn; for whoever is about to end the process.
    /// `false`: the store still lacks something, and what is only in memory goes with the process.
    pub async fn flush(&self) -> bool {
        let saver = Arc::clone(&self.inner.saver);
        spawn_to_completion(async move { saver.flush().await }).await
    }

    /// The project's tables.
    #[must_use]
    #[doc(alias = "from")]
    pub fn rest(&self) -> Rest {
        Rest { authorized: self.inner.authorized.clone() }
    }

    /// The project's tables as its policies show them to somebody who is not signed in, also while somebody is.
    #[must_use]
    pub fn public_rest(&self) -> Rest {
        Rest { authorized: Authorized::of_anybody(&self.inner.gateway) }
    }

    /// A bucket of the project's Storage.
    #[must_use]
    #[doc(alias = "storage.from")]
    pub fn storage(&self, bucket: &str) -> Bucket {
        Bucket { authorized: self.inner.authorized.clone(), name: bucket.to_owned() }
    }

    /// Gives a pending flow up. A link that still comes for it does nothing.
    ///
    /// # Errors
    /// When the flow is still in the store. The client has forgotten it in any case, and tries again to remove it.
    pub async fn cancel(&self, id: &FlowId) -> Result<(), StoreError> {
        let (inner, id) = (Arc::clone(&self.inner), id.clone());
        // The flow must not go between the check that it is pending and the sign-in that it leads to.
        spawn_to_completion(async move { inner.session.undisturbed(inner.flows.remove(&id)).await }).await
    }

    /// To be called when the program turns to another project. From then on nobody signs in with any handle of this
    /// client: a sign-in that is on its way loses as it does to a sign-out, and what the server issues for it is ended
    /// there. Whoever is signed in stays so, also in the store, and can still sign out. Waits for nothing.
    pub fn close(&self) {
        self.inner.session.close();
    }

    /// Reads the store, unless it was read.
    pub(crate) async fn restored(&self) {
        if self.state() == State::Restoring {
            self.restore().await;
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.project().store_key_prefix())
    }
}
