//! What every request passes before its API: access control, cross-origin answers (CORS), the access log.

mod access_control;
mod cors;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::App;

/// The server's outermost layer: refuses a request or hands the request on to its API, adds the CORS headers and writes
/// the line of the access log.
pub(crate) async fn layer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let headers = request.headers().clone();
    let is_public = access_control::is_public_api(&path);
    let mut response = if let Some(refusal) = access_control::refuse_caller(&app, &request) {
        refusal
    } else if is_public && cors::is_preflight(&method, &headers) {
        cors::answer_preflight(&headers)
    } else if let Some(refusal) = access_control::refuse_api_key(&app, &request) {
        refusal
    } else {
        next.run(request).await
    };
    if is_public {
        cors::allow_origin(&headers, response.headers_mut());
    }
    if let Some(log) = &app.access_log {
        log.record(&method, &path, response.status());
    }
    response
}

/// The answer to a path that no API has, in the words of Supabase's gateway (Kong).
pub(crate) async fn no_route() -> Response {
    let body = json!({ "message": "no Route matched with those values" });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}
