//! Uploading an object: reading the body (raw, or a form as browsers send it), checking the bucket's limits, writing the
//! file with the bytes and then the row.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use uuid::Uuid;

use super::caller::{Caller, caller};
use super::error::{StorageError, json_response};
use super::limit::{Limited, is_exceeded};
use super::row::{self, Bucket};
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::iso;

/// How many bytes a form may have besides its file: the other fields, names, boundaries.
const LARGEST_FIELDS: u64 = 1 << 20;

/// The body of an upload.
struct Upload {
    bytes: Bytes,
    content_type: String,
    cache_control: String,
    user_metadata: Value,
}

/// `POST /object/{bucket}/{path}`: adds an object. An existing one is replaced when the header `x-upsert` is true.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Result<Response, StorageError> {
    let upsert = wants_upsert(request.headers());
    store(app, path, request, upsert).await
}

/// `PUT /object/{bucket}/{path}`: replaces or adds an object.
pub(super) async fn replace(
    State(app): State<Arc<App>>,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Result<Response, StorageError> {
    store(app, path, request, true).await
}

/// Whether the request may replace an existing object.
pub(super) fn wants_upsert(headers: &HeaderMap) -> bool {
    headers.get("x-upsert").is_some_and(|value| value == "true")
}

async fn store(
    app: Arc<App>,
    path: (String, String),
    request: Request,
    upsert: bool,
) -> Result<Response, StorageError> {
    let caller = caller(&app, request.headers())?;
    let object = NewObject::new(&app, path, upsert, caller);
    let key = object.key();
    let id = receive(&app, object, request).await?;
    Ok(json_response(StatusCode::OK, &json!({ "Key": key, "Id": id })))
}

/// Reads the body of `request` and stores it as `object`. Answers the object's id.
pub(super) async fn receive(
    app: &Arc<App>,
    object: NewObject,
    request: Request,
) -> Result<Uuid, StorageError> {
    let bucket = {
        let bucket_id = object.bucket_id.clone();
        app.transact(move |tx, _| Bucket::find(tx, &bucket_id)).await?
    };
    row::check_name(&object.bucket_id, &object.name, object.version)?;
    let limit = bucket.largest_object(app.config.file_size_limit);
    let upload = Upload::read(request, limit).await?;
    if !bucket.takes(&upload.content_type) {
        return Err(StorageError::mime_type(&upload.content_type));
    }
    let metadata = upload.metadata(app);
    keep(app, object, &upload.bytes, metadata, upload.user_metadata).await
}

/// Stores `bytes` as `object`. Answers the object's id.
pub(super) async fn keep(
    app: &Arc<App>,
    object: NewObject,
    bytes: &[u8],
    metadata: Value,
    user_metadata: Value,
) -> Result<Uuid, StorageError> {
    let version = object.version;
    // The file is written before the row, so that a row never names a version without a file.
    app.object_files.write(version, bytes).await.map_err(|error| StorageError::unexpected(&error))?;
    let now = iso(app.clock.now());
    match app.transact(move |tx, _| object.keep(tx, &metadata, &user_metadata, &now)).await {
        Ok(StoredObject { id, replaced }) => {
            if let Some(replaced) = replaced {
                app.object_files.remove(replaced).await;
            }
            Ok(id)
        }
        Err(error) => {
            app.object_files.remove(version).await;
            Err(error)
        }
    }
}

impl Upload {
    async fn read(request: Request, limit: u64) -> Result<Self, StorageError> {
        let headers = request.headers().clone();
        let content_type = text(&headers, header::CONTENT_TYPE.as_str());
        if content_type.as_deref().unwrap_or_default().starts_with("multipart/form-data") {
            return Self::read_form(request, limit).await;
        }
        let body = Body::new(Limited::new(request.into_body(), limit));
        let bytes = to_bytes(body, usize::MAX).await.map_err(|error| unread(&error))?;
        Ok(Self {
            bytes,
            content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
            cache_control: text(&headers, "cache-control").unwrap_or_else(|| "no-cache".into()),
            user_metadata: user_metadata(&headers),
        })
    }

    /// Reads a form whose file is in the field without a name, as storage-js sends a `Blob`.
    async fn read_form(request: Request, limit: u64) -> Result<Self, StorageError> {
        let user_metadata = user_metadata(request.headers());
        // The reader of forms buffers all that has arrived, so the body is limited before the reader gets it.
        let request = request.map(|body| Body::new(Limited::new(body, limit.saturating_add(LARGEST_FIELDS))));
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|error| StorageError::invalid_request(error.to_string()))?;
        let mut upload = Self {
            bytes: Bytes::new(),
            content_type: "application/octet-stream".into(),
            cache_control: "no-cache".into(),
            user_metadata,
        };
        while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() || name.is_empty() {
                if let Some(content_type) = field.content_type() {
                    upload.content_type = content_type.to_owned();
                }
                upload.bytes = field.bytes().await.map_err(|error| unread(&error))?;
                if upload.bytes.len() as u64 > limit {
                    return Err(StorageError::too_large());
                }
            } else {
                let value = field.text().await.map_err(|error| unread(&error))?;
                match name.as_str() {
                    "cacheControl" => upload.cache_control = format!("max-age={value}"),
                    "metadata" => upload.user_metadata = serde_json::from_str(&value).unwrap_or(json!({})),
                    _ => {}
                }
            }
        }
        Ok(upload)
    }

    fn metadata(&self, app: &App) -> Value {
        let digest = HEXLOWER.encode(&Md5::digest(&self.bytes));
        json!({
            "eTag": format!("\"{digest}\""),
            "size": self.bytes.len(),
            "mimetype": self.content_type,
            "cacheControl": self.cache_control,
            "lastModified": iso(app.clock.now()),
            "contentLength": self.bytes.len(),
            "httpStatusCode": 200,
        })
    }
}

/// The refusal of a body that could not be read: it is too large, or it broke off.
fn unread<E: std::error::Error + 'static>(error: &E) -> StorageError {
    if is_exceeded(error) {
        StorageError::too_large()
    } else {
        StorageError::invalid_request(error.to_string())
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// The metadata in the header `x-metadata`: JSON in base64.
fn user_metadata(headers: &HeaderMap) -> Value {
    use base64::Engine as _;
    let decoded = text(headers, "x-metadata")
        .and_then(|encoded| base64::engine::general_purpose::STANDARD.decode(encoded).ok());
    decoded.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_else(|| json!({}))
}

/// The row of an object that is to be stored.
pub(super) struct NewObject {
    bucket_id: String,
    name: String,
    version: Uuid,
    id: Uuid,
    upsert: bool,
    caller: Caller,
}

/// A stored row.
pub(super) struct StoredObject {
    id: Uuid,
    /// The version of the replaced object, whose file is not needed any more.
    replaced: Option<Uuid>,
}

impl NewObject {
    pub(super) fn new(app: &App, (bucket_id, name): (String, String), upsert: bool, caller: Caller) -> Self {
        let (version, id) = (app.random.uuid(), app.random.uuid());
        Self { bucket_id, name, version, id, upsert, caller }
    }

    /// `BUCKET/NAME`, which clients call the key.
    pub(super) fn key(&self) -> String {
        format!("{}/{}", self.bucket_id, self.name)
    }

    /// Writes the row with the caller's rights, so that the policies decide about it.
    pub(super) fn keep(
        self,
        tx: &mut Tx<'_>,
        metadata: &Value,
        user_metadata: &Value,
        now: &str,
    ) -> Result<StoredObject, StorageError> {
        let key = [json!(self.bucket_id), json!(self.name)];
        let replaced = tx.find(
            "select version from storage.objects where bucket_id = $1 and name = $2 for update",
            &key,
        )?;
        tx.act_as(&self.caller.role)?;
        let conflict = if self.upsert {
            " on conflict (bucket_id, name) do update set owner = excluded.owner,
               owner_id = excluded.owner_id, updated_at = excluded.updated_at,
               last_accessed_at = excluded.last_accessed_at, metadata = excluded.metadata,
               version = excluded.version, user_metadata = excluded.user_metadata"
        } else {
            ""
        };
        let owner = self.caller.owner.as_deref();
        let kept = tx.execute(
            &format!(
                "insert into storage.objects (id, bucket_id, name, owner, owner_id, created_at, updated_at,
                   last_accessed_at, metadata, version, user_metadata)
                 values ($1, $2, $3, $4, $5, $6, $6, $6, $7::jsonb, $8, $9::jsonb){conflict}"
            ),
            &[
                json!(self.id),
                json!(self.bucket_id),
                json!(self.name),
                json!(owner.filter(|owner| Uuid::parse_str(owner).is_ok())),
                json!(owner),
                json!(now),
                metadata.clone(),
                json!(self.version),
                user_metadata.clone(),
            ],
        );
        kept.map_err(|error| match error.sql_state() {
            Some("23505") => StorageError::key_exists(),
            _ => error.into(),
        })?;
        // The id is read with the server's rights: a caller may be allowed to write and not to read.
        tx.act_as_server()?;
        let id = tx.find("select id from storage.objects where bucket_id = $1 and name = $2", &key)?;
        Ok(StoredObject { id: id.ok_or(DbError::Closed)?, replaced })
    }
}
