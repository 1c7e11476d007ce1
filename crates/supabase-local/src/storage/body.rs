//! Reading the JSON body of a request.

use serde::de::DeserializeOwned;

use super::error::StorageError;

/// The body as JSON.
///
/// # Errors
/// `InvalidRequest` with the sentence `complaint`, when the body is not JSON or lacks a field.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8], complaint: &'static str) -> Result<T, StorageError> {
    serde_json::from_slice(body).map_err(|_| StorageError::invalid_request(complaint))
}
