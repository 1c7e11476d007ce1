//! `/user/identities`: linking a provider's account to one's own, and unlinking it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use super::caller::{self, Caller};
use super::error::AuthError;
use super::external::AuthorizeRequest;
use super::redirect;
use super::user_row::User;
use crate::db::{DbError, Tx};
use crate::state::App;

/// `GET /user/identities/authorize`: redirects to the provider's page, or answers its address as JSON when
/// `skip_http_redirect` is true.
pub(super) async fn authorize(
    State(app): State<Arc<App>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    check_allowed(&app)?;
    let as_text = query.get("skip_http_redirect").is_some_and(|skip| skip == "true");
    let request = AuthorizeRequest::read(&app, query, &headers)?;
    let page = app
        .transact(move |tx, app| {
            let user = Caller::load(tx, app, &claims)?.user;
            Ok::<_, AuthError>(request.begin(tx, app, Some(user.id))?)
        })
        .await?;
    Ok(if as_text {
        Json(json!({ "url": page })).into_response()
    } else {
        redirect::respond(StatusCode::FOUND, &page, "")
    })
}

/// `DELETE /user/identities/{id}`. The last identity of a person cannot be removed: they could not sign in any more.
pub(super) async fn unlink(
    State(app): State<Arc<App>>,
    Path(identity): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, AuthError> {
    let claims = caller::claims(&app, &headers)?;
    check_allowed(&app)?;
    let identity = Uuid::parse_str(&identity)
        .map_err(|_| AuthError::new(404, "validation_failed", "identity_id must be an UUID"))?;
    app.transact(move |tx, app| {
        let user = Caller::load(tx, app, &claims)?.user;
        if user.identities(tx)?.len() <= 1 {
            let message = "User must have at least 1 identity after unlinking";
            return Err(AuthError::new(422, "single_identity_not_deletable", message));
        }
        let sql = "delete from auth.identities where id = $1 and user_id = $2";
        if tx.execute(sql, &[json!(identity), json!(user.id)])? == 0 {
            return Err(AuthError::new(422, "identity_not_found", "Identity doesn't exist"));
        }
        keep_an_address(tx, &user)?;
        user.record_providers(tx)?;
        Ok(Json(json!({})))
    })
    .await
}

/// Refuses where the project does not let people link providers.
pub(super) fn check_allowed(app: &App) -> Result<(), AuthError> {
    if app.config.manual_linking {
        return Ok(());
    }
    Err(AuthError::new(404, "manual_linking_disabled", "Manual linking is disabled"))
}

/// Gives the person the address of an identity that is left, when their address was that of the unlinked identity.
fn keep_an_address(tx: &mut Tx<'_>, user: &User) -> Result<(), AuthError> {
    let moved = tx.execute(
        "update auth.users u set email = i.email from (
           select email from auth.identities where user_id = $1 and email is not null
           order by created_at, id limit 1) as i
         where u.id = $1 and not exists (
           select from auth.identities o where o.user_id = u.id and o.email = u.email)",
        &[json!(user.id)],
    );
    match moved {
        Err(error) if error.sql_state() == Some("23505") => {
            let message = "Unable to unlink identity due to email conflict";
            Err(AuthError::new(422, "email_conflict_identity_not_deletable", message))
        }
        other => Ok(other.map(drop).map_err(|error: DbError| AuthError::from(error))?),
    }
}
