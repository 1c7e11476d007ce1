//! Updates of the app.

use foyer_contract::updates::ChangeUpdate;

use super::{Answer, TheApp};

/// See [`ChangeUpdate`].
#[tauri::command]
pub async fn change_update(request: ChangeUpdate, app: TheApp<'_>) -> Answer<()> {
    app.change_update(request.action).await
}
