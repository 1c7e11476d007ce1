//! What the settings ask of this computer and of the connection to the project.

use foyer_contract::desktop::{
    CheckRedirects, ClearCache, CopyRedirectEntry, DataFolder, FindDataFolder, FindLicenses, FindRedirects,
    LeaveProject, License, OpenFolder, RedirectsView,
};
use tauri::{Runtime, Webview};

use super::{Answer, TheApp};
use crate::licenses;

/// See [`FindRedirects`].
#[tauri::command]
pub async fn find_redirects(request: FindRedirects, app: TheApp<'_>) -> Answer<RedirectsView> {
    let FindRedirects {} = request;
    Ok(app.supabase().redirects().map(redirects)?)
}

/// See [`CheckRedirects`].
#[tauri::command]
pub async fn check_redirects(request: CheckRedirects, app: TheApp<'_>) -> Answer<RedirectsView> {
    let CheckRedirects {} = request;
    Ok(app.supabase().check_redirects().await.map(redirects)?)
}

fn redirects(known: tauri_plugin_supabase_session::Redirects) -> RedirectsView {
    RedirectsView { allowed: known.allowed, opens_links: known.opens_links, entry: known.entry }
}

/// See [`CopyRedirectEntry`].
#[tauri::command]
pub async fn copy_redirect_entry(request: CopyRedirectEntry, app: TheApp<'_>) -> Answer<()> {
    let CopyRedirectEntry {} = request;
    app.copy(&app.supabase().redirects()?.entry)
}

/// See [`LeaveProject`].
#[tauri::command]
pub async fn leave_project(request: LeaveProject, app: TheApp<'_>) -> Answer<()> {
    let LeaveProject {} = request;
    app.leave_project().await
}

/// See [`FindDataFolder`].
#[tauri::command]
pub async fn find_data_folder(request: FindDataFolder, app: TheApp<'_>) -> Answer<DataFolder> {
    let FindDataFolder {} = request;
    Ok(DataFolder { path: app.folders().for_people() })
}

/// See [`OpenFolder`].
#[tauri::command]
pub async fn open_folder(request: OpenFolder, app: TheApp<'_>) -> Answer<()> {
    app.open_folder(request.folder).await
}

/// See [`ClearCache`].
#[tauri::command]
pub async fn clear_cache<R: Runtime>(
    request: ClearCache,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<()> {
    let ClearCache {} = request;
    app.clear_cache(&webview).await
}

/// See [`FindLicenses`].
#[tauri::command]
pub async fn find_licenses(request: FindLicenses) -> Answer<Vec<License>> {
    let FindLicenses {} = request;
    Ok(licenses::of_others())
}
