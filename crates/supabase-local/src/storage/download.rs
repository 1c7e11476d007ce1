//! Reading objects: all their bytes or a range, and their metadata.

use std::ops::Range;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::caller;
use super::error::{StorageError, json_response};
use super::row::{Bucket, Object};
use crate::state::App;
use crate::timestamp::{http_date, iso};

type ObjectPath = Path<(String, String)>;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Options {
    /// The file name under which a browser saves the object. Empty: the object's own.
    download: Option<String>,
}

/// `GET /object/authenticated/{bucket}/{path}`, and the short form without `authenticated`.
pub(super) async fn private(
    State(app): State<Arc<App>>,
    Path((bucket, name)): ObjectPath,
    Query(options): Query<Options>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let object = find_as_caller(&app, &headers, bucket, name).await?;
    send(&app, &object, &method, &headers, &options, true).await
}

/// `GET /object/public/{bucket}/{path}`: without a key, from public buckets only.
pub(super) async fn public(
    State(app): State<Arc<App>>,
    Path((bucket, name)): ObjectPath,
    Query(options): Query<Options>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let object = find_public(&app, bucket, name).await?;
    send(&app, &object, &method, &headers, &options, true).await
}

/// `GET /object/info/authenticated/{bucket}/{path}`.
pub(super) async fn info(
    State(app): State<Arc<App>>,
    Path((bucket, name)): ObjectPath,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    Ok(describe(&find_as_caller(&app, &headers, bucket, name).await?))
}

/// `GET /object/info/public/{bucket}/{path}`.
pub(super) async fn public_info(
    State(app): State<Arc<App>>,
    Path((bucket, name)): ObjectPath,
) -> Result<Response, StorageError> {
    Ok(describe(&find_public(&app, bucket, name).await?))
}

async fn find_as_caller(
    app: &Arc<App>,
    headers: &HeaderMap,
    bucket: String,
    name: String,
) -> Result<Object, StorageError> {
    let caller = caller(app, headers)?;
    app.transact(move |tx, _| {
        let bucket = Bucket::find(tx, &bucket)?;
        tx.act_as(&caller.role)?;
        Object::find(tx, &bucket.id, &name)?.ok_or_else(StorageError::no_object)
    })
    .await
}

async fn find_public(app: &Arc<App>, bucket: String, name: String) -> Result<Object, StorageError> {
    app.transact(move |tx, _| {
        let bucket = Bucket::find(tx, &bucket)?;
        if bucket.public != Some(true) {
            return Err(StorageError::no_bucket());
        }
        Object::find(tx, &bucket.id, &name)?.ok_or_else(StorageError::no_object)
    })
    .await
}

/// The answer with the object's bytes: all of them, the range of the request, or none when the client has them already.
pub(super) async fn send(
    app: &App,
    object: &Object,
    method: &Method,
    headers: &HeaderMap,
    options: &Options,
    cacheable: bool,
) -> Result<Response, StorageError> {
    let etag = object.metadata_text("eTag");
    let asked = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let known = asked(header::IF_NONE_MATCH).is_some_and(|known| known == "*" || known.contains(&etag));
    let mut answer = Response::new(Body::empty());
    let mut fields = fields(object, options, cacheable);
    let mut length = 0;
    if known {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else if *method != Method::HEAD {
        let bytes =
            app.object_files.read(object.version).await.map_err(|error| StorageError::unexpected(&error))?;
        let whole = bytes.len();
        let bytes = match asked(header::RANGE).and_then(|range| part(range, whole)) {
            Some(part) => {
                *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
                let range = format!("bytes {}-{}/{whole}", part.start, part.end - 1);
                fields.push((header::CONTENT_RANGE, range));
                bytes.slice(part)
            }
            None => bytes,
        };
        length = bytes.len();
        *answer.body_mut() = Body::from(bytes);
    }
    fields.push((header::CONTENT_LENGTH, length.to_string()));
    for (name, value) in fields {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

/// The headers of an answer with the object.
fn fields(object: &Object, options: &Options, cacheable: bool) -> Vec<(HeaderName, String)> {
    let mut fields = vec![
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CONTENT_TYPE, object.metadata_text("mimetype")),
        (header::ETAG, object.metadata_text("eTag")),
        (HeaderName::from_static("x-robots-tag"), "none".into()),
        (header::LAST_MODIFIED, http_date(object.updated_at)),
    ];
    if cacheable {
        fields.push((header::CACHE_CONTROL, object.metadata_text("cacheControl")));
    }
    if let Some(name) = &options.download {
        fields.push((header::CONTENT_DISPOSITION, disposition(name)));
    }
    fields
}

fn disposition(name: &str) -> String {
    if name.is_empty() {
        return "attachment;".into();
    }
    let escaped = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("attachment; filename={escaped}; filename*=UTF-8''{escaped};")
}

/// The range of a `Range` header (RFC 9110 section 14.1.2) within `whole` bytes. `None` for several ranges or a range
/// outside of the object: then the whole object is sent.
fn part(range: &str, whole: usize) -> Option<Range<usize>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let part = if first.is_empty() {
        whole.saturating_sub(last.parse().ok()?)..whole
    } else {
        let end = if last.is_empty() { whole } else { last.parse::<usize>().ok()?.checked_add(1)? };
        first.parse().ok()?..end.min(whole)
    };
    (!part.is_empty()).then_some(part)
}

fn describe(object: &Object) -> Response {
    let body: Value = json!({
        "id": object.id,
        "name": object.name,
        "version": object.version,
        "bucket_id": object.bucket_id,
        "size": object.size(),
        "content_type": object.metadata_text("mimetype"),
        "cache_control": object.metadata_text("cacheControl"),
        "etag": object.metadata_text("eTag"),
        "metadata": object.user_metadata.clone().unwrap_or_else(|| json!({})),
        "last_modified": iso(object.updated_at),
        "created_at": iso(object.created_at),
    });
    let mut response = json_response(StatusCode::OK, &body);
    for (name, value) in [
        (header::ETAG, object.metadata_text("eTag")),
        (header::LAST_MODIFIED, http_date(object.updated_at)),
        (header::CACHE_CONTROL, object.metadata_text("cacheControl")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_range_is_cut_to_what_is_there() {
        assert_eq!(part("bytes=0-7", 70), Some(0..8));
        assert_eq!(part("bytes=60-", 70), Some(60..70));
        assert_eq!(part("bytes=-10", 70), Some(60..70));
        assert_eq!(part("bytes=0-999", 70), Some(0..70));
        assert_eq!(part("bytes=70-", 70), None);
        assert_eq!(part("bytes=5-2", 70), None);
        assert_eq!(part("items=0-1", 70), None);
    }
}
