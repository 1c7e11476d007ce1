//! The account's picture: chosen, prepared, uploaded, shown, removed.
//!
//! Order of an upload: the object first, the profile row next, the old object last. Cut anywhere, the account has
//! either the old picture or the new one, and at most an object that nobody points to.

use parking_lot::{Mutex, MutexGuard};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use foyer_contract::avatar::AvatarPreview;
use foyer_contract::{ErrorCode, SessionErrorCode};
use foyer_picture::{Encoded, Picture, PictureError};
use sha2::{Digest, Sha256};
use supabase_session::{ApiError, User};
use time::OffsetDateTime;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::picture::{Preparation, Ways};
use super::profile::{AvatarEdit, COLUMNS, ProfileRow, TABLE};
use super::{Account, Shown};
use crate::error::Failure;

/// The bucket, as in our migration and in Supabase's user-management tutorial.
pub const BUCKET: &str = "avatars";

/// The prepared picture, and the choice or upload under way, if any.
#[derive(Default)]
pub struct Avatar {
    preview: Mutex<Option<Preview>>,
    work: Mutex<Option<Arc<Notify>>>,
    preparation: Preparation,
}

struct Preview {
    id: String,
    picture: Picture,
    /// The best way to write it, for the page.
    shown: Encoded,
}

impl Avatar {
    /// Lets the person choose a picture and prepares it; `None` when they chose none.
    ///
    /// # Errors
    /// `PictureBusy`, `Cancelled`, or why the file cannot be the picture.
    pub async fn choose(
        &self,
        choice: impl Future<Output = Option<PathBuf>>,
    ) -> Result<Option<AvatarPreview>, Failure> {
        let work = self.begin()?;
        let chosen = tokio::select! {
            chosen = choice => chosen,
            () = work.cancelled.notified() => return Err(PictureError::Stopped.into()),
        };
        let Some(path) = chosen else { return Ok(None) };
        let picture = self.preparation.run(path, &work.cancelled).await?;
        self.keep_preview(picture).await.map(Some)
    }

    /// Keeps a prepared picture until it is uploaded, dropped or replaced by another one.
    async fn keep_preview(&self, picture: Picture) -> Result<AvatarPreview, Failure> {
        let (picture, shown) = in_background(move || {
            let shown = Ways::new(picture.clone()).next();
            (picture, shown)
        })
        .await?;
        let (id, shown) = (Uuid::new_v4().simple().to_string(), shown?);
        let url = url("preview", &id);
        *lock(&self.preview) = Some(Preview { id: id.clone(), picture, shown });
        Ok(AvatarPreview { id, url })
    }

    /// What the page shows of the prepared picture with this id.
    #[must_use]
    pub fn preview(&self, id: &str) -> Option<Vec<u8>> {
        let preview = lock(&self.preview);
        preview.as_ref().filter(|preview| preview.id == id).map(|preview| preview.shown.bytes.clone())
    }

    fn prepared(&self, id: &str) -> Option<Picture> {
        let preview = lock(&self.preview);
        preview.as_ref().filter(|preview| preview.id == id).map(|preview| preview.picture.clone())
    }

    /// Drops the prepared picture.
    pub fn drop_preview(&self) {
        *lock(&self.preview) = None;
    }

    /// Stops the choice or the upload under way; without one, drops the prepared picture.
    pub fn cancel(&self) {
        match &*lock(&self.work) {
            Some(cancelled) => cancelled.notify_one(),
            None => self.drop_preview(),
        }
    }

    fn begin(&self) -> Result<Work<'_>, Failure> {
        let mut work = lock(&self.work);
        if work.is_some() {
            let message = "another picture is being chosen or uploaded";
            return Err(Failure::new(ErrorCode::PictureBusy, message));
        }
        let cancelled = Arc::new(Notify::new());
        *work = Some(Arc::clone(&cancelled));
        Ok(Work { avatar: self, cancelled })
    }
}

/// A choice or an upload under way. There is one at a time; dropping this lets the next one begin.
struct Work<'a> {
    avatar: &'a Avatar,
    cancelled: Arc<Notify>,
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        *lock(&self.avatar.work) = None;
    }
}

impl Account {
    /// Uploads the prepared picture with this id and makes it the account's. Where the project does not take it as it
    /// is, it is written smaller, or in another format.
    ///
    /// # Errors
    /// `PreviewUnknown`, `PictureBusy`, `Cancelled`, or why the server refused. The old picture stays, and so does the
    /// prepared one, for another try.
    pub async fn upload_avatar(
        &self,
        preview: &str,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        let user = self.user()?;
        let picture = self.avatar.prepared(preview).ok_or_else(|| {
            Failure::new(ErrorCode::PreviewUnknown, "this picture is gone; choose it again")
        })?;
        let work = self.avatar.begin()?;
        let _change = self.orphans.begin();
        let (path, bytes) = self.put(&user, picture, Arc::new(progress), &work.cancelled).await?;
        self.point_to(&user, Some((path, bytes))).await?;
        self.avatar.drop_preview();
        Ok(())
    }

    /// Puts the picture into the bucket, in the best way that the project takes: its path and its bytes.
    async fn put(
        &self,
        user: &User,
        picture: Picture,
        progress: Arc<impl Fn(u64, u64) + Send + Sync + 'static>,
        cancelled: &Notify,
    ) -> Result<(String, Vec<u8>), Failure> {
        let bucket = self.client.storage(BUCKET);
        let mut ways = Ways::new(picture);
        let mut has_asked = false;
        loop {
            let next;
            (ways, next) = in_background(move || {
                let next = ways.next();
                (ways, next)
            })
            .await?;
            let encoded = next?;
            let path = format!("{}/{}.{}", user.id, Uuid::new_v4(), encoded.format.extension());
            let (bytes, progress) = (Bytes::from(encoded.bytes.clone()), Arc::clone(&progress));
            let content_type = encoded.format.content_type();
            self.leave(user.id, &path);
            let sent = tokio::select! {
                sent = bucket.upload(&path, content_type, bytes, move |sent, total| progress(sent, total)) => sent,
                () = cancelled.notified() => {
                    self.remove_object(user, &path).await;
                    return Err(Failure::new(SessionErrorCode::Cancelled, "the upload was stopped"));
                }
            };
            let Err(error) = sent else { return Ok((path, encoded.bytes)) };
            if let Err(error) = ways.refused(&encoded, error) {
                // It is not known whether the object was stored. No row points to it, so it is removed.
                self.remove_object(user, &path).await;
                return Err(error.into());
            }
            self.orphans.forget(user.id, &path);
            // Most projects do not tell their limit. Then smaller and smaller pictures are tried.
            if !std::mem::replace(&mut has_asked, true)
                && let Ok(rules) = bucket.rules().await
            {
                ways.learn(&rules);
            }
        }
    }

    /// Removes the account's picture, which was `seen` at this address of the app's own scheme (`None` where initials
    /// stand for it): the row first, the object after it.
    ///
    /// # Errors
    /// `Conflict` when there is another picture by now, or why the server refused. The picture then stays.
    pub async fn remove_avatar(&self, seen: Option<&str>) -> Result<(), Failure> {
        let user = self.user()?;
        let shown = self.shown().as_ref().and_then(|it| Some(it.picture.as_ref()?.url.clone()));
        if shown.as_deref() != seen {
            return Err(another_picture());
        }
        let _change = self.orphans.begin();
        self.point_to(&user, None).await
    }

    /// Points the row at another picture (path and bytes) or at none, then removes the object that it pointed to.
    async fn point_to(&self, user: &User, picture: Option<(String, Vec<u8>)>) -> Result<(), Failure> {
        let mut old = self.stored_path();
        let path = picture.as_ref().map(|(path, _)| path.clone());
        let edit = AvatarEdit::new(path.clone(), OffsetDateTime::now_utc())?;
        if let Some(old) = &old {
            self.leave(user.id, old);
        }
        let mut written = self.write(user, &edit).await;
        // A newer row is shown by now. The picture is another field than those that changed in it, or the newest wish
        // for it: it is written on top. A picture that nobody has seen is not removed.
        if written.as_ref().is_err_and(|failure| failure.code() == ErrorCode::Conflict) {
            let newer = self.stored_path();
            if picture.is_none() && newer != old {
                return Err(another_picture());
            }
            old = newer;
            written = self.write(user, &edit).await;
        }
        if let Err(failure) = written {
            self.settle(user, old.as_deref(), path.as_deref(), failure).await?;
        }
        if let Some(path) = &path {
            self.orphans.forget(user.id, path);
        }
        self.show_picture(user.id, picture);
        (self.on_change)(None);
        if let Some(old) = old.filter(|old| Some(old) != path.as_ref()) {
            self.remove_object(user, &old).await;
        }
        Ok(())
    }

    /// Finds out what became of a write whose answer is a failure: it may have reached the row all the same, and only
    /// the answer was lost. Then it is no failure. Nothing that the row may name is removed.
    async fn settle(
        &self,
        user: &User,
        old: Option<&str>,
        new: Option<&str>,
        failure: Failure,
    ) -> Result<(), Failure> {
        let row: Result<Option<ProfileRow>, ApiError> =
            self.client.rest().select_one(TABLE, COLUMNS, &[("id", user.id)]).await;
        match row {
            Ok(row) => {
                let named = row.as_ref().and_then(|row| row.avatar_url.clone());
                let has_arrived = row.is_some() && named.as_deref() == new && old != new;
                // The row was read while the change is under way.
                self.accept(user.id, row, None);
                if has_arrived {
                    tracing::info!("the answer to a change of the picture was lost; the change was not");
                    return Ok(());
                }
                if let Some(new) = new.filter(|new| named.as_deref() != Some(new)) {
                    self.remove_object(user, new).await;
                }
            }
            // There is no table, so no row could name the object.
            Err(ApiError::MissingTable) => {
                if let Some(new) = new {
                    self.remove_object(user, new).await;
                }
            }
            // The row names one of the two objects, and it is not known which: the next load of the row tells.
            Err(_) => {
                for path in [old, new].into_iter().flatten() {
                    self.leave(user.id, path);
                }
            }
        }
        Err(failure)
    }

    /// Where the row that is shown says that the picture lies.
    pub(super) fn stored_path(&self) -> Option<String> {
        self.shown().as_ref()?.avatar_path()
    }
}

impl Shown {
    /// Where the row says that the picture lies.
    pub(super) fn avatar_path(&self) -> Option<String> {
        self.row.clone().flatten()?.avatar_url
    }
}

/// Work that takes some 10 ms.
async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let done = spawn_blocking(work).await;
    done.map_err(|_| Failure::new(SessionErrorCode::Internal, "the picture could not be written"))
}

/// The picture that the person has seen is not the one that would be removed.
fn another_picture() -> Failure {
    Failure::new(ErrorCode::Conflict, "the account has another picture by now")
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock()
}

#[cfg(test)]
#[path = "avatar_tests.rs"]
mod tests;
