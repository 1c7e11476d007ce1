//! Refreshing a session: the refresh token is replaced by a new one, and what an old token still gets. There are two
//! versions of refresh tokens: version 1 is a row of `auth.refresh_tokens`, version 2 is a signed counter
//! (`refresh_token_v2.rs`).

use serde::Deserialize;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::error::AuthError;
use super::refresh_token_v2::{self, RefreshTokenV2};
use super::session::{self, LogoutScope};
use super::user_row::User;
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// The length of every refresh token of version 1.
const TOKEN_LENGTH: usize = 12;

/// A row of `auth.refresh_tokens`: a token of version 1.
#[derive(Debug, Deserialize)]
struct Token {
    id: i64,
    token: String,
    parent: Option<String>,
    revoked: bool,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
    user_id: Uuid,
    session_id: Uuid,
}

/// The columns of a session that decide whether it can be refreshed.
#[derive(Debug, Deserialize)]
struct Session {
    id: Uuid,
    user_id: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    refreshed_at: Option<OffsetDateTime>,
    refresh_token_hmac_key: Option<String>,
    refresh_token_counter: Option<u64>,
}

/// New tokens for the session whose refresh token is `presented`.
///
/// The outer refusal rolls the transaction back; the inner one is committed: a token that was used too often is refused
/// and ends its session.
pub(super) fn rotate(
    tx: &mut Tx<'_>,
    app: &App,
    presented: &str,
) -> Result<Result<Value, AuthError>, AuthError> {
    if presented.len() == TOKEN_LENGTH {
        let sql = "select to_jsonb(t) as row from auth.refresh_tokens t where t.token = $1";
        let token: Token = tx.find(sql, &[json!(presented)])?.ok_or_else(not_found)?;
        let (session, user) = load_active(tx, app, token.session_id)?;
        let issued = if token.revoked { reuse(tx, app, &token)? } else { Some(replace(tx, app, &token)?) };
        return answer(tx, app, &session, &user, issued);
    }
    let invalid = || AuthError::invalid("Refresh token is not valid");
    let token = RefreshTokenV2::read(presented).ok_or_else(invalid)?;
    let (session, user) = load_active(tx, app, token.session)?;
    let key = session.refresh_token_hmac_key.clone().unwrap_or_default();
    if !token.is_from(&key) {
        return Err(invalid());
    }
    let issued = match advance_counter(tx, app, &session, token.counter)? {
        Some(counter) => Some(refresh_token_v2::write(session.id, counter, &key).ok_or_else(invalid)?),
        None => None,
    };
    answer(tx, app, &session, &user, issued)
}

/// The next refresh token of `session`, without the present one being shown: for a session that a second factor has
/// just raised. The present token is replaced as if it had been shown.
pub(super) fn advance(tx: &mut Tx<'_>, app: &App, session: Uuid) -> Result<String, AuthError> {
    let (session, _) = load_active(tx, app, session)?;
    if let (Some(key), Some(counter)) = (&session.refresh_token_hmac_key, session.refresh_token_counter) {
        let next = advance_counter(tx, app, &session, counter)?.ok_or_else(not_found)?;
        return refresh_token_v2::write(session.id, next, key).ok_or_else(not_found);
    }
    let active: Token = tx
        .find(
            "select to_jsonb(t) as row from auth.refresh_tokens t
             where t.session_id = $1 and not t.revoked order by t.id desc limit 1",
            &[json!(session.id)],
        )?
        .ok_or_else(not_found)?;
    Ok(replace(tx, app, &active)?)
}

/// The session and its person.
///
/// # Errors
/// 400, when one of the two does not exist any more, the person is banned, or the session has expired.
fn load_active(tx: &mut Tx<'_>, app: &App, session: Uuid) -> Result<(Session, User), AuthError> {
    // `refreshed_at` is a timestamp without a zone, in UTC.
    let sql =
        "select to_jsonb(s) || jsonb_build_object('refreshed_at', s.refreshed_at at time zone 'utc') as row
               from auth.sessions s where s.id = $1";
    let session: Session = tx.find(sql, &[json!(session)])?.ok_or_else(not_found)?;
    let user = User::by_id(tx, session.user_id)?.ok_or_else(not_found)?;
    if user.is_banned(app.clock.now()) {
        return Err(AuthError::new(400, "user_banned", "Invalid Refresh Token: User Banned"));
    }
    session::check_expiry(tx, app, user.id, session.id, session.created_at)?;
    Ok((session, user))
}

/// The answer of a refresh: the session's new tokens with the refresh token `issued`, or the refusal of a token that was
/// used too often when there is none.
fn answer(
    tx: &mut Tx<'_>,
    app: &App,
    session: &Session,
    user: &User,
    issued: Option<String>,
) -> Result<Result<Value, AuthError>, AuthError> {
    let Some(refresh_token) = issued else {
        let message = "Invalid Refresh Token: Already Used";
        return Ok(Err(AuthError::new(400, "refresh_token_already_used", message)));
    };
    tx.execute(
        "update auth.sessions set refreshed_at = $2::timestamptz at time zone 'utc', updated_at = $2
         where id = $1",
        &[json!(session.id), json!(rfc3339(app.clock.now()))],
    )?;
    session::answer(tx, app, user, session.id, &refresh_token).map(Ok)
}

/// Version 1: what a token that was replaced before still gets. The parent of the active token gets the active token
/// again, because the answer may have been lost. Within the reuse interval an older token gets a new one. Any other gets
/// nothing, and all tokens of the session are revoked.
///
/// Revoking sets the time of the active token to now, so the active token can still be used during the reuse interval,
/// as the recordings of the real server show.
fn reuse(tx: &mut Tx<'_>, app: &App, token: &Token) -> Result<Option<String>, DbError> {
    let active: Option<Token> = tx.find(
        "select to_jsonb(t) as row from auth.refresh_tokens t
         where t.session_id = $1 and not t.revoked order by t.id desc limit 1",
        &[json!(token.session_id)],
    )?;
    if let Some(active) = active
        && active.parent.as_deref() == Some(&token.token)
    {
        return Ok(Some(active.token));
    }
    if app.clock.now() <= token.updated_at + reuse_interval(app) {
        return replace(tx, app, token).map(Some);
    }
    if app.config.refresh_token_rotation {
        tx.execute(
            "update auth.refresh_tokens set revoked = true, updated_at = $2
             where session_id = $1 and not revoked",
            &[json!(token.session_id), json!(rfc3339(app.clock.now()))],
        )?;
    }
    Ok(None)
}

/// Version 1: revokes `token` and answers its successor.
fn replace(tx: &mut Tx<'_>, app: &App, token: &Token) -> Result<String, DbError> {
    tx.execute(
        "update auth.refresh_tokens set revoked = true, updated_at = $2 where id = $1",
        &[json!(token.id), json!(rfc3339(app.clock.now()))],
    )?;
    let next = app.random.refresh_token();
    session::insert_refresh_token(tx, app, token.user_id, token.session_id, &next, Some(&token.token))?;
    Ok(next)
}

/// Version 2: the counter of the token that a token with `counter` gets. The active token gets the next one. The parent of
/// the active token, and within the reuse interval any older token, gets the active one again. Any other gets nothing,
/// and the session ends.
fn advance_counter(
    tx: &mut Tx<'_>,
    app: &App,
    session: &Session,
    counter: u64,
) -> Result<Option<u64>, DbError> {
    let active = session.refresh_token_counter.unwrap_or_default();
    if counter >= active {
        tx.execute(
            "update auth.sessions set refresh_token_counter = $2 where id = $1",
            &[json!(session.id), json!(active + 1)],
        )?;
        return Ok(Some(active + 1));
    }
    let refreshed_at = session.refreshed_at.unwrap_or(session.created_at);
    if counter + 1 == active || app.clock.now() <= refreshed_at + reuse_interval(app) {
        return Ok(Some(active));
    }
    if app.config.refresh_token_rotation {
        session::end(tx, session.user_id, &LogoutScope::Local(session.id))?;
    }
    Ok(None)
}

fn reuse_interval(app: &App) -> Duration {
    Duration::seconds(app.config.refresh_token_reuse_interval_s)
}

fn not_found() -> AuthError {
    AuthError::new(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
}
