//! Requests that make the server send a mail: the flow's challenge goes with them, and the answer is an empty object.

use serde_json::Value;

use crate::error::RequestError;
use crate::flows::flow::Flow;
use crate::flows::{Flows, pkce};
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

/// An error of a request that makes the server send a flow's mail.
pub(super) trait MailRequestError {
    /// The part of it that all requests of the Auth server have in common, if it is such a one.
    fn request_error(&self) -> Option<&RequestError>;
}

/// What becomes of a flow whose mail was asked for and `error` came of it. A refusal ends the flow. Where it is not
/// known whether the server took the request, the mail may be on its way: the flow waits for the mail's link, without
/// being shown. Gives the error back.
pub(super) async fn not_sent<E: MailRequestError>(flows: &Flows, flow: &Flow, error: E) -> E {
    if !error.request_error().is_some_and(RequestError::may_have_succeeded) {
        flows.consume(&flow.id).await;
    }
    error
}

/// The API's yes is `{}`, whether or not the address has an account.
pub(super) fn said_yes(body: &[u8]) -> Result<(), RequestError> {
    let body: Value = serde_json::from_slice(body).map_err(|_| RequestError::NOT_SUPABASE)?;
    if body.is_object() { Ok(()) } else { Err(RequestError::NOT_SUPABASE) }
}
