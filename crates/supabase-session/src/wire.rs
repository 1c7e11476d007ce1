//! What an answer means: the error bodies of Auth, PostgREST and Storage in all their forms, and the lists of codes
//! that decide over a session. Pure; nothing is sent from here.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::error::{HttpError, ServerCode, WeakPasswordReason};
use crate::http::{Response, TransportError};
use crate::state::SignOutCause;
use crate::timestamp;

/// The API itself said no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The status that is meant. Storage sends HTTP 400 and writes the real one into the body.
    pub(crate) status: u16,
    /// The stable name.
    pub(crate) code: ServerCode,
    /// The sentence. For deciding only (some facts stand nowhere else), never for showing.
    pub(crate) message: String,
    /// PostgREST's second sentence. As above.
    pub(crate) details: String,
    pub(crate) weak_password: Vec<WeakPasswordReason>,
    /// Whether the body has Storage's form.
    from_storage: bool,
}

/// Reads an answer: the API's yes, or its no, or something that is not the API.
///
/// # Errors
/// [`HttpError`] for everything after which trying again later is worth it: it never ends a session.
pub(crate) fn read(response: Response, now: SystemTime) -> Result<Result<Response, Fault>, HttpError> {
    if (200..300).contains(&response.status) {
        return Ok(Ok(response));
    }
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    let storage_status = storage_status(&body);
    match storage_status.unwrap_or(response.status) {
        408 => Err(HttpError::Timeout),
        429 => Err(HttpError::RateLimited { retry_after: retry_after(&response, &message(&body), now) }),
        status @ (425 | 500..) => Err(HttpError::ServerTrouble { status }),
        status @ 400..500 => fault(&response, &body, status, storage_status.is_some()).map(Err),
        // A redirect is never the API's answer to these calls.
        _ => Err(HttpError::NotSupabase),
    }
}

impl From<TransportError> for HttpError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable => Self::Offline,
            TransportError::Timeout => Self::Timeout,
            TransportError::TooLarge => Self::TooLarge,
            TransportError::Insecure => Self::NotSupabase,
        }
    }
}

impl Fault {
    /// The server does not take the address. For one that it cannot read it has no code of its own.
    pub(crate) fn refuses_email(&self) -> bool {
        match self.code.as_str() {
            "email_address_invalid" | "email_address_not_authorized" => true,
            "validation_failed" => self.message.contains("validate email address"),
            _ => false,
        }
    }

    /// Whether it says that the access token is no good. The three services say it in three ways.
    pub(crate) fn refuses_token(&self) -> bool {
        match self.code.as_str() {
            "bad_jwt" => matches!(self.status, 401 | 403),
            "PGRST301" | "PGRST303" => self.status == 401,
            // With 400 it speaks of the token in a signed URL.
            _ => self.from_storage && matches!(self.status, 401 | 403) && is_about_a_jwt(&self.message),
        }
    }

    /// Why the session is over, if this says so. The only list of codes that end a session.
    pub(crate) fn ends_session(&self) -> Option<SignOutCause> {
        match self.code.as_str() {
            // `refresh_token_already_used` revokes the whole family: somebody else may hold the token.
            "refresh_token_not_found"
            | "refresh_token_already_used"
            | "session_not_found"
            | "invalid_grant" => Some(SignOutCause::Elsewhere),
            "session_expired" => Some(SignOutCause::Expired),
            "user_not_found" => Some(SignOutCause::Deleted),
            "user_banned" => Some(SignOutCause::Banned),
            _ => None,
        }
    }

    /// The constraint in PostgREST's sentence, for example `... violates check constraint "username_length"`.
    pub(crate) fn constraint(&self) -> Option<String> {
        let (_, after) = self.message.split_once("constraint \"")?;
        let (name, _) = after.split_once('"')?;
        // A name goes into errors, so it has to look like one.
        let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
        (plain && (1..=63).contains(&name.len())).then(|| name.to_owned())
    }
}

/// How Storage's libraries (two generations of them) complain about a token, as against a policy.
fn is_about_a_jwt(message: &str) -> bool {
    const BEGINNINGS: [&str; 5] = ["JWS", "JWT", "jwt ", "Invalid Compact JWS", "\"exp\" claim"];
    const WHOLE: [&str; 2] = ["signature verification failed", "invalid signature"];
    BEGINNINGS.iter().any(|beginning| message.starts_with(beginning)) || WHOLE.contains(&message)
}

fn fault(response: &Response, body: &Value, status: u16, from_storage: bool) -> Result<Fault, HttpError> {
    let message = message(body);
    let Some(code) = code(response, body) else {
        return Err(gateway_refusal(status, &message));
    };
    let details = body.get("details").and_then(Value::as_str).unwrap_or_default().to_owned();
    let weak_password = weak_password(body);
    Ok(Fault { status, code, message, details, weak_password, from_storage })
}

/// Answers without any code come from what stands before the API: the gateway, a proxy, another program.
fn gateway_refusal(status: u16, message: &str) -> HttpError {
    let about_the_key = message.to_ascii_lowercase().contains("api key");
    if status == 401 && about_the_key { HttpError::KeyRefused } else { HttpError::NotSupabase }
}

/// Newer form: `code` is the name. Older: `code` is a number, `error_code` the name. OAuth and older Storage:
/// `error`. The header repeats it.
fn code(response: &Response, body: &Value) -> Option<ServerCode> {
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    text("error_code")
        .or_else(|| text("code"))
        .or_else(|| response.header("x-sb-error-code"))
        .map(ServerCode::new)
        .or_else(|| text("error").map(|name| ServerCode::new(&name.replace(' ', "_"))))
}

fn message(body: &Value) -> String {
    let text = |key: &&str| body.get(key).and_then(Value::as_str);
    ["msg", "message", "error_description", "error"].iter().find_map(text).unwrap_or_default().to_owned()
}

/// Storage's own status: a string, in some answers a number.
fn storage_status(body: &Value) -> Option<u16> {
    let status = body.get("statusCode")?;
    let number = status.as_u64().and_then(|number| u16::try_from(number).ok());
    number.or_else(|| status.as_str()?.parse().ok()).filter(|status| (400..600).contains(status))
}

fn weak_password(body: &Value) -> Vec<WeakPasswordReason> {
    let reasons = body.pointer("/weak_password/reasons").and_then(Value::as_array);
    let reason = |reason: &Value| {
        Some(match reason.as_str()? {
            "length" => WeakPasswordReason::Length,
            "characters" => WeakPasswordReason::Characters,
            "pwned" => WeakPasswordReason::Pwned,
            other => WeakPasswordReason::Other(ServerCode::new(other)),
        })
    };
    reasons.into_iter().flatten().filter_map(reason).collect()
}

/// `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3); for mails the seconds stand only in the sentence.
fn retry_after(response: &Response, message: &str, now: SystemTime) -> Option<Duration> {
    let Some(header) = response.header("retry-after") else {
        let (_, after) = message.split_once("after ")?;
        let (seconds, _) = after.split_once(" second")?;
        return seconds.parse().ok().map(Duration::from_secs);
    };
    if let Ok(seconds) = header.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = SystemTime::from(timestamp::parse_http_date(header)?);
    // The server's own clock, where it tells it: ours may be wrong.
    let now = server_time(response).unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// What the server's clock showed when it answered.
pub(crate) fn server_time(response: &Response) -> Option<SystemTime> {
    response.header("date").and_then(timestamp::parse_http_date).map(SystemTime::from)
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
