//! A page's own requests to the project's data.

use supabase_session_contract::fetch::CancelFetch;
use tauri::ipc::{Request, Response};
use tauri::{Runtime, State, Webview};

use super::{Answer, TheSession};
use crate::fetch::{self, InFlight};

/// See [`FETCH`](supabase_session_contract::fetch::FETCH).
#[tauri::command]
pub(crate) async fn fetch<R: Runtime>(
    request: Request<'_>,
    webview: Webview<R>,
    supabase: TheSession<'_>,
    in_flight: State<'_, InFlight>,
) -> Answer<Response> {
    let message = fetch::bytes(request.body())?;
    fetch::send(&supabase.client()?, &in_flight, webview.label(), &message).await.map(Response::new)
}

/// See [`CancelFetch`].
#[tauri::command]
pub(crate) async fn cancel_fetch<R: Runtime>(
    request: CancelFetch,
    webview: Webview<R>,
    in_flight: State<'_, InFlight>,
) -> Answer<()> {
    in_flight.cancel(webview.label(), &request.id);
    Ok(())
}
