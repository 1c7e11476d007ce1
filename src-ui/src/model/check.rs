//! What can be said of a field without asking anyone. The backend and the server check again and have the last word,
//! so each rule here refuses only what they would surely refuse.

use foyer_contract::session_contract::credentials;
use foyer_contract::{ErrorCode, SessionErrorCode, names};

/// An address that the client would send. What nobody can see in it is said for itself.
pub(crate) fn email(text: &str) -> Result<(), ErrorCode> {
    names::line(text)?;
    credentials::email(text).map(drop).ok_or(ErrorCode::Session(SessionErrorCode::EmailInvalid))
}

/// A password to sign in with. Old accounts may have any.
pub(crate) fn password(text: &str) -> Result<(), ErrorCode> {
    if text.is_empty() { Err(ErrorCode::Session(SessionErrorCode::PasswordMissing)) } else { Ok(()) }
}

/// A password for a new account. The project says how strong the password has to be.
pub(crate) fn new_password(text: &str) -> Result<(), ErrorCode> {
    password(text)?;
    if text.len() > credentials::LONGEST_PASSWORD {
        Err(ErrorCode::Session(SessionErrorCode::PasswordTooLong))
    } else {
        Ok(())
    }
}

/// A code from a mail: 6 digits unless the project says more, at most 10. People paste it with blanks and dashes.
pub(crate) fn code(text: &str) -> Result<(), ErrorCode> {
    digits(text, 6..=10)
}

/// A code from an authenticator: 6 digits (RFC 6238 as the Auth server uses it).
pub(crate) fn factor_code(text: &str) -> Result<(), ErrorCode> {
    digits(text, 6..=6)
}

/// A code as it is sent.
pub(crate) fn without_gaps(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Result<(), ErrorCode> {
    let text = without_gaps(text);
    let ok = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if ok { Ok(()) } else { Err(ErrorCode::Session(SessionErrorCode::CodeInvalid)) }
}

/// A full name may be absent. One that is there can be seen.
pub(crate) fn full_name(text: &str) -> Result<(), ErrorCode> {
    names::full_name(text).map(drop)
}

/// A username may be absent, but not short. One that is there can be seen.
pub(crate) fn username(text: &str) -> Result<(), ErrorCode> {
    names::username(text).map(drop)
}

/// A username to look for may have any length.
pub(crate) fn sought_username(text: &str) -> Result<(), ErrorCode> {
    names::sought_username(text).map(drop)
}

/// A website may be absent. One that is there is a host, with or without `http(s)://` before it.
pub(crate) fn website(text: &str) -> Result<(), ErrorCode> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    names::line(text)?;
    let rest = match text.split_once("://") {
        Some((scheme, rest)) if ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) => rest,
        Some(_) => return Err(ErrorCode::WebsiteInvalid),
        None => text,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let looks_like_a_host = !host.is_empty()
        && !host.contains('@')
        && !text.contains(char::is_whitespace)
        && !host.starts_with('.')
        && (host.contains('.') || host.starts_with("localhost"));
    if looks_like_a_host { Ok(()) } else { Err(ErrorCode::WebsiteInvalid) }
}

/// A project's URL as it is sent: trimmed, with the scheme that a bare host most likely means.
pub(crate) fn project_url(text: &str) -> Result<String, ErrorCode> {
    let text = text.trim();
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None if is_loopback(host_of(text)) => ("http".to_owned(), text),
        None => ("https".to_owned(), text),
    };
    let host = host_of(rest);
    if host.is_empty() || rest.contains(char::is_whitespace) || !["http", "https"].contains(&scheme.as_str())
    {
        return Err(ErrorCode::Session(SessionErrorCode::UrlInvalid));
    }
    if scheme == "http" && !is_loopback(host) {
        return Err(ErrorCode::Session(SessionErrorCode::UrlInsecure));
    }
    Ok(format!("{scheme}://{rest}"))
}

/// A project's key. A secret key, which opens everything, must not even leave the page.
pub(crate) fn project_key(text: &str) -> Result<(), ErrorCode> {
    let text = text.trim();
    if text.starts_with("sb_secret_") {
        return Err(ErrorCode::Session(SessionErrorCode::KeySecret));
    }
    if text.is_empty() || text.contains(char::is_whitespace) {
        Err(ErrorCode::Session(SessionErrorCode::KeyInvalid))
    } else {
        Ok(())
    }
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    let is_here = |address: std::net::IpAddr| address.is_loopback();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_something_on_both_sides_of_one_at_sign() {
        for ok in ["ada@example.com", " ada+tag@example.co.uk ", "a@localhost", "ä@müller.example"] {
            assert_eq!(email(ok), Ok(()), "{ok}");
        }
        for bad in
            ["", "ada", "@example.com", "ada@", "a b@example.com", "a@b@c", "a@.com", "a@-com", "<a@com>"]
        {
            assert_eq!(email(bad), Err(ErrorCode::Session(SessionErrorCode::EmailInvalid)), "{bad}");
        }
    }

    #[test]
    fn a_new_password_is_counted_in_bytes_not_in_characters() {
        assert_eq!(new_password(&"x".repeat(72)), Ok(()));
        assert_eq!(new_password(&"x".repeat(73)), Err(ErrorCode::Session(SessionErrorCode::PasswordTooLong)));
        assert_eq!(new_password(&"ä".repeat(37)), Err(ErrorCode::Session(SessionErrorCode::PasswordTooLong)));
        assert_eq!(new_password(""), Err(ErrorCode::Session(SessionErrorCode::PasswordMissing)));
    }

    #[test]
    fn a_long_password_may_still_be_tried_for_signing_in() {
        assert_eq!(password(&"x".repeat(80)), Ok(()));
    }

    #[test]
    fn a_code_is_six_to_ten_digits_whatever_stands_between_them() {
        for ok in ["123456", " 123 456 ", "123-456", "1234567890"] {
            assert_eq!(code(ok), Ok(()), "{ok}");
        }
        for bad in ["", "12345", "12345678901", "12345a", "１２３４５６"] {
            assert_eq!(code(bad), Err(ErrorCode::Session(SessionErrorCode::CodeInvalid)), "{bad}");
        }
        assert_eq!(factor_code("1234567"), Err(ErrorCode::Session(SessionErrorCode::CodeInvalid)));
        assert_eq!(factor_code("123 456"), Ok(()));
    }

    #[test]
    fn a_username_may_be_absent_but_not_short() {
        assert_eq!(username(""), Ok(()));
        assert_eq!(username("  "), Ok(()));
        assert_eq!(username("ab "), Err(ErrorCode::UsernameTooShort));
        assert_eq!(username("äöü"), Ok(()));
    }

    #[test]
    fn what_nobody_can_see_is_said_on_its_field_before_anything_is_sent() {
        for unseen in ["\u{0}", "\u{200B}", "\u{3164}", "\u{2800}", "\u{AD}"] {
            let (alone, within) = (unseen.repeat(3), format!("ada{unseen}"));
            for text in [&alone, &within] {
                assert_eq!(username(text), Err(ErrorCode::UnseenCharacters), "{text:?}");
                assert_eq!(full_name(text), Err(ErrorCode::UnseenCharacters), "{text:?}");
                assert_eq!(sought_username(text), Err(ErrorCode::UnseenCharacters), "{text:?}");
            }
            assert_eq!(website(&format!("{within}.example")), Err(ErrorCode::UnseenCharacters));
            assert_eq!(email(&format!("{within}@example.com")), Err(ErrorCode::UnseenCharacters));
            // A password may hold whatever its owner typed.
            assert_eq!(new_password(&within), Ok(()));
        }
        assert_eq!(sought_username("ab"), Ok(()));
    }

    #[test]
    fn a_website_is_a_host_with_or_without_a_web_scheme() {
        for ok in
            ["", "example.com", "https://example.com/a?b#c", "HTTP://example.com", "http://localhost:3000"]
        {
            assert_eq!(website(ok), Ok(()), "{ok}");
        }
        for bad in
            ["nonsense", "ftp://example.com", "javascript:alert(1)", "https://", "two words.com", "a@b.com"]
        {
            assert_eq!(website(bad), Err(ErrorCode::WebsiteInvalid), "{bad}");
        }
    }

    #[test]
    fn a_bare_host_becomes_https_and_a_bare_local_one_http() {
        assert_eq!(project_url(" abcd.supabase.co "), Ok("https://abcd.supabase.co".into()));
        assert_eq!(project_url("127.0.0.1:54321"), Ok("http://127.0.0.1:54321".into()));
        assert!(project_url("http://127.0.0.1.evil.example").is_err());
        assert_eq!(project_url("http://[::1]:54321/"), Ok("http://[::1]:54321/".into()));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert_eq!(
            project_url("http://abcd.supabase.co"),
            Err(ErrorCode::Session(SessionErrorCode::UrlInsecure))
        );
        assert_eq!(
            project_url("http://localhost.evil.example"),
            Err(ErrorCode::Session(SessionErrorCode::UrlInsecure))
        );
    }

    #[test]
    fn what_is_no_url_is_told_at_once() {
        for bad in ["", "   ", "https://", "ftp://abcd.supabase.co", "two words"] {
            assert_eq!(project_url(bad), Err(ErrorCode::Session(SessionErrorCode::UrlInvalid)), "{bad}");
        }
    }

    #[test]
    fn a_secret_key_never_leaves_the_page() {
        assert_eq!(project_key("sb_secret_abc"), Err(ErrorCode::Session(SessionErrorCode::KeySecret)));
        assert_eq!(project_key(" sb_publishable_abc "), Ok(()));
        assert_eq!(project_key(" "), Err(ErrorCode::Session(SessionErrorCode::KeyInvalid)));
    }
}
