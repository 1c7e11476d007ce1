//! The picture.

use std::sync::Arc;

use foyer_contract::Message;
use foyer_contract::avatar::{
    AvatarPreview, AvatarProgress, CancelAvatar, ChooseAvatar, RemoveAvatar, UploadAvatar,
};

use super::{Answer, TheApp};

/// See [`ChooseAvatar`].
#[tauri::command]
pub async fn choose_avatar(request: ChooseAvatar, app: TheApp<'_>) -> Answer<Option<AvatarPreview>> {
    let ChooseAvatar {} = request;
    app.account()?.authorized()?.avatar().choose(app.desktop().pick_picture()).await
}

/// See [`UploadAvatar`].
#[tauri::command]
pub async fn upload_avatar(request: UploadAvatar, app: TheApp<'_>) -> Answer<()> {
    let windows = Arc::clone(&app);
    let progress = move |sent, total| windows.tell(&Message::AvatarProgress(AvatarProgress { sent, total }));
    app.account()?.authorized()?.upload_avatar(&request.id, progress).await
}

/// See [`CancelAvatar`].
#[tauri::command]
pub async fn cancel_avatar(request: CancelAvatar, app: TheApp<'_>) -> Answer<()> {
    let CancelAvatar {} = request;
    app.account()?.account().avatar().cancel();
    Ok(())
}

/// See [`RemoveAvatar`].
#[tauri::command]
pub async fn remove_avatar(request: RemoveAvatar, app: TheApp<'_>) -> Answer<()> {
    app.account()?.authorized()?.remove_avatar(request.seen.as_deref()).await
}
