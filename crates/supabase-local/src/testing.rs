//! A server inside the test's own process: no socket, no port, no second program. With the feature `testing`.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//! use supabase_local::Config;
//! use supabase_local::testing::TestServer;
//! use supabase_session::{Client, MemoryStore};
//!
//! let config = Config { autoconfirm: true, ..Config::built_in()? };
//! let server = Arc::new(TestServer::start(config).await?);
//! let client = Client::builder(server.project()?, Arc::new(MemoryStore::new()))
//!     .transport(Arc::clone(&server) as _)
//!     .build();
//! # Ok(())
//! # }
//! ```
//!
//! A test that wants to lose answers, to count requests or to be offline wraps the server: its own [`Transport`] hands
//! each request on to [`TestServer::send`](Transport::send).

use std::convert::Infallible;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use bytes::Bytes;
use serde_json::{Value, json};
use supabase_session::{Project, ProjectError, Transport, TransportError};
use tower::ServiceExt as _;
use url::{Position, Url};

use crate::builder::StartError;
use crate::config::Config;
use crate::db::DbError;
use crate::keys::Keys;
use crate::server::Server;

/// The address under which clients of a [`TestServer`] name the server. Nothing listens there.
pub const URL: &str = "http://127.0.0.1:54321";

/// An ephemeral server that answers in process.
pub struct TestServer {
    server: Server,
    router: Router,
}

/// An answer with its whole body.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Why a call of a test failed.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The path, the link or a header is not valid.
    #[error("not a valid request: {0}")]
    Request(String),
    /// The body of the answer broke off.
    #[error("the answer broke off: {0}")]
    Body(#[from] axum::Error),
    /// The server refused the call.
    #[error("{status}: {body}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The body, as text.
        body: String,
    },
    /// The answer has no `Location`.
    #[error("the link leads nowhere: {0}")]
    NoRedirect(StatusCode),
    /// The answer is not the expected JSON.
    #[error("unexpected JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Answer {
    /// The body as JSON; [`Value::Null`] when the body is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where the answer redirects to.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok())
    }
}

impl TestServer {
    /// Starts an ephemeral server for the project `config`, on the machine's clock.
    ///
    /// # Errors
    /// [`StartError`], as for [`ServerBuilder::start`](crate::ServerBuilder::start).
    pub async fn start(config: Config) -> Result<Self, StartError> {
        Ok(Self::of(Server::builder(config).api_url(URL).start().await?))
    }

    /// A test server around a server with settings of its own.
    #[must_use]
    pub fn of(server: Server) -> Self {
        Self { router: server.router(), server }
    }

    /// The project's API keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        self.server.keys()
    }

    /// The project, as a client of `supabase-session` names it: [`URL`] and the publishable key.
    ///
    /// # Errors
    /// [`ProjectError`], when the URL or the key is not one that the client takes.
    pub fn project(&self) -> Result<Project, ProjectError> {
        Project::new(URL, self.keys().publishable)
    }

    /// Sends a request as it is and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`CallError::Body`], when the answer breaks off.
    pub async fn exchange(&self, request: Request<Body>) -> Result<Answer, CallError> {
        let Ok(response) =
            self.router.clone().oneshot(request).await.map_err(|never: Infallible| match never {});
        let (head, body) = response.into_parts();
        Ok(Answer { status: head.status, headers: head.headers, body: to_bytes(body, usize::MAX).await? })
    }

    /// Calls `path` (with its query) with a JSON body. `bearer` is the person's access token or an API key; without one
    /// the anon key is sent.
    ///
    /// # Errors
    /// [`CallError::Request`], when the path or the token cannot be sent; [`CallError::Body`].
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: &Value,
    ) -> Result<Answer, CallError> {
        let anon = &self.keys().anon;
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("apikey", anon)
            .header(header::AUTHORIZATION, format!("Bearer {}", bearer.unwrap_or(anon)))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        self.exchange(request.map_err(|error| CallError::Request(error.to_string()))?).await
    }

    /// Calls `path` with the service key, as the owner of the project does.
    ///
    /// # Errors
    /// [`CallError::Refused`], when the status is not one of success; else as for [`TestServer::call`].
    pub async fn call_as_owner(&self, method: Method, path: &str, body: &Value) -> Result<Answer, CallError> {
        let answer = self.call(method, path, Some(&self.keys().service_role), body).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(CallError::Refused { status: answer.status, body: answer.text() })
    }

    /// Runs SQL statements with the server's own rights, and answers the rows of the last one.
    ///
    /// # Errors
    /// [`CallError::Refused`] with PostgreSQL's sentence.
    pub async fn sql(&self, query: &str) -> Result<Vec<Value>, CallError> {
        let answer = self.call_as_owner(Method::POST, "/pg/query", &json!({ "query": query })).await?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// The mails to the address `to`, the newest first. Each has the fields `to`, `subject`, `html`, `text`, `link`,
    /// `code` and `sent_at`.
    ///
    /// # Errors
    /// As for [`TestServer::call_as_owner`].
    pub async fn mails(&self, to: &str) -> Result<Vec<Value>, CallError> {
        let path = format!("/inbox/api?to={to}");
        let answer = self.call_as_owner(Method::GET, &path, &Value::Null).await?;
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// Opens a link of a mail as a browser does, and answers where the link leads.
    ///
    /// # Errors
    /// [`CallError::Request`], when the link is no URL; [`CallError::NoRedirect`], when it leads nowhere.
    pub async fn open(&self, link: &str) -> Result<String, CallError> {
        let url = Url::parse(link).map_err(|error| CallError::Request(error.to_string()))?;
        let request = Request::get(&url[Position::BeforePath..]).body(Body::empty());
        let answer = self.exchange(request.map_err(|error| CallError::Request(error.to_string()))?).await?;
        answer.location().map(str::to_owned).ok_or(CallError::NoRedirect(answer.status))
    }

    /// Shuts PostgreSQL down cleanly.
    ///
    /// # Errors
    /// [`DbError`], when PostgreSQL's own shutdown failed.
    pub async fn close(&self) -> Result<(), DbError> {
        self.server.close().await
    }
}

/// Answers the requests of a `supabase-session` client in process. The host of a request's URL is not looked at.
#[async_trait]
impl Transport for TestServer {
    async fn send(
        &self,
        request: supabase_session::Request,
    ) -> Result<supabase_session::Response, TransportError> {
        let broken = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a client's request cannot be answered in process");
            TransportError::Unreachable
        };
        let mut outgoing =
            Request::builder().method(method(request.method)).uri(&request.url[Position::BeforePath..]);
        for (name, value) in &request.headers {
            outgoing = outgoing.header(&**name, value.expose());
        }
        let body = match request.body {
            supabase_session::Body::Empty => Body::empty(),
            supabase_session::Body::Json(text) => Body::from(text.expose().clone()),
            supabase_session::Body::Object { bytes, .. } => Body::from(bytes),
        };
        let answer = self.exchange(outgoing.body(body).map_err(|error| broken(&error))?).await;
        let answer = answer.map_err(|error| broken(&error))?;
        if answer.body.len() > request.limit {
            return Err(TransportError::TooLarge);
        }
        let headers = answer.headers.iter();
        let headers =
            headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        Ok(supabase_session::Response { status: answer.status.as_u16(), headers, body: answer.body })
    }
}

fn method(method: supabase_session::Method) -> Method {
    match method {
        supabase_session::Method::Get => Method::GET,
        supabase_session::Method::Head => Method::HEAD,
        supabase_session::Method::Post => Method::POST,
        supabase_session::Method::Put => Method::PUT,
        supabase_session::Method::Patch => Method::PATCH,
        supabase_session::Method::Delete => Method::DELETE,
    }
}
