//! `POST /pg/query`: runs SQL with the server's own rights, for tests and tools with the service key. A self-hosted
//! Supabase has the same route (postgres-meta).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bearer::bearer_token;
use crate::db::DbError;
use crate::state::App;

/// The route, below `/pg`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new().route("/query", post(query))
}

#[derive(Debug, Deserialize)]
struct QueryRequest {
    query: String,
}

/// `POST /pg/query`: runs the statements as one transaction and answers the rows of the last one.
async fn query(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(request): Json<QueryRequest>,
) -> Response {
    if !is_service(&app, &headers) {
        let body = json!({ "message": "this needs the service_role key as bearer" });
        return (StatusCode::UNAUTHORIZED, Json(body)).into_response();
    }
    let rows = app
        .transact(move |tx, _| {
            let last = tx.script(&request.query)?.pop();
            Ok::<_, DbError>(last.map(|results| results.rows).unwrap_or_default())
        })
        .await;
    match rows {
        Ok(rows) => Json(Value::Array(rows)).into_response(),
        Err(DbError::Sql(error)) => {
            let body = json!({ "message": error.message, "code": error.code, "detail": error.detail });
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
        Err(error) => {
            let body = json!({ "message": error.to_string() });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    }
}

fn is_service(app: &App, headers: &HeaderMap) -> bool {
    app.verify_token(bearer_token(headers).unwrap_or_default())
        .is_ok_and(|claims| claims.get("role").and_then(Value::as_str) == Some("service_role"))
}
