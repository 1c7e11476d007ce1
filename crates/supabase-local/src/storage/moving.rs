//! `/object/move` and `/object/copy`. Moving changes the row alone, because the file of the bytes is named after the
//! version; a copy gets a file of its own.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::body::parse;
use super::caller::{Caller, caller};
use super::error::{StorageError, json_response};
use super::row::{self, Bucket, Object};
use super::upload::{self, NewObject};
use crate::db::Tx;
use crate::state::App;
use crate::timestamp::iso;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MoveRequest {
    bucket_id: String,
    source_key: String,
    destination_key: String,
    destination_bucket: Option<String>,
    /// For a copy: false when the copy does not get the metadata of the source.
    copy_metadata: Option<bool>,
    /// For a copy: the metadata that it gets instead.
    metadata: Option<Value>,
}

impl MoveRequest {
    fn read(body: &[u8]) -> Result<Self, StorageError> {
        parse(body, "body must have required properties 'bucketId', 'sourceKey' and 'destinationKey'")
    }

    fn destination(&self) -> &str {
        self.destination_bucket.as_deref().unwrap_or(&self.bucket_id)
    }
}

/// `POST /object/move`. The caller needs the right to see and to change the object, under both names.
pub(super) async fn move_object(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request = MoveRequest::read(&body)?;
    row::check_name(request.destination(), &request.destination_key, app.random.uuid())?;
    let now = iso(app.clock.now());
    let moved = app.transact(move |tx, _| rename(tx, &caller, &request, &now)).await?;
    let answer = json!({ "message": "Successfully moved", "Id": moved.id, "Key": moved.name });
    Ok(json_response(StatusCode::OK, &answer))
}

fn rename(
    tx: &mut Tx<'_>,
    caller: &Caller,
    request: &MoveRequest,
    now: &str,
) -> Result<Object, StorageError> {
    Bucket::find(tx, &request.bucket_id)?;
    let destination = Bucket::find(tx, request.destination())?;
    tx.act_as(&caller.role)?;
    let source =
        Object::find(tx, &request.bucket_id, &request.source_key)?.ok_or_else(StorageError::no_object)?;
    let changed = tx.execute(
        "update storage.objects set bucket_id = $2, name = $3, updated_at = $4, owner = $5, owner_id = $6
         where id = $1",
        &[
            json!(source.id),
            json!(destination.id),
            json!(request.destination_key),
            json!(now),
            json!(caller.owner.as_deref().filter(|owner| Uuid::parse_str(owner).is_ok())),
            json!(caller.owner),
        ],
    )?;
    if changed == 0 {
        return Err(StorageError::no_object());
    }
    Ok(Object { name: request.destination_key.clone(), ..source })
}

/// `POST /object/copy`. The caller needs the right to see the object and to add one under the new name.
pub(super) async fn copy_object(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request = MoveRequest::read(&body)?;
    row::check_name(request.destination(), &request.destination_key, app.random.uuid())?;
    let upsert = upload::wants_upsert(&headers);
    let (role, destination) = (caller.role.clone(), request.destination().to_owned());
    let (bucket, name) = (request.bucket_id.clone(), request.source_key.clone());
    let source = app
        .transact(move |tx, _| {
            Bucket::find(tx, &bucket)?;
            Bucket::find(tx, &destination)?;
            tx.act_as(&role)?;
            Object::find(tx, &bucket, &name)?.ok_or_else(StorageError::no_object)
        })
        .await?;
    let bytes =
        app.object_files.read(source.version).await.map_err(|error| StorageError::unexpected(&error))?;
    let mut metadata = source.metadata.unwrap_or_else(|| json!({}));
    metadata["lastModified"] = json!(iso(app.clock.now()));
    let user_metadata = match request.copy_metadata {
        Some(false) => request.metadata.clone(),
        _ => source.user_metadata,
    };
    let path = (request.destination().to_owned(), request.destination_key.clone());
    let object = NewObject::new(&app, path, upsert, caller);
    let key = object.key();
    let kept = upload::keep(&app, object, &bytes, metadata, user_metadata.unwrap_or_else(|| json!({}))).await;
    let id = kept.map_err(StorageError::for_a_copy)?;
    Ok(json_response(StatusCode::OK, &json!({ "Key": key, "Id": id })))
}
