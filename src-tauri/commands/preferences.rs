//! What a person prefers on this computer.

use foyer_contract::preferences::{SetLanguage, SetNotifications, SetTheme};

use super::{Answer, TheApp};

/// See [`SetTheme`].
#[tauri::command]
pub async fn set_theme(request: SetTheme, app: TheApp<'_>) -> Answer<()> {
    app.set_theme(request.theme).await
}

/// See [`SetLanguage`].
#[tauri::command]
pub async fn set_language(request: SetLanguage, app: TheApp<'_>) -> Answer<()> {
    app.set_language(request.language).await
}

/// See [`SetNotifications`].
#[tauri::command]
pub async fn set_notifications(request: SetNotifications, app: TheApp<'_>) -> Answer<()> {
    app.set_notifications(request.on).await
}
