//! `GET /reauthenticate`: mails a nonce, which a later call shows to prove that the caller reads the mailbox.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::caller::{self, Caller};
use super::error::AuthError;
use super::mailer::{self, Kind};
use crate::state::App;

/// `GET /reauthenticate`.
pub(super) async fn send_nonce(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let mut user = Caller::load(tx, app, &claims)?.user;
        if user.email().is_empty() {
            let message = "Reauthentication requires the user to have an email or a phone number";
            return Err(AuthError::new(422, "validation_failed", message));
        }
        if user.email_confirmed_at.is_none() {
            let message = "Please verify your email first.";
            return Err(AuthError::new(422, "email_not_confirmed", message));
        }
        mailer::send(tx, app, &mut user, Kind::Reauthentication, "", false)?;
        Ok(Json(json!({})))
    })
    .await
}
