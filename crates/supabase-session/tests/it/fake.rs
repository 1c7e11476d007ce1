//! A server, randomness and a store that do what a test says.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::{Value, json};
use supabase_session::{
    Body, Client, ClientBuilder, Clock, Method, Project, Random, Request, Response, Secret, SessionStore,
    StoreError, StoreKey, StoreLock, Transport, TransportError,
};
use tokio::sync::Notify;

pub(crate) use crate::clock::FakeClock;
use crate::deadline::Deadline;

pub(crate) const REDIRECT: &str = "app.foyer.desktop://auth/callback";
pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const USER_ID: &str = "6f1c7a0e-0000-4000-8000-000000000001";

/// A request as the server sees it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Value,
    pub(crate) object: Option<bytes::Bytes>,
}

impl Seen {
    pub(crate) fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(found, _)| found == key).map(|(_, value)| value.as_str())
    }

    pub(crate) fn bearer(&self) -> &str {
        self.headers["authorization"].strip_prefix("Bearer ").unwrap()
    }

    /// `password`, `pkce`, `refresh_token`, or the endpoint's name.
    pub(crate) fn what(&self) -> &str {
        self.query("grant_type").unwrap_or_else(|| self.path.strip_prefix("/auth/v1/").unwrap_or(&self.path))
    }
}

/// What the server does with a request.
pub(crate) enum Reply {
    Answer(Response),
    Fail(TransportError),
    /// Says that the request has come, waits, then replies.
    Gate(Arc<Gate>, Box<Reply>),
}

#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) reached: Notify,
    pub(crate) open: Notify,
}

type Rule = Box<dyn Fn(&Seen) -> Reply + Send + Sync>;

pub(crate) struct Server {
    rule: Mutex<Arc<Rule>>,
    seen: Mutex<Vec<Seen>>,
    /// Requests whose future was dropped before an answer.
    pub(crate) aborted: Arc<Notify>,
}

impl Server {
    pub(crate) fn new(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Arc<Self> {
        let rule = Mutex::new(Arc::new(Box::new(rule) as Rule));
        Arc::new(Self { rule, seen: Mutex::default(), aborted: Arc::default() })
    }

    pub(crate) fn now(&self, rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) {
        *self.rule.lock().unwrap() = Arc::new(Box::new(rule));
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, what: &str) -> usize {
        self.seen().iter().filter(|seen| seen.what() == what).count()
    }

    pub(crate) fn last(&self) -> Seen {
        self.seen().pop().unwrap()
    }
}

struct Abort(Option<Arc<Notify>>);

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(aborted) = self.0.take() {
            aborted.notify_one();
        }
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut abort = Abort(Some(Arc::clone(&self.aborted)));
        let (body, object) = match &request.body {
            Body::Empty => (Value::Null, None),
            Body::Json(text) => (serde_json::from_slice(text.expose()).unwrap(), None),
            Body::Object { bytes, progress } => {
                progress.tell(bytes.len() as u64, bytes.len() as u64);
                (Value::Null, Some(bytes.clone()))
            }
        };
        let seen = Seen {
            method: request.method,
            path: request.url.path().to_owned(),
            query: request.url.query_pairs().into_owned().collect(),
            headers: request.headers.iter().map(|(k, v)| (k.to_string(), v.expose().clone())).collect(),
            body,
            object,
        };
        self.seen.lock().unwrap().push(seen.clone());
        let rule = Arc::clone(&self.rule.lock().unwrap());
        let mut reply = rule(&seen);
        // Other tasks get a turn, as they would while a network is waited for.
        tokio::task::yield_now().await;
        loop {
            match reply {
                Reply::Gate(gate, then) => {
                    gate.reached.notify_one();
                    gate.open.notified().await;
                    reply = *then;
                }
                Reply::Answer(response) => {
                    abort.0 = None;
                    return Ok(response);
                }
                Reply::Fail(error) => {
                    abort.0 = None;
                    return Err(error);
                }
            }
        }
    }
}

pub(crate) fn raw(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let headers = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Reply::Answer(Response { status, headers, body: body.to_owned().into() })
}

pub(crate) fn ok(body: Value) -> Reply {
    raw(200, &[], &body.to_string())
}

pub(crate) fn refuse(status: u16, code: &str) -> Reply {
    raw(status, &[], &json!({"code": code, "message": "no"}).to_string())
}

pub(crate) fn offline() -> Reply {
    Reply::Fail(TransportError::Unreachable)
}

pub(crate) fn user(email: &str) -> Value {
    json!({
        "id": USER_ID, "aud": "authenticated", "role": "authenticated", "email": email, "phone": "",
        "user_metadata": {"full_name": "Ada"}, "identities": [{"id": USER_ID}], "is_anonymous": false
    })
}

/// A session whose tokens end in `name`.
pub(crate) fn session(name: &str) -> Value {
    json!({
        "access_token": format!("access-{name}"), "refresh_token": format!("refresh-{name}"), "token_type": "bearer",
        "expires_in": 3600, "expires_at": NOW + 3600, "user": user(EMAIL)
    })
}

pub(crate) const BOB: &str = "bob@example.com";
pub(crate) const BOB_ID: &str = "6f1c7a0e-0000-4000-8000-00000000b0b0";

/// Somebody else's session, with the tokens `access-bob` and `refresh-bob`.
pub(crate) fn session_of_bob() -> Value {
    let mut session = session("bob");
    (session["user"]["id"], session["user"]["email"]) = (BOB_ID.into(), BOB.into());
    session
}

/// What the wall clock shows at first, in seconds since 1970.
pub(crate) const NOW: u64 = 1_800_000_000;

/// Randomness that counts up: never twice the same bytes, and the same ones in every run.
#[derive(Default)]
pub(crate) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, SeqCst));
    }
}

/// A store that can be looked into, broken and held up.
#[derive(Default)]
pub(crate) struct OpenStore {
    pub(crate) values: Mutex<HashMap<String, String>>,
    pub(crate) broken: AtomicBool,
    pub(crate) unreadable: AtomicBool,
    /// Whether reading never ends.
    pub(crate) silent: AtomicBool,
    /// The lock that other programs on the same store share; without it the store guards nothing.
    guard: Option<Arc<tokio::sync::Mutex<()>>>,
    pub(crate) unlockable: AtomicBool,
    /// Holds up the next write of a session.
    pub(crate) gate: Mutex<Option<Arc<Gate>>>,
}

impl OpenStore {
    /// A store that lets one program in at a time.
    pub(crate) fn guarded() -> Arc<Self> {
        Arc::new(Self { guard: Some(Arc::default()), ..Self::default() })
    }

    pub(crate) fn text(&self, end: &str) -> Option<String> {
        self.values.lock().unwrap().iter().find(|(key, _)| key.ends_with(end)).map(|(_, value)| value.clone())
    }

    pub(crate) fn session(&self) -> Option<Value> {
        self.text("-auth-token").map(|text| serde_json::from_str(&text).unwrap())
    }

    /// The slots of pending flows.
    pub(crate) fn slots(&self) -> Vec<Value> {
        let values = self.values.lock().unwrap();
        let slots = values.iter().filter(|(key, _)| key.contains("-code-verifier-"));
        slots.map(|(_, value)| serde_json::from_str(value).unwrap()).collect()
    }

    fn write(&self) -> Result<(), StoreError> {
        if self.broken.load(SeqCst) { Err(StoreError::Unwritable("disk full".to_owned())) } else { Ok(()) }
    }
}

#[async_trait]
impl SessionStore for OpenStore {
    async fn get(&self, key: &StoreKey) -> Result<Option<Secret<String>>, StoreError> {
        if self.silent.load(SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.unreadable.load(SeqCst) {
            return Err(StoreError::Unreadable("permission denied".to_owned()));
        }
        Ok(self.values.lock().unwrap().get(key.as_str()).map(|text| Secret::from(text.as_str())))
    }

    async fn set(&self, key: &StoreKey, value: &Secret<String>) -> Result<(), StoreError> {
        let gate =
            if key.as_str().ends_with("-auth-token") { self.gate.lock().unwrap().take() } else { None };
        if let Some(gate) = gate {
            gate.reached.notify_one();
            gate.open.notified().await;
        }
        self.write()?;
        self.values.lock().unwrap().insert(key.as_str().to_owned(), value.expose().clone());
        Ok(())
    }

    async fn remove(&self, key: &StoreKey) -> Result<(), StoreError> {
        self.write()?;
        self.values.lock().unwrap().remove(key.as_str());
        Ok(())
    }

    async fn lock(&self) -> Result<StoreLock, StoreError> {
        if self.unlockable.load(SeqCst) {
            return Err(StoreError::Unwritable("no locks here".to_owned()));
        }
        match &self.guard {
            Some(guard) => Ok(StoreLock::new(Arc::clone(guard).lock_owned().await)),
            None => Ok(StoreLock::unguarded()),
        }
    }
}

/// A client with its server, store and clock.
pub(crate) struct World {
    pub(crate) client: Client,
    pub(crate) server: Arc<Server>,
    pub(crate) clock: Arc<FakeClock>,
    pub(crate) store: Arc<OpenStore>,
    random: Arc<Counting>,
    /// The deadline of the test that made this.
    _deadline: Deadline,
}

pub(crate) fn project() -> Project {
    Project::new("https://abcd.supabase.co", "sb_publishable_key").unwrap()
}

impl World {
    pub(crate) fn new(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::on(Server::new(rule), FakeClock::auto(), Arc::default(), Arc::default())
    }

    pub(crate) fn with_clock(
        clock: Arc<FakeClock>,
        rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::on(Server::new(rule), clock, Arc::default(), Arc::default())
    }

    /// A client on a store that several programs may share, with a clock that the test alone moves.
    pub(crate) fn guarded(rule: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::on(Server::new(rule), FakeClock::manual(), OpenStore::guarded(), Arc::default())
    }

    /// This world with a client for the implicit flow.
    pub(crate) fn implicit(self) -> Self {
        let client =
            Self::builder(&self.server, &self.clock, &self.store, &self.random).implicit(true).build();
        Self { client, ..self }
    }

    fn on(server: Arc<Server>, clock: Arc<FakeClock>, store: Arc<OpenStore>, random: Arc<Counting>) -> Self {
        let client = Self::builder(&server, &clock, &store, &random).build();
        Self { client, server, clock, store, random, _deadline: Deadline::here() }
    }

    fn builder(
        server: &Arc<Server>,
        clock: &Arc<FakeClock>,
        store: &Arc<OpenStore>,
        random: &Arc<Counting>,
    ) -> ClientBuilder {
        Client::builder(project(), Arc::clone(store) as Arc<dyn SessionStore>)
            .redirect_to(REDIRECT.parse().unwrap())
            .client_info("foyer/0.1.0".to_owned())
            .transport(Arc::clone(server) as Arc<dyn Transport>)
            .clock(Arc::clone(clock) as Arc<dyn Clock>)
            .random(Arc::clone(random) as Arc<dyn Random>)
    }

    /// The same server, store and clock with a new client, as after a restart of the program.
    pub(crate) fn restarted(&self) -> Self {
        Self::on(
            Arc::clone(&self.server),
            Arc::clone(&self.clock),
            Arc::clone(&self.store),
            Arc::clone(&self.random),
        )
    }

    /// Somebody is signed in, with the tokens `access-1` and `refresh-1`.
    pub(crate) async fn signed_in(self) -> Self {
        let rule = Arc::clone(&self.server.rule.lock().unwrap());
        self.server.now(|_| ok(session("1")));
        self.client.restore().await;
        self.client.sign_in_with_password(EMAIL, "Passw0rd!".into()).await.unwrap();
        *self.server.rule.lock().unwrap() = rule;
        self.server.seen.lock().unwrap().clear();
        self
    }

    /// Somebody else is signed in, with the tokens `access-bob` and `refresh-bob`.
    pub(crate) async fn bob_signs_in(&self) {
        let rule = Arc::clone(&self.server.rule.lock().unwrap());
        self.server.now(|_| ok(session_of_bob()));
        self.client.sign_in_with_password(BOB, "Passw0rd!".into()).await.unwrap();
        *self.server.rule.lock().unwrap() = rule;
    }

    /// The address of the signed-in user.
    pub(crate) fn who(&self) -> Option<String> {
        self.client.state().signed_in().and_then(|now| now.user.email.clone())
    }

    pub(crate) fn is_signed_in(&self) -> bool {
        self.client.state().signed_in().is_some()
    }
}
