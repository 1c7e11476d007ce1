//! The picture.

use std::sync::Arc;

use foyer_contract::Message;
use foyer_contract::avatar::{
    AvatarPreview, AvatarProgress, CancelAvatar, ChooseAvatar, ChosenPicture, CropAvatar, PasteAvatar,
    RemoveAvatar, RestoreAvatar, TakeDroppedAvatar, UploadAvatar,
};

use tauri::{Runtime, Webview};

use super::{Answer, TheApp};
use crate::app::App;

/// See [`ChooseAvatar`].
#[tauri::command]
pub async fn choose_avatar<R: Runtime>(
    request: ChooseAvatar,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<Option<ChosenPicture>> {
    let ChooseAvatar {} = request;
    let (label, desktop) = (webview.label(), app.desktop());
    app.account()?.authorized()?.avatar().choose(label, desktop.pick_picture(label)).await
}

/// See [`PasteAvatar`].
#[tauri::command]
pub async fn paste_avatar<R: Runtime>(
    request: PasteAvatar,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<Option<ChosenPicture>> {
    let copied = app.desktop().copied_picture(request.is_typing);
    app.account()?.authorized()?.avatar().choose(webview.label(), copied).await
}

/// See [`TakeDroppedAvatar`].
#[tauri::command]
pub async fn take_dropped_avatar<R: Runtime>(
    request: TakeDroppedAvatar,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<Option<ChosenPicture>> {
    let TakeDroppedAvatar {} = request;
    app.account()?.authorized()?.avatar().choose(webview.label(), app.dropped().take()).await
}

/// See [`CropAvatar`].
#[tauri::command]
pub async fn crop_avatar(request: CropAvatar, app: TheApp<'_>) -> Answer<AvatarPreview> {
    app.account()?.authorized()?.crop_avatar(&request.id, request.crop).await
}

/// See [`UploadAvatar`]. How far the upload is, is told to the window that asked for it alone.
#[tauri::command]
pub async fn upload_avatar<R: Runtime>(
    request: UploadAvatar,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<()> {
    let progress = avatar_progress(Arc::clone(&app), webview.label().to_owned());
    app.account()?.upload_avatar(&request.id, progress).await
}

fn avatar_progress(app: Arc<App>, label: String) -> impl Fn(u64, u64) {
    move |sent, total| app.windows().tell_one(&label, Message::AvatarProgress(AvatarProgress { sent, total }))
}

/// See [`CancelAvatar`].
#[tauri::command]
pub async fn cancel_avatar<R: Runtime>(
    request: CancelAvatar,
    webview: Webview<R>,
    app: TheApp<'_>,
) -> Answer<()> {
    let CancelAvatar {} = request;
    app.account()?.account().avatar().cancel(webview.label());
    Ok(())
}

/// See [`RemoveAvatar`].
#[tauri::command]
pub async fn remove_avatar(request: RemoveAvatar, app: TheApp<'_>) -> Answer<()> {
    app.account()?.remove_avatar(request.seen.as_deref()).await
}

/// See [`RestoreAvatar`].
#[tauri::command]
pub async fn restore_avatar(request: RestoreAvatar, app: TheApp<'_>) -> Answer<()> {
    let RestoreAvatar {} = request;
    app.account()?.authorized()?.restore_avatar().await
}
