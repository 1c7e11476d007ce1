//! The picture that is shown: fetched from where the row says that it lies, and kept for the next start.

use std::sync::Arc;

use supabase_session::{ApiError, HttpError};
use uuid::Uuid;

use super::avatar::BUCKET;
use super::picture::is_path;
use super::{Account, ShownPicture};
use crate::error::Failure;

impl Account {
    /// Fetches the picture that the row points to, unless it is shown already. What the row says there is free text of
    /// whoever wrote it: only trouble that passes by itself is a failure.
    pub(super) async fn load_picture(&self, user: Uuid) -> Result<(), Failure> {
        if let Ok(signed_in) = self.user()
            && signed_in.id == user
        {
            self.remove_orphans(&signed_in).await;
        }
        let Some(path) = self.picture_to_fetch(user) else { return Ok(()) };
        match self.client.storage(BUCKET).download(&path).await {
            Ok(bytes) if is_picture(&bytes) => self.show_picture(user, Some((path, bytes.to_vec()))),
            Ok(_) => tracing::warn!("the object that the profile points to is no picture"),
            Err(
                error @ (ApiError::SignedOut
                | ApiError::Http(
                    HttpError::Offline
                    | HttpError::Timeout
                    | HttpError::ServerTrouble { .. }
                    | HttpError::ServerFailed { .. }
                    | HttpError::RateLimited { .. },
                )),
            ) => return Err(error.into()),
            // The row points to nothing, or to what this server does not serve: initials are shown.
            Err(error) => tracing::info!(%error, "the picture that the profile points to is not there"),
        }
        Ok(())
    }

    /// The path of the picture that has to be fetched; what is shown no longer is forgotten on the way.
    fn picture_to_fetch(&self, user: Uuid) -> Option<String> {
        let mut shown = self.shown();
        let shown = shown.as_mut().filter(|shown| shown.user == user)?;
        let path = shown.row.clone().flatten().and_then(|row| row.avatar_url).filter(|path| is_path(path));
        if shown.picture.as_ref().map(|picture| &picture.path) == path.as_ref() {
            return None;
        }
        shown.picture = None;
        if path.is_none() {
            self.cache.drop_pictures(user);
        }
        path
    }

    pub(super) fn show_picture(&self, user: Uuid, picture: Option<(String, Vec<u8>)>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user) else { return };
        match &picture {
            Some((path, bytes)) => self.cache.keep_picture(user, path, bytes),
            None => self.cache.drop_pictures(user),
        }
        shown.picture = picture.map(|(path, bytes)| ShownPicture { path, bytes: Arc::new(bytes) });
    }
}

/// Only what the page can show, and no SVG.
fn is_picture(bytes: &[u8]) -> bool {
    use image::ImageFormat::{Gif, Jpeg, Png, WebP};
    matches!(image::guess_format(bytes), Ok(Png | Jpeg | WebP | Gif))
}
