//! The way between client and server. Every request stops here until the world decides what becomes of it. What no
//! client may ever send is noticed here.

use parking_lot::{Mutex, MutexGuard};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use supabase_session::{Request, Response, Transport, TransportError};
use tokio::sync::oneshot;

use super::clock::WorldClock;
use super::flaw::Flaw;
use super::requests::{bearer, code, json, what};
use super::server::project;
use super::tokens;

/// A request on its way.
pub(super) struct Flight {
    pub(super) request: Request,
    /// When it was sent, on the monotonic clock.
    pub(super) begun: Duration,
    /// What the server answered, while that is still on its way back.
    pub(super) answered: Option<Response>,
    /// The request has not reached the server yet and waits to be let through.
    pub(super) held: bool,
    /// Nothing more happens to the request until its deadline.
    pub(super) lost: bool,
    reply: oneshot::Sender<Result<Response, TransportError>>,
}

/// The network, with all requests on their way.
pub(super) struct Network {
    clock: Arc<WorldClock>,
    flaw: Option<Flaw>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    flights: Vec<Flight>,
    sent: u64,
    refreshes: u64,
    /// What is known of each access token. A token that was issued twice has two entries: two tokens that are issued
    /// within a second may be the same text.
    tokens: BTreeMap<String, Vec<Known>>,
    /// The session of each refresh token.
    families: BTreeMap<String, String>,
    /// Codes whose exchange was answered with a session in this life of the program.
    exchanged: BTreeSet<String>,
    violations: Vec<String>,
    /// Tokens that were sent.
    used: BTreeSet<String>,
    /// What was sent since it was last looked at.
    shown: Vec<Shown>,
}

/// A token that was shown to a server.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) project: usize,
    pub(super) path: String,
    pub(super) access: Option<String>,
    pub(super) refresh: Option<String>,
    /// The person whose row is asked for or changed.
    pub(super) row: Option<String>,
}

/// What the client knows of an access token.
#[derive(Debug, Clone, Copy)]
struct Known {
    lifetime: u64,
    monotonic: Duration,
    wall: i64,
}

impl Shown {
    fn of(request: &Request) -> Self {
        let row = request.url.query_pairs().find(|(column, _)| column == "id");
        Self {
            project: project(&request.url),
            path: request.url.path().to_owned(),
            access: bearer(request).map(str::to_owned),
            refresh: json(request)["refresh_token"].as_str().map(str::to_owned),
            row: row.and_then(|(_, is)| is.strip_prefix("eq.").map(str::to_owned)),
        }
    }
}

impl Flight {
    /// Whether nobody waits for it any more.
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    /// `refresh_token`, `pkce`, `password`, else the path.
    pub(super) fn what(&self) -> String {
        what(&self.request)
    }
}

impl Network {
    pub(super) fn new(clock: Arc<WorldClock>, flaw: Option<Flaw>) -> Arc<Self> {
        Arc::new(Self { clock, flaw, inner: Mutex::default() })
    }

    /// How many requests were ever sent.
    pub(super) fn sent(&self) -> u64 {
        self.inner().sent
    }

    /// How many of them were refreshes.
    pub(super) fn refreshes(&self) -> u64 {
        self.inner().refreshes
    }

    /// How many are on their way.
    pub(super) fn count(&self) -> usize {
        let mut inner = self.inner();
        inner.flights.retain(|flight| !flight.is_abandoned());
        inner.flights.len()
    }

    /// What `work` says of the request with this index; `None` when there is none.
    pub(super) fn with_flight<T>(&self, at: usize, work: impl FnOnce(&mut Flight) -> T) -> Option<T> {
        self.inner().flights.get_mut(at).map(work)
    }

    /// How long until the first of them has taken too long.
    pub(super) fn until_deadline(&self) -> Option<Duration> {
        let now = self.clock.monotonic_time();
        let flights = &self.inner().flights;
        flights.iter().map(|flight| (flight.begun + flight.request.deadline).saturating_sub(now)).min()
    }

    /// The index of a request that has taken too long.
    pub(super) fn overdue(&self) -> Option<usize> {
        let now = self.clock.monotonic_time();
        self.inner().flights.iter().position(|flight| flight.begun + flight.request.deadline <= now)
    }

    /// Ends the request with this index: the client gets `answer`.
    pub(super) fn deliver(&self, at: usize, answer: Result<Response, TransportError>) {
        let mut inner = self.inner();
        if at >= inner.flights.len() {
            return;
        }
        let flight = inner.flights.remove(at);
        if let Ok(response) = &answer {
            inner.learn(&flight.request, response, &self.clock);
        }
        // The caller may be gone.
        let _gone = flight.reply.send(answer);
    }

    /// The program was killed: its requests are abandoned, and what it knew is forgotten.
    pub(super) fn forget_process(&self) -> Vec<Flight> {
        let mut inner = self.inner();
        inner.tokens.clear();
        inner.exchanged.clear();
        std::mem::take(&mut inner.flights)
    }

    /// Forgets what the program knows of its tokens, when that cannot be told any more.
    pub(super) fn forget_tokens(&self) {
        self.inner().tokens.clear();
    }

    /// What the program knows of the session that it found in its store.
    pub(super) fn learn_stored(&self, session: &str) {
        let session: Value = serde_json::from_str(session).unwrap_or(Value::Null);
        let (Some(token), Some(at)) = (session["access_token"].as_str(), session["expires_at"].as_i64())
        else {
            return;
        };
        let left = u64::try_from(at - self.clock.wall_seconds()).unwrap_or_default();
        let lifetime = session["expires_in"].as_u64().map_or(left, |whole| left.min(whole));
        let known = Known::now(lifetime, &self.clock);
        let mut inner = self.inner();
        inner.tokens.entry(token.to_owned()).or_default().push(known);
        inner.families.extend(tokens::family(&session));
    }

    /// The program is about to be given this session.
    pub(super) fn learn_family(&self, session: &Value) {
        self.inner().families.extend(tokens::family(session));
    }

    /// What was sent that must never be.
    pub(super) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.inner().violations)
    }

    /// The tokens that were shown since this was last asked.
    pub(super) fn take_shown(&self) -> Vec<Shown> {
        std::mem::take(&mut self.inner().shown)
    }

    fn push(&self, request: Request) -> oneshot::Receiver<Result<Response, TransportError>> {
        let mut inner = self.inner();
        inner.check(&request, &self.clock);
        inner.shown.push(Shown::of(&request));
        let (reply, answer) = oneshot::channel();
        inner.sent += 1;
        inner.refreshes += u64::from(what(&request) == "refresh_token");
        let begun = self.clock.monotonic_time();
        inner.flights.push(Flight { request, begun, answered: None, held: false, lost: false, reply });
        answer
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock()
    }
}

impl Inner {
    fn check(&mut self, request: &Request, clock: &WorldClock) {
        let kind = what(request);
        let flights = self.flights.iter().filter(|flight| !flight.is_abandoned() && flight.what() == kind);
        let mut others = flights.map(|flight| &flight.request);
        if kind == "refresh_token" && others.any(|other| self.family(other) == self.family(request)) {
            self.violations.push("two refreshes of one session are in flight".to_owned());
        } else if kind == "pkce" && others.next().is_some() {
            self.violations.push("two exchanges are in flight".to_owned());
        }
        if let Some(code) = code(request)
            && self.exchanged.contains(&code)
        {
            self.violations.push("a code that had become a session is exchanged again".to_owned());
        }
        let token = bearer(request).unwrap_or_default();
        // A session that came too late is ended all the same, with the only token that there is.
        let unused = kind == "/auth/v1/logout" && !self.used.contains(token);
        self.used.insert(token.to_owned());
        if let Some(known) = self.tokens.get(token).filter(|_| !unused)
            && known.iter().all(|known| known.is_over(clock))
        {
            let path = request.url.path();
            self.violations.push(format!("{path} is asked with a token that is known to be over"));
        }
    }

    fn family(&self, refresh: &Request) -> Option<&String> {
        self.families.get(json(refresh)["refresh_token"].as_str()?)
    }

    fn learn(&mut self, request: &Request, response: &Response, clock: &WorldClock) {
        let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        let (Some(token), Some(lifetime)) = (body["access_token"].as_str(), body["expires_in"].as_u64())
        else {
            return;
        };
        if response.status == 200 {
            self.tokens.entry(token.to_owned()).or_default().push(Known::now(lifetime, clock));
            self.exchanged.extend(code(request));
            self.families.extend(tokens::family(&body));
        }
    }
}

impl Known {
    fn now(lifetime: u64, clock: &WorldClock) -> Self {
        Self { lifetime, monotonic: clock.monotonic_time(), wall: clock.wall_seconds() }
    }

    /// Whether the token is over, by the clock of the client's that has seen more time pass.
    fn is_over(self, clock: &WorldClock) -> bool {
        let monotonic = clock.monotonic_time().saturating_sub(self.monotonic).as_secs();
        let wall = u64::try_from(clock.wall_seconds() - self.wall).unwrap_or_default();
        // A second of grace, as the wall is read in whole seconds here.
        monotonic.max(wall.saturating_sub(1)) >= self.lifetime
    }
}

/// The client's end.
pub(super) struct ClientTransport(pub(super) Arc<Network>);

#[async_trait]
impl Transport for ClientTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let doubled = self.0.flaw == Some(Flaw::LetsTwoRefreshesThrough) && what(&request) == "refresh_token";
        let answer = self.0.push(request.clone());
        let _second = doubled.then(|| self.0.push(request));
        answer.await.unwrap_or(Err(TransportError::Unreachable))
    }
}
