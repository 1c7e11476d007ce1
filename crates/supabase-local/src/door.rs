//! The doors that are this server's own (mails, SQL, people, the stand-ins), and who may knock there. A developer's
//! browser runs pages of the whole web beside this server, and its keys are well known: what such a page sends is told
//! by `Host` (a name of the web that was bent to this machine, DNS rebinding) and by `Origin`.

use std::net::IpAddr;

use axum::Json;
use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::{Origin, Url};

use crate::server::App;

/// Whether pages of any origin may ask there, as with every Supabase project. All else is this server's own.
pub(crate) fn is_open(path: &str) -> bool {
    const APIS: [&str; 3] = ["/auth/v1/", "/rest/v1/", "/storage/v1/"];
    const OWNERS: [&str; 2] = ["/auth/v1/admin", "/auth/v1/invite"];
    APIS.iter().any(|api| path.starts_with(api)) && !OWNERS.iter().any(|door| path.starts_with(door))
}

/// The answer to whoever must not get in: at this server's own doors anybody but this machine by its own names and the
/// pages that the server itself has shown; at the open ones only whoever brings more rights than a person has.
pub(crate) fn refuse(app: &App, request: &Request) -> Option<Response> {
    let (headers, uri) = (request.headers(), request.uri());
    let is_open = is_open(uri.path());
    let is_trusted = is_here(uri, headers) && comes_from_here(app, headers, is_open);
    if is_trusted || (is_open && !brings_more_rights(app, headers, uri.query())) {
        return None;
    }
    let (status, body) = if is_open {
        // The real gateway's words for the same.
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

/// Whether the request is for this machine by one of its own names. A program that calls the router in process names
/// none.
fn is_here(uri: &Uri, headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().all(|host| host.to_str().is_ok_and(is_loopback))
        && uri.authority().is_none_or(|authority| is_loopback(authority.as_str()))
}

/// Whether `authority`, a host and perhaps a port, is a name of this machine that no name server answers for.
fn is_loopback(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else { return false };
    let host = authority.host();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_own = host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    is_own && !authority.as_str().contains('@')
}

/// Whether no page sends this, or one that may: at an open door any page of this machine, else only this server's own.
fn comes_from_here(app: &App, headers: &HeaderMap, is_open: bool) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let own = host.map_or_else(|| app.api_url.clone(), |host| format!("http://{host}"));
    let may = |origin: &HeaderValue| {
        let Some(origin) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else {
            return false;
        };
        match origin.origin() {
            Origin::Opaque(_) => false,
            Origin::Tuple(_, host, _) if is_open => is_loopback(&host.to_string()),
            from => Url::parse(&own).is_ok_and(|own| own.origin() == from),
        }
    };
    headers.get_all(header::ORIGIN).iter().all(may)
}

/// Whether a key or token of the request stands for more than a person: the service key, or a role that somebody has
/// written into a token of their own, as the secret is known.
fn brings_more_rights(app: &App, headers: &HeaderMap, query: Option<&str>) -> bool {
    let now = app.clock.now().unix_timestamp();
    keys(headers, query).iter().any(|key| {
        let claims = app.signer.verify(app.keys.resolve(key), now).unwrap_or_default();
        let role = claims.get("role").and_then(Value::as_str);
        role.is_some_and(|role| !matches!(role, "anon" | "authenticated"))
    })
}

/// Everything in a request that may be a key or a token.
fn keys(headers: &HeaderMap, query: Option<&str>) -> Vec<String> {
    let bearers = headers.get_all(header::AUTHORIZATION).iter().chain(headers.get_all("apikey"));
    let given = bearers.filter_map(|value| value.to_str().ok()).map(|value| {
        let bare = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")).unwrap_or(value);
        bare.to_owned()
    });
    let fields = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let asked = fields.filter(|(name, _)| name == "apikey").map(|(_, key)| key.into_owned());
    given.chain(asked).collect()
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
    fn the_apis_are_open_and_everything_else_is_not() {
        for open in ["/auth/v1/user", "/rest/v1/profiles", "/storage/v1/object/public/a/b"] {
            assert!(is_open(open), "{open}");
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
            assert!(!is_open(own), "{own}");
        }
    }
}
