//! A value in cookies, in the form that `@supabase/ssr` reads and writes: `base64-` and the base64url of the text,
//! in one cookie where it fits, else in chunks `name.0`, `name.1`, ... Pure.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use percent_encoding::percent_decode_str;

/// Longest value of one cookie. Browsers take 4096 bytes for name, value and attributes together.
/// `@supabase/ssr`: `MAX_CHUNK_SIZE`.
const CHUNK: usize = 3180;

/// How long a session's cookies live, in seconds: 400 days, the most that browsers keep. When the session ends is the
/// Auth server's business. `@supabase/ssr`: `DEFAULT_COOKIE_OPTIONS`.
pub(crate) const SESSION_AGE: u64 = 400 * 24 * 60 * 60;

const PREFIX: &str = "base64-";

/// The cookies of a request, by name.
pub(crate) type Cookies = BTreeMap<String, String>;

/// Reads the `Cookie` headers (RFC 6265 section 4.2). Of two with one name the first counts: it has the longer path.
pub(crate) fn of(headers: &HeaderMap) -> Cookies {
    let mut cookies = Cookies::new();
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    for pair in lines.flat_map(|line| line.split(';')) {
        if let Some((name, value)) = pair.trim().split_once('=') {
            cookies.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
    }
    cookies
}

/// The text that lies under `name`, whole or in chunks. `None` also when it cannot be read: a browser may hold chunks
/// of two generations, and whoever wrote them is signed out then, not locked out.
pub(crate) fn read(cookies: &Cookies, name: &str) -> Option<String> {
    let whole = cookies.get(name).filter(|value| !value.is_empty()).cloned();
    let joined = whole.unwrap_or_else(|| {
        let chunks = (0..).map_while(|at| cookies.get(&format!("{name}.{at}")));
        chunks.map(String::as_str).collect()
    });
    let value = percent_decode_str(&joined).decode_utf8().ok()?;
    match value.strip_prefix(PREFIX) {
        Some(encoded) => String::from_utf8(BASE64.decode(encoded.trim_end_matches('=')).ok()?).ok(),
        None => Some(value.into_owned()).filter(|value| !value.is_empty()),
    }
}

/// What the browser is to hold for `text` under `name`; nothing for `None`.
pub(crate) fn write(name: &str, text: Option<&str>) -> Vec<(String, String)> {
    let Some(text) = text else { return Vec::new() };
    let value = format!("{PREFIX}{}", BASE64.encode(text));
    if value.len() <= CHUNK {
        return vec![(name.to_owned(), value)];
    }
    // All of it is ASCII: a chunk ends anywhere.
    let chunks = value.as_bytes().chunks(CHUNK).map(|chunk| String::from_utf8_lossy(chunk).into_owned());
    chunks.enumerate().map(|(at, chunk)| (format!("{name}.{at}"), chunk)).collect()
}

/// The `Set-Cookie` values that lead from what the browser holds under `name` to `text`, stale chunks removed.
pub(crate) fn changes(held: &Cookies, name: &str, text: Option<&str>, age: u64, secure: bool) -> Vec<String> {
    let wanted = write(name, text);
    let is_ours = |held: &&String| {
        held.strip_prefix(name).is_some_and(|rest| {
            let number = rest.strip_prefix('.').unwrap_or_default();
            rest.is_empty() || (!number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
        })
    };
    let stale = held.keys().filter(is_ours).filter(|held| wanted.iter().all(|(name, _)| name != *held));
    let removed = stale.map(|name| set_cookie(name, "", 0, secure));
    let set = wanted.iter().filter(|(name, value)| held.get(name) != Some(value));
    removed.chain(set.map(|(name, value)| set_cookie(name, value, age, secure))).collect()
}

/// `@supabase/ssr` leaves `HttpOnly` out, because its client in the browser reads the cookies. Nothing on these pages
/// does, so no script gets at them.
fn set_cookie(name: &str, value: &str, age: u64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a browser holds after these `Set-Cookie` values.
    fn browser(mut held: Cookies, set: &[String]) -> Cookies {
        for line in set {
            let (pair, attributes) = line.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0;") {
                held.remove(name);
            } else {
                held.insert(name.to_owned(), value.to_owned());
            }
        }
        held
    }

    #[test]
    fn what_is_written_is_read_again_whatever_its_length() {
        for length in [0, 1, 2300, 2380, 2381, 20_000] {
            let text = "ä".repeat(length / 2) + &"x".repeat(length % 2) + "}";
            let held = browser(Cookies::new(), &changes(&Cookies::new(), "k", Some(&text), 60, false));

            assert_eq!(read(&held, "k"), Some(text), "{length}");
            assert!(held.values().all(|value| value.len() <= CHUNK));
        }
    }

    #[test]
    fn stale_chunks_go_and_what_is_there_already_is_not_set_again() {
        let long = browser(Cookies::new(), &write_all("k", &"x".repeat(9000)));
        assert_eq!(long.keys().collect::<Vec<_>>(), ["k.0", "k.1", "k.2", "k.3"]);
        let other = [("k.x".to_owned(), "1".to_owned()), ("k2".to_owned(), "2".to_owned())];
        let held: Cookies = long.into_iter().chain(other.clone()).collect();

        assert_eq!(changes(&held, "k", Some(&"x".repeat(9000)), 60, false), Vec::<String>::new());
        let short = browser(held.clone(), &changes(&held, "k", Some("x"), 60, false));
        assert_eq!(short.len(), 3);
        assert_eq!(read(&short, "k").as_deref(), Some("x"));
        assert_eq!(browser(held.clone(), &changes(&held, "k", None, 60, false)), other.into_iter().collect());
    }

    fn write_all(name: &str, text: &str) -> Vec<String> {
        changes(&Cookies::new(), name, Some(text), 60, false)
    }

    #[test]
    fn chunks_of_two_generations_are_no_value() {
        let mut held = browser(Cookies::new(), &write_all("k", &"ä".repeat(3000)));
        held.insert("k.1".into(), "%%%".into());

        assert_eq!(read(&held, "k"), None);
        assert_eq!(read(&Cookies::new(), "k"), None);
    }

    #[test]
    fn a_value_that_is_not_encoded_is_read_as_it_is() {
        let held = Cookies::from([("k".to_owned(), "%7B%22a%22%3A1%7D".to_owned())]);

        assert_eq!(read(&held, "k").as_deref(), Some("{\"a\":1}"));
    }

    #[test]
    fn cookies_ask_for_https_only_where_the_site_has_it() {
        assert_eq!(set_cookie("k", "v", 5, false), "k=v; Path=/; Max-Age=5; HttpOnly; SameSite=Lax");
        assert!(set_cookie("k", "v", 5, true).ends_with("; Secure"));
    }
}
