//! From a file that somebody chose to a picture that may be uploaded: [`SIDE`] pixels square, sRGB, no metadata, safe to
//! show.
//!
//! The file is hostile until it is re-encoded. Memory and time are bounded before the work that takes them: rows are
//! taken up one by one where the format allows it, only the part that stays is kept, and it is made smaller on the
//! way. What would need more than [`MOST_MEMORY`] at once is refused.
//!
//! * `file` opens it; `png`, `jpeg`, `webp` decode it, and tell a damaged one; `scaler` cuts and scales, and
//!   `resample` does the rest of the scaling
//! * `colour` turns its colours into sRGB; `encode` writes the outcome, as small as it has to be
//! * `original` keeps the file as long as a person looks for the part of it that they want (`crop`)

mod colour;
mod crop;
mod decoded;
mod encode;
mod error;
mod file;
mod jpeg;
mod limits;
mod original;
mod png;
mod resample;
mod scaler;
mod stop;
mod webp;

use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbaImage};

pub use crop::Crop;
pub use encode::{Encoded, Encoding, Format};
pub use error::PictureError;
pub use limits::{LARGEST_FILE, LONGEST_SIDE, MOST_MEMORY};
pub use original::Original;
pub use scaler::{PREVIEW_SIDE, SIDE};
pub use stop::Stop;

use decoded::Decoded;
use scaler::Part;

/// A picture that is ready to be encoded: [`SIDE`] pixels square, sRGB.
#[derive(Clone)]
pub struct Picture {
    pixels: RgbaImage,
    is_opaque: bool,
}

/// Reads and prepares the file at `path`. Takes about 100 ms for a 12 MP photo: call it where blocking is allowed.
///
/// # Errors
/// See [`PictureError`].
pub fn prepare(path: &Path, stop: &Stop) -> Result<Picture, PictureError> {
    prepare_bytes(read(path)?, stop)
}

/// The file's bytes, if it is a plain file and not too large. A pipe is not waited for, and a link not followed.
///
/// # Errors
/// `Unreadable` or `FileTooLarge`.
pub fn read(path: &Path) -> Result<Vec<u8>, PictureError> {
    file::read(path)
}

/// Prepares a file's content: the largest square in the middle.
///
/// # Errors
/// See [`PictureError`].
pub fn prepare_bytes(bytes: Vec<u8>, stop: &Stop) -> Result<Picture, PictureError> {
    Ok(Picture::new(upright(decode(&bytes, Part::MIDDLE, stop)?)?))
}

fn decode(bytes: &[u8], part: Part, stop: &Stop) -> Result<Decoded, PictureError> {
    stop.check()?;
    let decoded = match image::guess_format(bytes) {
        Ok(ImageFormat::Png) => png::decode(bytes, part, stop),
        Ok(ImageFormat::Jpeg) => jpeg::decode(bytes, part, stop),
        Ok(ImageFormat::WebP) => webp::decode(bytes, part, stop),
        _ => Err(PictureError::Unsupported),
    }?;
    stop.check()?;
    Ok(decoded)
}

/// The decoded part in sRGB, turned as the file's metadata asks.
fn upright(decoded: Decoded) -> Result<RgbaImage, PictureError> {
    let Decoded { scaler, colours, orientation, .. } = decoded;
    let mut picture = DynamicImage::from(colours.to_srgb(&scaler.scaled()?));
    picture.apply_orientation(orientation);
    Ok(picture.into_rgba8())
}
