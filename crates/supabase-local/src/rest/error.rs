//! Refusals of REST: PostgREST's own and PostgreSQL's, with their HTTP statuses.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::db::{DbError, SqlError};
use crate::jwt::TokenError;

/// Why a request was refused.
#[derive(Debug)]
pub(super) enum RestError {
    /// The bearer token is not valid.
    Jwt(TokenError),
    /// The client asked for a single object, but there are this many rows.
    NotSingular(usize),
    /// A refusal of PostgREST's own.
    Refused {
        status: StatusCode,
        code: &'static str,
        message: String,
        details: Option<String>,
        hint: Option<String>,
    },
    /// The path is neither a table nor a function, or a row is for a table that does not exist.
    NotFound,
    /// PostgreSQL refused the statement. A missing right is 401 for an anonymous caller and 403 for any other.
    Sql { error: SqlError, anonymous: bool },
    /// The database failed, without an answer of PostgreSQL.
    Db(DbError),
}

impl RestError {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::Refused { status, code, message: message.into(), details: None, hint: None }
    }

    /// A part of the query string that cannot be read: `what` names the part, `text` is its value.
    pub(super) fn unreadable(what: &str, text: &str) -> Self {
        Self::Refused {
            status: StatusCode::BAD_REQUEST,
            code: "PGRST100",
            message: format!("\"failed to parse {what} ({text})\""),
            details: None,
            hint: None,
        }
    }

    /// A range of rows that does not exist.
    pub(super) fn no_page(details: impl Into<String>) -> Self {
        Self::Refused {
            status: StatusCode::RANGE_NOT_SATISFIABLE,
            code: "PGRST103",
            message: "Requested range not satisfiable".into(),
            details: Some(details.into()),
            hint: None,
        }
    }

    /// The same error with the caller's role, which decides the status of a missing right.
    pub(super) fn asked_by(self, role: &str) -> Self {
        match self {
            Self::Sql { error, .. } => Self::Sql { error, anonymous: role == "anon" },
            other => other,
        }
    }
}

impl From<DbError> for RestError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Sql(error) => Self::Sql { error: *error, anonymous: false },
            other => Self::Db(other),
        }
    }
}

impl IntoResponse for RestError {
    fn into_response(self) -> Response {
        let body = |code: &str, message: &str, details: Option<String>, hint: Option<String>| json!({ "code": code, "message": message, "details": details, "hint": hint });
        match self {
            Self::Jwt(fault) => {
                let message = message(&fault);
                let challenge = format!("Bearer error=\"invalid_token\", error_description=\"{message}\"");
                respond(StatusCode::UNAUTHORIZED, &body("PGRST301", &message, None, None), Some(&challenge))
            }
            Self::NotSingular(rows) => not_singular(&body(
                "PGRST116",
                "JSON object requested, multiple (or no) rows returned",
                Some(format!("The result contains {rows} rows")),
                None,
            )),
            Self::Refused { status, code, message, details, hint } => {
                respond(status, &body(code, &message, details, hint), None)
            }
            Self::NotFound => respond(StatusCode::NOT_FOUND, &json!({}), None),
            Self::Sql { error, anonymous } => {
                let status = status_of(&error.code, anonymous);
                let challenge = (status == StatusCode::UNAUTHORIZED).then_some("Bearer");
                respond(status, &body(&error.code, &error.message, error.detail, error.hint), challenge)
            }
            Self::Db(error) => {
                tracing::error!(%error, "the database failed a request");
                let message = "Database client error. Retrying the connection.";
                respond(StatusCode::SERVICE_UNAVAILABLE, &body("PGRST001", message, None, None), None)
            }
        }
    }
}

fn respond(status: StatusCode, body: &Value, challenge: Option<&str>) -> Response {
    let mut response = (status, Json(body)).into_response();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    if let Some(Ok(challenge)) = challenge.map(HeaderValue::from_str) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

/// The refusal of a single object. PostgREST sends `Content-Type` twice here: that of the error and the one that was
/// asked for.
fn not_singular(body: &Value) -> Response {
    let mut response = respond(StatusCode::NOT_ACCEPTABLE, body, None);
    let asked = HeaderValue::from_static("application/vnd.pgrst.object+json; charset=utf-8");
    response.headers_mut().append(header::CONTENT_TYPE, asked);
    response
}

/// PostgREST's sentence for a token that is not valid.
fn message(fault: &TokenError) -> String {
    match fault {
        TokenError::Expired => "JWT expired".into(),
        TokenError::Parts(parts) => {
            format!("JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got {parts})")
        }
        TokenError::Signature => "JWSError JWSInvalidSignature".into(),
        TokenError::Algorithm => "JWSError (UnsupportedAlgorithm)".into(),
        TokenError::HeaderEncoding | TokenError::HeaderJson(_) => {
            "JWSError (CompactDecodeError Invalid header)".into()
        }
        TokenError::Claims => "JWSError (JWTClaimsSetDecodeError)".into(),
    }
}

/// PostgREST's table from SQLSTATE to HTTP status (its documentation, "HTTP Status Codes").
fn status_of(sql_state: &str, anonymous: bool) -> StatusCode {
    let status = match sql_state {
        "23503" | "23505" => 409,
        "25006" => 405,
        "42501" if anonymous => 401,
        "42501" => 403,
        "42883" | "42P01" => 404,
        "42P17" | "53400" => 500,
        "P0001" => 400,
        state => match state.get(..2).unwrap_or_default() {
            // The project's own SQL chose the status, as by `raise sqlstate 'PT402'`.
            "PT" => state.get(2..).and_then(|chosen| chosen.parse::<u16>().ok()).unwrap_or(500),
            "08" | "53" => 503,
            "0L" | "0P" | "28" => 403,
            "09" | "25" | "2D" | "38" | "39" | "3B" | "40" | "54" | "55" | "57" | "58" | "F0" | "HV"
            | "P0" | "XX" => 500,
            _ => 400,
        },
    };
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
