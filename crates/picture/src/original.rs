//! A file that somebody chose, as long as they have not said which part of it they keep.

use image::RgbaImage;
use image::imageops::{rotate90, rotate180, rotate270};
use image::metadata::Orientation;

use crate::colour::Colours;
use crate::crop::{Crop, most_zoom};
use crate::encode::{self, Encoded};
use crate::error::PictureError;
use crate::scaler::{Part, Scaler};
use crate::stop::Stop;
use crate::{Picture, decode, upright};

/// A file whose picture was decoded once, whole. It keeps the file's bytes and the preview's pixels, and not the original
/// ones, which take up to twenty times as much memory as the file: a part for which the preview is too coarse is decoded once
/// more.
#[derive(Clone)]
pub struct Original {
    bytes: Vec<u8>,
    orientation: Orientation,
    /// Of the upright picture.
    size: (u32, u32),
    /// What the preview shows.
    small: RgbaImage,
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
        let small = upright(decoded)?;
        let preview = encode::preview(&small)?;
        Ok((Self { bytes, orientation, size, small }, preview))
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

    /// Cuts a square out of the picture and turns it. Most of the picture is there as fine as it has to be; less of it is
    /// taken from the original pixels.
    ///
    /// # Errors
    /// `CropInvalid`, or see [`PictureError`].
    pub fn cut(&self, crop: Crop, stop: &Stop) -> Result<Picture, PictureError> {
        let part = crop.part(self.size, self.orientation)?;
        let of_small = crop.part(self.size, Orientation::NoTransforms)?;
        let is_whole = self.size == self.small.dimensions();
        let square = if is_whole || of_small.is_fine_enough(self.small.dimensions()) {
            self.cut_small(of_small)?
        } else {
            upright(decode(&self.bytes, part, stop)?)?
        };
        Ok(Picture::new(match crop.quarter_turns {
            0 => square,
            1 => rotate90(&square),
            2 => rotate180(&square),
            _ => rotate270(&square),
        }))
    }

    /// The same of what the preview shows, not turned.
    fn cut_small(&self, part: Part) -> Result<RgbaImage, PictureError> {
        let mut scaler = Scaler::new(self.small.dimensions(), part);
        let (rows, columns) = (scaler.rows(), scaler.columns());
        for row in rows {
            let pixel = |column| self.small.get_pixel(column, row).0.map(|value| f32::from(value) / 255.0);
            scaler.take(row, columns.clone().map(|column| (column, pixel(column))));
        }
        Ok(Colours::srgb().to_srgb(&scaler.scaled()?))
    }
}

fn is_turned_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}
