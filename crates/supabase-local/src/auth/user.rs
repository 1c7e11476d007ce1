//! `/user`: a person reads and changes their own account.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::Duration;

use super::caller::{self, Caller};
use super::email_change;
use super::error::AuthError;
use super::mailer;
use super::params::{Challenge, RedirectTo};
use super::session::{self, LogoutScope};
use super::{params, password};
use crate::db::{DbError, Tx};
use crate::jwt::Claims;
use crate::state::App;
use crate::timestamp::rfc3339;

/// A session younger than this changes the password without a reauthentication, as on the real server.
const RECENT: Duration = Duration::hours(24);

/// `GET /user`.
pub(super) async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Value>, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let caller = Caller::load(tx, app, &claims)?;
        Ok(Json(caller.user.full_view(tx)?))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct Changes {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(flatten)]
    challenge: Challenge,
}

impl Changes {
    fn changes_credentials(&self) -> bool {
        self.password.is_some() || self.names_email()
    }

    fn names_email(&self) -> bool {
        self.email.as_ref().is_some_and(|email| !email.is_empty())
    }
}

fn insufficient_aal() -> AuthError {
    let message = "AAL2 session is required to update email or password when MFA is enabled.";
    AuthError::new(401, "insufficient_aal", message)
}

/// `PUT /user`: metadata is merged (a null removes its key), a new password ends the person's other sessions, a new
/// address waits for its confirmation.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    let changes: Changes = params::json(&body)?;
    let caller = {
        let claims = claims.clone();
        let needs_proof = changes.changes_credentials();
        app.transact(move |tx, app| {
            let caller = Caller::load(tx, app, &claims)?;
            if needs_proof && caller.needs_aal2(tx)? { Err(insufficient_aal()) } else { Ok(caller) }
        })
        .await?
    };
    let new_email = match changes.email.as_deref().filter(|email| !email.is_empty()) {
        Some(email) => Some(params::email(email)?).filter(|email| email != caller.user.email()),
        None => None,
    };
    let pkce = changes.challenge.check()?;
    let new_hash = match &changes.password {
        Some(new_password) => Some(new_password_hash(&app, &caller, &claims, new_password, &changes).await?),
        None => None,
    };
    let destination = redirect_to.destination(&app.config, &headers);
    app.transact(move |tx, app| {
        let mut caller = Caller::load(tx, app, &claims)?;
        let now = rfc3339(app.clock.now());
        if let Some(hash) = new_hash {
            caller.check_nonce(tx, app, &changes.nonce)?;
            caller.set_password(tx, &hash, &now)?;
        }
        if let Some(data) = changes.data {
            caller.merge_metadata(tx, data, &now)?;
        }
        if let Some(email) = new_email {
            email_change::begin(tx, app, &mut caller.user, &email, &destination, pkce.as_ref())?;
        }
        Ok(Json(caller.user.reload(tx)?.full_view(tx)?))
    })
    .await
}

impl Caller {
    /// Refuses a new password without the mailed nonce, where the project wants one and the session is not [`RECENT`].
    fn check_nonce(&self, tx: &mut Tx<'_>, app: &App, nonce: &str) -> Result<(), AuthError> {
        if !app.config.password_change_needs_reauthentication || self.signed_in_recently(tx, app)? {
            return Ok(());
        }
        if nonce.is_empty() {
            let message = "Password update requires reauthentication";
            return Err(AuthError::new(400, "reauthentication_needed", message));
        }
        if mailer::consume_nonce(tx, app, &self.user, nonce)? {
            return Ok(());
        }
        Err(AuthError::new(422, "reauthentication_not_valid", "Nonce has expired or is invalid"))
    }

    fn signed_in_recently(&self, tx: &mut Tx<'_>, app: &App) -> Result<bool, DbError> {
        let since = app.clock.now() - RECENT;
        let sql = "select true from auth.sessions where id = $1 and created_at > $2::timestamptz";
        let recent: Option<bool> = tx.find(sql, &[json!(self.session), json!(rfc3339(since))])?;
        Ok(recent.is_some())
    }

    /// Stores the hash of a new password and ends the person's other sessions.
    fn set_password(&self, tx: &mut Tx<'_>, hash: &str, now: &str) -> Result<(), DbError> {
        self.user.set_password(tx, hash, now)?;
        session::end(tx, self.user.id, &self.session.map_or(LogoutScope::Global, LogoutScope::Others))
    }

    fn merge_metadata(&self, tx: &mut Tx<'_>, data: Map<String, Value>, now: &str) -> Result<(), DbError> {
        let mut metadata = self.user.raw_user_meta_data.clone().unwrap_or_default();
        merge(&mut metadata, data);
        tx.execute(
            "update auth.users set raw_user_meta_data = $2::jsonb, updated_at = $3 where id = $1",
            &[json!(self.user.id), json!(metadata), json!(now)],
        )?;
        Ok(())
    }
}

async fn new_password_hash(
    app: &App,
    caller: &Caller,
    claims: &Claims,
    new: &str,
    changes: &Changes,
) -> Result<String, AuthError> {
    if caller.user.is_anonymous && !changes.names_email() {
        let message = "Updating password of an anonymous user without an email or phone is not allowed";
        return Err(AuthError::new(422, "validation_failed", message));
    }
    password::check_strength(&app.config, new)?;
    let old_hash = caller.user.encrypted_password.clone().unwrap_or_default();
    if old_hash.is_empty() {
        return password::hash(new.to_owned()).await;
    }
    if app.config.password_change_needs_current && !signed_in_by_mail(claims) {
        check_current(&changes.current_password, &old_hash).await?;
    }
    if password::verify(new.to_owned(), old_hash).await? {
        let message = "New password should be different from the old password.";
        return Err(AuthError::new(422, "same_password", message));
    }
    password::hash(new.to_owned()).await
}

/// Whether the session began with a mail. Such a person may have forgotten their password, so it is not asked for.
fn signed_in_by_mail(claims: &Claims) -> bool {
    let methods = claims.get("amr").and_then(Value::as_array).into_iter().flatten();
    methods
        .filter_map(|entry| entry.get("method").and_then(Value::as_str))
        .any(|method| matches!(method, "otp" | "magiclink" | "recovery"))
}

async fn check_current(current: &str, hash: &str) -> Result<(), AuthError> {
    let code = if current.is_empty() {
        "current_password_required"
    } else if password::verify(current.to_owned(), hash.to_owned()).await? {
        return Ok(());
    } else {
        "current_password_invalid"
    };
    Err(AuthError::new(400, code, "Current password required when setting new password."))
}

/// Adds `changes` to `metadata`; a null removes its key.
pub(super) fn merge(metadata: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (name, value) in changes {
        if value.is_null() {
            metadata.remove(&name);
        } else {
            metadata.insert(name, value);
        }
    }
}
