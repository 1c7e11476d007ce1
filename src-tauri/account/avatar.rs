//! The account's picture: chosen, prepared, uploaded, shown, removed.
//!
//! Order of an upload: the object first, the profile row next, the old object last. Cut anywhere, the account has
//! either the old picture or the new one, and at most an object that nobody points to.

use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;

use bytes::Bytes;
use foyer_contract::avatar::AvatarPreview;
use foyer_contract::{ErrorCode, SessionErrorCode};
use foyer_picture::{Encoded, Picture};
use sha2::{Digest, Sha256};
use supabase_session::{BucketRules, User};
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::chosen::Chosen;
use super::picture::Ways;
use super::picture_change::PictureChange;
use super::removal::Removed;
use super::{Account, Shown};
use crate::error::Failure;

/// The bucket, as in our migration and in Supabase's user-management tutorial.
pub const BUCKET: &str = "avatars";

/// The picture on its way: what was chosen, what was prepared, what was removed, and the work under way, if any. There is
/// one of each for all windows; a window gives up only its own.
#[derive(Default)]
pub struct Avatar {
    pub(super) chosen: Mutex<Option<Chosen>>,
    preview: Mutex<Option<Preview>>,
    pub(super) removed: Mutex<Option<Removed>>,
    /// What the bucket takes, as far as the project has told it.
    pub(super) rules: Mutex<Option<BucketRules>>,
    /// Held while a removal is undone, or its undo ends: one of the two wins, whole.
    pub(super) undo: tokio::sync::Mutex<()>,
    work: Mutex<Option<Running>>,
}

/// The work under way.
struct Running {
    /// The label of the window that it is done for.
    window: String,
    cancelled: Arc<Notify>,
}

struct Preview {
    id: String,
    /// The label of the window that the picture was chosen in.
    window: String,
    prepared: Prepared,
}

/// A picture that can be uploaded.
#[derive(Clone)]
struct Prepared {
    /// Written in the best way that the bucket is known to take, for the page as well.
    best: Encoded,
    /// The ways that are left, should the bucket refuse that one.
    others: Ways,
}

/// What an upload has replaced.
pub struct Replaced {
    user: User,
    /// The path of the object that was the picture before.
    path: Option<String>,
}

impl Avatar {
    /// Keeps a picture that was prepared for this window until it is uploaded, dropped or replaced by another one.
    pub(super) async fn keep_preview(
        &self,
        window: &str,
        picture: Picture,
    ) -> Result<AvatarPreview, Failure> {
        let rules = lock(&self.rules).clone();
        let (best, others) = in_background(move || {
            let mut ways = Ways::within(picture, rules.as_ref());
            (ways.next(), ways)
        })
        .await?;
        let (id, prepared) = (Uuid::new_v4().simple().to_string(), Prepared { best: best?, others });
        let url = url("preview", &id);
        *lock(&self.preview) = Some(Preview { id: id.clone(), window: window.to_owned(), prepared });
        Ok(AvatarPreview { id, url })
    }

    /// What the page shows of the prepared picture with this id.
    #[must_use]
    pub fn preview(&self, id: &str) -> Option<Vec<u8>> {
        let preview = lock(&self.preview);
        preview.as_ref().filter(|preview| preview.id == id).map(|preview| preview.prepared.best.bytes.clone())
    }

    /// The prepared picture with this id, and the window that it was chosen in.
    fn prepared(&self, id: &str) -> Option<(String, Prepared)> {
        let preview = lock(&self.preview);
        let preview = preview.as_ref().filter(|preview| preview.id == id)?;
        Some((preview.window.clone(), preview.prepared.clone()))
    }

    /// Drops what was chosen in this window and what was prepared of it.
    fn drop_chosen(&self, window: &str) {
        lock(&self.chosen).take_if(|chosen| chosen.window == window);
        lock(&self.preview).take_if(|preview| preview.window == window);
    }

    /// Forgets everything: another account is shown, or none.
    pub(super) fn clear(&self) {
        *lock(&self.chosen) = None;
        *lock(&self.preview) = None;
        *lock(&self.removed) = None;
        *lock(&self.rules) = None;
    }

    /// Stops the work that is under way for this window; without any, drops what was chosen in the window and what was
    /// prepared of it. What other windows have under way goes on.
    pub fn cancel(&self, window: &str) {
        match &*lock(&self.work) {
            Some(running) if running.window == window => running.cancelled.notify_one(),
            _ => self.drop_chosen(window),
        }
    }

    /// Begins work for this window.
    pub(super) fn begin(&self, window: &str) -> Result<Work<'_>, Failure> {
        let mut work = lock(&self.work);
        if work.is_some() {
            let message = "another picture is being chosen or uploaded";
            return Err(Failure::new(ErrorCode::PictureBusy, message));
        }
        let cancelled = Arc::new(Notify::new());
        *work = Some(Running { window: window.to_owned(), cancelled: Arc::clone(&cancelled) });
        Ok(Work { avatar: self, cancelled })
    }
}

/// A choice or an upload under way. There is one at a time; dropping this lets the next one begin.
pub(super) struct Work<'a> {
    avatar: &'a Avatar,
    pub(super) cancelled: Arc<Notify>,
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        *lock(&self.avatar.work) = None;
    }
}

impl Account {
    /// Uploads the prepared picture with this id and makes it the account's. Where the project does not take it as it
    /// is, it is written smaller, or in another format. What it replaces is left for
    /// [`remove_replaced`](Self::remove_replaced).
    ///
    /// # Errors
    /// `PreviewUnknown`, `PictureBusy`, `Cancelled`, or why the server refused. The old picture stays, and so does the
    /// prepared one, for another try.
    pub async fn upload_avatar(
        &self,
        preview: &str,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<Replaced, Failure> {
        let user = self.user()?;
        let (window, prepared) = self.avatar.prepared(preview).ok_or_else(|| {
            Failure::new(ErrorCode::PreviewUnknown, "this picture is gone; choose it again")
        })?;
        let work = self.avatar.begin(&window)?;
        let _change = self.orphans.begin();
        let (path, bytes) = self.put(&user, prepared, Arc::new(progress), &work.cancelled).await?;
        let path = self.point_to(&user, &PictureChange::Upload(path, bytes)).await?;
        self.avatar.drop_chosen(&window);
        (self.on_change)(None);
        Ok(Replaced { user, path })
    }

    /// Removes what an upload has replaced: the object of the picture before, and that of one whose removal could still be
    /// undone.
    pub async fn remove_replaced(&self, replaced: Replaced) {
        self.end_undo().await;
        if let Some(path) = replaced.path {
            self.remove_object(&replaced.user, &path).await;
        }
    }

    /// Puts the picture into the bucket, in the best way that the project takes: its path and its bytes.
    async fn put(
        &self,
        user: &User,
        prepared: Prepared,
        progress: Arc<impl Fn(u64, u64) + Send + Sync + 'static>,
        cancelled: &Notify,
    ) -> Result<(String, Vec<u8>), Failure> {
        let bucket = self.client.storage(BUCKET);
        let Prepared { best: mut encoded, others: mut ways } = prepared;
        let mut has_asked = false;
        loop {
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
            let next;
            (ways, next) = in_background(move || {
                let next = ways.next();
                (ways, next)
            })
            .await?;
            encoded = next?;
        }
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
    done.map_err(|_| Failure::internal("the picture could not be written"))
}

/// The address of the shown picture under the app's own scheme. It changes with the picture.
pub(super) fn current_url(path: &str) -> String {
    let version: String =
        Sha256::digest(path.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    url("current", &version)
}

/// Windows has no custom schemes in its webview: they are hosts there.
pub(super) fn url(what: &str, which: &str) -> String {
    if cfg!(windows) {
        format!("http://avatar.localhost/{what}/{which}")
    } else {
        format!("avatar://localhost/{what}/{which}")
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock()
}

#[cfg(test)]
#[path = "avatar_tests.rs"]
mod tests;
