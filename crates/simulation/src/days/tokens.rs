//! What the tokens of a session say: the session and the person that they belong to.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The session and the refresh token in the JSON that lies in a store.
pub(super) fn stored(session: &str) -> Option<(String, String)> {
    let (token, session) = family(&serde_json::from_str(session).ok()?)?;
    Some((session, token))
}

/// The refresh token in this JSON, and the session that it is of.
pub(super) fn family(session: &Value) -> Option<(String, String)> {
    let claims = claims(session["access_token"].as_str()?)?;
    Some((text(&session["refresh_token"]), text(&claims["session_id"])))
}

/// What an access token says.
pub(super) fn claims(token: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?).ok()
}

/// The text of a JSON string; empty for anything else.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
