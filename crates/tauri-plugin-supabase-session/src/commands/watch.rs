//! What a page is told.

use supabase_session_contract::view::{DismissNotice, SupabaseView, Watch};
use tauri::ipc::Channel;
use tauri::{Runtime, Webview};

use super::{Answer, TheSession};

/// See [`Watch`].
#[tauri::command]
pub(crate) async fn watch<R: Runtime>(
    request: Watch,
    channel: Channel<SupabaseView>,
    webview: Webview<R>,
    supabase: TheSession<'_>,
) -> Answer<SupabaseView> {
    let Watch {} = request;
    supabase.watch(webview.label(), channel);
    Ok(supabase.view())
}

/// See [`DismissNotice`].
#[tauri::command]
pub(crate) async fn dismiss_notice(request: DismissNotice, supabase: TheSession<'_>) -> Answer<()> {
    supabase.dismiss(request.id);
    Ok(())
}
