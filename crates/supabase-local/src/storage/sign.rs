//! Signed URLs: whoever holds one may read one object until it ends.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller;
use super::download::{self, Options};
use super::error::{StorageError, json_response};
use super::row::{Bucket, Object};
use crate::jwt;
use crate::server::App;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    expires_in: i64,
}

/// `POST /object/sign/{bucket}/{path}`: only for what the caller may read.
pub(super) async fn sign(
    State(app): State<Arc<App>>,
    Path((bucket, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let ask: Ask = serde_json::from_slice(&body)
        .map_err(|_| StorageError::invalid_request("body must have required property 'expiresIn'"))?;
    let key = format!("{bucket}/{name}");
    app.db
        .transact(move |tx| {
            let bucket = Bucket::find(tx, &bucket)?;
            tx.act_as(&caller.role)?;
            Object::find(tx, &bucket.id, &name)?.ok_or_else(StorageError::no_object)
        })
        .await?;
    let now = app.clock.now().unix_timestamp();
    let claims = json!({ "url": key, "iat": now, "exp": now.saturating_add(ask.expires_in) });
    let token = jwt::sign(&app.config.jwt_secret, &claims);
    let address = format!("/object/sign/{key}?token={token}");
    Ok(json_response(StatusCode::OK, &json!({ "signedURL": address })))
}

#[derive(Debug, Deserialize)]
pub(super) struct Ticket {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    options: Options,
}

/// `GET /object/sign/{bucket}/{path}?token=...`: the token stands for the right to read.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Path((bucket, name)): Path<(String, String)>,
    Query(ticket): Query<Ticket>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let now = app.clock.now().unix_timestamp();
    let claims = jwt::verify(&app.config.jwt_secret, &ticket.token, now)
        .map_err(|fault| StorageError::invalid_signature(&fault))?;
    if claims.get("url").and_then(Value::as_str) != Some(&format!("{bucket}/{name}")) {
        return Err(StorageError::invalid_signature(&jwt::Fault::Signature));
    }
    let object = app
        .db
        .transact(move |tx| Object::find(tx, &bucket, &name)?.ok_or_else(StorageError::no_object))
        .await?;
    download::send(&app, &object, &method, &headers, &ticket.options, false).await
}
