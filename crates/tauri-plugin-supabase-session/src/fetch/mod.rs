//! A page's own requests to the project's data: supabase-js's `fetch`, with the session's bearer put in here.

mod in_flight;
mod message;

pub(crate) use in_flight::InFlight;

use std::borrow::Cow;

use supabase_session::Client;
use tauri::ipc::InvokeBody;

use crate::error::Error;

/// Sends what a message asks for, unless that is cancelled; gives the message of the answer.
pub(crate) async fn send(
    client: &Client,
    in_flight: &InFlight,
    window: &str,
    bytes: &[u8],
) -> Result<Vec<u8>, Error> {
    let (id, request) = message::read(bytes).ok_or(MALFORMED)?;
    let running = in_flight.begin(window, &id).ok_or(Error::FetchCancelled)?;
    tokio::select! {
        answer = client.fetch(request) => message::write(answer?),
        () = running.cancelled() => Err(Error::FetchCancelled),
    }
}

/// The bytes of a message. Where Tauri's custom protocol does not work they come as a list of numbers.
pub(crate) fn bytes(body: &InvokeBody) -> Result<Cow<'_, [u8]>, Error> {
    match body {
        InvokeBody::Raw(bytes) => Ok(Cow::Borrowed(bytes)),
        InvokeBody::Json(numbers) => {
            serde_json::from_value(numbers.clone()).map(Cow::Owned).map_err(|_| MALFORMED)
        }
    }
}

const MALFORMED: Error = Error::Internal("this is not the message of a request");

#[cfg(test)]
mod tests;
