//! The custom scheme `avatar:`, through which the page sees pictures. Their bytes never cross the IPC line, and
//! nothing answers while nobody is signed in, or a second factor has to be shown.

use std::sync::Arc;

use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::app::App;

/// The scheme's name, as in the content security policy.
pub const NAME: &str = "avatar";

/// Answers a request of the page. Everything is in memory, so it answers at once.
pub fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let picture =
        context.app_handle().try_state::<Arc<App>>().and_then(|app| picture(&app, request.uri().path()));
    responder.respond(response(picture));
}

/// `/current/<version>` is the account's picture, `/chosen/<id>` one of which a part is to be kept, and `/preview/<id>`
/// that part, until it is uploaded.
fn picture(app: &App, path: &str) -> Option<Vec<u8>> {
    let connected = app.account().ok()?;
    let account = connected.authorized().ok()?;
    match path.trim_matches('/').split_once('/')? {
        ("current", _) => account.current_picture().map(|bytes| bytes.as_ref().clone()),
        ("chosen", id) => account.avatar().chosen(id),
        ("preview", id) => account.avatar().preview(id),
        _ => None,
    }
}

fn response(picture: Option<Vec<u8>>) -> Response<Vec<u8>> {
    let status = if picture.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let bytes = picture.unwrap_or_default();
    let content_type = image::guess_format(&bytes).map_or("application/octet-stream", |it| it.to_mime_type());
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes)
        .unwrap_or_default()
}
