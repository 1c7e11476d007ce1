//! The account's picture: chosen, prepared, uploaded, shown, removed.
//!
//! Order of an upload: the object first, the profile row next, the old object last. Cut anywhere, the account has
//! either the old picture or the new one, and at most an object that nobody points to.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use foyer_contract::ErrorCode;
use foyer_contract::avatar::AvatarPreview;
use sha2::{Digest, Sha256};
use supabase_session::{ApiError, User};
use time::OffsetDateTime;
use tokio::sync::Notify;
use uuid::Uuid;

use super::picture::Picture;
use super::profile::AvatarEdit;
use super::{Account, ShownPicture};
use crate::error::Failure;

/// The bucket, as in our migration and in Supabase's user-management tutorial.
pub const BUCKET: &str = "avatars";

/// The prepared picture and the upload under way, if any.
#[derive(Default)]
pub struct Avatar {
    preview: Mutex<Option<Preview>>,
    upload: Mutex<Option<Arc<Notify>>>,
}

struct Preview {
    id: String,
    picture: Picture,
}

impl Avatar {
    /// Keeps a prepared picture until it is uploaded, dropped or replaced by another one.
    pub fn keep_preview(&self, picture: Picture) -> AvatarPreview {
        let id = Uuid::new_v4().simple().to_string();
        let url = url("preview", &id);
        *lock(&self.preview) = Some(Preview { id: id.clone(), picture });
        AvatarPreview { id, url }
    }

    /// The prepared picture with this id.
    #[must_use]
    pub fn preview(&self, id: &str) -> Option<Picture> {
        lock(&self.preview).as_ref().filter(|preview| preview.id == id).map(|preview| preview.picture.clone())
    }

    /// Drops the prepared picture.
    pub fn drop_preview(&self) {
        *lock(&self.preview) = None;
    }

    /// Stops the upload under way; without one, drops the prepared picture.
    pub fn cancel(&self) {
        match &*lock(&self.upload) {
            Some(cancelled) => cancelled.notify_one(),
            None => self.drop_preview(),
        }
    }

    fn begin_upload(&self) -> Result<UploadGuard<'_>, Failure> {
        let mut upload = lock(&self.upload);
        if upload.is_some() {
            return Err(Failure::new(ErrorCode::RateLimited, "a picture is being uploaded already"));
        }
        let cancelled = Arc::new(Notify::new());
        *upload = Some(Arc::clone(&cancelled));
        Ok(UploadGuard { avatar: self, cancelled })
    }
}

/// One upload at a time: the place is free again when this is dropped.
struct UploadGuard<'a> {
    avatar: &'a Avatar,
    cancelled: Arc<Notify>,
}

impl Drop for UploadGuard<'_> {
    fn drop(&mut self) {
        *lock(&self.avatar.upload) = None;
    }
}

impl Account {
    /// Uploads the prepared picture with this id and makes it the account's.
    ///
    /// # Errors
    /// `PreviewUnknown`, `Cancelled`, or why the server refused. The old picture stays, and so does the prepared
    /// one, for another try.
    pub async fn upload_avatar(
        &self,
        preview: &str,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        let user = self.user()?;
        let picture = self.avatar.preview(preview).ok_or_else(|| {
            Failure::new(ErrorCode::PreviewUnknown, "this picture is gone; choose it again")
        })?;
        let upload = self.avatar.begin_upload()?;
        let path = format!("{}/{}.{}", user.id, Uuid::new_v4(), picture.kind.extension());
        let bytes = Bytes::from(picture.bytes);
        let bucket = self.client.storage(BUCKET);
        let sent = tokio::select! {
            sent = bucket.upload(&path, picture.kind.content_type(), bytes.clone(), progress) => sent.map_err(Failure::from),
            () = upload.cancelled.notified() => Err(Failure::new(ErrorCode::Cancelled, "the upload was stopped")),
        };
        let pointed = match sent {
            Ok(()) => self.point_to(&user, Some((path.clone(), bytes.to_vec()))).await,
            Err(error) => Err(error),
        };
        if pointed.is_err() {
            // Whether the object arrived is not known: nobody points to it, so it goes.
            self.remove_object(&user, &path).await;
        } else {
            self.avatar.drop_preview();
        }
        pointed
    }

    /// Removes the account's picture: the row first, the object after it.
    ///
    /// # Errors
    /// Why the server refused. The picture then stays.
    pub async fn remove_avatar(&self) -> Result<(), Failure> {
        let user = self.user()?;
        self.point_to(&user, None).await
    }

    /// Points the row at another picture (path and bytes) or at none, then removes the object that it pointed to.
    async fn point_to(&self, user: &User, picture: Option<(String, Vec<u8>)>) -> Result<(), Failure> {
        let mut old = self.stored_path();
        let path = picture.as_ref().map(|(path, _)| path.clone());
        let edit = AvatarEdit::new(path.clone(), OffsetDateTime::now_utc())?;
        match self.write(user, &edit).await {
            // A newer row is shown by now. The picture is another field than those that changed in it, or the
            // newest wish for it: it is written on top.
            Err(failure) if failure.code() == ErrorCode::Conflict => {
                old = self.stored_path();
                self.write(user, &edit).await?;
            }
            outcome => outcome?,
        }
        self.show_picture(user.id, picture);
        (self.on_change)(None);
        if let Some(old) = old.filter(|old| Some(old) != path.as_ref()) {
            self.remove_object(user, &old).await;
        }
        Ok(())
    }

    /// Where the row that is shown says that the picture lies.
    fn stored_path(&self) -> Option<String> {
        self.shown().as_ref()?.row.clone().flatten()?.avatar_url
    }

    /// Removes an object below the user's own folder. An object that stays costs space and harms nobody.
    async fn remove_object(&self, user: &User, path: &str) {
        if !path.starts_with(&format!("{}/", user.id)) {
            return;
        }
        match self.client.storage(BUCKET).remove(path).await {
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "an object that nobody points to could not be removed"),
        }
    }

    /// Fetches the picture that the row points to, unless it is shown already.
    pub(super) async fn load_picture(&self, user: Uuid) -> Result<(), Failure> {
        let Some(path) = self.picture_to_fetch(user) else { return Ok(()) };
        match self.client.storage(BUCKET).download(&path).await {
            Ok(bytes) if is_picture(&bytes) => self.show_picture(user, Some((path, bytes.to_vec()))),
            Ok(_) => tracing::warn!("the object that the profile points to is no picture"),
            // The row points to nothing, or to a picture on another server: initials are shown.
            Err(ApiError::NotFound | ApiError::Forbidden | ApiError::MissingTable) => {
                tracing::info!("the picture that the profile points to is not there");
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The path of the picture that has to be fetched; what is shown no longer is forgotten on the way.
    fn picture_to_fetch(&self, user: Uuid) -> Option<String> {
        let mut shown = self.shown();
        let shown = shown.as_mut().filter(|shown| shown.user == user)?;
        let path = shown.row.clone().flatten().and_then(|row| row.avatar_url).filter(|path| !path.is_empty());
        if shown.picture.as_ref().map(|picture| &picture.path) == path.as_ref() {
            return None;
        }
        shown.picture = None;
        if path.is_none() {
            self.cache.drop_pictures(user);
        }
        path.filter(|path| !path.contains("://"))
    }

    fn show_picture(&self, user: Uuid, picture: Option<(String, Vec<u8>)>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user) else { return };
        match &picture {
            Some((path, bytes)) => self.cache.keep_picture(user, path, bytes),
            None => self.cache.drop_pictures(user),
        }
        shown.picture = picture.map(|(path, bytes)| ShownPicture { path, bytes: Arc::new(bytes) });
    }
}

/// The address of the shown picture under the app's own scheme. It changes with the picture.
pub(super) fn current_url(path: &str) -> String {
    let version: String =
        Sha256::digest(path.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    url("current", &version)
}

/// Windows has no custom schemes in its webview: they are hosts there.
fn url(what: &str, which: &str) -> String {
    if cfg!(windows) {
        format!("http://avatar.localhost/{what}/{which}")
    } else {
        format!("avatar://localhost/{what}/{which}")
    }
}

/// Only what the page can show, and no SVG.
fn is_picture(bytes: &[u8]) -> bool {
    use image::ImageFormat::{Gif, Jpeg, Png, WebP};
    matches!(image::guess_format(bytes), Ok(Png | Jpeg | WebP | Gif))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
