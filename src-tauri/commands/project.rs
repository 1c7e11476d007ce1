//! Which Supabase project the app talks to.

use foyer_contract::project::{
    ConnectProject, DisconnectProject, FindLocalProject, LocalProject, ProjectTarget,
};
use supabase_session::Project;

use super::{Answer, TheApp};
use crate::config::LOCAL_URL;
use crate::connection;

/// See [`FindLocalProject`].
#[tauri::command]
pub async fn find_local_project(request: FindLocalProject) -> Answer<Option<LocalProject>> {
    let FindLocalProject {} = request;
    Ok(connection::local().await.ok().map(|_| LocalProject { url: LOCAL_URL.to_owned() }))
}

/// See [`ConnectProject`].
#[tauri::command]
pub async fn connect_project(request: ConnectProject, app: TheApp<'_>) -> Answer<()> {
    let project = match request.target {
        ProjectTarget::Local => connection::local().await?,
        ProjectTarget::Remote { url, key } => Project::new(&url, &key)?,
    };
    app.connect(project).await
}

/// See [`DisconnectProject`].
#[tauri::command]
pub async fn disconnect_project(request: DisconnectProject, app: TheApp<'_>) -> Answer<()> {
    let DisconnectProject {} = request;
    app.disconnect()
}
