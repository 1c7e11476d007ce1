//! The row is pointed at another picture, or at none. The object that it pointed to before stays until then.

use std::sync::Arc;

use supabase_session::User;
use time::OffsetDateTime;

use super::profile::AvatarEdit;
use super::unwritten::PictureUnchanged;
use super::{Account, Unwritten};

/// The column that names the picture.
const AVATAR_URL: &str = "avatar_url";

/// A change of the row's picture.
pub(super) enum PictureChange {
    /// To an object that was uploaded for it: its path and bytes.
    Upload(String, Vec<u8>),
    /// To none, from what the person saw: what the row named then.
    Removal(Option<String>),
    /// Back to an object that is still there: its path, and its bytes where they are known.
    Restoration(String, Option<Arc<Vec<u8>>>),
}

impl PictureChange {
    fn path(&self) -> Option<&str> {
        match self {
            Self::Upload(path, _) | Self::Restoration(path, _) => Some(path),
            Self::Removal(_) => None,
        }
    }

    /// Whether the change may take the place of what the row names. Only what the person has chosen anew may take that of a
    /// picture that they have not seen.
    fn may_replace(&self, named: Option<&str>) -> bool {
        match self {
            Self::Upload(..) => true,
            Self::Removal(seen) => seen.as_deref() == named,
            Self::Restoration(..) => named.is_none(),
        }
    }

    /// The path and the bytes to show, where there are any.
    fn shown(&self) -> Option<(String, Vec<u8>)> {
        match self {
            Self::Upload(path, bytes) => Some((path.clone(), bytes.clone())),
            Self::Restoration(path, bytes) => Some((path.clone(), bytes.as_ref()?.as_ref().clone())),
            Self::Removal(_) => None,
        }
    }
}

impl Account {
    /// Points the row at another picture or at none, shows it, and answers the path that the row named before.
    pub(super) async fn point_to(
        &self,
        user: &User,
        change: &PictureChange,
    ) -> Result<Option<String>, PictureUnchanged> {
        let path = change.path().map(str::to_owned);
        let edit =
            AvatarEdit::new(path.clone(), OffsetDateTime::now_utc()).map_err(PictureUnchanged::NotSent)?;
        let (mut old, mut written) = self.write_picture(user, change, &edit).await?;
        // A newer row is shown by now. The picture is another field than those that changed in it, or the newest wish
        // for it: it is written on top. A picture that nobody has seen is not removed.
        if matches!(written, Err(Unwritten::Newer)) {
            (old, written) = self.write_picture(user, change, &edit).await?;
        }
        if let Err(unwritten) = written {
            let settled = self.settle(user, old.as_deref(), change, unwritten).await;
            settled.map_err(PictureUnchanged::Unwritten)?;
        }
        if let Some(path) = &path {
            self.orphans.forget(user.id, path);
        }
        self.show_picture(user.id, change.shown());
        Ok(old.filter(|old| Some(old) != path.as_ref()))
    }

    /// Writes the change into the row, if the row names what the change may take the place of. Answers what the row named,
    /// and what became of the write.
    async fn write_picture(
        &self,
        user: &User,
        change: &PictureChange,
        edit: &AvatarEdit,
    ) -> Result<(Option<String>, Result<(), Unwritten>), PictureUnchanged> {
        // Whoever waits for another write looks at the row after that one.
        let _writing = self.writing.lock().await;
        let old = self.stored_path();
        if !change.may_replace(old.as_deref()) {
            return Err(PictureUnchanged::Another);
        }
        if let Some(old) = &old {
            self.leave(user.id, old);
        }
        let written = self.put_row(user, edit).await;
        Ok((old, written))
    }

    /// Finds out what became of a write whose answer is a failure: it may have reached the row all the same, and only
    /// the answer was lost. Then it is no failure. Nothing that the row may name is removed.
    async fn settle(
        &self,
        user: &User,
        old: Option<&str>,
        change: &PictureChange,
        unwritten: Unwritten,
    ) -> Result<(), Unwritten> {
        let new = change.path();
        // What is to be restored may be asked for once more.
        let uploaded = new.filter(|_| matches!(change, PictureChange::Upload(..)));
        match self.select(user).await {
            // There is no table, or none that names pictures, so no row could name the object.
            Ok(_) if !self.schema.has_place_for(AVATAR_URL) => {
                if let Some(new) = uploaded {
                    self.remove_object(user, new).await;
                }
            }
            Ok(row) => {
                let named = row.as_ref().and_then(|row| row.avatar_url.clone());
                let has_arrived = row.is_some() && named.as_deref() == new && old != new;
                // The row was read while the change is under way.
                self.accept(user.id, row, None);
                if has_arrived {
                    tracing::info!("the answer to a change of the picture was lost; the change was not");
                    return Ok(());
                }
                if let Some(new) = uploaded.filter(|new| named.as_deref() != Some(new)) {
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
        Err(unwritten)
    }
}
