//! What a person chose as their picture, as long as they have not said which part of it they keep.

use std::sync::Arc;

use foyer_contract::ErrorCode;
use foyer_contract::avatar::{AvatarPreview, ChosenPicture, Crop};
use foyer_picture::{LARGEST_FILE, Original, PictureError};
use uuid::Uuid;

use super::avatar::{Avatar, lock, url};
use super::picture::in_turn;
use crate::desktop::picture_input::PictureInput;
use crate::error::Failure;

/// A chosen file. It takes up to 10 MiB, until the person keeps a part of it or gives it up.
pub(super) struct Chosen {
    id: String,
    /// The label of the window that it was chosen in.
    pub(super) window: String,
    original: Arc<Original>,
    /// The whole picture, made smaller for the page.
    preview: Vec<u8>,
}

impl Avatar {
    /// Lets the person choose a picture in this window and decodes it; `None` when they chose none.
    ///
    /// # Errors
    /// `PictureBusy`, `Cancelled`, or why it cannot be the picture.
    pub async fn choose(
        &self,
        window: &str,
        choice: impl Future<Output = Result<Option<PictureInput>, Failure>>,
    ) -> Result<Option<ChosenPicture>, Failure> {
        let work = self.begin(window)?;
        let chosen = tokio::select! {
            chosen = choice => chosen?,
            () = work.cancelled.notified() => return Err(PictureError::Stopped.into()),
        };
        let Some(source) = chosen else { return Ok(None) };
        let read = move || read(source);
        let (original, preview) = in_turn(read, Original::open, &work.cancelled).await?;
        let id = Uuid::new_v4().simple().to_string();
        let (width, height) = original.size();
        let (url, most_zoom) = (url("chosen", &id), original.most_zoom());
        let (window, original) = (window.to_owned(), Arc::new(original));
        let chosen = Chosen { id: id.clone(), window, original, preview: preview.bytes };
        *lock(&self.chosen) = Some(chosen);
        Ok(Some(ChosenPicture { id, url, width, height, most_zoom }))
    }

    /// What the page shows of the chosen picture with this id.
    #[must_use]
    pub fn chosen(&self, id: &str) -> Option<Vec<u8>> {
        let chosen = lock(&self.chosen);
        chosen.as_ref().filter(|chosen| chosen.id == id).map(|chosen| chosen.preview.clone())
    }

    /// Prepares the part of the chosen picture that is kept. The rest of the picture is gone then.
    ///
    /// # Errors
    /// `PreviewUnknown`, `PictureBusy`, `Cancelled`, or why that cannot be the picture.
    pub async fn crop(&self, id: &str, crop: Crop) -> Result<AvatarPreview, Failure> {
        let (window, original) = self.original(id).ok_or_else(|| {
            Failure::new(ErrorCode::PreviewUnknown, "this picture is gone; choose it again")
        })?;
        let work = self.begin(&window)?;
        let Crop { x, y, side, quarter_turns } = crop;
        let crop = foyer_picture::Crop { x, y, side, quarter_turns };
        let cut = move |original: Arc<Original>, stop: &_| original.cut(crop, stop);
        let picture = in_turn(move || Ok(original), cut, &work.cancelled).await?;
        let preview = self.keep_preview(&window, picture).await?;
        lock(&self.chosen).take_if(|chosen| chosen.id == id);
        Ok(preview)
    }

    /// The chosen picture with this id, and the window that it was chosen in.
    fn original(&self, id: &str) -> Option<(String, Arc<Original>)> {
        let chosen = lock(&self.chosen);
        let chosen = chosen.as_ref().filter(|chosen| chosen.id == id)?;
        Some((chosen.window.clone(), Arc::clone(&chosen.original)))
    }
}

/// The content of what was chosen. It may hang where a file's server is away.
fn read(source: PictureInput) -> Result<Vec<u8>, PictureError> {
    match source {
        PictureInput::File(path) => foyer_picture::read(&path),
        PictureInput::Bytes(bytes) if bytes.len() as u64 > LARGEST_FILE => Err(PictureError::FileTooLarge),
        PictureInput::Bytes(bytes) => Ok(bytes),
    }
}
