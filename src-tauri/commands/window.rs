//! What the page asks about itself.

use foyer_contract::Message;
use foyer_contract::view::{AnswerClose, AppView, DismissNotice, OpenWindow, WatchApp};
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, Webview};

use super::{Answer, TheApp};

/// See [`WatchApp`].
#[tauri::command]
pub async fn watch_app<R: Runtime>(
    request: WatchApp,
    channel: Channel<Message>,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<AppView> {
    let WatchApp {} = request;
    app.watch(webview.label(), channel);
    Ok(app.view())
}

/// See [`OpenWindow`].
#[tauri::command]
pub async fn open_window<R: Runtime>(
    request: OpenWindow,
    handle: AppHandle<R>,
    app: TheApp<'_>,
) -> Answer<()> {
    let OpenWindow {} = request;
    app.open_window(&handle)
}

/// See [`AnswerClose`].
#[tauri::command]
pub async fn answer_close<R: Runtime>(
    request: AnswerClose,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<()> {
    app.answer_close(webview.label(), request.close.then(|| webview.window()))
}

/// See [`DismissNotice`].
#[tauri::command]
pub async fn dismiss_notice(request: DismissNotice, app: TheApp<'_>) -> Answer<()> {
    app.dismiss(request.id);
    Ok(())
}
