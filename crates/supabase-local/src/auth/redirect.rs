//! Redirects to the app: which addresses the project allows, and the URLs with a code, an error or tokens.

use std::net::IpAddr;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::AuthError;
use crate::config::Config;

/// `wanted` without its fragment when the project allows that address, else the Site URL.
pub(super) fn destination(config: &Config, wanted: &str) -> String {
    let target = wanted.split('#').next().unwrap_or_default();
    if is_allowed(config, target) { target.to_owned() } else { config.site_url.clone() }
}

/// Whether `target` has the scheme, host and port of the Site URL, is a loopback IP address, or matches an entry of the
/// allow list. Any other IP address is refused, and so is a host that is written as one number.
fn is_allowed(config: &Config, target: &str) -> bool {
    let Some(address) = Address::read(target) else { return matches_list(config, target) };
    if Address::read(&config.site_url).is_some_and(|site| site == address) {
        return true;
    }
    if address.host.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    match address.host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(ip) => ip.is_loopback(),
        Err(_) => matches_list(config, target),
    }
}

fn matches_list(config: &Config, target: &str) -> bool {
    !target.is_empty() && config.redirect_allow_list.iter().any(|pattern| glob(pattern, target))
}

/// Scheme, host and port of a URL, as they are written. They are not read with a URL parser, because that would turn the
/// host `2130706433` into 127.0.0.1.
#[derive(PartialEq, Eq)]
struct Address<'a> {
    scheme: &'a str,
    host: &'a str,
    port: &'a str,
}

impl<'a> Address<'a> {
    fn read(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        if authority.is_empty() || authority.contains(['\\', ' ', '%']) {
            return None;
        }
        let host_end = match authority.find(']') {
            Some(bracket) => bracket + 1,
            None => authority.find(':').unwrap_or(authority.len()),
        };
        let (host, port) = authority.split_at(host_end);
        Some(Self { scheme, host, port: port.trim_start_matches(':') })
    }
}

/// Whether `text` matches the glob `pattern`. `*` and `?` do not match `.` and `/`, `**` does; `[a-z]`, `[!a]` and
/// `{one,other}` mean what they mean in a shell; `\` takes the next character as it is.
fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    matches(&pattern, &text)
}

fn matches(pattern: &[char], text: &[char]) -> bool {
    let is_part = |character: &char| !matches!(character, '.' | '/');
    match pattern {
        [] => text.is_empty(),
        ['*', '*', rest @ ..] => (0..=text.len()).any(|taken| matches(rest, &text[taken..])),
        ['*', rest @ ..] => {
            let most = text.iter().take_while(|character| is_part(character)).count();
            (0..=most).any(|taken| matches(rest, &text[taken..]))
        }
        ['?', rest @ ..] => text.first().is_some_and(is_part) && matches(rest, &text[1..]),
        ['\\', wanted, rest @ ..] => text.first() == Some(wanted) && matches(rest, &text[1..]),
        ['[', rest @ ..] => match rest.iter().position(|character| *character == ']') {
            Some(end) => {
                text.first().is_some_and(|character| in_class(&rest[..end], *character))
                    && matches(&rest[end + 1..], &text[1..])
            }
            None => false,
        },
        ['{', rest @ ..] => match rest.iter().position(|character| *character == '}') {
            Some(end) => rest[..end]
                .split(|character| *character == ',')
                .any(|choice| matches(&[choice, &rest[end + 1..]].concat(), text)),
            None => false,
        },
        [wanted, rest @ ..] => text.first() == Some(wanted) && matches(rest, &text[1..]),
    }
}

fn in_class(class: &[char], character: char) -> bool {
    let (class, wanted) = match class {
        ['!', rest @ ..] => (rest, false),
        class => (class, true),
    };
    let found = match class {
        [low, '-', high] => (*low..=*high).contains(&character),
        listed => listed.contains(&character),
    };
    found == wanted
}

/// `target` with `code` in its query beside the other parameters, sorted by name as on the real server.
pub(super) fn with_code(target: &str, code: &str) -> String {
    let (base, mut query) = split_query(target);
    query.retain(|(name, _)| name != "code");
    query.push(("code".into(), code.into()));
    format!("{base}?{}", encode(query))
}

/// `error` as the parameters of a redirect: those of RFC 6749 section 4.1.2.1, and Auth's own `error_code`.
pub(super) fn error_fields(error: &AuthError) -> Vec<(String, String)> {
    let name = match error.status.as_u16() {
        400 => "invalid_request",
        401 => "unauthorized_client",
        403 => "access_denied",
        503 => "temporarily_unavailable",
        _ => "server_error",
    };
    vec![
        ("error".to_owned(), name.to_owned()),
        ("error_code".to_owned(), error.code.to_owned()),
        ("error_description".to_owned(), error.message.clone().into_owned()),
    ]
}

/// `target` with `error` in its fragment; in its query too, when the link belongs to a PKCE flow.
pub(super) fn with_error(target: &str, error: &AuthError, pkce: bool) -> String {
    with_failure(target, error_fields(error), pkce)
}

/// [`with_error`] for an error whose parameters are `fields`, such as a provider's.
pub(super) fn with_failure(target: &str, mut fields: Vec<(String, String)>, pkce: bool) -> String {
    let mut url = target.to_owned();
    if pkce {
        let (base, mut query) = split_query(target);
        query.retain(|(name, _)| !name.starts_with("error"));
        query.extend(fields.iter().cloned());
        url = with_query(base, query);
    }
    fields.push(("sb".into(), String::new()));
    format!("{url}#{}", encode(fields))
}

/// `base` with `fields` as its query.
pub(super) fn with_query(base: &str, fields: Vec<(String, String)>) -> String {
    format!("{base}?{}", encode(fields))
}

/// `target` with a message in its fragment; in its query too, when the link belongs to a PKCE flow.
pub(super) fn with_message(target: &str, message: &str, pkce: bool) -> String {
    let field = ("message".to_owned(), message.to_owned());
    let mut url = target.to_owned();
    if pkce {
        let (base, mut query) = split_query(target);
        query.push(field.clone());
        url = with_query(base, query);
    }
    format!("{url}#{}", encode(vec![field, ("sb".into(), String::new())]))
}

/// `target` with `fields` in its fragment, as the implicit flow answers.
pub(super) fn with_fragment(target: &str, fields: Vec<(String, String)>) -> String {
    format!("{target}#{}", encode(fields))
}

/// A redirect with the small HTML page that a server in Go sends with it, and the text `after` behind that page.
pub(super) fn respond(status: StatusCode, location: &str, after: &str) -> Response {
    let escaped =
        location.replace('&', "&amp;").replace('"', "&#34;").replace('<', "&lt;").replace('>', "&gt;");
    let reason = status.canonical_reason().unwrap_or_default();
    let body = format!("<a href=\"{escaped}\">{reason}</a>.\n\n{after}");
    let Ok(target) = HeaderValue::from_str(location) else {
        return AuthError::unexpected(&"a redirect that is no header value").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::LOCATION, target),
    ];
    (status, headers, body).into_response()
}

fn split_query(target: &str) -> (&str, Vec<(String, String)>) {
    let (base, query) = target.split_once('?').unwrap_or((target, ""));
    (base, url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
}

fn encode(mut fields: Vec<(String, String)>) -> String {
    fields.sort_by(|one, other| one.0.cmp(&other.0));
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// Percent-encodes a query value as Go does: all but letters, digits and `-_.~`. A blank becomes `+`.
pub(super) fn escape(text: &str) -> String {
    let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    form.replace('*', "%2A").replace("%7E", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            redirect_allow_list: vec![
                "app.foyer.desktop://auth/callback*".into(),
                "https://*.good.example/**".into(),
            ],
            ..Config::default()
        }
    }

    #[test]
    fn a_star_stays_within_a_part_and_two_stars_cross() {
        assert!(glob("app://auth/callback*", "app://auth/callback?flow=a-b_c~d"));
        assert!(!glob("app://auth/callback*", "app://auth/callback?flow=a.b"));
        assert!(!glob("app://auth/callback*", "app://auth/callback/sub"));
        assert!(glob("https://x/**", "https://x/a/b.c"));
        assert!(glob("https://{a,b}.x/[0-9]?", "https://b.x/7z"));
        assert!(!glob("https://x/[!a]", "https://x/a"));
    }

    #[test]
    fn case_counts() {
        assert!(!is_allowed(&config(), "APP.FOYER.DESKTOP://auth/callback"));
    }

    #[test]
    fn a_loopback_address_passes_and_its_look_alikes_do_not() {
        for good in ["http://127.0.0.1:49152/cb", "http://[::1]:1/cb", "http://127.0.0.1:3000"] {
            assert!(is_allowed(&config(), good), "{good}");
        }
        for bad in [
            "http://localhost:49152/cb",
            "http://127.0.0.1.evil.example/",
            "http://2130706433/",
            "http://127.0.0.1@evil.example/",
            "http://127.0.0.1\\@evil.example/",
            "http://10.0.0.1/",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!is_allowed(&config(), bad), "{bad}");
        }
    }

    #[test]
    fn a_code_joins_the_query_that_is_there() {
        assert_eq!(with_code("app://cb?flow=n", "c"), "app://cb?code=c&flow=n");
        assert_eq!(with_code("app://cb", "c"), "app://cb?code=c");
    }

    #[test]
    fn only_a_pkce_link_carries_its_error_in_the_query() {
        let error = AuthError::new(403, "otp_expired", "too late");

        assert_eq!(
            with_error("app://cb", &error, false),
            "app://cb#error=access_denied&error_code=otp_expired&error_description=too+late&sb="
        );
        assert!(with_error("app://cb", &error, true).starts_with("app://cb?error=access_denied&"));
    }
}
