//! The account form.

use foyer_contract::account::{
    CheckUsername, CopySql, Draft, FindDraft, FindPublicProfile, KeepDraft, LoadAccount, PublicProfile,
    ResolveEdit, SaveProfile, UsernameState, ViewPublicProfile,
};
use foyer_contract::view::ProfileView;
use tauri::{Runtime, Webview};

use super::{Answer, TheApp};
use crate::account::profile;

/// See [`LoadAccount`].
#[tauri::command]
pub async fn load_account(request: LoadAccount, app: TheApp<'_>) -> Answer<()> {
    let LoadAccount {} = request;
    app.account()?.authorized()?.load_again().await
}

/// See [`SaveProfile`].
#[tauri::command]
pub async fn save_profile(request: SaveProfile, app: TheApp<'_>) -> Answer<()> {
    app.account()?.save(&request).await
}

/// See [`KeepDraft`].
#[tauri::command]
pub async fn keep_draft<R: Runtime>(request: KeepDraft, webview: Webview<R>, app: TheApp<'_>) -> Answer<()> {
    app.account()?.authorized()?.keep_draft(webview.label(), request.draft)
}

/// See [`FindDraft`].
#[tauri::command]
pub async fn find_draft<R: Runtime>(
    request: FindDraft,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<Option<Draft>> {
    let FindDraft {} = request;
    app.account()?.authorized()?.find_draft(webview.label())
}

/// See [`CheckUsername`].
#[tauri::command]
pub async fn check_username(request: CheckUsername, app: TheApp<'_>) -> Answer<UsernameState> {
    Ok(app.account()?.authorized()?.check_username(&request.username).await)
}

/// See [`ResolveEdit`].
#[tauri::command]
pub async fn resolve_edit(request: ResolveEdit, app: TheApp<'_>) -> Answer<()> {
    app.account()?.resolve_edit(&request).await
}

/// See [`FindPublicProfile`].
#[tauri::command]
pub async fn find_public_profile(request: FindPublicProfile, app: TheApp<'_>) -> Answer<Option<ProfileView>> {
    profile::find_public(app.account()?.client(), &request.username).await
}

/// See [`ViewPublicProfile`].
#[tauri::command]
pub async fn view_public_profile(request: ViewPublicProfile, app: TheApp<'_>) -> Answer<PublicProfile> {
    let ViewPublicProfile {} = request;
    app.account()?.authorized()?.public_profile().await
}

/// See [`CopySql`].
#[tauri::command]
pub async fn copy_sql(request: CopySql, app: TheApp<'_>) -> Answer<()> {
    let sql = app.account()?.authorized()?.owner_sql(request.adds);
    app.copy(&sql)
}
