//! `POST /token`: tokens for a password, for a PKCE code or for a refresh token.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::AuthError;
use super::flow::Flow;
use super::session::{self, Agent};
use super::user_row::User;
use super::{params, password, refresh};
use crate::state::App;

#[derive(Debug, Deserialize)]
pub(super) struct Grant {
    #[serde(default)]
    grant_type: String,
}

/// `POST /token?grant_type=...`.
pub(super) async fn grant(
    State(app): State<Arc<App>>,
    Query(grant): Query<Grant>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let agent = Agent::of(&headers);
    match grant.grant_type.as_str() {
        "password" => by_password(app, &body, agent).await.map(Json),
        "pkce" => by_code(app, &body, agent).await.map(Json),
        "refresh_token" => by_refresh_token(app, &body).await.map(Json),
        _ => Err(AuthError::new(400, "invalid_credentials", "unsupported_grant_type")),
    }
}

#[derive(Debug, Deserialize)]
struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

async fn by_password(app: Arc<App>, body: &[u8], agent: Agent) -> Result<Value, AuthError> {
    params::check_captcha(&app, body)?;
    let given: Credentials = params::json(body)?;
    if !app.config.email_enabled {
        return Err(AuthError::new(422, "email_provider_disabled", "Email logins are disabled"));
    }
    let email = given.email.to_lowercase();
    let user =
        app.transact(move |tx, _| User::by_email(tx, &email)).await?.ok_or_else(invalid_credentials)?;
    if user.is_banned(app.clock.now()) {
        return Err(AuthError::new(400, "user_banned", "User is banned"));
    }
    let hash = user.encrypted_password.clone().unwrap_or_default();
    if !password::verify(given.password, hash.clone()).await? {
        return Err(invalid_credentials());
    }
    if user.email_confirmed_at.is_none() {
        return Err(AuthError::new(400, "email_not_confirmed", "Email not confirmed"));
    }
    let id = user.id;
    let mut answer = app
        .transact(move |tx, app| {
            // The row is read again, as the password may have changed while bcrypt compared it.
            let user = User::by_id(tx, id)?;
            let mut user = user
                .filter(|user| user.encrypted_password.as_ref() == Some(&hash))
                .ok_or_else(invalid_credentials)?;
            session::begin(tx, app, &mut user, "password", &agent)
        })
        .await?;
    answer["weak_password"] = Value::Null;
    Ok(answer)
}

fn invalid_credentials() -> AuthError {
    AuthError::new(400, "invalid_credentials", "Invalid login credentials")
}

#[derive(Debug, Deserialize)]
struct Code {
    #[serde(default)]
    auth_code: String,
    #[serde(default)]
    code_verifier: String,
}

async fn by_code(app: Arc<App>, body: &[u8], agent: Agent) -> Result<Value, AuthError> {
    let given: Code = params::json(body)?;
    if given.auth_code.is_empty() || given.code_verifier.is_empty() {
        let message = "invalid request: both auth code and code verifier should be non-empty";
        return Err(AuthError::invalid(message));
    }
    app.transact(move |tx, app| {
        let flow = Flow::redeem(tx, app, &given.auth_code, &given.code_verifier)?;
        let user = match flow.user_id {
            Some(user) => User::by_id(tx, user)?,
            None => None,
        };
        let not_found = || AuthError::new(404, "user_not_found", "User not found");
        let mut user = user.ok_or_else(not_found)?;
        let mut answer = session::begin(tx, app, &mut user, &flow.authentication_method, &agent)?;
        if let Some(token) = flow.provider_access_token.as_ref().filter(|token| !token.is_empty()) {
            answer["provider_token"] = json!(token);
        }
        flow.delete(tx)?;
        Ok(answer)
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Refresh {
    #[serde(default)]
    refresh_token: String,
}

async fn by_refresh_token(app: Arc<App>, body: &[u8]) -> Result<Value, AuthError> {
    let given: Refresh = params::json(body)?;
    app.transact(move |tx, app| refresh::rotate(tx, app, &given.refresh_token)).await?
}
