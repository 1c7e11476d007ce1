//! Sessions: beginning and ending them, and their access tokens. Refreshing is in `refresh.rs`.

use axum::http::{HeaderMap, header};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::error::AuthError;
use super::refresh_token_v2;
use super::user_row::User;
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// The `User-Agent` of the request that begins a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Agent(Option<String>);

impl Agent {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self(headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).map(str::to_owned))
    }
}

/// Begins a session for `user` and answers its tokens. `method` is how they proved who they are, as the claim `amr`
/// names it.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    method: &str,
    agent: &Agent,
) -> Result<Value, AuthError> {
    let now = app.clock.now();
    let session = app.random.uuid();
    tx.execute(
        "insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent)
         values ($1, $2, $3, $3, 'aal1', $4)",
        &[json!(session), json!(user.id), json!(rfc3339(now)), json!(agent.0)],
    )?;
    add_method(tx, app, session, method)?;
    tx.execute(
        "update auth.users set last_sign_in_at = $2, updated_at = $2 where id = $1",
        &[json!(user.id), json!(rfc3339(now))],
    )?;
    user.last_sign_in_at = Some(now);
    user.updated_at = Some(now);
    let refresh_token = first_refresh_token(tx, app, user.id, session)?;
    answer(tx, app, user, session, &refresh_token)
}

/// The first refresh token of a new session, of the version that the project has chosen.
fn first_refresh_token(tx: &mut Tx<'_>, app: &App, user: Uuid, session: Uuid) -> Result<String, AuthError> {
    if app.config.refresh_token_algorithm_version == 2 {
        let key = refresh_token_v2::new_key(app.random.as_ref());
        tx.execute(
            "update auth.sessions set refresh_token_hmac_key = $2, refresh_token_counter = 0 where id = $1",
            &[json!(session), json!(key)],
        )?;
        return refresh_token_v2::write(session, 0, &key)
            .ok_or_else(|| AuthError::unexpected(&"a new key that is no key"));
    }
    let token = app.random.refresh_token();
    insert_refresh_token(tx, app, user, session, &token, None)?;
    Ok(token)
}

/// Stores a refresh token of version 1.
pub(super) fn insert_refresh_token(
    tx: &mut Tx<'_>,
    app: &App,
    user: Uuid,
    session: Uuid,
    token: &str,
    parent: Option<&str>,
) -> Result<(), DbError> {
    tx.execute(
        "insert into auth.refresh_tokens
           (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
         values ('00000000-0000-0000-0000-000000000000', $1, $2, false, $3, $3, $4, $5)",
        &[
            json!(token),
            json!(user.to_string()),
            json!(rfc3339(app.clock.now())),
            json!(parent),
            json!(session),
        ],
    )?;
    Ok(())
}

/// The answer to a client whose sign-in or refresh succeeded: both tokens and the person.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    app: &App,
    user: &User,
    session: Uuid,
    refresh_token: &str,
) -> Result<Value, AuthError> {
    let issued_at = app.now_s();
    let expires_at = issued_at + app.config.jwt_expiry_s;
    let mut claims = json!({
        "sub": user.id,
        "aud": user.aud,
        "exp": expires_at,
        "iat": issued_at,
        "email": user.email(),
        "phone": user.phone.as_deref().unwrap_or_default(),
        "app_metadata": user.raw_app_meta_data.clone().unwrap_or_default(),
        "user_metadata": user.raw_user_meta_data.clone().unwrap_or_default(),
        "role": user.role,
        "aal": level(tx, session)?,
        "amr": methods(tx, session)?,
        "session_id": session,
        "is_anonymous": user.is_anonymous,
    });
    if let Some(issuer) = &app.config.jwt_issuer {
        claims["iss"] = json!(issuer);
    }
    Ok(json!({
        "access_token": app.signer.sign(&claims),
        "token_type": "bearer",
        "expires_in": app.config.jwt_expiry_s,
        "expires_at": expires_at,
        "refresh_token": refresh_token,
        "user": user.full_view(tx)?,
    }))
}

/// Notes `method` as one by which the session's person proved who they are.
pub(super) fn add_method(tx: &mut Tx<'_>, app: &App, session: Uuid, method: &str) -> Result<(), DbError> {
    tx.execute(
        "insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
         values ($1, $2, $3, $3, $4)
         on conflict (session_id, authentication_method) do update set updated_at = excluded.updated_at",
        &[json!(app.random.uuid()), json!(session), json!(rfc3339(app.clock.now())), json!(method)],
    )?;
    Ok(())
}

fn level(tx: &mut Tx<'_>, session: Uuid) -> Result<Option<String>, DbError> {
    tx.find("select aal::text from auth.sessions where id = $1", &[json!(session)])
}

/// The claim `amr`: the methods of the session, the newest second first; methods of one second in the order of their use.
fn methods(tx: &mut Tx<'_>, session: Uuid) -> Result<Vec<Value>, DbError> {
    tx.list(
        "select jsonb_build_object('method', authentication_method,
           'timestamp', floor(extract(epoch from updated_at))::bigint) as method
         from auth.mfa_amr_claims where session_id = $1 order by floor(extract(epoch from updated_at)) desc, created_at",
        &[json!(session)],
    )
}

/// Which sessions of a person end.
pub(super) enum LogoutScope {
    /// This session.
    Local(Uuid),
    /// Every session but this one.
    Others(Uuid),
    /// Every session.
    Global,
}

/// Ends the sessions of `user` that `scope` names. PostgreSQL deletes their refresh tokens with them.
pub(super) fn end(tx: &mut Tx<'_>, user: Uuid, scope: &LogoutScope) -> Result<(), DbError> {
    let (only, but) = match scope {
        LogoutScope::Local(session) => (Some(session), None),
        LogoutScope::Others(session) => (None, Some(session)),
        LogoutScope::Global => (None, None),
    };
    tx.execute(
        "delete from auth.sessions where user_id = $1
           and ($2::uuid is null or id = $2::uuid) and ($3::uuid is null or id <> $3::uuid)",
        &[json!(user), json!(only), json!(but)],
    )?;
    Ok(())
}

/// Refuses a session that lasted longer than the project allows, or was ended by a newer sign-in where the project
/// allows one session per person.
pub(super) fn check_expiry(
    tx: &mut Tx<'_>,
    app: &App,
    user: Uuid,
    session: Uuid,
    created_at: OffsetDateTime,
) -> Result<(), AuthError> {
    let expired = |message: &'static str| AuthError::new(400, "session_expired", message);
    if let Some(limit) = app.config.sessions_timebox_s
        && app.clock.now() > created_at + time::Duration::seconds(limit)
    {
        return Err(expired("Invalid Refresh Token: Session Expired"));
    }
    if app.config.sessions_single_per_user {
        let sql = "select id from auth.sessions where user_id = $1 order by created_at desc, id limit 1";
        let newest: Option<Uuid> = tx.find(sql, &[json!(user)])?;
        if newest != Some(session) {
            return Err(expired("Invalid Refresh Token: Session Expired (Revoked by Newer Login)"));
        }
    }
    Ok(())
}
