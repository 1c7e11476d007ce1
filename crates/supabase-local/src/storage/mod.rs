//! `/storage/v1`: buckets and objects, as Supabase Storage serves them. PostgreSQL's policies on `storage.objects` decide
//! who may see, write or remove an object; the bytes of an object are a file (`crate::object_files`).

mod body;
mod bucket;
mod caller;
mod download;
mod error;
mod limit;
mod list;
mod moving;
mod remove;
mod row;
mod sign;
mod signed_upload;
mod size;
mod upload;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, post};
use error::json_response;
use serde_json::json;

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
        // On the real server a route with another method is a route that does not exist.
        .method_not_allowed_fallback(unknown)
        // An upload reads its body itself, up to the bucket's limit.
        .layer(DefaultBodyLimit::disable())
}

async fn unknown(request: Request) -> Response {
    let message = format!("Route {}:{} not found", request.method(), request.uri());
    json_response(
        StatusCode::NOT_FOUND,
        &json!({ "message": message, "error": "Not Found", "statusCode": 404 }),
    )
}
