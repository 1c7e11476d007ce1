//! `POST /logout`: ends this session, the person's other sessions, or all of them.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::caller::{self, Caller};
use super::error::AuthError;
use super::session::{self, LogoutScope};
use crate::state::App;

#[derive(Debug, Deserialize)]
pub(super) struct LogoutQuery {
    scope: Option<String>,
}

/// `POST /logout?scope=local|others|global`; without a scope all sessions end.
pub(super) async fn log_out(
    State(app): State<Arc<App>>,
    Query(query): Query<LogoutQuery>,
    headers: HeaderMap,
) -> Result<StatusCode, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let Caller { user, session } = Caller::load(tx, app, &claims)?;
        let scope = match (query.scope.as_deref().unwrap_or("global"), session) {
            ("local", Some(session)) => LogoutScope::Local(session),
            ("others", Some(session)) => LogoutScope::Others(session),
            ("global" | "local" | "others", _) => LogoutScope::Global,
            (unknown, _) => {
                let message = format!("Unsupported logout scope \"{unknown}\"");
                return Err(AuthError::invalid(message));
            }
        };
        session::end(tx, user.id, &scope)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
