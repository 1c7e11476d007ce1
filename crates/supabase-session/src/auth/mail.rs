//! Requests that make the server send a mail: the flow's challenge goes with them, and the answer is an empty object.

use serde_json::Value;

use crate::error::RequestError;
use crate::flows::flow::Flow;
use crate::flows::pkce;
use crate::http::transport::Request;

/// Adds the flow's challenge to the request's body, and its nonce to the link that will come back.
pub(crate) fn with_flow(request: Request, mut body: Value, flow: &Flow) -> Request {
    body["code_challenge"] = pkce::challenge(&flow.verifier).into();
    body["code_challenge_method"] = pkce::CHALLENGE_METHOD.into();
    let request = request.json(&body);
    match flow.back_to() {
        Some(url) => request.query("redirect_to", url.as_str()),
        None => request,
    }
}

/// The API's yes is `{}`, whether or not the address has an account.
pub(super) fn said_yes(body: &[u8]) -> Result<(), RequestError> {
    let body: Value = serde_json::from_slice(body).map_err(|_| RequestError::NOT_SUPABASE)?;
    if body.is_object() { Ok(()) } else { Err(RequestError::NOT_SUPABASE) }
}
