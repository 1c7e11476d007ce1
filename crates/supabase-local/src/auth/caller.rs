//! The caller of a request: the claims of the bearer token, the person and the session that they name.

use axum::http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::AuthError;
use super::params;
use super::user_row::User;
use crate::bearer::bearer_token;
use crate::db::Tx;
use crate::jwt::{Claims, TokenError};
use crate::state::App;

/// The person who calls, and the session that their access token belongs to.
pub(super) struct Caller {
    pub(super) user: User,
    pub(super) session: Option<Uuid>,
}

/// The claims of the request's bearer token.
///
/// # Errors
/// 401 without a token, 403 when the token is not a valid one of this project.
pub(super) fn claims(app: &App, headers: &HeaderMap) -> Result<Claims, AuthError> {
    let token = bearer_token(headers)
        .filter(|token| !token.is_empty() && !token.contains(char::is_whitespace))
        .ok_or_else(|| {
            AuthError::new(401, "no_authorization", "This endpoint requires a valid Bearer token")
        })?;
    app.verify_token(token)
        .map_err(|fault| bad_jwt(format!("unable to parse or verify signature, {}", message(&fault))))
}

/// The claims of the bearer token of somebody who is not anonymous.
///
/// # Errors
/// 403, when the token is an anonymous person's; else as for [`claims`].
pub(super) fn permanent_claims(app: &App, headers: &HeaderMap) -> Result<Claims, AuthError> {
    let claims = claims(app, headers)?;
    check_permanent(&claims)?;
    Ok(claims)
}

/// Refuses the claims of an anonymous person.
pub(super) fn check_permanent(claims: &Claims) -> Result<(), AuthError> {
    if claims.get("is_anonymous") == Some(&Value::Bool(true)) {
        let message = "Anonymous user not allowed to perform these actions";
        return Err(AuthError::new(403, "no_authorization", message));
    }
    Ok(())
}

/// The claims of the bearer token of an administrator, that is the service key.
///
/// # Errors
/// 403, when the token has another role; else as for [`claims`].
pub(super) fn admin_claims(app: &App, headers: &HeaderMap) -> Result<Claims, AuthError> {
    let claims = claims(app, headers)?;
    match claims.get("role").and_then(Value::as_str) {
        Some("service_role" | "supabase_admin") => Ok(claims),
        _ => Err(AuthError::new(403, "not_admin", "User not allowed")),
    }
}

impl Caller {
    /// The person and the session that `claims` name.
    ///
    /// # Errors
    /// 403, when one of the two does not exist any more, or the person is banned.
    pub(super) fn load(tx: &mut Tx<'_>, app: &App, claims: &Claims) -> Result<Self, AuthError> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("sub").is_empty() {
            return Err(AuthError::new(403, "bad_jwt", "invalid claim: missing sub claim"));
        }
        let id = Uuid::parse_str(text("sub"))
            .map_err(|_| AuthError::new(403, "bad_jwt", "invalid claim: sub claim must be a UUID"))?;
        let user = User::by_id(tx, id)?.ok_or_else(|| {
            AuthError::new(403, "user_not_found", "User from sub claim in JWT does not exist")
        })?;
        if user.is_banned(app.clock.now()) {
            return Err(AuthError::new(403, "user_banned", "User is banned"));
        }
        let session = match text("session_id") {
            "" => None,
            session => {
                let message = "Session from session_id claim in JWT does not exist";
                let gone = || AuthError::new(403, "session_not_found", message);
                let session = Uuid::parse_str(session).map_err(|_| gone())?;
                let sql = "select id from auth.sessions where id = $1 and user_id = $2";
                Some(tx.find(sql, &[json!(session), json!(id)])?.ok_or_else(gone)?)
            }
        };
        Ok(Self { user, session })
    }
}

fn bad_jwt(what: String) -> AuthError {
    AuthError::new(403, "bad_jwt", format!("invalid JWT: {what}"))
}

/// The sentence of the real server's JWT library for `error`.
fn message(fault: &TokenError) -> String {
    match fault {
        TokenError::Parts(_) => "token is malformed: token contains an invalid number of segments".into(),
        TokenError::HeaderEncoding => {
            "token is malformed: could not base64 decode header: illegal base64 data".into()
        }
        TokenError::HeaderJson(bytes) => {
            let said = match serde_json::from_slice::<Claims>(bytes) {
                Err(error) => params::go_message(bytes, &error),
                Ok(_) => String::new(),
            };
            format!("token is malformed: could not JSON decode header: {said}")
        }
        TokenError::Claims => "token is malformed: could not JSON decode claim".into(),
        TokenError::Algorithm => "token is unverifiable: error while executing keyfunc".into(),
        TokenError::Signature => "token signature is invalid: signature is invalid".into(),
        TokenError::Expired => "token has invalid claims: token is expired".into(),
    }
}
