//! The account form.

use foyer_contract::account::{LoadAccount, SaveProfile};

use super::{Answer, TheApp};

/// See [`LoadAccount`].
#[tauri::command]
pub async fn load_account(request: LoadAccount, app: TheApp<'_>) -> Answer<()> {
    let LoadAccount {} = request;
    app.connection()?.account().load().await
}

/// See [`SaveProfile`].
#[tauri::command]
pub async fn save_profile(request: SaveProfile, app: TheApp<'_>) -> Answer<()> {
    app.connection()?.account().save(&request.profile).await
}
