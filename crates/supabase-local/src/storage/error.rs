//! Refusals of Storage. The HTTP status is 400 for nearly all of them; the body names the status that is meant.

use std::borrow::Cow;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::db::DbError;
use crate::jwt::TokenError;

/// A refusal: the status that is meant, the older name of the error, the sentence for people, the code that clients
/// compare.
#[derive(Debug, Clone)]
pub(super) struct StorageError {
    status: &'static str,
    error: &'static str,
    message: Cow<'static, str>,
    code: &'static str,
}

impl StorageError {
    fn new(
        status: &'static str,
        error: &'static str,
        message: impl Into<Cow<'static, str>>,
        code: &'static str,
    ) -> Self {
        Self { status, error, message: message.into(), code }
    }

    pub(super) fn no_bucket() -> Self {
        Self::new("404", "Bucket not found", "Bucket not found", "NoSuchBucket")
    }

    pub(super) fn no_object() -> Self {
        Self::new("404", "not_found", "Object not found", "NoSuchKey")
    }

    /// An upload to the name of an existing object.
    pub(super) fn key_exists() -> Self {
        Self::exists("KeyAlreadyExists")
    }

    /// A new bucket with the name of an existing one.
    pub(super) fn bucket_exists() -> Self {
        Self::exists("BucketAlreadyExists")
    }

    /// Moving or copying to the name of an existing object, where the real server does not name what exists.
    fn resource_exists() -> Self {
        Self::exists("ResourceAlreadyExists")
    }

    /// The same refusal for an upload that is a copy.
    pub(super) fn for_a_copy(self) -> Self {
        if self.code == "KeyAlreadyExists" { Self::resource_exists() } else { self }
    }

    fn exists(code: &'static str) -> Self {
        Self::new("409", "Duplicate", "The resource already exists", code)
    }

    pub(super) fn denied(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new("403", "Unauthorized", message, "AccessDenied")
    }

    pub(super) fn mime_type(mime_type: &str) -> Self {
        let message = format!("mime type {mime_type} is not supported");
        Self::new("415", "invalid_mime_type", message, "InvalidMimeType")
    }

    pub(super) fn too_large() -> Self {
        let message = "The object exceeded the maximum allowed size";
        Self::new("413", "Payload too large", message, "EntityTooLarge")
    }

    pub(super) fn invalid_key(what: &str) -> Self {
        Self::new("400", "InvalidKey", format!("Invalid key: {what}"), "InvalidKey")
    }

    pub(super) fn invalid_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new("400", "Error", message, "InvalidRequest")
    }

    /// A signed URL whose token is not valid.
    pub(super) fn invalid_token(fault: &TokenError) -> Self {
        Self::new("400", "InvalidJWT", message(fault), "InvalidJWT")
    }

    /// A signed URL whose token is for another object or another right.
    pub(super) fn invalid_signature(message: &'static str) -> Self {
        Self::new("400", "InvalidSignature", message, "InvalidSignature")
    }

    /// A bearer token that is not valid.
    pub(super) fn bearer(fault: &TokenError) -> Self {
        Self::denied(message(fault))
    }

    pub(super) fn unexpected(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "unexpected failure in storage");
        Self::new("500", "Internal", "Internal Server Error", "InternalError")
    }
}

fn message(fault: &TokenError) -> &'static str {
    match fault {
        TokenError::Parts(_) => "Invalid Compact JWS",
        TokenError::HeaderEncoding | TokenError::HeaderJson(_) => "JWS Protected Header is invalid",
        TokenError::Claims => "JWT Claims Set must be a top-level JSON object",
        TokenError::Algorithm => "\"alg\" (Algorithm) Header Parameter value not allowed",
        TokenError::Signature => "signature verification failed",
        TokenError::Expired => "\"exp\" claim timestamp check failed",
    }
}

impl From<DbError> for StorageError {
    fn from(error: DbError) -> Self {
        match error.sql_state() {
            Some("42501") => Self::denied("new row violates row-level security policy"),
            Some("23505") => Self::resource_exists(),
            _ => Self::unexpected(&error),
        }
    }
}

impl IntoResponse for StorageError {
    fn into_response(self) -> Response {
        let status =
            if self.status == "500" { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
        let body = json!({
            "statusCode": self.status,
            "error": self.error,
            "message": self.message,
            "code": self.code,
        });
        json_response(status, &body)
    }
}

/// A JSON answer with Storage's content type.
pub(super) fn json_response(status: StatusCode, body: &serde_json::Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
