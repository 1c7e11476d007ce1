//! What stands before every API: the key check, cross-origin answers, the access log. Who may knock at all is
//! `door.rs`; what a token may do is decided behind both.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::door;
use crate::server::App;

/// A file that gets one line a request: method, path without its query, status. No key, token or code.
#[derive(Debug)]
pub struct AccessLog(Mutex<File>);

impl AccessLog {
    /// Appends to `path`, which is made if need be.
    ///
    /// # Errors
    /// When the file cannot be opened for writing.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(OpenOptions::new().create(true).append(true).open(path)?)))
    }

    fn note(&self, method: &Method, path: &str, status: StatusCode) {
        let line = format!("{method} {path} {}\n", status.as_u16());
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // One write: a reader never sees half a line.
        if let Err(error) = file.write_all(line.as_bytes()).and_then(|()| file.flush()) {
            tracing::warn!(%error, "the access log cannot be written");
        }
    }
}

/// The first layer: lets a request through to its API and dresses the answer.
pub(crate) async fn pass(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let asked = request.headers().clone();
    let is_open = door::is_open(&path);
    let is_preflight = method == Method::OPTIONS && asked.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if let Some(refusal) = door::refuse(&app, &request) {
        refusal
    } else if is_preflight && is_open {
        preflight(&asked)
    } else if let Some(refusal) = refuse_key(&app, &path, &asked, request.uri().query()) {
        refusal
    } else {
        stand_in_for_short_keys(&app, request.headers_mut());
        next.run(request).await
    };
    if is_open {
        allow_origin(&asked, response.headers_mut());
    }
    if let Some(log) = &app.access_log {
        log.note(&method, &path, response.status());
    }
    response
}

/// Auth and REST want the project's key with every request, except where a browser follows a link.
/// Storage does without, as its public objects are read by `<img>`.
fn refuse_key(app: &App, path: &str, headers: &HeaderMap, query: Option<&str>) -> Option<Response> {
    const OPEN: [&str; 5] = [
        "/auth/v1/verify",
        "/auth/v1/authorize",
        "/auth/v1/callback",
        "/auth/v1/.well-known/",
        "/auth/v1/health",
    ];
    let guarded = path.starts_with("/auth/v1/") || path.starts_with("/rest/v1/");
    if !guarded || OPEN.iter().any(|open| path.starts_with(open)) {
        return None;
    }
    let from_query = || {
        let mut fields = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        fields.find(|(name, _)| name == "apikey").map(|(_, key)| key.into_owned())
    };
    let from_header = headers.get("apikey").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let body = match from_header.or_else(from_query) {
        Some(key) if app.keys.know(&key) => return None,
        Some(_) => json!({
            "message": "Invalid API key",
            "hint": "Double check your Supabase `anon` or `service_role` API key.",
        }),
        None => json!({
            "message": "No API key found in request",
            "hint": "No `apikey` request header or url param was found.",
        }),
    };
    Some((StatusCode::UNAUTHORIZED, Json(body)).into_response())
}

/// A bearer that is one of the short keys becomes the token that it stands for.
fn stand_in_for_short_keys(app: &App, headers: &mut HeaderMap) {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(key) = bearer.and_then(|bearer| bearer.strip_prefix("Bearer ")) else { return };
    let token = app.keys.resolve(key);
    if token != key
        && let Ok(value) = HeaderValue::from_str(&format!("Bearer {token}"))
    {
        headers.insert(header::AUTHORIZATION, value);
    }
}

/// What is asked for at an address that nothing answers at.
pub(crate) async fn no_route() -> Response {
    let body = json!({ "message": "no Route matched with those values" });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        wanted.unwrap_or_else(|| HeaderValue::from_static("*")),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    response
}

fn allow_origin(asked: &HeaderMap, headers: &mut HeaderMap) {
    const EXPOSED: &str = "X-Total-Count, Link, X-Supabase-Api-Version";
    // PostgREST's and Storage's answers carry more that a page wants to read.
    const EXPOSED_MORE: &str = "X-Total-Count, Link, X-Supabase-Api-Version, Content-Range, \
                                Content-Location, Preference-Applied, ETag, X-Sb-Error-Code";
    if !asked.contains_key(header::ORIGIN) {
        return;
    }
    let more = headers.contains_key(header::CONTENT_RANGE)
        || headers.contains_key(header::ETAG)
        || headers.contains_key("x-sb-error-code");
    let exposed = if more { EXPOSED_MORE } else { EXPOSED };
    let set: [(HeaderName, &'static str); 4] = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed),
        (header::VARY, "Origin"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
