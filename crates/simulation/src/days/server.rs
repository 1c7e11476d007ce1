//! `supabase-local`, answering in process, on the world's time; and what its owner does to people.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{self, header};
use serde_json::{Value, json};
use supabase_local::{Config, Server};
use supabase_session::{Method, Project, Request, Response};
use time::OffsetDateTime;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::clock::BEGINNING;
use super::requests;
use crate::SimulationError;
use crate::seed::Seeded;

/// The largest answer that is read. Real ones have a few KiB.
const LARGEST: usize = 1 << 20;

/// A project's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// Which form of refresh tokens.
    pub(super) token_form: u8,
    /// How long an access token lives, in seconds.
    pub(super) token_life: i64,
    /// How long a session lives.
    pub(super) timebox: Option<Duration>,
}

/// The settings that worlds take turns in.
pub(super) const SETTINGS: [Setting; 2] = [
    Setting { token_form: 1, token_life: 3600, timebox: None },
    Setting { token_form: 2, token_life: 1800, timebox: Some(Duration::from_secs(40 * 3600)) },
];

/// The URLs of the projects: two that somebody hosts themselves and one that Supabase hosts. Their hosts share the
/// first label, so older versions named their keys in the store alike. One server answers for all of them and takes the
/// tokens of each, so that nothing but the client keeps them apart.
pub(super) const PROJECTS: [&str; 3] =
    ["https://foyer.example.com", "https://foyer.example.org", "https://foyer.supabase.co"];

/// What the tokens name as their issuer: what lies under the shared name is the hosted project's.
const ISSUER: &str = "https://foyer.supabase.co/auth/v1";

/// Which of the projects this is.
pub(super) fn project(url: &url::Url) -> usize {
    PROJECTS.iter().position(|of| url.as_str().starts_with(of)).unwrap_or(PROJECTS.len())
}

/// A running server.
pub(super) struct LocalServer {
    runtime: Runtime,
    server: Server,
    router: Router,
    time: Arc<ServerTime>,
    random: Arc<Seeded>,
    /// How many worlds it has served.
    worlds: AtomicU64,
    pub(super) setting: Setting,
}

/// The true time of the current world, in milliseconds since its beginning.
#[derive(Default)]
struct ServerTime(AtomicU64);

impl supabase_local::Clock for ServerTime {
    fn now(&self) -> OffsetDateTime {
        let passed = Duration::from_millis(self.0.load(Ordering::Relaxed));
        OffsetDateTime::UNIX_EPOCH + Duration::from_secs(BEGINNING) + passed
    }
}

impl LocalServer {
    /// Starts a server.
    ///
    /// # Errors
    /// When it does not start.
    pub(super) fn start(setting: Setting) -> Result<Self, SimulationError> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (time, random) = (Arc::new(ServerTime::default()), Arc::new(Seeded::new(0)));
        let config = Config {
            jwt_expiry_s: setting.token_life,
            jwt_issuer: Some(ISSUER.to_owned()),
            refresh_token_algorithm_version: setting.token_form,
            sessions_timebox_s: setting.timebox.and_then(|limit| i64::try_from(limit.as_secs()).ok()),
            ..Config::built_in().map_err(SimulationError::new)?
        };
        let builder = Server::builder(config)
            .clock(Arc::clone(&time) as Arc<dyn supabase_local::Clock>)
            .random(Arc::clone(&random) as Arc<dyn supabase_local::Random>)
            .api_url(PROJECTS[0]);
        let server = runtime.block_on(builder.start()).map_err(SimulationError::new)?;
        let router = server.router();
        Ok(Self { runtime, server, router, time, random, worlds: AtomicU64::default(), setting })
    }

    /// The projects that it serves.
    ///
    /// # Errors
    /// When its key is none.
    pub(super) fn projects(&self) -> Result<Vec<Project>, SimulationError> {
        let key = self.server.keys().publishable;
        PROJECTS.iter().map(|url| Project::new(url, key).map_err(SimulationError::new)).collect()
    }

    /// Empties the server for the next world.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) fn reset(&self, seed: u64) -> Result<(), SimulationError> {
        self.random.reseed(seed);
        let worlds = self.worlds.fetch_add(1, Ordering::Relaxed);
        // Deleting is cheap, but dead rows slow later queries down; truncating makes new files for two dozen tables.
        let query = if worlds.is_multiple_of(8) {
            "truncate auth.users, auth.flow_state, supabase_local.mails cascade"
        } else {
            "delete from auth.users; delete from auth.flow_state; delete from supabase_local.mails"
        };
        self.sql(query, Duration::ZERO).map(drop)
    }

    /// The server's answer to a request of the client, at this true time.
    ///
    /// # Errors
    /// When it does not answer at all.
    pub(super) fn answer(&self, request: &Request, now: Duration) -> Result<Response, SimulationError> {
        let method = match request.method {
            Method::Get => http::Method::GET,
            Method::Head => http::Method::HEAD,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Patch => http::Method::PATCH,
            Method::Delete => http::Method::DELETE,
        };
        let target = &request.url[url::Position::BeforePath..];
        let mut outgoing = http::Request::builder().method(method).uri(target);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(&**name, value.expose());
        }
        let body = match requests::json(request) {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        self.exchange(outgoing.body(body).map_err(SimulationError::new)?, now)
    }

    /// A call with the owner's key.
    ///
    /// # Errors
    /// When the server refuses it: then the world is not what it should be.
    pub(super) fn admin(
        &self,
        method: http::Method,
        path: &str,
        body: &Value,
        now: Duration,
    ) -> Result<Value, SimulationError> {
        self.call(method, path, &self.server.keys().service_role, body, now)
    }

    /// A call of somebody's other device.
    ///
    /// # Errors
    /// As for [`admin`](Self::admin).
    pub(super) fn elsewhere(
        &self,
        method: http::Method,
        path: &str,
        token: Option<&str>,
        body: &Value,
        now: Duration,
    ) -> Result<Value, SimulationError> {
        self.call(method, path, token.unwrap_or(&self.server.keys().anon), body, now)
    }

    /// The rows of the last statement.
    ///
    /// # Errors
    /// When the database refuses it.
    pub(super) fn sql(&self, query: &str, now: Duration) -> Result<Value, SimulationError> {
        self.admin(http::Method::POST, "/pg/query", &json!({ "query": query }), now)
    }

    /// Opens the link of a mail as a browser does, and gives where the link leads.
    ///
    /// # Errors
    /// When it leads nowhere.
    pub(super) fn open(&self, link: &str, now: Duration) -> Result<String, SimulationError> {
        let link = url::Url::parse(link).map_err(SimulationError::new)?;
        let request = http::Request::get(&link[url::Position::BeforePath..]).body(Body::empty());
        let response = self.exchange(request.map_err(SimulationError::new)?, now)?;
        let target = response.header("location").map(str::to_owned);
        target.ok_or_else(|| SimulationError::new(format!("a mail's link answered {}", response.status)))
    }

    fn call(
        &self,
        method: http::Method,
        path: &str,
        token: &str,
        body: &Value,
        now: Duration,
    ) -> Result<Value, SimulationError> {
        let request = http::Request::builder()
            .method(&method)
            .uri(path)
            .header("apikey", &self.server.keys().anon)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        let response = self.exchange(request.map_err(SimulationError::new)?, now)?;
        if !(200..300).contains(&response.status) {
            let said = String::from_utf8_lossy(&response.body).into_owned();
            return Err(SimulationError::new(format!("{method} {path}: {} {said}", response.status)));
        }
        Ok(serde_json::from_slice(&response.body).unwrap_or(Value::Null))
    }

    fn exchange(&self, request: http::Request<Body>, now: Duration) -> Result<Response, SimulationError> {
        self.time.0.store(u64::try_from(now.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await.map_err(SimulationError::new)?;
            let (answer, body) = answer.into_parts();
            let body = to_bytes(body, LARGEST).await.map_err(SimulationError::new)?;
            Ok(Response::new(answer.status.as_u16(), &answer.headers, body))
        })
    }
}
