//! A file that somebody chose, as long as they have not said which part of it they keep.

use image::imageops::{rotate90, rotate180, rotate270};
use image::metadata::Orientation;

use crate::crop::{Crop, most_zoom};
use crate::encode::{self, Encoded};
use crate::error::PictureError;
use crate::scaler::Part;
use crate::stop::Stop;
use crate::{Picture, decode, upright};

/// A file whose picture was decoded once, whole. It keeps the file's bytes and not the pixels, which take up to twenty
/// times as much memory: what is kept of the picture is decoded once more, from the original pixels.
#[derive(Clone)]
pub struct Original {
    bytes: Vec<u8>,
    orientation: Orientation,
    /// Of the upright picture.
    size: (u32, u32),
}

impl Original {
    /// Decodes a file's content, and answers it with a preview of the whole picture: upright, sRGB, with
    /// [`PREVIEW_SIDE`](crate::PREVIEW_SIDE) pixels at most.
    ///
    /// # Errors
    /// See [`PictureError`].
    pub fn open(bytes: Vec<u8>, stop: &Stop) -> Result<(Self, Encoded), PictureError> {
        let decoded = decode(&bytes, Part::Whole, stop)?;
        let (orientation, (width, height)) = (decoded.orientation, decoded.size);
        let size = if is_turned_sideways(orientation) { (height, width) } else { (width, height) };
        let preview = encode::preview(&upright(decoded))?;
        Ok((Self { bytes, orientation, size }, preview))
    }

    /// The upright picture's width and height, in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.size
    }

    /// How many times as large as at first what is in the circle may be made: the reciprocal of the smallest
    /// [`Crop::side`].
    #[must_use]
    pub fn most_zoom(&self) -> f64 {
        most_zoom(self.size)
    }

    /// Cuts a square out of the original pixels and turns it.
    ///
    /// # Errors
    /// `CropInvalid`, or see [`PictureError`].
    pub fn cut(&self, crop: Crop, stop: &Stop) -> Result<Picture, PictureError> {
        let part = crop.part(self.size, self.orientation)?;
        let square = upright(decode(&self.bytes, part, stop)?);
        Ok(Picture::new(match crop.quarter_turns {
            0 => square,
            1 => rotate90(&square),
            2 => rotate180(&square),
            _ => rotate270(&square),
        }))
    }
}

fn is_turned_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}
