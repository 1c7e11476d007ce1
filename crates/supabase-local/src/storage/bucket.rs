//! `/bucket`: making, changing and deleting buckets. Policies on `storage.buckets` decide who may; without a policy only
//! the service key may.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Change, parse};
use super::caller::caller;
use super::error::{StorageError, json_response};
use super::remove;
use super::row::Object;
use super::size::limit_bytes;
use crate::db::Tx;
use crate::state::App;

/// The query for buckets as clients see them.
const VIEW: &str =
    "select jsonb_build_object('id', b.id, 'name', b.name, 'owner', coalesce(b.owner::text, ''),
       'public', b.public, 'type', b.type, 'file_size_limit', b.file_size_limit,
       'allowed_mime_types', b.allowed_mime_types, 'created_at', b.created_at, 'updated_at', b.updated_at) as row
     from storage.buckets b";

/// The parameter `$5`, a JSON array of types or null, as the column has it. An empty list allows all types, as null does.
const MIME_TYPES: &str = "case when $5::jsonb is null then null::text[]
       else array(select jsonb_array_elements_text($5::jsonb)) end";

/// The real server's refusal of an update that names none of the three fields.
const NOTHING_TO_UPDATE: &str = "body must have required property 'public', \
     body must have required property 'file_size_limit', \
     body must have required property 'allowed_mime_types', body must match a schema in anyOf";

#[derive(Debug, Default, Deserialize)]
struct BucketRequest {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    public: Change<bool>,
    /// A number or a text, which `size` reads.
    #[serde(default)]
    file_size_limit: Change<Value>,
    #[serde(default)]
    allowed_mime_types: Change<Vec<String>>,
}

impl BucketRequest {
    /// Whether the bucket is to be public: null means that it is not.
    fn is_public(&self) -> bool {
        self.public.value().copied().unwrap_or_default()
    }

    /// The limit of an object's size in bytes, `None` when the request sets none.
    ///
    /// # Errors
    /// When the limit is no size, or more than the project's limit.
    fn limit(&self, app: &App) -> Result<Option<u64>, StorageError> {
        match self.file_size_limit.value() {
            Some(wanted) => limit_bytes(wanted, app.config.file_size_limit),
            None => Ok(None),
        }
    }

    fn changes_something(&self) -> bool {
        self.public.is_set() || self.file_size_limit.is_set() || self.allowed_mime_types.is_set()
    }
}

/// `GET /bucket`.
pub(super) async fn list(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let buckets: Vec<Value> = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            tx.list(&format!("{VIEW} order by b.id"), &[]).map_err(StorageError::from)
        })
        .await?;
    Ok(json_response(StatusCode::OK, &Value::Array(buckets)))
}

/// `GET /bucket/{id}`.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let bucket = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            tx.find(&format!("{VIEW} where b.id = $1"), &[json!(id)])?.ok_or_else(StorageError::no_bucket)
        })
        .await?;
    Ok(json_response(StatusCode::OK, &bucket))
}

/// `POST /bucket`.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request: BucketRequest = parse(&body, "body must be object")?;
    let name = request.name.clone().or_else(|| request.id.clone()).unwrap_or_default();
    let id = request.id.clone().unwrap_or_else(|| name.clone());
    if id.is_empty() {
        return Err(StorageError::invalid_request("body must have required property 'name'"));
    }
    let limit = request.limit(&app)?;
    let answer = json!({ "name": id });
    app.transact(move |tx, _| {
        tx.act_as(&caller.role)?;
        let made = tx.execute(
            &format!(
                "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
                 values ($1, $2, $3, $4, {MIME_TYPES})"
            ),
            &[
                json!(id),
                json!(name),
                json!(request.is_public()),
                json!(limit),
                json!(request.allowed_mime_types.value()),
            ],
        );
        made.map_err(|error| match error.sql_state() {
            Some("23505") => StorageError::bucket_exists(),
            _ => error.into(),
        })
    })
    .await?;
    Ok(json_response(StatusCode::OK, &answer))
}

/// `PUT /bucket/{id}`: changes what the body names. A limit or a list of types that is null there is cleared.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let request: BucketRequest = parse(&body, "body must be object")?;
    if !request.changes_something() {
        return Err(StorageError::invalid_request(NOTHING_TO_UPDATE));
    }
    let limit = request.limit(&app)?;
    app.transact(move |tx, _| {
        tx.act_as(&caller.role)?;
        let changed = tx.execute(
            &format!(
                "update storage.buckets set public = coalesce($2, public),
                   file_size_limit = case when $3::boolean then $4::bigint else file_size_limit end,
                   allowed_mime_types = case when $6::boolean then {MIME_TYPES} else allowed_mime_types end
                 where id = $1"
            ),
            &[
                json!(id),
                json!(request.public.is_set().then(|| request.is_public())),
                json!(request.file_size_limit.is_set()),
                json!(limit),
                json!(request.allowed_mime_types.value()),
                json!(request.allowed_mime_types.is_set()),
            ],
        )?;
        if changed == 0 { Err(StorageError::no_bucket()) } else { Ok(()) }
    })
    .await?;
    Ok(json_response(StatusCode::OK, &json!({ "message": "Successfully updated" })))
}

/// `POST /bucket/{id}/empty`: removes every object that the caller may remove.
pub(super) async fn empty(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    let removed: Vec<Object> = app
        .transact(move |tx, _| {
            tx.act_as(&caller.role)?;
            visible(tx, &id)?;
            let sql = "select name from storage.objects where bucket_id = $1";
            let names: Vec<String> = tx.list(sql, &[json!(id)])?;
            remove::remove(tx, &id, &names).map_err(StorageError::from)
        })
        .await?;
    for object in &removed {
        app.object_files.remove(object.version).await;
    }
    Ok(json_response(StatusCode::OK, &json!({ "message": "Successfully emptied" })))
}

/// `DELETE /bucket/{id}`. A bucket with objects is refused.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let caller = caller(&app, &headers)?;
    app.transact(move |tx, _| {
        tx.act_as(&caller.role)?;
        visible(tx, &id)?;
        remove::allow(tx)?;
        let gone = tx.execute("delete from storage.buckets where id = $1", &[json!(id)]);
        match gone {
            Err(error) if error.sql_state() == Some("23503") => {
                let message = "The bucket you tried to delete is not empty";
                Err(StorageError::invalid_request(message))
            }
            Err(error) => Err(error.into()),
            Ok(_) => Ok(()),
        }
    })
    .await?;
    Ok(json_response(StatusCode::OK, &json!({ "message": "Successfully deleted" })))
}

/// Refuses a bucket that the transaction's role may not see.
fn visible(tx: &mut Tx<'_>, id: &str) -> Result<(), StorageError> {
    let found: Option<String> = tx.find("select id from storage.buckets where id = $1", &[json!(id)])?;
    found.map(drop).ok_or_else(StorageError::no_bucket)
}
