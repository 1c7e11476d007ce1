//! `/storage/v1`: buckets and objects. Whether somebody may see, write or remove an object is decided by
//! PostgreSQL's policies on `storage.objects`; the bytes lie beside, in files.

mod bucket;
mod download;
mod error;
mod limit;
mod list;
mod moving;
mod remove;
mod row;
mod sign;
mod signed_upload;
mod upload;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::{delete, get, post};
use error::{StorageError, json_response};
use serde_json::{Value, json};

use crate::bearer::strip_scheme;
use crate::db::Role;
use crate::state::App;

/// Storage's routes, below `/storage/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/bucket", get(bucket::list).post(bucket::create))
        .route("/bucket/{bucket}", get(bucket::show).put(bucket::update).delete(bucket::delete))
        .route("/bucket/{bucket}/empty", post(bucket::empty))
        .route("/object/list/{bucket}", post(list::list))
        .route("/object/move", post(moving::move_object))
        .route("/object/copy", post(moving::copy_object))
        .route("/object/upload/sign/{bucket}/{*path}", post(signed_upload::sign).put(signed_upload::upload))
        .route("/object/sign/{bucket}", post(sign::sign_many))
        .route("/object/sign/{bucket}/{*path}", post(sign::sign).get(sign::open))
        .route("/object/info/authenticated/{bucket}/{*path}", get(download::info))
        .route("/object/info/public/{bucket}/{*path}", get(download::public_info))
        .route("/object/info/{bucket}/{*path}", get(download::info))
        .route("/object/authenticated/{bucket}/{*path}", get(download::private))
        .route("/object/public/{bucket}/{*path}", get(download::public))
        .route("/object/{bucket}", delete(remove::many))
        .route(
            "/object/{bucket}/{*path}",
            get(download::private).post(upload::create).put(upload::replace).delete(remove::one),
        )
        .fallback(unknown)
        // For the real server another method is another route.
        .method_not_allowed_fallback(unknown)
        // Uploads read their body themselves, up to the bucket's limit.
        .layer(DefaultBodyLimit::disable())
}

async fn unknown(request: Request) -> Response {
    let message = format!("Route {}:{} not found", request.method(), request.uri());
    json_response(
        StatusCode::NOT_FOUND,
        &json!({ "message": message, "error": "Not Found", "statusCode": 404 }),
    )
}

/// Who calls: the bearer's role and claims, and the person in it.
struct Caller {
    role: Role,
    owner: Option<String>,
}

fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, StorageError> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let missing = || StorageError::invalid_request("headers must have required property 'authorization'");
    let value = authorization.ok_or_else(missing)?;
    let token = strip_scheme(value).unwrap_or(value);
    let claims = app.verify_token(token).map_err(|fault| StorageError::bearer(&fault))?;
    let owner = claims.get("sub").and_then(Value::as_str).filter(|owner| !owner.is_empty());
    let owner = owner.map(str::to_owned);
    Ok(Caller { role: Role::of(claims), owner })
}
