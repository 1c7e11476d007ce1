//! What an answer means: the error bodies of Auth, PostgREST and Storage in all their forms, and the lists of codes
//! that decide over a session. Pure; nothing is sent from here.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::error::{HttpError, RequestError, ServerCode, WeakPasswordReason};
use crate::http::transport::{Response, TransportError};
use crate::state::SignOutCause;
use crate::timestamp;

/// A refusal by the API itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerError {
    /// The status that is meant. Storage sends HTTP 400 and writes the real one into the body.
    pub(crate) status: u16,
    /// The stable name.
    pub(crate) code: ServerCode,
    /// The server's sentence: some facts stand nowhere else. Only read to decide by, never shown.
    pub(crate) message: String,
    /// PostgREST's second sentence (`details`). Only read to decide by, never shown.
    pub(crate) details: String,
    pub(crate) weak_password: Vec<WeakPasswordReason>,
    /// Whether the body has Storage's form.
    from_storage: bool,
}

/// Reads an answer: the API's yes, or its no, or something that is not the API.
///
/// # Errors
/// [`HttpError`] for everything that is neither: it never ends a session.
pub(crate) fn read(response: Response, now: SystemTime) -> Result<Result<Response, ServerError>, HttpError> {
    if (200..300).contains(&response.status) {
        return Ok(Ok(response));
    }
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    let storage_status = storage_status(&body);
    match storage_status.unwrap_or(response.status) {
        408 => Err(HttpError::Timeout),
        402 => Err(HttpError::Restricted),
        429 => Err(HttpError::RateLimited { retry_after: retry_after(&response, &message(&body), now) }),
        status @ 520..=530 => Err(HttpError::Gateway { status }),
        511 => Err(HttpError::WebPage),
        540 => Err(HttpError::Paused),
        status @ (425 | 500..) => Err(trouble(&response, &body, status)),
        status @ 400..500 => fault(&response, &body, status, storage_status.is_some()).map(Err),
        // A redirect is never the API's answer to these calls.
        _ => Err(HttpError::NotSupabase),
    }
}

/// Whether the gateway before the project's functions refuses the token, so that no function has run. Only
/// Supabase's own mark says that: the header `sb-error-code` with one of the `UNAUTHORIZED_` names (in the words of its
/// documentation, "Error codes" of Edge Functions). What a function answers carries the id of its execution on hosted
/// projects. A status and a body say nothing: any function can answer 401 with any words, those of the gateway and of
/// PostgREST among them.
pub(crate) fn refused_before_function(response: &Response) -> bool {
    let mark = response.header("sb-error-code").unwrap_or_default();
    response.status == 401
        && mark.starts_with("UNAUTHORIZED_")
        && response.header("x-deno-execution-id").is_none()
}

impl From<TransportError> for HttpError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable => Self::Offline,
            TransportError::Timeout => Self::Timeout,
            TransportError::TooLarge => Self::TooLarge,
            TransportError::Untrusted(problem) => Self::CertificateUntrusted(problem),
            TransportError::Insecure => Self::NotSupabase,
        }
    }
}

impl From<ServerError> for RequestError {
    fn from(fault: ServerError) -> Self {
        Self::Unexpected { code: fault.code }
    }
}

impl ServerError {
    /// The server does not take the address. For one that it cannot read it has no code of its own.
    pub(crate) fn refuses_email(&self) -> bool {
        match self.code.as_str() {
            "email_address_invalid" => true,
            "validation_failed" => self.message.contains("validate email address"),
            _ => false,
        }
    }

    /// Whether the access token is refused. The three services say so in three ways.
    pub(crate) fn refuses_token(&self) -> bool {
        match self.code.as_str() {
            "bad_jwt" => matches!(self.status, 401 | 403),
            "PGRST301" | "PGRST303" => self.status == 401,
            // With status 400 the sentence is about the token in a signed URL.
            _ => self.from_storage && matches!(self.status, 401 | 403) && is_about_a_jwt(&self.message),
        }
    }

    /// Whether the token is refused because, by the service's clock, it was issued in the future.
    pub(crate) fn finds_token_too_young(&self) -> bool {
        const WORDS: [&str; 5] =
            ["issued at future", "issuedat", "not yet valid", "used before issued", "\"iat\" claim"];
        let message = self.message.to_ascii_lowercase();
        let about_time = WORDS.iter().any(|words| message.contains(words));
        about_time && (self.refuses_token() || matches!(self.status, 401 | 403))
    }

    /// Why the session is over, if the refusal says so. The only list of codes that end a session.
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
        between(&self.message, "constraint \"", "\"").and_then(name)
    }

    /// The column in the sentences of `23502` (`null value in column "team" of relation ...`), `42703`
    /// (`column profiles.website does not exist`) and `PGRST204` (`Could not find the 'website' column of ...`).
    pub(crate) fn column(&self) -> Option<String> {
        let message = self.message.as_str();
        let said = match self.code.as_str() {
            "PGRST204" => between(message, "the '", "' column"),
            "42703" => between(message, "column ", " does not exist")
                .map(|column| column.rsplit('.').next().unwrap_or(column).trim_matches('"'))
                // `column "x" of relation "y" does not exist`
                .map(|column| column.split("\" of relation").next().unwrap_or(column)),
            _ => between(message, "column \"", "\""),
        };
        said.and_then(name)
    }

    /// The columns in the details of `23505`: `Key (username)=(ada) already exists.` An expression is one too
    /// (`lower(username)`).
    pub(crate) fn key(&self) -> Option<String> {
        let key = between(&self.details, "Key (", ")=(")?;
        let plain =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ',' | ' ' | '(' | ')' | ':' | '"');
        (key.len() <= LONGEST_KEY && key.chars().all(plain)).then(|| key.to_owned())
    }

    /// How much the column of `22001` takes: `value too long for type character varying(10)`.
    pub(crate) fn limit(&self) -> Option<u32> {
        between(&self.message, "(", ")")?.parse().ok()
    }

    /// Whether what it says to be missing is the table or function of this name, and not something that a trigger of
    /// it misses.
    pub(crate) fn misses(&self, wanted: &str) -> bool {
        let plain = |c: char| !(c.is_alphanumeric() || c == '_' || c == '$');
        self.message.is_empty() || self.message.split(plain).any(|word| word == wanted)
    }
}

/// Longest list of columns that is kept.
const LONGEST_KEY: usize = 128;

/// The text between the first `before` and the next `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

/// A name goes into errors, so it has to look like one. PostgreSQL's are at most 63 bytes long.
fn name(text: &str) -> Option<String> {
    let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    (plain && (1..=63).contains(&text.len())).then(|| text.to_owned())
}

/// A fault of the server's own: one that passes, one that its owner has to mend, or one of which neither is known.
fn trouble(response: &Response, body: &Value, status: u16) -> HttpError {
    let (passing, unknown) = (HttpError::ServerTrouble { status }, HttpError::ServerFailed { status });
    let is_busy = matches!(status, 425 | 502..=504 | 544);
    let Some(code) = code(response, body) else { return if is_busy { passing } else { unknown } };
    let message = message(body);
    match code.as_str() {
        "unexpected_failure" if message.starts_with("Error sending") => HttpError::MailUnsent,
        "unexpected_failure" if message.starts_with("Database error") || message.contains("hook") => {
            HttpError::ProjectBroken { code }
        }
        "sms_send_failed" => HttpError::MailUnsent,
        name if name.starts_with("hook_") || is_owners_fault(name) => HttpError::ProjectBroken { code },
        name if is_busy || passes(name) => passing,
        _ => unknown,
    }
}

/// Codes with which servers answer 500 while they are busy, restarted or in each other's way: PostgreSQL's classes
/// (connection, rollback, resources, object in use, intervention, system) and Storage's and Auth's own names.
fn passes(code: &str) -> bool {
    const CLASSES: [&str; 7] = ["08", "40", "53", "55006", "55P03", "57", "58"];
    const NAMES: [&str; 8] = [
        "SlowDown",
        "LockTimeout",
        "acquiring_lock_timeout",
        "ResourceLocked",
        "DatabaseTimeout",
        "Aborted",
        "AbortedTerminate",
        "request_timeout",
    ];
    NAMES.contains(&code) || is_sqlstate(code) && CLASSES.iter().any(|class| code.starts_with(class))
}

fn is_sqlstate(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Codes with which PostgREST answers 500 and that stay until the project's owner has changed something: what
/// functions, triggers and policies do wrong (PostgreSQL's appendix A), and PostgREST's own settings.
fn is_owners_fault(code: &str) -> bool {
    const CLASSES: [&str; 13] =
        ["09", "0A", "25", "2D", "2F", "38", "39", "3B", "42", "54", "55", "F0", "HV"];
    match code {
        code if passes(code) => false,
        "PGRST111" | "PGRST112" | "PGRST121" | "PGRST300" => true,
        code if is_sqlstate(code) => {
            CLASSES.iter().any(|class| code.starts_with(class)) || code.starts_with("P0")
        }
        _ => false,
    }
}

/// How Storage's libraries (two generations of them) complain about a token, as against a policy.
fn is_about_a_jwt(message: &str) -> bool {
    const BEGINNINGS: [&str; 5] = ["JWS", "JWT", "jwt ", "Invalid Compact JWS", "\"exp\" claim"];
    const WHOLE: [&str; 2] = ["signature verification failed", "invalid signature"];
    BEGINNINGS.iter().any(|beginning| message.starts_with(beginning)) || WHOLE.contains(&message)
}

fn fault(
    response: &Response,
    body: &Value,
    status: u16,
    from_storage: bool,
) -> Result<ServerError, HttpError> {
    let message = message(body);
    let Some(code) = code(response, body).or_else(|| named(status)) else {
        return Err(gateway_refusal(status, &message));
    };
    let details = body.get("details").and_then(Value::as_str).unwrap_or_default().to_owned();
    let weak_password = weak_password(body);
    Ok(ServerError { status, code, message, details, weak_password, from_storage })
}

/// The name of the one refusal that gateways before a project send by themselves and that is about the request: its body
/// is larger than they let through. The name is Storage's.
fn named(status: u16) -> Option<ServerCode> {
    (status == 413).then(|| ServerCode::new("EntityTooLarge"))
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
#[path = "fault_tests.rs"]
mod tests;
