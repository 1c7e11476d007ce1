//! A session that a page has kept.

use supabase_session_contract::import_session::{ImportSession, ImportedSession};

use super::{Answer, TheSession};

/// See [`ImportSession`].
#[tauri::command]
pub(crate) async fn import_session(
    request: ImportSession,
    supabase: TheSession<'_>,
) -> Answer<ImportedSession> {
    let imported = supabase.import_session(&request.key, request.session.0.into()).await?;
    Ok(ImportedSession { is_saved: imported.is_saved })
}
