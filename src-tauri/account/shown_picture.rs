//! The picture that is shown: fetched from where the row says that it lies, and kept for the next start.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use supabase_session::{ApiError, HttpError};
use uuid::Uuid;

use super::picture_source::PictureSource;
use super::{Account, avatar};
use crate::error::Failure;

/// The picture that is shown.
pub(super) struct ShownPicture {
    /// What the row names it by: its path in the bucket, or an address.
    pub(super) path: String,
    /// The file as the page gets it.
    pub(super) bytes: Arc<Vec<u8>>,
    /// Its address under the app's own scheme.
    pub(super) url: String,
}

impl ShownPicture {
    pub(super) fn new(path: String, bytes: Vec<u8>) -> Self {
        // There may be another picture at the same address tomorrow.
        let content: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let url = avatar::current_url(&format!("{path}\n{content}"));
        Self { path, bytes: Arc::new(bytes), url }
    }
}

impl Account {
    /// Loads the account because the person asked for it: what was no picture may be one by now.
    ///
    /// # Errors
    /// See [`load`](Self::load).
    pub async fn load_again(&self) -> Result<(), Failure> {
        let user = self.user()?;
        self.change_shown(&user, |shown| shown.without_picture = None);
        self.load().await
    }

    /// Fetches the picture that the row points to, unless it is shown already. What the row says there is free text of
    /// whoever wrote it: a failure says that it is not known what lies there.
    pub(super) async fn load_picture(&self, user: Uuid) -> Result<(), ApiError> {
        if let Ok(signed_in) = self.user()
            && signed_in.id == user
        {
            self.remove_orphans(&signed_in).await;
        }
        let Some((named, source)) = self.picture_to_fetch(user) else { return Ok(()) };
        let (bucket, path) = match source {
            PictureSource::Object { bucket, path } => (bucket, path),
            PictureSource::Remote => {
                self.picture_requested.notify_one();
                return Ok(());
            }
            PictureSource::Nowhere => return Ok(()),
        };
        match self.client.storage(&bucket).download(&path).await {
            Ok(bytes) if is_picture(&bytes) => {
                self.show_picture(user, Some((named, bytes.to_vec())));
                return Ok(());
            }
            Ok(_) => tracing::warn!("the object that the profile points to is no picture"),
            Err(error) if is_unknown(&error) => return Err(error),
            // The row points to nothing, or to what this server does not serve: initials are shown.
            Err(error) => tracing::info!(%error, "the picture that the profile points to is not there"),
        }
        if let Some(shown) = self.shown().as_mut().filter(|shown| shown.user == user) {
            shown.without_picture = Some(named);
        }
        Ok(())
    }

    /// What the row names as its picture, and where that lies, if it has to be fetched; what is shown no longer is
    /// forgotten on the way.
    pub(super) fn picture_to_fetch(&self, user: Uuid) -> Option<(String, PictureSource)> {
        let mut shown = self.shown();
        let shown = shown.as_mut().filter(|shown| shown.user == user)?;
        let named = shown.avatar_path();
        let source = named.as_deref().map(|named| PictureSource::of(named, self.client.project().url()));
        let is_shown = shown.picture.is_some() && shown.picture.as_ref().map(|it| &it.path) == named.as_ref();
        if !is_shown {
            shown.picture = None;
            if source.as_ref().is_none_or(|source| *source == PictureSource::Nowhere) {
                self.cache.drop_pictures(user);
            }
        }
        let (named, source) = (named?, source?);
        // A provider may have another picture at the same address by now.
        let is_wanted = !is_shown || source == PictureSource::Remote;
        (is_wanted && shown.without_picture.as_ref() != Some(&named)).then_some((named, source))
    }

    /// Shows a picture (what the row names it by, and its bytes) or none, and keeps it for the next start.
    pub(super) fn show_picture(&self, user: Uuid, picture: Option<(String, Vec<u8>)>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user) else { return };
        match &picture {
            Some((path, bytes)) => self.cache.keep_picture(user, path, bytes),
            None => self.cache.drop_pictures(user),
        }
        shown.picture = picture.map(|(path, bytes)| ShownPicture::new(path, bytes));
    }
}

/// Whether the error leaves open what lies where the row points to. An object that is too large is no picture to show.
fn is_unknown(error: &ApiError) -> bool {
    match error {
        ApiError::SignedOut => true,
        ApiError::Http(error) => *error != HttpError::TooLarge,
        _ => false,
    }
}

/// Only what the page can show, and no SVG.
fn is_picture(bytes: &[u8]) -> bool {
    use image::ImageFormat::{Gif, Jpeg, Png, WebP};
    matches!(image::guess_format(bytes), Ok(Png | Jpeg | WebP | Gif))
}
