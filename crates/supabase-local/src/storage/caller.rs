//! The caller of a request to Storage.

use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::error::StorageError;
use crate::bearer::strip_scheme;
use crate::db::Role;
use crate::state::App;

/// The role and the claims of the caller, and the person in them.
pub(super) struct Caller {
    pub(super) role: Role,
    /// The id of the person, who owns what they upload. `None` for a key.
    pub(super) owner: Option<String>,
}

/// The caller of a request.
///
/// # Errors
/// When the request has no `Authorization` header, or the token in it is not valid.
pub(super) fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, StorageError> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let missing = || StorageError::invalid_request("headers must have required property 'authorization'");
    let value = authorization.ok_or_else(missing)?;
    let token = strip_scheme(value).unwrap_or(value);
    let claims = app.verify_token(token).map_err(|fault| StorageError::bearer(&fault))?;
    let owner = claims.get("sub").and_then(Value::as_str).filter(|owner| !owner.is_empty());
    let owner = owner.map(str::to_owned);
    Ok(Caller { role: Role::of(claims), owner })
}
