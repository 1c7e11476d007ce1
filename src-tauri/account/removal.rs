//! A picture is removed, and for a while it can be brought back.
//!
//! The row stops naming it at once; its object stays until the undo is over. Meanwhile the object is listed among those
//! that nobody may point to, so that an app that ends in between removes it at its next start.

use std::sync::Arc;
use std::time::Duration;

use foyer_contract::ErrorCode;
use uuid::Uuid;

use super::Account;
use super::avatar::{Avatar, lock};
use super::picture_change::PictureChange;
use super::unwritten::PictureUnchanged;
use crate::error::Failure;

/// How long a removal can be undone: long enough to reach the button by keyboard and with a screen reader.
pub(super) const UNDO_TIME: Duration = Duration::from_secs(20);

/// A picture that was removed from the row and not yet from the bucket.
#[derive(Clone)]
pub(super) struct Removed {
    pub(super) user: Uuid,
    /// Tells it from one that is removed later.
    pub(super) id: Uuid,
    pub(super) path: String,
    pub(super) bytes: Option<Arc<Vec<u8>>>,
}

impl Avatar {
    /// What this user removed last, while it can be brought back.
    pub(super) fn removed_of(&self, user: Uuid) -> Option<Removed> {
        lock(&self.removed).clone().filter(|removed| removed.user == user)
    }

    /// Whether somebody may still want this object back.
    pub(super) fn is_restorable(&self, user: Uuid, path: &str) -> bool {
        self.removed_of(user).is_some_and(|removed| removed.path == path)
    }
}

impl Account {
    /// Removes the account's picture, which was `seen` at this address of the app's own scheme (`None` where initials
    /// stand for it), from the row. Answers what names it for [`end_undo_of`](Self::end_undo_of).
    ///
    /// # Errors
    /// `Conflict` when there is another picture by now, or why the server refused. The picture then stays.
    pub async fn remove_avatar(&self, seen: Option<&str>) -> Result<Uuid, Failure> {
        let user = self.user()?;
        let shown = self.shown_of(&user, |shown| {
            let picture = shown.picture.as_ref();
            let picture = picture.map(|it| (it.url.clone(), it.path.clone(), Arc::clone(&it.bytes)));
            (picture, shown.avatar_path())
        });
        let (picture, named) = shown.unwrap_or_default();
        if picture.as_ref().map(|(url, ..)| url.as_str()) != seen {
            return Err(PictureUnchanged::Another.into());
        }
        // What is shown is what was seen, although the row may name another picture by now.
        let (named, bytes) = match picture {
            Some((_, path, bytes)) => (Some(path), Some(bytes)),
            None => (named, None),
        };
        self.end_undo().await;
        let id = Uuid::new_v4();
        let _change = self.orphans.begin();
        if let Some(path) = self.point_to(&user, &PictureChange::Removal(named)).await? {
            *lock(&self.avatar.removed) = Some(Removed { user: user.id, id, path, bytes });
        }
        (self.on_change)(None);
        Ok(id)
    }

    /// Brings back the picture that was removed last.
    ///
    /// # Errors
    /// `PreviewUnknown` when it is too late, `Conflict` when the account has another picture by now, or why the server
    /// refused: it can be tried again then.
    pub async fn restore_avatar(&self) -> Result<(), Failure> {
        let user = self.user()?;
        let _undo = self.avatar.undo.lock().await;
        let removed = self.avatar.removed_of(user.id).ok_or_else(|| {
            Failure::new(ErrorCode::PreviewUnknown, "this picture is gone; choose it again")
        })?;
        let _change = self.orphans.begin();
        let change = PictureChange::Restoration(removed.path.clone(), removed.bytes.clone());
        match self.point_to(&user, &change).await {
            Ok(_) => {
                self.forget_removed(removed.id);
                (self.on_change)(None);
                Ok(())
            }
            Err(unchanged) => {
                if unchanged.is_by_others() {
                    self.remove_for_good(removed.id).await;
                }
                Err(unchanged.into())
            }
        }
    }

    /// The removal that can still be undone cannot any more: its object is removed.
    pub async fn end_undo(&self) {
        let id = lock(&self.avatar.removed).as_ref().map(|removed| removed.id);
        if let Some(id) = id {
            self.end_undo_of(id).await;
        }
    }

    /// The same, if it is still this removal. An undo that is under way comes first.
    pub async fn end_undo_of(&self, id: Uuid) {
        let _undo = self.avatar.undo.lock().await;
        self.remove_for_good(id).await;
    }

    async fn remove_for_good(&self, id: Uuid) {
        let Some(removed) = self.forget_removed(id) else { return };
        (self.on_change)(None);
        let Ok(user) = self.user() else { return };
        if user.id == removed.user && self.stored_path().as_ref() != Some(&removed.path) {
            self.remove_object(&user, &removed.path).await;
        }
    }

    fn forget_removed(&self, id: Uuid) -> Option<Removed> {
        lock(&self.avatar.removed).take_if(|removed| removed.id == id)
    }
}
