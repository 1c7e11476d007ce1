//! What a request of the client says: its kind, its body, its bearer token, its code.

use serde_json::Value;
use supabase_session::{Body, Request};

/// `refresh_token`, `pkce`, `password` for a token request, else the path.
pub(super) fn what(request: &Request) -> String {
    let grant = request.url.query_pairs().find(|(key, _)| key == "grant_type");
    grant.map_or_else(|| request.url.path().to_owned(), |(_, grant)| grant.into_owned())
}

/// The request's body, where it is JSON.
pub(super) fn json(request: &Request) -> Value {
    match &request.body {
        Body::Json(text) => serde_json::from_slice(text.expose()).unwrap_or(Value::Null),
        Body::Empty | Body::Object { .. } => Value::Null,
    }
}

/// The bearer, as far as it is an access token.
pub(super) fn bearer(request: &Request) -> Option<&str> {
    let (_, value) = request.headers.iter().find(|(name, _)| *name == "authorization")?;
    value.expose().strip_prefix("Bearer ")
}

/// The code that the request exchanges for a session.
pub(super) fn code(request: &Request) -> Option<String> {
    json(request)["auth_code"].as_str().map(str::to_owned)
}
