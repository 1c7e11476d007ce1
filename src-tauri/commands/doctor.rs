//! The check of the connection.

use foyer_contract::Message;
use foyer_contract::doctor::{CancelCheck, CheckConnection, CheckResult, CopyCheck, CopyRemedy};
use tauri::{Manager, Runtime, Webview};

use super::{Answer, TheApp};

/// See [`CheckConnection`].
#[tauri::command]
pub async fn check_connection<R: Runtime>(
    request: CheckConnection,
    app: TheApp<'_>,
    webview: Webview<R>,
) -> Answer<Option<Vec<CheckResult>>> {
    let (CheckConnection {}, connection) = (request, app.supabase().connection()?);
    let tell =
        |line: &CheckResult| app.windows().tell_one(webview.label(), Message::Check(Box::new(line.clone())));
    Ok(app.check().run(&connection, &webview.config().identifier, tell).await)
}

/// See [`CancelCheck`].
#[tauri::command]
pub async fn cancel_check(request: CancelCheck, app: TheApp<'_>) -> Answer<()> {
    let CancelCheck {} = request;
    app.check().cancel();
    Ok(())
}

/// See [`CopyCheck`].
#[tauri::command]
pub async fn copy_check(request: CopyCheck, app: TheApp<'_>) -> Answer<()> {
    let CopyCheck {} = request;
    app.copy(&app.check().text())
}

/// See [`CopyRemedy`].
#[tauri::command]
pub async fn copy_remedy(request: CopyRemedy, app: TheApp<'_>) -> Answer<()> {
    app.copy(&app.check().remedy(request.check))
}
