//! The link that comes back from a mail or a browser, read strictly. Anybody can make the desktop open a link, so
//! whatever is not exactly what the server makes is refused. Pure; which flow the link belongs to is decided in
//! `auth/callback.rs`.

use std::collections::BTreeMap;
use std::fmt;

use url::Url;

use crate::flows::redirect::redirect_base;
use crate::flows::verify_kind::VerifyKind;
use crate::secret::Secret;
use crate::session::tokens::LinkTokens;

/// Longest link that is looked at. A link with a code has less than 400 bytes; one with tokens grows with the user's
/// metadata, with asymmetric keys and with what a claims hook adds. The access token goes into a header with every
/// request, and the servers in front of a project take no header that is longer than this.
pub(crate) const LONGEST_LINK: usize = 16 << 10;

/// Longest code or nonce.
const LONGEST_VALUE: usize = 256;

/// What must never be taken from a link silently: whoever makes somebody open a link with tokens could sign that person
/// into another account.
const TOKENS: [&str; 5] =
    ["access_token", "refresh_token", "provider_token", "provider_refresh_token", "id_token"];

/// A link that the Auth server may have made.
pub(crate) struct Callback {
    /// The nonce of the flow it belongs to.
    pub(crate) flow: Option<Secret<String>>,
    pub(crate) answer: Answer,
}

/// What the link says.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The server agreed: a code to be exchanged.
    Code(Secret<String>),
    /// The server or the provider refused.
    Refusal {
        /// OAuth's class of error, for example `access_denied` (RFC 6749 section 4.1.2.1).
        error: String,
        /// The Auth server's own code, where it gives one.
        code: Option<String>,
    },
    /// A hash that the server takes for a session.
    Hash(VerifyKind, Secret<String>),
    /// A session (implicit flow).
    Tokens(LinkTokens),
    /// The first of two confirmations of a new address was taken; the other is still to come.
    Halfway,
}

/// Why a link is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    /// Over 16 KiB.
    #[error("the link is too long")]
    TooLong,
    /// It does not begin with our redirect URL, to the letter.
    #[error("the link leads elsewhere")]
    Foreign,
    /// Characters, encoding or keys that the server never writes.
    #[error("the link is mangled")]
    Malformed,
    /// It carries tokens where the server never puts them, or not a whole session.
    #[error("the link carries tokens")]
    Tokens,
    /// It says neither yes nor no.
    #[error("the link says nothing")]
    Silent,
}

impl Callback {
    /// Reads a link that must lead to `redirect_to` (whose own query is not looked at).
    pub(crate) fn parse(link: &str, redirect_to: &Url) -> Result<Self, LinkError> {
        if link.len() > LONGEST_LINK {
            return Err(LinkError::TooLong);
        }
        if redirect_base(link) != redirect_base(redirect_to.as_str()) {
            return Err(LinkError::Foreign);
        }
        let rest = &link[redirect_base(link).len()..];
        if !rest.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(LinkError::Malformed);
        }
        let (query, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let query = pairs(query.strip_prefix('?').unwrap_or_default())?;
        let fragment = pairs(fragment)?;
        if TOKENS.iter().any(|key| query.contains_key(*key)) {
            return Err(LinkError::Tokens);
        }
        let answer = if TOKENS.iter().any(|key| fragment.contains_key(*key)) {
            tokens(&query, &fragment).map(Answer::Tokens).ok_or(LinkError::Tokens)?
        } else {
            answer(&query, &fragment)?
        };
        Ok(Self { flow: flow(&query)?, answer })
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}

/// Only from the query: the server never moves it into the fragment.
fn flow(query: &BTreeMap<String, String>) -> Result<Option<Secret<String>>, LinkError> {
    match query.get("flow") {
        Some(nonce) if nonce.is_empty() || nonce.len() > LONGEST_VALUE => Err(LinkError::Malformed),
        Some(nonce) => Ok(Some(Secret::from(nonce.as_str()))),
        None => Ok(None),
    }
}

/// A whole session, and nothing else that would mean something.
fn tokens(query: &BTreeMap<String, String>, fragment: &BTreeMap<String, String>) -> Option<LinkTokens> {
    const OTHERS: [&str; 5] = ["code", "token_hash", "error", "error_code", "message"];
    if OTHERS.iter().any(|key| query.contains_key(*key) || fragment.contains_key(*key)) {
        return None;
    }
    let text = |key: &str| fragment.get(key).filter(|text| !text.is_empty());
    let plain = |text: &&String| text.bytes().all(|byte| byte.is_ascii_graphic());
    text("token_type").filter(|kind| kind.eq_ignore_ascii_case("bearer"))?;
    Some(LinkTokens {
        access: Secret::from(text("access_token").filter(plain)?.as_str()),
        refresh: Secret::from(text("refresh_token").filter(plain)?.as_str()),
        expires_in: text("expires_in")?.parse().ok()?,
        kind: text("type").and_then(|name| VerifyKind::named(name)),
    })
}

fn answer(
    query: &BTreeMap<String, String>,
    fragment: &BTreeMap<String, String>,
) -> Result<Answer, LinkError> {
    // An error stands in the fragment, for PKCE and OAuth in the query too, and the query wins.
    let told = if query.contains_key("error") || query.contains_key("error_code") { query } else { fragment };
    let error = told.get("error").filter(|error| !error.is_empty());
    let error_code = told.get("error_code").filter(|code| !code.is_empty()).cloned();
    let code = query.get("code");
    if let Some(hash) = query.get("token_hash") {
        // The templates that the documentation shows write it into the query, beside its type.
        let kind = query.get("type").and_then(|name| VerifyKind::named(name));
        return match (kind, code, error, error_code) {
            (Some(kind), None, None, None) if is_code(hash) => {
                Ok(Answer::Hash(kind, Secret::from(hash.as_str())))
            }
            _ => Err(LinkError::Malformed),
        };
    }
    match (code, error, error_code) {
        (Some(code), None, None) if is_code(code) => Ok(Answer::Code(Secret::from(code.as_str()))),
        (None, Some(error), code) => Ok(Answer::Refusal { error: error.clone(), code }),
        (None, None, Some(code)) => Ok(Answer::Refusal { error: code.clone(), code: Some(code) }),
        // What the message says is the server's own sentence and not looked at.
        (None, None, None) if query.contains_key("message") || fragment.contains_key("message") => {
            Ok(Answer::Halfway)
        }
        (None, None, None) => Err(LinkError::Silent),
        (Some(_), _, _) => Err(LinkError::Malformed),
    }
}

/// Codes are UUIDs today; any unreserved characters will do.
fn is_code(code: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (1..=LONGEST_VALUE).contains(&code.len()) && code.bytes().all(unreserved)
}

fn pairs(text: &str) -> Result<BTreeMap<String, String>, LinkError> {
    let mut pairs = BTreeMap::new();
    for pair in text.split('&').filter(|_| !text.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or(LinkError::Malformed)?;
        let (key, value) = (decode(key)?, decode(value)?);
        if key.is_empty() || pairs.insert(key, value).is_some() {
            return Err(LinkError::Malformed);
        }
    }
    Ok(pairs)
}

/// `application/x-www-form-urlencoded`, as Go writes it; anything half-encoded is an error.
fn decode(text: &str) -> Result<String, LinkError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next())? << 4 | hex(rest.next())?,
            // Reserved for what separates; the server encodes them.
            b'?' | b'#' | b'=' => return Err(LinkError::Malformed),
            byte => byte,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| LinkError::Malformed)?;
    if text.chars().any(char::is_control) { Err(LinkError::Malformed) } else { Ok(text) }
}

fn hex(digit: Option<u8>) -> Result<u8, LinkError> {
    let value = digit.and_then(|digit| char::from(digit).to_digit(16)).ok_or(LinkError::Malformed)?;
    u8::try_from(value).map_err(|_| LinkError::Malformed)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
