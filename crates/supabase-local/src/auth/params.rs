//! Reading a request: its JSON body, with the real server's sentences when the JSON is broken (that server is written in
//! Go); where its link is to lead; its PKCE challenge; its captcha token.

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::AuthError;
use super::redirect;
use crate::config::Config;
use crate::state::App;

/// The query parameter `redirect_to`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct RedirectTo {
    redirect_to: Option<String>,
}

impl RedirectTo {
    pub(super) fn new(redirect_to: Option<String>) -> Self {
        Self { redirect_to }
    }

    /// Where the mail's link leads in the end: to `redirect_to`, else to the page that sent the request (`Referer`). An
    /// address that the project does not allow is replaced by the Site URL.
    pub(super) fn destination(&self, config: &Config, headers: &HeaderMap) -> String {
        let referer = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok());
        let wanted = self.redirect_to.as_deref().filter(|wanted| !wanted.is_empty()).or(referer);
        redirect::destination(config, wanted.unwrap_or_default())
    }
}

/// The PKCE parameters of a request, not checked yet.
#[derive(Debug, Default, Clone, Deserialize)]
pub(super) struct Challenge {
    #[serde(default)]
    code_challenge: Option<String>,
    #[serde(default)]
    code_challenge_method: Option<String>,
}

/// A PKCE challenge (RFC 7636) of valid form.
#[derive(Debug, Clone)]
pub(super) struct Pkce {
    pub(super) challenge: String,
    pub(super) method: String,
}

impl Challenge {
    pub(super) fn new(code_challenge: Option<String>, code_challenge_method: Option<String>) -> Self {
        Self { code_challenge, code_challenge_method }
    }

    /// The challenge when the request has both fields, `None` when it has neither.
    ///
    /// # Errors
    /// 400, when only one field is there, or the challenge has a length or a character that RFC 7636 does not allow.
    pub(super) fn check(&self) -> Result<Option<Pkce>, AuthError> {
        let challenge = self.code_challenge.clone().unwrap_or_default();
        let method = self.code_challenge_method.clone().unwrap_or_default();
        match (challenge.is_empty(), method.is_empty()) {
            (true, true) => return Ok(None),
            (false, false) => {}
            _ => {
                let message = "PKCE flow requires code_challenge_method and code_challenge";
                return Err(AuthError::invalid(message));
            }
        }
        if !(43..=128).contains(&challenge.len()) {
            return Err(AuthError::invalid("code challenge has to be between 43 and 128 characters"));
        }
        let known = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
        if !known {
            let message = "code challenge can only contain alphanumeric characters, hyphens, periods, \
                           underscores and tildes";
            return Err(AuthError::invalid(message));
        }
        Ok(Some(Pkce { challenge, method: method.to_ascii_lowercase() }))
    }
}

/// The part of a body that carries the captcha token.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Security {
    #[serde(default)]
    gotrue_meta_security: Option<Captcha>,
}

#[derive(Debug, Default, Deserialize)]
struct Captcha {
    #[serde(default)]
    captcha_token: Option<String>,
}

/// Refuses a body without a valid captcha token where the project wants one. The token is consumed.
pub(super) fn check_captcha(app: &App, body: &[u8]) -> Result<(), AuthError> {
    if !app.config.captcha_enabled {
        return Ok(());
    }
    let security: Security = serde_json::from_slice(body).unwrap_or_default();
    let token = security.gotrue_meta_security.and_then(|captcha| captcha.captcha_token);
    let reason = match token.filter(|token| !token.trim().is_empty()) {
        None => "no captcha_token found",
        Some(token) if app.captcha_tokens.consume(&token, app.clock.now()) => return Ok(()),
        // What hCaptcha and Turnstile answer for a token that is invented, used or too old.
        Some(_) => "invalid-input-response",
    };
    let message = format!("captcha protection: request disallowed ({reason})");
    Err(AuthError::new(400, "captcha_failed", message))
}

/// The body as JSON.
///
/// # Errors
/// 400 `bad_json`.
pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, AuthError> {
    serde_json::from_slice(body).map_err(|error| {
        let message = format!("Could not parse request body as JSON: {}", go_message(body, &error));
        AuthError::new(400, "bad_json", message)
    })
}

/// The sentence of Go's JSON decoder for `bytes`, which serde refused with `error`.
pub(super) fn go_message(bytes: &[u8], error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "unexpected end of JSON input".into();
    }
    if error.is_data() {
        return format!("json: cannot unmarshal: {error}");
    }
    let said = error.to_string();
    if said.starts_with("recursion limit exceeded") {
        return "exceeded max depth".into();
    }
    let looking_for = if said.starts_with("key must be a string") {
        "looking for beginning of object key string"
    } else if said.starts_with("expected `:`") {
        "after object key"
    } else if said.starts_with("expected `,`") {
        "after object key:value pair"
    } else if said.starts_with("trailing characters") {
        "after top-level value"
    } else {
        "looking for beginning of value"
    };
    let line_start: usize = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    let at = line_start + error.column().saturating_sub(1);
    let character = bytes.get(at).map_or('\0', |byte| char::from(*byte));
    format!("invalid character '{character}' {looking_for}")
}

/// The address `email` in small letters, as the database stores it.
///
/// # Errors
/// 400, when the address is empty or not valid.
pub(super) fn email(email: &str) -> Result<String, AuthError> {
    if email.is_empty() {
        return Err(AuthError::invalid("An email address is required"));
    }
    let well_formed = email.len() <= 255
        && email.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.is_empty()
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains("..")
                && !email
                    .contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c))
        });
    if !well_formed {
        return Err(AuthError::invalid("Unable to validate email address: invalid format"));
    }
    Ok(email.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(body: &str) -> String {
        json::<serde_json::Map<String, serde_json::Value>>(body.as_bytes()).unwrap_err().message.into_owned()
    }

    #[test]
    fn broken_json_is_refused_in_gos_words() {
        let start = "Could not parse request body as JSON: ";

        let key = "invalid character 'o' looking for beginning of object key string";
        assert_eq!(complaint("{oops"), format!("{start}{key}"));
        let value = "invalid character 'x' looking for beginning of value";
        assert_eq!(complaint("{\n\"a\": x}"), format!("{start}{value}"));
        assert_eq!(complaint("{"), format!("{start}unexpected end of JSON input"));
        let deep = format!("{{\"a\":{}", "[".repeat(10_000));
        assert_eq!(complaint(&deep), format!("{start}exceeded max depth"));
    }

    #[test]
    fn an_address_is_kept_in_lower_case_and_needs_both_sides() {
        assert_eq!(email("Ada@Example.com").unwrap(), "ada@example.com");
        for bad in ["nope", "@x.example", "a@", "a b@x.example", "a@b@c", "a@x..y", "<a@x>"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_challenge_needs_its_method_and_its_length() {
        let challenge = |text: &str, method: Option<&str>| Challenge {
            code_challenge: Some(text.into()),
            code_challenge_method: method.map(str::to_owned),
        };

        assert!(challenge(&"x".repeat(43), Some("S256")).check().unwrap().is_some());
        assert!(challenge(&"x".repeat(43), None).check().is_err());
        assert!(challenge("abc", Some("s256")).check().is_err());
        assert!(Challenge::default().check().unwrap().is_none());
    }
}
