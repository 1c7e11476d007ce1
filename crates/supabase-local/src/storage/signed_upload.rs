//! Signed uploads: a URL with a token, with which anybody can write one object until the token expires.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::{Caller, caller};
use super::error::{StorageError, json_response};
use super::row::{self, Bucket};
use super::sign::{Right, check_url_token};
use super::upload::{self, NewObject};
use crate::db::Role;
use crate::jwt;
use crate::state::App;
use crate::timestamp::iso;

/// How long the token lives, in seconds: two hours, as on hosted projects.
const LIFETIME: i64 = 2 * 60 * 60;

/// `POST /object/upload/sign/{bucket}/{path}`: a URL for an object that the caller may write.
pub(super) async fn sign(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let (bucket, name) = path.clone();
    row::check_name(&bucket, &name, app.random.uuid())?;
    let (owner, upsert) = (caller.owner.clone(), upload::wants_upsert(&headers));
    let object = NewObject::new(&app, path, upsert, caller);
    let key = object.key();
    let time = iso(app.clock.now());
    app.transact(move |tx, _| {
        Bucket::find(tx, &bucket)?;
        // The row is written to find out whether the policies allow it, then the write is undone.
        tx.script("savepoint permission")?;
        object.keep(tx, &json!({}), &json!({}), &time)?;
        tx.script("rollback to savepoint permission").map_err(StorageError::from)
    })
    .await?;
    let now = app.now_s();
    let claims = json!({ "url": key, "owner": owner, "upsert": upsert, "iat": now, "exp": now + LIFETIME });
    let token = jwt::sign(&app.config.jwt_secret, &claims);
    let url = format!("/object/upload/sign/{key}?token={token}");
    Ok(json_response(StatusCode::OK, &json!({ "url": url, "token": token })))
}

#[derive(Debug, Deserialize)]
pub(super) struct UploadQuery {
    #[serde(default)]
    token: String,
}

/// `PUT /object/upload/sign/{bucket}/{path}?token=...`: an upload, by the right of the token.
pub(super) async fn upload(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    Query(query): Query<UploadQuery>,
    request: Request,
) -> Result<Response, StorageError> {
    let claims = check_url_token(&app, &query.token, &format!("{}/{}", path.0, path.1), Right::Write)?;
    let upsert = claims.get("upsert").and_then(Value::as_bool).unwrap_or_default();
    // The policies were asked when the URL was made.
    let name = "service_role".to_owned();
    let role = Role { claims: json!({ "role": name }).to_string(), name };
    let owner = claims.get("owner").and_then(Value::as_str).map(str::to_owned);
    let object = NewObject::new(&app, path, upsert, Caller { role, owner });
    let key = object.key();
    upload::receive(&app, object, request).await?;
    Ok(json_response(StatusCode::OK, &json!({ "Key": key })))
}
