//! Signed URLs: a URL with a token, with which anybody can read one object until the token expires.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::parse;
use super::caller::caller;
use super::download::{self, Options};
use super::error::{StorageError, json_response};
use super::row::{Bucket, Object};
use crate::jwt::{self, Claims};
use crate::state::App;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignRequest {
    expires_in: i64,
}

/// `POST /object/sign/{bucket}/{path}`: a URL for an object that the caller may read.
pub(super) async fn sign(
    State(app): State<Arc<App>>,
    Path((bucket, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request: SignRequest = parse(&body, "body must have required property 'expiresIn'")?;
    check_lifetime(request.expires_in)?;
    let key = format!("{bucket}/{name}");
    app.transact(move |tx, _| {
        let bucket = Bucket::find(tx, &bucket)?;
        tx.act_as(&caller.role)?;
        Object::find(tx, &bucket.id, &name)?.ok_or_else(StorageError::no_object)
    })
    .await?;
    let address = address(&app, &key, request.expires_in);
    Ok(json_response(StatusCode::OK, &json!({ "signedURL": address })))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignManyRequest {
    expires_in: i64,
    paths: Vec<String>,
}

/// `POST /object/sign/{bucket}`: URLs for several objects. An object that the caller may not read gets an error instead.
pub(super) async fn sign_many(
    State(app): State<Arc<App>>,
    Path(bucket): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let SignManyRequest { expires_in, paths } =
        parse(&body, "body must have required properties 'expiresIn' and 'paths'")?;
    check_lifetime(expires_in)?;
    let (id, wanted) = (bucket.clone(), paths.clone());
    let seen: HashSet<String> = app
        .transact(move |tx, _| {
            Bucket::find(tx, &id)?;
            tx.act_as(&caller.role)?;
            tx.list(
                "select o.name from storage.objects o
                 where o.bucket_id = $1 and o.name in (select jsonb_array_elements_text($2::jsonb))",
                &[json!(id), json!(wanted)],
            )
            .map_err(StorageError::from)
        })
        .await?
        .into_iter()
        .collect();
    let answers = paths.iter().map(|path| {
        if seen.contains(path) {
            let address = address(&app, &format!("{bucket}/{path}"), expires_in);
            return json!({ "error": null, "path": path, "signedURL": address });
        }
        let error = "Either the object does not exist or you do not have access to it";
        json!({ "error": error, "path": path, "signedURL": null })
    });
    Ok(json_response(StatusCode::OK, &answers.collect()))
}

/// Refuses a lifetime of less than a second.
fn check_lifetime(expires_in: i64) -> Result<(), StorageError> {
    if expires_in < 1 {
        return Err(StorageError::invalid_request("body/expiresIn must be >= 1"));
    }
    Ok(())
}

fn address(app: &App, key: &str, expires_in: i64) -> String {
    let now = app.now_s();
    let claims = json!({ "url": key, "iat": now, "exp": now.saturating_add(expires_in) });
    format!("/object/sign/{key}?token={}", jwt::sign(&app.config.jwt_secret, &claims))
}

#[derive(Debug, Deserialize)]
pub(super) struct DownloadQuery {
    #[serde(default)]
    token: String,
    #[serde(flatten)]
    options: Options,
}

/// `GET /object/sign/{bucket}/{path}?token=...`: the object, by the right of the token.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Path((bucket, name)): Path<(String, String)>,
    Query(query): Query<DownloadQuery>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    check_url_token(&app, &query.token, &format!("{bucket}/{name}"), Right::Read)?;
    let object = app
        .transact(move |tx, _| Object::find(tx, &bucket, &name)?.ok_or_else(StorageError::no_object))
        .await?;
    download::send(&app, &object, &method, &headers, &query.options, false).await
}

/// The right that a signed URL gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Read,
    Write,
}

/// The claims of a signed URL's token.
///
/// # Errors
/// When the token is not valid, or does not give `right` to the object `key`.
pub(super) fn check_url_token(
    app: &App,
    token: &str,
    key: &str,
    right: Right,
) -> Result<Claims, StorageError> {
    let now = app.now_s();
    let claims = jwt::verify(&app.config.jwt_secret, token, now)
        .map_err(|fault| StorageError::invalid_token(&fault))?;
    // Only the token of an upload has the claim `upsert`.
    match (right, claims.contains_key("upsert")) {
        (Right::Read, true) => {
            return Err(StorageError::invalid_signature("Token is not scoped for download"));
        }
        (Right::Write, false) => {
            return Err(StorageError::invalid_signature("Token is not scoped for upload"));
        }
        _ => {}
    }
    if claims.get("url").and_then(Value::as_str) != Some(key) {
        return Err(StorageError::invalid_signature("Invalid signature"));
    }
    Ok(claims)
}
