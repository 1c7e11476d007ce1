//! Auth's answer where there is no route. The real server checks some things for whole areas of paths before it looks for
//! the route (the token, a switched-off feature); what those checks refuse is answered as JSON, all else as plain text.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::caller::{self, Caller};
use super::error::AuthError;
use super::factor::Factor;
use super::{admin, identities};
use crate::state::App;

/// The answer to a path that has no route: 404.
pub(super) async fn route(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    check_access(&app, uri.path(), &headers).await?;
    let text = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((StatusCode::NOT_FOUND, text, "404 page not found\n").into_response())
}

/// The answer to a route that does not have this method: 405.
pub(super) async fn method(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<StatusCode, AuthError> {
    check_access(&app, uri.path(), &headers).await?;
    Ok(StatusCode::METHOD_NOT_ALLOWED)
}

/// Refuses what the real server refuses for the area of `path` before it looks for the route.
async fn check_access(app: &Arc<App>, path: &str, headers: &HeaderMap) -> Result<(), AuthError> {
    let off = |code, message| Err(AuthError::new(404, code, message));
    let mut parts = path.split('/').skip(1).map(str::to_owned);
    let (area, part, id) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    match area.as_str() {
        "sso" => off("saml_provider_disabled", "SAML 2.0 is disabled"),
        "passkeys" => off("passkey_disabled", "Passkeys are disabled"),
        "oauth" => off("feature_disabled", "OAuth server is disabled"),
        "admin" => {
            caller::admin_claims(app, headers)?;
            match (part.as_deref(), id) {
                (Some("oauth"), _) => off("feature_disabled", "OAuth server is disabled"),
                (Some("custom-providers"), _) => {
                    off("feature_disabled", "Custom OAuth providers are disabled")
                }
                (Some("users"), Some(id)) => app.transact(move |tx, _| admin::find(tx, &id)).await.map(drop),
                _ => Ok(()),
            }
        }
        "user" | "factors" | "logout" | "reauthenticate" => {
            let claims = caller::claims(app, headers)?;
            let factor = part.clone().filter(|_| area == "factors");
            if factor.is_some() {
                caller::check_permanent(&claims)?;
            }
            app.transact(move |tx, app| {
                let caller = Caller::load(tx, app, &claims)?;
                factor.map_or(Ok(()), |id| Factor::find(tx, caller.user.id, &id).map(drop))
            })
            .await?;
            match (area.as_str(), part.as_deref()) {
                ("user", Some("identities")) => identities::check_allowed(app),
                ("user", Some("oauth")) => off("feature_disabled", "OAuth server is disabled"),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
