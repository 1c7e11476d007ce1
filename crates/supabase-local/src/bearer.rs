//! The bearer token of a request (RFC 6750).

use axum::http::{HeaderMap, header};

/// The token in `Authorization: Bearer TOKEN`, `None` when the request has no such header. The scheme's name may begin
/// with a small letter.
pub(crate) fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    strip_scheme(headers.get(header::AUTHORIZATION)?.to_str().ok()?)
}

/// The token in an `Authorization` header's value, `None` when the value has another scheme or none.
pub(crate) fn strip_scheme(value: &str) -> Option<&str> {
    value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer "))
}
