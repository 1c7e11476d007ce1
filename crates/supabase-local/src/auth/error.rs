//! Auth's refusals. The JSON of a refusal depends on the API version that the request names, so handlers return an
//! [`AuthError`] and the router's outermost layer ([`write_errors`]) writes it.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::db::DbError;

/// The API version from which on a refusal is `{code, message}` instead of `{code: 400, error_code, msg}`.
const API_VERSION: &str = "2024-01-01";
const API_VERSION_HEADER: &str = "x-supabase-api-version";

/// The largest body of a request, in bytes: the limit of the real server. [`write_errors`] words the refusal of a larger
/// one.
pub(super) const LARGEST_BODY: usize = 1 << 20;

/// A refusal: the HTTP status, the code that clients compare, the sentence for people.
#[derive(Debug, Clone)]
pub(super) struct AuthError {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: Cow<'static, str>,
    /// The reasons why a password is too weak; empty for every other refusal.
    weak_password: Vec<&'static str>,
}

impl AuthError {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            code,
            message: message.into(),
            weak_password: Vec::new(),
        }
    }

    pub(super) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "validation_failed", message)
    }

    pub(super) fn weak_password(message: String, reasons: Vec<&'static str>) -> Self {
        Self { weak_password: reasons, ..Self::new(422, "weak_password", message) }
    }

    /// A failure of the server itself. `cause` goes to the log; the client gets a general sentence.
    pub(super) fn unexpected(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "unexpected failure in auth");
        let message = "Unexpected failure, please check server logs for more information";
        Self::new(500, "unexpected_failure", message)
    }

    /// The JSON of the refusal; `new_form` is that of [`API_VERSION`].
    pub(super) fn body(&self, new_form: bool) -> Value {
        let mut body = if new_form {
            json!({ "code": self.code, "message": self.message })
        } else {
            json!({ "code": self.status.as_u16(), "error_code": self.code, "msg": self.message })
        };
        if !self.weak_password.is_empty() {
            body["weak_password"] = json!({ "reasons": self.weak_password });
        }
        body
    }

    fn respond(&self, asked: &HeaderMap) -> Response {
        let new_form =
            asked.get(API_VERSION_HEADER).is_some_and(|version| version.as_bytes() >= API_VERSION.as_bytes());
        let mut response = Response::new(Body::from(self.body(new_form).to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        // The real server leaves the header out where its error type is another one.
        if self.weak_password.is_empty() && self.code != "unexpected_failure" {
            headers.insert("x-sb-error-code", HeaderValue::from_static(self.code));
        }
        if new_form {
            headers.insert(API_VERSION_HEADER, HeaderValue::from_static(API_VERSION));
        }
        response
    }
}

impl From<DbError> for AuthError {
    fn from(error: DbError) -> Self {
        Self::unexpected(&error)
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The layer that writes the refusal which a handler returned, in the form of the request's API version.
pub(super) async fn write_errors(request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
    let response = next.run(request).await;
    match response.extensions().get::<AuthError>() {
        Some(error) => error.respond(&asked),
        None if response.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!("Request body too large (max {LARGEST_BODY} bytes)");
            AuthError::new(413, "request_entity_too_large", message).respond(&asked)
        }
        None => response,
    }
}
