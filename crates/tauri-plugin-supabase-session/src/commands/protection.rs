//! The session at rest.

use supabase_session_contract::protection::{RestoreSession, SetProtection, SetSessionAside};

use super::{Answer, TheSession};

/// See [`SetProtection`].
#[tauri::command]
pub(crate) async fn set_protection(request: SetProtection, supabase: TheSession<'_>) -> Answer<()> {
    supabase.set_protection(request.protection).await
}

/// See [`RestoreSession`].
#[tauri::command]
pub(crate) async fn restore_session(request: RestoreSession, supabase: TheSession<'_>) -> Answer<()> {
    let RestoreSession {} = request;
    supabase.restore_session().await
}

/// See [`SetSessionAside`].
#[tauri::command]
pub(crate) async fn set_session_aside(request: SetSessionAside, supabase: TheSession<'_>) -> Answer<()> {
    let SetSessionAside {} = request;
    supabase.set_session_aside().await
}
