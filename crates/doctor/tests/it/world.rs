//! A project on a socket of this machine: `supabase-local`, with something in front of it that can be wrong.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use foyer_contract::brand::CALLBACK;
use foyer_doctor::{CheckName, CheckState, Doctor, Finding, Report};
use serde_json::json;
use supabase_local::testing::TestServer;
use supabase_local::{Config, Server, SigningKey};
use supabase_session::{Client, Clock, MemoryStore, Project, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Somebody who has an account.
pub(crate) const EMAIL: &str = "canary-person@example.com";
pub(crate) const PASSWORD: &str = "canary-Passw0rd!";

/// The key of RFC 7515, appendix A.3.
const SIGNING_KEY: &str =
    r#"[{"kty":"EC","crv":"P-256","kid":"k1","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}]"#;

/// An answer in the place of the project's, or none.
pub(crate) type Answer = fn(&str) -> Option<Response>;

/// A project that is set up as it should be, apart from what a test changes.
pub(crate) struct World {
    server: TestServer,
    pub(crate) url: String,
    /// Each request that came, method and path.
    pub(crate) requests: UnboundedReceiver<String>,
}

#[derive(Clone)]
struct Front {
    answer: Option<Answer>,
    requests: UnboundedSender<String>,
}

pub(crate) fn right() -> Config {
    let signing_key = Some(SigningKey::from_jwks(SIGNING_KEY).unwrap());
    Config { signing_key, ..Config::built_in().unwrap() }
}

impl World {
    pub(crate) async fn start(config: Config, answer: Option<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server::builder(config).api_url(url.clone()).start().await.unwrap();
        let (tell, requests) = unbounded_channel();
        let front = Front { answer, requests: tell };
        let router = server.router().layer(from_fn_with_state(front, in_front));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { server: TestServer::of(server), url, requests }
    }

    pub(crate) async fn sql(&self, query: &str) {
        self.server.sql(query).await.unwrap();
    }

    pub(crate) async fn as_owner(&self, method: Method, path: &str, body: serde_json::Value) {
        self.server.call_as_owner(method, path, &body).await.unwrap();
    }

    pub(crate) fn key(&self) -> String {
        self.server.keys().publishable.to_owned()
    }

    pub(crate) fn secret_key(&self) -> String {
        self.server.keys().service_role.clone()
    }

    /// Somebody who is signed in to this project.
    pub(crate) async fn person(&self) -> Client {
        let person = json!({ "email": EMAIL, "password": PASSWORD, "email_confirm": true });
        self.as_owner(Method::POST, "/auth/v1/admin/users", person).await;
        let project = Project::new(&self.url, &self.key()).unwrap();
        let client = Client::builder(project, Arc::new(MemoryStore::new())).build();
        client.sign_in_with_password(EMAIL, PASSWORD.into()).await.unwrap();
        client
    }

    pub(crate) fn doctor(&self) -> Doctor {
        doctor(&self.url, &self.key())
    }
}

async fn in_front(State(front): State<Front>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    // A test that counts no requests has dropped its end.
    let _uncounted = front.requests.send(format!("{} {path}", request.method()));
    match front.answer.and_then(|answer| answer(&path)) {
        Some(answer) => answer,
        None => next.run(request).await.into_response(),
    }
}

pub(crate) fn doctor(url: &str, key: &str) -> Doctor {
    Doctor::new(url, key, CALLBACK.parse().unwrap())
}

/// What is not in order.
pub(crate) fn wrong(report: &Report) -> Vec<(CheckName, Finding)> {
    let lines = report.results().iter();
    let wrong = lines.filter(|line| matches!(line.finding.state(), CheckState::Hint | CheckState::Problem));
    wrong.map(|line| (line.check, line.finding)).collect()
}

/// What was found for one line.
pub(crate) fn of(report: &Report, check: CheckName) -> Finding {
    report.results().iter().find(|line| line.check == check).unwrap().finding
}

/// A machine's clock that is this many seconds ahead.
pub(crate) struct Ahead(pub(crate) i64);

#[async_trait::async_trait]
impl Clock for Ahead {
    fn now(&self) -> SystemTime {
        let shift = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { SystemTime::now() - shift } else { SystemTime::now() + shift }
    }

    fn monotonic(&self) -> Duration {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        SystemClock::new().sleep(duration).await;
    }
}
