//! What a person adds to a report about a problem.

use foyer_contract::diagnostics::CopyDiagnostics;
use tauri::State;

use super::{Answer, TheApp};
use crate::desktop::recent::RecentEvents;

/// See [`CopyDiagnostics`].
#[tauri::command]
pub async fn copy_diagnostics(
    request: CopyDiagnostics,
    app: TheApp<'_>,
    recent: State<'_, RecentEvents>,
) -> Answer<()> {
    let CopyDiagnostics {} = request;
    let text = app.diagnostics(recent.lines()).await;
    app.copy(&text)
}
