//! `/user`: the caller reads and changes their own row.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::bearer::{self, Caller};
use super::error::AuthError;
use super::session::{self, Ending};
use super::user_row::stamp;
use super::{params, password};
use crate::db::{DbError, Tx};
use crate::server::App;

/// `GET /user`.
pub(super) async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Value>, AuthError> {
    let claims = bearer::claims(&app, &headers)?;
    let there = Arc::clone(&app);
    app.db
        .transact(move |tx| {
            let caller = Caller::load(tx, &there, &claims)?;
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
    data: Option<Map<String, Value>>,
}

/// `PUT /user`: metadata is merged (a null removes its key); a new password ends the other sessions.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let claims = bearer::claims(&app, &headers)?;
    let changes: Changes = params::json(&body)?;
    let caller = {
        let (there, claims) = (Arc::clone(&app), claims.clone());
        app.db.transact(move |tx| Caller::load(tx, &there, &claims)).await?
    };
    let wanted_email = changes.email.filter(|email| !email.is_empty());
    if let Some(email) = wanted_email
        && params::email(&email)? != caller.user.email()
    {
        // This server does not send the two mails of an address change yet; saying so beats ignoring it.
        let message = "supabase-local does not change addresses yet";
        return Err(AuthError::new(501, "not_implemented", message));
    }
    let new_hash = match changes.password {
        Some(new_password) => Some(new_password_hash(&app, &caller, new_password).await?),
        None => None,
    };
    let there = Arc::clone(&app);
    app.db
        .transact(move |tx| {
            let caller = Caller::load(tx, &there, &claims)?;
            let now = stamp(there.clock.now());
            if let Some(hash) = new_hash {
                caller.set_password(tx, &hash, &now)?;
            }
            if let Some(data) = changes.data {
                caller.merge_metadata(tx, data, &now)?;
            }
            Ok(Json(caller.user.reload(tx)?.full_view(tx)?))
        })
        .await
}

impl Caller {
    /// Keeps a new password. The other sessions end, and mails that are under way are dead: they were
    /// asked for by whoever knew the old one.
    fn set_password(&self, tx: &mut Tx<'_>, hash: &str, now: &str) -> Result<(), DbError> {
        tx.execute(
            "update auth.users set encrypted_password = $2, updated_at = $3,
               confirmation_token = '', confirmation_sent_at = null, recovery_token = '',
               recovery_sent_at = null, email_change_token_current = '', email_change_token_new = '',
               email_change_sent_at = null, reauthentication_token = '', reauthentication_sent_at = null
             where id = $1",
            &[json!(self.user.id), json!(hash), json!(now)],
        )?;
        tx.execute("delete from auth.one_time_tokens where user_id = $1", &[json!(self.user.id)])?;
        session::end(tx, self.user.id, &self.session.map_or(Ending::All, Ending::AllBut))
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

async fn new_password_hash(app: &App, caller: &Caller, new: String) -> Result<String, AuthError> {
    password::check_strength(&app.config, &new)?;
    let old_hash = caller.user.encrypted_password.clone().unwrap_or_default();
    if !old_hash.is_empty() && password::fits(new.clone(), old_hash).await? {
        let message = "New password should be different from the old password.";
        return Err(AuthError::new(422, "same_password", message));
    }
    password::hash(new).await
}

/// Adds `changes` to `metadata`; a null takes its key away.
pub(super) fn merge(metadata: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (name, value) in changes {
        if value.is_null() {
            metadata.remove(&name);
        } else {
            metadata.insert(name, value);
        }
    }
}
