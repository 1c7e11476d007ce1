//! Reading the JSON body of a request.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::error::StorageError;

/// What a request makes of a field of a row.
#[derive(Debug, Default)]
pub(super) enum Change<T> {
    /// The body lacks the field, so the field stays as it is.
    #[default]
    Keep,
    /// The body has the field. `None`: it is null there, which clears the field.
    Set(Option<T>),
}

impl<T> Change<T> {
    /// The new value. `None` when the field is kept or cleared.
    pub(super) fn value(&self) -> Option<&T> {
        match self {
            Self::Keep => None,
            Self::Set(value) => value.as_ref(),
        }
    }

    /// Whether the body has the field.
    pub(super) fn is_set(&self) -> bool {
        matches!(self, Self::Set(_))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(Self::Set)
    }
}

/// The body as JSON.
///
/// # Errors
/// `InvalidRequest` with the sentence `complaint`, when the body is not JSON or lacks a field.
pub(super) fn parse<T: DeserializeOwned>(body: &[u8], complaint: &'static str) -> Result<T, StorageError> {
    serde_json::from_slice(body).map_err(|_| StorageError::invalid_request(complaint))
}
