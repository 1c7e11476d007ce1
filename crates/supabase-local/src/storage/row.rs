//! Rows of `storage.buckets` and `storage.objects`, and the check of an object's name.

use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::error::StorageError;
use crate::db::{DbError, Tx};

/// The columns of a bucket that its objects depend on.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Bucket {
    pub(super) id: String,
    #[serde(default)]
    pub(super) public: Option<bool>,
    pub(super) file_size_limit: Option<u64>,
    pub(super) allowed_mime_types: Option<Vec<String>>,
}

/// A row of `storage.objects`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Object {
    pub(super) id: Uuid,
    pub(super) bucket_id: String,
    pub(super) name: String,
    pub(super) owner: Option<Uuid>,
    pub(super) owner_id: Option<String>,
    pub(super) version: Uuid,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) updated_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(super) last_accessed_at: OffsetDateTime,
    pub(super) metadata: Option<Value>,
    pub(super) user_metadata: Option<Value>,
}

impl Bucket {
    /// The bucket. It is looked up before the transaction gets the caller's rights: the policies on objects, not those on
    /// buckets, decide what the caller may do in a bucket.
    ///
    /// # Errors
    /// 404, when there is no such bucket.
    pub(super) fn find(tx: &mut Tx<'_>, id: &str) -> Result<Self, StorageError> {
        tx.find("select to_jsonb(b) as row from storage.buckets b where b.id = $1", &[json!(id)])?
            .ok_or_else(StorageError::no_bucket)
    }

    /// The size of the largest object in bytes: the smaller of the project's limit and the bucket's own.
    pub(super) fn largest_object(&self, project_limit: u64) -> u64 {
        self.file_size_limit.unwrap_or(project_limit).min(project_limit)
    }

    /// Whether the bucket takes content of this type: the type or its family (`image/*`) is listed, or the list is empty.
    pub(super) fn takes(&self, mime_type: &str) -> bool {
        let mime_type = mime_type.split(';').next().unwrap_or_default().trim();
        let Some(allowed) = self.allowed_mime_types.as_ref().filter(|allowed| !allowed.is_empty()) else {
            return true;
        };
        allowed.iter().any(|allowed| {
            let family = allowed.strip_suffix('*');
            allowed == mime_type || family.is_some_and(|family| mime_type.starts_with(family))
        })
    }
}

impl Object {
    /// The object, when the transaction's role may see it.
    pub(super) fn find(tx: &mut Tx<'_>, bucket: &str, name: &str) -> Result<Option<Self>, DbError> {
        tx.find(
            "select to_jsonb(o) as row from storage.objects o where o.bucket_id = $1 and o.name = $2",
            &[json!(bucket), json!(name)],
        )
    }

    fn metadata(&self, field: &str) -> Option<&Value> {
        self.metadata.as_ref()?.get(field)
    }

    pub(super) fn metadata_text(&self, field: &str) -> String {
        self.metadata(field).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    pub(super) fn size(&self) -> u64 {
        self.metadata("size").and_then(Value::as_u64).unwrap_or_default()
    }
}

/// Refuses a name that the real server cannot store: one with a character other than letters, digits and those that S3
/// calls safe, or with the part `.` or `..`.
pub(super) fn check_name(bucket: &str, name: &str, version: Uuid) -> Result<(), StorageError> {
    let safe =
        |character: char| character.is_ascii_alphanumeric() || "_/!-.*'() &$@=;:+,?".contains(character);
    if name.is_empty() || !name.chars().all(safe) {
        return Err(StorageError::invalid_key(name));
    }
    if name.split('/').any(|part| part == "." || part == "..") {
        // The sentence of the real server's file backend, which names its tenant and its folder "stub".
        let key = format!("stub/stub/{bucket}/{name}/{version} contains dot path segment");
        return Err(StorageError::invalid_key(&key));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_below_its_bucket() {
        let version = Uuid::nil();

        assert!(check_name("b", "u/one.png", version).is_ok());
        for bad in ["", "u/../x", "..", "./x", "u/a[b].png", "u/bär.png"] {
            assert!(check_name("b", bad, version).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_smaller_limit_of_project_and_bucket_counts() {
        let bucket = |file_size_limit| Bucket {
            id: "b".into(),
            public: None,
            file_size_limit,
            allowed_mime_types: None,
        };

        assert_eq!(bucket(None).largest_object(70), 70);
        assert_eq!(bucket(Some(7)).largest_object(70), 7);
        assert_eq!(bucket(Some(700)).largest_object(70), 70);
        assert_eq!(bucket(Some(0)).largest_object(70), 0);
    }

    #[test]
    fn a_bucket_takes_listed_types_and_families() {
        let bucket = |allowed: &[&str]| Bucket {
            id: "b".into(),
            public: None,
            file_size_limit: None,
            allowed_mime_types: Some(allowed.iter().map(|allowed| (*allowed).to_owned()).collect()),
        };

        assert!(bucket(&["image/png"]).takes("image/png; charset=x"));
        assert!(bucket(&["image/*"]).takes("image/webp"));
        assert!(!bucket(&["image/png"]).takes("image/svg+xml"));
        assert!(bucket(&[]).takes("anything/at-all"));
    }
}
