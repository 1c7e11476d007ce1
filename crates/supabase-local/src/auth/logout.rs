//! `POST /logout`: ending this session, the others, or all.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::caller::{self, Caller};
use super::error::AuthError;
use super::session::{self, Ending};
use crate::state::App;

#[derive(Debug, Deserialize)]
pub(super) struct Scope {
    scope: Option<String>,
}

/// `POST /logout?scope=local|others|global`; without a scope all sessions end.
pub(super) async fn log_out(
    State(app): State<Arc<App>>,
    Query(scope): Query<Scope>,
    headers: HeaderMap,
) -> Result<StatusCode, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    app.transact(move |tx, app| {
        let Caller { user, session } = Caller::load(tx, app, &claims)?;
        let ending = match (scope.scope.as_deref().unwrap_or("global"), session) {
            ("local", Some(session)) => Ending::One(session),
            ("others", Some(session)) => Ending::AllBut(session),
            ("global" | "local" | "others", _) => Ending::All,
            (unknown, _) => {
                let message = format!("Unsupported logout scope \"{unknown}\"");
                return Err(AuthError::invalid(message));
            }
        };
        session::end(tx, user.id, &ending)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
