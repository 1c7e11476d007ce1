//! Who may call which route. The APIs of a project are public: pages of any origin may call them, with the project's API
//! key. The other routes (mails, SQL, the administrator's calls, the stand-ins) are private: only programs of this
//! machine and the server's own pages may call them.
//!
//! The private routes need this, because a developer's browser shows pages of the whole web beside this server, and the
//! server's keys are well known. Such a page is recognised by two headers: `Origin`, and `Host` when a name of the web
//! was pointed at this machine (DNS rebinding).

use std::net::IpAddr;

use axum::Json;
use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::{Origin, Url};

use crate::bearer::strip_scheme;
use crate::state::App;

/// Whether `path` belongs to a public API. Every other path is private, the administrator's part of Auth included.
pub(super) fn is_public_api(path: &str) -> bool {
    const PUBLIC: [&str; 3] = ["/auth/v1/", "/rest/v1/", "/storage/v1/"];
    const PRIVATE: [&str; 2] = ["/auth/v1/admin", "/auth/v1/invite"];
    PUBLIC.iter().any(|api| path.starts_with(api)) && !PRIVATE.iter().any(|route| path.starts_with(route))
}

/// The refusal of a caller that may not call this route, `None` for every other. A private route refuses whoever is not
/// this machine. A public API refuses a page of another machine only when the page sends the service key or a token
/// with its rights.
pub(super) fn refuse_caller(app: &App, request: &Request) -> Option<Response> {
    let (headers, uri) = (request.headers(), request.uri());
    let is_public = is_public_api(uri.path());
    let is_trusted = is_here(uri, headers) && comes_from_here(app, headers, is_public);
    if is_trusted || (is_public && !brings_more_rights(app, headers, uri.query())) {
        return None;
    }
    let (status, body) = if is_public {
        // The words of Supabase's gateway for the same refusal.
        let hint = "Secret API keys can only be used in a protected environment and should never be used in a \
                    browser. Delete this secret API key immediately if publicly exposed.";
        let message = "Forbidden use of secret API key in browser";
        (StatusCode::UNAUTHORIZED, json!({ "message": message, "hint": hint }))
    } else {
        let message =
            "Only this machine may ask here, as 127.0.0.1 or localhost, and no page of another origin.";
        (StatusCode::FORBIDDEN, json!({ "message": message }))
    };
    Some((status, Json(body)).into_response())
}

/// The refusal of a request without one of the project's API keys, `None` when there is a key or the route needs none.
/// Auth and REST need a key, except where a browser follows a link. Storage needs none, because an `<img>` reads its
/// public objects.
pub(super) fn refuse_api_key(app: &App, request: &Request) -> Option<Response> {
    const WITHOUT_KEY: [&str; 5] = [
        "/auth/v1/verify",
        "/auth/v1/authorize",
        "/auth/v1/callback",
        "/auth/v1/.well-known/",
        "/auth/v1/health",
    ];
    let path = request.uri().path();
    let needs_key = path.starts_with("/auth/v1/") || path.starts_with("/rest/v1/");
    if !needs_key || WITHOUT_KEY.iter().any(|open| path.starts_with(open)) {
        return None;
    }
    let from_header = request.headers().get("apikey").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let body = match from_header.or_else(|| query_keys(request.uri().query()).next()) {
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

/// Whether the request names this machine by one of its own names. A program that calls the router in process names no
/// host at all, and passes.
fn is_here(uri: &Uri, headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().all(|host| host.to_str().is_ok_and(is_loopback))
        && uri.authority().is_none_or(|authority| is_loopback(authority.as_str()))
}

/// Whether `authority` (a host, perhaps with a port) is a name of this machine that no name server answers for.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else { return false };
    let host = authority.host();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_own = host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    is_own && !authority.as_str().contains('@')
}

/// Whether the request comes from no page, or from a page that may send it: at a public API any page of this machine, at
/// a private route only a page of this server.
fn comes_from_here(app: &App, headers: &HeaderMap, is_public: bool) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let own = host.map_or_else(|| app.api_url.clone(), |host| format!("http://{host}"));
    let may = |origin: &HeaderValue| {
        let Some(origin) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else {
            return false;
        };
        match origin.origin() {
            Origin::Opaque(_) => false,
            Origin::Tuple(_, host, _) if is_public => is_loopback(&host.to_string()),
            from => Url::parse(&own).is_ok_and(|own| own.origin() == from),
        }
    };
    headers.get_all(header::ORIGIN).iter().all(may)
}

/// Whether a key or a token of the request has more rights than a person has: the service key, or a token with another
/// role, which anybody can sign who knows the well-known secret.
fn brings_more_rights(app: &App, headers: &HeaderMap, query: Option<&str>) -> bool {
    keys_and_tokens(headers, query).iter().any(|key| {
        let claims = app.verify_token(key).unwrap_or_default();
        let role = claims.get("role").and_then(Value::as_str);
        role.is_some_and(|role| !matches!(role, "anon" | "authenticated"))
    })
}

/// Every part of the request that may be a key or a token.
fn keys_and_tokens(headers: &HeaderMap, query: Option<&str>) -> Vec<String> {
    let bearers = headers.get_all(header::AUTHORIZATION).iter().chain(headers.get_all("apikey"));
    let given = bearers
        .filter_map(|value| value.to_str().ok())
        .map(|value| strip_scheme(value).unwrap_or(value).to_owned());
    given.chain(query_keys(query)).collect()
}

/// The API keys in the query string.
fn query_keys(query: Option<&str>) -> impl Iterator<Item = String> {
    let fields = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    fields.filter(|(name, _)| name == "apikey").map(|(_, key)| key.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_no_name_server_answers_for_are_this_machines() {
        for own in ["127.0.0.1", "127.0.0.1:54321", "localhost", "LocalHost:1", "[::1]:54321", "127.9.9.9"] {
            assert!(is_loopback(own), "{own}");
        }
        for other in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "localhost.",
            "evil.example@127.0.0.1",
            "127.0.0.1@evil.example",
            "10.0.0.1",
            "[::2]",
            "0.0.0.0",
            "a b",
            "/",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }

    #[test]
    fn the_apis_are_public_and_everything_else_is_not() {
        for open in ["/auth/v1/user", "/rest/v1/profiles", "/storage/v1/object/public/a/b"] {
            assert!(is_public_api(open), "{open}");
        }
        for own in [
            "/inbox",
            "/inbox/api",
            "/pg/query",
            "/captcha/token",
            "/login/oauth/authorize",
            "/",
            "/new",
            "/auth/v1/admin/users",
            "/auth/v1/invite",
            "/auth/v1",
            "/rest/v10",
        ] {
            assert!(!is_public_api(own), "{own}");
        }
    }
}
