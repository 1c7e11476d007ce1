//! Objects over Supabase Storage (`/storage/v1`), on behalf of the signed-in user. (The local store is `store/`.)

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::error::{ApiError, HttpError, ServerCode};
use crate::http::fault::ServerError;
use crate::http::transport::{Body, Method, OBJECT_DEADLINE, OBJECT_LIMIT, Progress, Request};
use crate::rest::encode_segment;
use crate::session::authorized::{Authorized, Unsent};

/// What Storage tells browsers about objects; supabase-js sends the same.
const CACHE_CONTROL: &str = "max-age=3600";

/// How many names are asked for at once, which is the servers' own default.
const LIST_LIMIT: u32 = 100;

/// One bucket.
#[derive(Clone)]
pub struct Bucket {
    pub(crate) authorized: Authorized,
    pub(crate) name: String,
}

/// Which objects a bucket takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BucketRules {
    /// The largest object in bytes; `None` where only the project's own limit counts.
    #[serde(default, rename = "file_size_limit")]
    pub largest: Option<u64>,
    /// The media types, `image/*` among them for instance; `None` where it takes all.
    #[serde(default, rename = "allowed_mime_types")]
    pub types: Option<Vec<String>>,
}

/// What lies right below a folder, as whole paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The objects.
    pub objects: Vec<String>,
    /// The folders, without a slash at their end. A folder is there as long as an object below it is.
    pub folders: Vec<String>,
}

/// What a removal answers for each object that is gone.
#[derive(Deserialize)]
struct Removed {
    name: String,
}

/// An entry of a folder. Folders have no id.
#[derive(Deserialize)]
struct Entry {
    name: String,
    id: Option<String>,
}

impl Bucket {
    /// Uploads a new object. `progress` is told `(sent, total)` in bytes, as they are handed to the socket; after a
    /// refreshed token it begins anew. An object of this name is not replaced (`Unexpected`, `KeyAlreadyExists`).
    /// Dropping the future aborts the request.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn upload(
        &self,
        path: &str,
        content_type: &str,
        bytes: Bytes,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), ApiError> {
        let endpoint = format!("storage/v1/object/{}", self.object(path)?);
        let mut request = self
            .authorized
            .gateway
            .request(Method::Post, &endpoint)
            .header("content-type", content_type)
            .header("cache-control", CACHE_CONTROL);
        request.body = Body::Object { bytes, progress: Progress::new(progress) };
        request.deadline = OBJECT_DEADLINE;
        let response = self.authorized.send(request).await?.map_err(refusal)?;
        match serde_json::from_slice::<serde_json::Value>(&response.body) {
            Ok(body) if body.get("Key").is_some() => Ok(()),
            _ => Err(HttpError::NotSupabase.into()),
        }
    }

    /// The content of an object, up to [`OBJECT_LIMIT`].
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn download(&self, path: &str) -> Result<Bytes, ApiError> {
        let request = self.get("authenticated", path)?;
        Ok(self.authorized.send(request).await?.map_err(refusal)?.body)
    }

    /// Whether anybody may have an object: the bucket is public, and the object is there. Its first byte is asked for with
    /// the project's key alone; a server that knows no ranges sends the whole object.
    ///
    /// # Errors
    /// Where that cannot be known.
    pub async fn is_public(&self, path: &str) -> Result<bool, HttpError> {
        let Ok(request) = self.get("public", path) else { return Ok(false) };
        let anybody = Authorized::of_anybody(&self.authorized.gateway);
        match anybody.send(request.header("range", "bytes=0-0")).await {
            Ok(answer) => Ok(answer.is_ok()),
            Err(Unsent::Http(error)) => Err(error),
            Err(_) => Ok(false),
        }
    }

    /// A request for an object, by one of the ways to it that Storage has.
    fn get(&self, way: &str, path: &str) -> Result<Request, ApiError> {
        let endpoint = format!("storage/v1/object/{way}/{}", self.object(path)?);
        let mut request = self.authorized.gateway.request(Method::Get, &endpoint);
        request.deadline = OBJECT_DEADLINE;
        request.limit = OBJECT_LIMIT;
        Ok(request)
    }

    /// The objects and the folders right below a folder, the first 100 of them all. Objects that the user may not see are
    /// left out, and so are folders with none but such objects.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn list(&self, folder: &str) -> Result<Listing, ApiError> {
        let endpoint = format!("storage/v1/object/list/{}", encode_segment(&self.name));
        let wish = json!({ "prefix": folder, "limit": LIST_LIMIT, "offset": 0 });
        let request = self.authorized.gateway.request(Method::Post, &endpoint).json(&wish);
        let response = self.authorized.send(request).await?.map_err(refusal)?;
        let entries: Vec<Entry> =
            serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase)?;
        let mut listing = Listing::default();
        for entry in entries {
            let path = format!("{folder}/{}", entry.name);
            match entry.id {
                Some(_) => listing.objects.push(path),
                None => listing.folders.push(path),
            }
        }
        Ok(listing)
    }

    /// Removes an object. `false` when the server's answer does not name it: there is no such object, or a policy keeps
    /// the user from removing it.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn remove(&self, path: &str) -> Result<bool, ApiError> {
        let endpoint = format!("storage/v1/object/{}", encode_segment(&self.name));
        let request =
            self.authorized.gateway.request(Method::Delete, &endpoint).json(&json!({ "prefixes": [path] }));
        let response = self.authorized.send(request).await?.map_err(refusal)?;
        let removed: Vec<Removed> =
            serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase)?;
        Ok(removed.iter().any(|object| object.name == path))
    }

    /// Which objects the bucket takes. Most projects do not let their users see that, and answer `MissingTable`.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn rules(&self) -> Result<BucketRules, ApiError> {
        let endpoint = format!("storage/v1/bucket/{}", encode_segment(&self.name));
        let request = self.authorized.gateway.request(Method::Get, &endpoint);
        let response = self.authorized.send(request).await?.map_err(refusal)?;
        serde_json::from_slice(&response.body).map_err(|_| HttpError::NotSupabase.into())
    }

    /// Bucket and path, encoded. A path with empty or dot segments would name something else.
    fn object(&self, path: &str) -> Result<String, ApiError> {
        if path.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(ApiError::Unexpected { code: ServerCode::new("InvalidKey") });
        }
        let segments = std::iter::once(self.name.as_str()).chain(path.split('/'));
        Ok(segments.map(encode_segment).collect::<Vec<_>>().join("/"))
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({})", self.name)
    }
}

/// What a refusal means, by its stable `code`; older versions of Storage send only `error`.
fn refusal(fault: ServerError) -> ApiError {
    match fault.code.as_str() {
        "AccessDenied" | "Unauthorized" => ApiError::Forbidden,
        "NoSuchKey" | "not_found" => ApiError::NotFound,
        "NoSuchBucket" | "Bucket_not_found" => ApiError::MissingTable,
        "EntityTooLarge" | "Payload_too_large" => ApiError::PayloadTooLarge,
        "InvalidMimeType" | "invalid_mime_type" => ApiError::UnsupportedType,
        // Storage's web server and the gateways before it have their own names for these two, or none.
        _ if fault.status == 413 => ApiError::PayloadTooLarge,
        _ if fault.status == 415 => ApiError::UnsupportedType,
        _ => ApiError::Unexpected { code: fault.code },
    }
}
