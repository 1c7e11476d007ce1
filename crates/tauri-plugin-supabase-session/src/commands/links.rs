//! Links that a person pastes, and links that nobody here asked for.

use supabase_session_contract::links::{AcceptLink, DeclineLink, PasteLink};

use super::{Answer, TheSession};

/// See [`PasteLink`].
#[tauri::command]
pub(crate) async fn paste_link(request: PasteLink, supabase: TheSession<'_>) -> Answer<()> {
    supabase.paste_link(&request.link.0).await
}

/// See [`AcceptLink`].
#[tauri::command]
pub(crate) async fn accept_link(request: AcceptLink, supabase: TheSession<'_>) -> Answer<()> {
    supabase.accept_link(&request.id).await
}

/// See [`DeclineLink`].
#[tauri::command]
pub(crate) async fn decline_link(request: DeclineLink, supabase: TheSession<'_>) -> Answer<()> {
    supabase.decline_link(&request.id)
}
