//! Which Supabase project the app talks to.

use supabase_session_contract::project::{ConnectProject, DisconnectProject, FindLocalProject, LocalProject};

use super::{Answer, TheSession};
use crate::project::LOCAL_URL;

/// See [`FindLocalProject`].
#[tauri::command]
pub(crate) async fn find_local_project(
    request: FindLocalProject,
    supabase: TheSession<'_>,
) -> Answer<Option<LocalProject>> {
    let FindLocalProject {} = request;
    Ok(supabase.local_project().await.ok().map(|_| LocalProject { url: LOCAL_URL.to_owned() }))
}

/// See [`ConnectProject`].
#[tauri::command]
pub(crate) async fn connect_project(request: ConnectProject, supabase: TheSession<'_>) -> Answer<()> {
    let project = supabase.project(request.target).await?;
    supabase.connect(project).await
}

/// See [`DisconnectProject`].
#[tauri::command]
pub(crate) async fn disconnect_project(request: DisconnectProject, supabase: TheSession<'_>) -> Answer<()> {
    let DisconnectProject {} = request;
    supabase.disconnect()
}
