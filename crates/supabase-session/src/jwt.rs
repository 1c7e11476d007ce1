//! What is read from a JWT or a stored session without verifying anything.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::readable;
use crate::secret::Secret;

/// What an access token says, unverified and without what cannot be read.
pub(crate) fn claims(access_token: &str) -> Option<Map<String, Value>> {
    let payload = access_token.split('.').nth(1)?;
    readable::fields(&URL_SAFE_NO_PAD.decode(payload).ok()?)
}

/// The access token of a stored session, which may be any text.
pub(crate) fn access_token(stored_session: &Secret<String>) -> Option<Secret<String>> {
    #[derive(Deserialize)]
    struct Stored {
        access_token: String,
    }
    let session: Stored = serde_json::from_str(stored_session.expose()).ok()?;
    Some(Secret::from(session.access_token))
}
