//! What a person prefers on this computer.

use foyer_contract::preferences::{LoadSentences, SetLanguage, SetNotifications, SetTheme, Spoken};

use super::{Answer, TheApp};
use crate::text;

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

/// See [`LoadSentences`].
#[tauri::command]
pub async fn load_sentences(request: LoadSentences) -> Answer<Spoken> {
    Ok(text::spoken(request.language))
}
