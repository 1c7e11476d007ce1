//! A project's Auth server for tests: it signs everybody in, unless a test says something else.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::form_urlencoded;

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const BOB: &str = "bob@example.com";

/// What the server is asked.
pub(crate) struct Asked {
    /// `password`, `pkce`, or the endpoint's name; of one that is only read, `GET` and the name.
    pub(crate) what: String,
    pub(crate) body: Value,
}

/// What the server does with a request.
pub(crate) enum Reply {
    Answer(u16, Value),
    /// Says that the request has come, waits, then answers.
    Gate(Arc<Gate>, u16, Value),
}

#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) reached: Notify,
    pub(crate) open: Notify,
}

/// The Auth server's form of a refusal.
pub(crate) fn refusal(code: &str) -> Value {
    json!({ "code": code, "message": "no" })
}

/// Ada's session, or Bob's.
fn session(email: &str) -> Value {
    let name = if email == BOB { "b0b0" } else { "ada0" };
    json!({
        "access_token": format!("access-{name}"), "refresh_token": format!("refresh-{name}"),
        "token_type": "bearer", "expires_in": 3600,
        "user": { "id": format!("6f1c7a0e-0000-4000-8000-00000000{name}"), "email": email, "is_anonymous": false }
    })
}

/// Signs in whoever says their address and a password. Every code and every link is Ada's.
pub(crate) fn serve(asked: &Asked) -> Reply {
    match asked.what.as_str() {
        "password" => Reply::Answer(200, session(asked.body["email"].as_str().unwrap())),
        "pkce" | "verify" => Reply::Answer(200, session(ADA)),
        "logout" => Reply::Answer(200, json!({})),
        _ => Reply::Answer(404, json!({})),
    }
}

/// A server on a port of this machine, and the names of what it was asked.
pub(crate) struct TestServer {
    pub(crate) url: String,
    names: Arc<Mutex<Vec<String>>>,
}

impl TestServer {
    pub(crate) async fn start(rule: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (rule, names) = (Arc::new(rule), Arc::new(Mutex::new(Vec::new())));
        let seen = Arc::clone(&names);
        let answer = move |method: Method, uri: Uri, body: Bytes| {
            let asked =
                Asked { what: what(&method, &uri), body: serde_json::from_slice(&body).unwrap_or_default() };
            seen.lock().push(asked.what.clone());
            let reply = rule(&asked);
            async move { answered(reply).await }
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { url, names }
    }

    /// How often the server was asked this.
    pub(crate) fn count(&self, what: &str) -> usize {
        self.names.lock().iter().filter(|name| *name == what).count()
    }
}

fn what(method: &Method, uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    if let Some((_, grant)) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "grant_type") {
        return grant.into_owned();
    }
    let name = uri.path().strip_prefix("/auth/v1/").unwrap_or(uri.path());
    // The app asks at each start which redirects pass, by a link that signs nobody in.
    if method == Method::GET { format!("GET {name}") } else { name.to_owned() }
}

async fn answered(reply: Reply) -> Response {
    let (status, body) = match reply {
        Reply::Answer(status, body) => (status, body),
        Reply::Gate(gate, status, body) => {
            gate.reached.notify_one();
            gate.open.notified().await;
            (status, body)
        }
    };
    (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
}
