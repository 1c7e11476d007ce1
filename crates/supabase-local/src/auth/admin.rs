//! `/admin/users`: listing, making, changing and deleting people. Only with the service key.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::Duration;
use uuid::Uuid;

use super::error::AuthError;
use super::page::Page;
use super::session::{self, LogoutScope};
use super::user_row::User;
use super::{caller, email_change, params, password, signup, user};
use crate::db::Tx;
use crate::state::App;
use crate::timestamp::rfc3339;

#[derive(Debug, Default, Deserialize)]
struct Changes {
    /// Only for a new person: their id.
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    email: Option<String>,
    /// Only for a new person: the bcrypt hash of their password, instead of the password.
    #[serde(default)]
    password_hash: Option<String>,
    /// The database role of the person's tokens.
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    email_confirm: bool,
    #[serde(default)]
    user_metadata: Option<Map<String, Value>>,
    #[serde(default)]
    app_metadata: Option<Map<String, Value>>,
    #[serde(default)]
    ban_duration: Option<String>,
}

impl Changes {
    /// The id of the new person: the one that the body names, else a random one.
    fn new_id(&self, app: &App) -> Result<Uuid, AuthError> {
        let Some(id) = self.id.as_deref().filter(|id| !id.is_empty()) else {
            return Ok(app.random.uuid());
        };
        let id =
            Uuid::parse_str(id).map_err(|_| AuthError::invalid("ID must conform to the uuid v4 format"))?;
        if id.is_nil() { Err(AuthError::invalid("ID cannot be a nil uuid")) } else { Ok(id) }
    }

    /// The hash in the body, if there is one.
    ///
    /// # Errors
    /// 400, when there is a password as well, or the hash is none of bcrypt. The real server reads Argon2 and Firebase's
    /// scrypt, too.
    fn given_hash(&self) -> Result<Option<String>, AuthError> {
        let Some(hash) = self.password_hash.as_deref().filter(|hash| !hash.is_empty()) else {
            return Ok(None);
        };
        if self.password.is_some() {
            return Err(AuthError::invalid("Only a password or a password hash should be provided"));
        }
        if !password::is_hash(hash) {
            return Err(AuthError::invalid("This local server reads password hashes of bcrypt only"));
        }
        Ok(Some(hash.to_owned()))
    }
}

/// `GET /admin/users`: one page of the people, the newest first.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let page = Page::read(query.as_deref().unwrap_or_default())?;
    let (users, total) = app
        .transact(move |tx, _| {
            let mut users = Vec::new();
            for user in User::some(tx, page.size, page.number.saturating_sub(1).saturating_mul(page.size))? {
                users.push(user.full_view(tx)?);
            }
            Ok::<_, AuthError>((users, User::count(tx)?))
        })
        .await?;
    let headers = [("x-total-count", total.to_string()), ("link", page.links(total))];
    Ok((headers, Json(json!({ "users": users, "aud": "authenticated" }))).into_response())
}

/// `GET /admin/users/{id}`.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    app.transact(move |tx, _| Ok(Json(find(tx, &id)?.full_view(tx)?))).await
}

/// `POST /admin/users`: makes a person. Their address counts as confirmed when `email_confirm` is true.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let wanted: Changes = params::json(&body)?;
    let email = params::email(wanted.email.as_deref().unwrap_or_default())?;
    let id = wanted.new_id(&app)?;
    let hash = match wanted.given_hash()? {
        Some(hash) => Some(hash),
        None => hash_of(&app, wanted.password.clone()).await?,
    };
    app.transact(move |tx, app| {
        if User::by_email(tx, &email)?.is_some() {
            let message = "A user with this email address has already been registered";
            return Err(AuthError::new(422, "email_exists", message));
        }
        let metadata = wanted.user_metadata.clone().unwrap_or_default();
        let user = signup::create_by_admin(tx, app, id, &email, hash.as_deref(), metadata)?;
        apply(tx, app, user, &Changes { user_metadata: None, ..wanted })
    })
    .await
    .map(Json)
}

/// `PUT /admin/users/{id}`: changes the fields that the body names. A new password ends the person's sessions.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let changes: Changes = params::json(&body)?;
    let email = match changes.email.as_deref().filter(|email| !email.is_empty()) {
        Some(email) => Some(params::email(email)?),
        None => None,
    };
    let hash = hash_of(&app, changes.password.clone()).await?;
    app.transact(move |tx, app| {
        let mut user = find(tx, &id)?;
        let known = user.identities(tx)?;
        if let Some(email) = email {
            email_change::set_by_admin(tx, app, &user, &email, changes.email_confirm)?;
            user = user.reload(tx)?;
        }
        if let Some(hash) = hash {
            user.set_password(tx, &hash, &rfc3339(app.clock.now()))?;
            session::end(tx, user.id, &LogoutScope::Global)?;
            user = user.reload(tx)?;
        }
        let mut view = apply(tx, app, user, &changes)?;
        // The real server answers the identities as they were before the change; a later GET has the new address.
        if !known.is_empty() {
            view["identities"] = json!(known);
        }
        Ok::<_, AuthError>(Json(view))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Deletion {
    #[serde(default)]
    should_soft_delete: bool,
}

/// `DELETE /admin/users/{id}`. PostgreSQL deletes the person's sessions, identities and profile with the row; their
/// objects in Storage stay. A deletion that keeps the row is refused, as this server has none.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let wanted: Option<Deletion> = if body.is_empty() { None } else { params::json(&body)? };
    app.transact(move |tx, _| {
        let user = find(tx, &id)?;
        if wanted.is_some_and(|wanted| wanted.should_soft_delete) {
            let message =
                "This local server cannot soft-delete: leave should_soft_delete out to delete for good";
            return Err(AuthError::new(501, "feature_disabled", message));
        }
        tx.execute("delete from auth.users where id = $1", &[json!(user.id)])?;
        Ok(Json(json!({})))
    })
    .await
}

/// The person with the id `id`.
///
/// # Errors
/// 404, when `id` is not a UUID or nobody has it.
pub(super) fn find(tx: &mut Tx<'_>, id: &str) -> Result<User, AuthError> {
    let id = Uuid::parse_str(id)
        .map_err(|_| AuthError::new(404, "validation_failed", "user_id must be an UUID"))?;
    User::by_id(tx, id)?.ok_or_else(|| AuthError::new(404, "user_not_found", "User not found"))
}

async fn hash_of(app: &App, secret: Option<String>) -> Result<Option<String>, AuthError> {
    let Some(secret) = secret else { return Ok(None) };
    password::check_strength(&app.config, &secret)?;
    password::hash(secret).await.map(Some)
}

fn apply(tx: &mut Tx<'_>, app: &App, mut user: User, changes: &Changes) -> Result<Value, AuthError> {
    let now = app.clock.now();
    if changes.email_confirm && user.email_confirmed_at.is_none() {
        user.confirm_email_alone(tx, now)?;
    }
    let mut user_metadata = user.raw_user_meta_data.clone().unwrap_or_default();
    user::merge(&mut user_metadata, changes.user_metadata.clone().unwrap_or_default());
    let mut app_metadata = user.raw_app_meta_data.clone().unwrap_or_default();
    user::merge(&mut app_metadata, changes.app_metadata.clone().unwrap_or_default());
    let banned_until = match changes.ban_duration.as_deref() {
        None => user.banned_until,
        Some("none") => None,
        Some(duration) => {
            let seconds = crate::config::duration_s(duration)
                .map_err(|_| AuthError::invalid("invalid format for ban duration"))?;
            Some(now + Duration::seconds(seconds))
        }
    };
    let role = changes.role.as_deref().map(str::trim).filter(|role| !role.is_empty());
    tx.execute(
        "update auth.users set raw_user_meta_data = $2::jsonb, raw_app_meta_data = $3::jsonb,
           banned_until = $4, updated_at = $5, role = coalesce($6, role) where id = $1",
        &[
            json!(user.id),
            json!(user_metadata),
            json!(app_metadata),
            json!(banned_until.map(rfc3339)),
            json!(rfc3339(now)),
            json!(role),
        ],
    )?;
    Ok(user.reload(tx)?.full_view(tx)?)
}
