//! Removing objects. The row is deleted with the caller's rights, then the file with the bytes.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::parse;
use super::caller::caller;
use super::error::{StorageError, json_response};
use super::row::{Bucket, Object};
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::iso;

#[derive(Debug, Default, Deserialize)]
struct RemoveRequest {
    #[serde(default)]
    prefixes: Vec<String>,
}

/// `DELETE /object/{bucket}` with the names in the body. Answers the objects that were removed; an object that the caller
/// may not see or remove is left out without an error.
pub(super) async fn many(
    State(app): State<Arc<App>>,
    Path(bucket): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request: RemoveRequest = parse(&body, "body must have required property 'prefixes'")?;
    if request.prefixes.is_empty() {
        return Err(StorageError::invalid_request("body/prefixes must NOT have fewer than 1 items"));
    }
    let removed = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            remove(tx, &bucket, &request.prefixes).map_err(StorageError::from)
        })
        .await?;
    let views: Vec<Value> = removed.iter().map(view).collect();
    for object in &removed {
        app.object_files.remove(object.version).await;
    }
    Ok(json_response(StatusCode::OK, &Value::Array(views)))
}

/// `DELETE /object/{bucket}/{path}`.
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Path((bucket, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let removed = app
        .transact(move |tx, _| {
            let bucket = Bucket::find(tx, &bucket)?;
            let object = Object::find(tx, &bucket.id, &name)?.ok_or_else(StorageError::no_object)?;
            tx.act_as(&caller.role)?;
            let gone = remove(tx, &object.bucket_id, std::slice::from_ref(&object.name))?;
            if gone.is_empty() { Err(StorageError::denied("Access denied")) } else { Ok(gone) }
        })
        .await?;
    for object in &removed {
        app.object_files.remove(object.version).await;
    }
    Ok(json_response(StatusCode::OK, &json!({ "message": "Successfully deleted" })))
}

/// Deletes the rows of these names with the rights of the transaction, and answers them.
pub(super) fn remove(tx: &mut Tx<'_>, bucket: &str, names: &[String]) -> Result<Vec<Object>, DbError> {
    allow(tx)?;
    let sql = "delete from storage.objects o
               where o.bucket_id = $1 and o.name in (select jsonb_array_elements_text($2::jsonb))
               returning to_jsonb(o) as row";
    let mut removed: Vec<Object> = tx.list(sql, &[json!(bucket), json!(names)])?;
    removed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(removed)
}

/// Tells the trigger `storage.protect_delete` that the deletion comes through this API.
pub(super) fn allow(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.script("select set_config('storage.allow_delete_query', 'true', true)").map(drop)
}

fn view(object: &Object) -> Value {
    json!({
        "name": object.name,
        "bucket_id": object.bucket_id,
        "owner": object.owner,
        "owner_id": object.owner_id,
        "version": object.version,
        "id": object.id,
        "updated_at": iso(object.updated_at),
        "created_at": iso(object.created_at),
        "last_accessed_at": iso(object.last_accessed_at),
        "metadata": object.metadata,
        "user_metadata": object.user_metadata,
    })
}
