//! From a file that somebody chose to a picture that may be uploaded: [`SIDE`] pixels square, sRGB, no metadata, safe to
//! show.
//!
//! The file is hostile until it is re-encoded. Memory and time are bounded before the work that takes them: rows are
//! taken up one by one where the format allows it, only the part that stays is kept, and it is made smaller on the
//! way. What would need more than [`MOST_MEMORY`] at once is refused.
//!
//! * `file` opens it; `png`, `jpeg`, `webp` decode it, and tell a damaged one; `square` cuts and scales
//! * `colour` turns its colours into sRGB; `encode` writes the outcome, as small as it has to be

mod colour;
mod encode;
mod file;
mod jpeg;
mod png;
mod square;
mod stop;
mod webp;

use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, RgbaImage};

pub use encode::{Encoded, Encoding, Format};
pub use stop::Stop;

use colour::Colours;
use square::Square;

/// The side of the prepared picture, in pixels.
pub const SIDE: u32 = 512;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 10 * 1024 * 1024;

/// The longest side that is decoded, in pixels.
pub const LONGEST_SIDE: u32 = 8192;

/// What reading, decoding and scaling may hold at once, in bytes.
pub const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// What is held besides the file, the decoded pixels and the square: tables, rows, profiles.
const SMALL_CHANGE: u64 = 2 * 1024 * 1024;

/// Why a file cannot be the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not a plain file, gone, or not permitted.
    #[error("the file cannot be read")]
    Unreadable,
    /// Over [`LARGEST_FILE`].
    #[error("the file is larger than 10 MB")]
    FileTooLarge,
    /// Not one of the three formats, or a kind of it that nothing here reads.
    #[error("the file is not a PNG, JPEG or WebP picture")]
    Unsupported,
    /// One of the three, but damaged.
    #[error("the picture is damaged")]
    Broken,
    /// Over [`LONGEST_SIDE`].
    #[error("the picture has more than 8192 pixels a side")]
    TooLarge,
    /// It would need more than [`MOST_MEMORY`], or more time than there is.
    #[error("the picture takes too much memory or time")]
    TooHeavy,
    /// The person stopped it.
    #[error("the picture was given up")]
    Stopped,
}

/// A picture that is ready to be encoded: [`SIDE`] pixels square, sRGB.
#[derive(Clone)]
pub struct Picture {
    pixels: RgbaImage,
    is_opaque: bool,
}

/// What a decoder hands on.
struct Decoded {
    square: Square,
    colours: Colours,
    orientation: Orientation,
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

/// Prepares a file's content.
///
/// # Errors
/// See [`PictureError`].
pub fn prepare_bytes(bytes: Vec<u8>, stop: &Stop) -> Result<Picture, PictureError> {
    stop.check()?;
    let Decoded { square, colours, orientation } = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => png::decode(&bytes, stop),
        Ok(ImageFormat::Jpeg) => jpeg::decode(&bytes, stop),
        Ok(ImageFormat::WebP) => webp::decode(bytes, stop),
        _ => Err(PictureError::Unsupported),
    }?;
    stop.check()?;
    let mut picture = DynamicImage::from(colours.to_srgb(&square.scaled()));
    picture.apply_orientation(orientation);
    let pixels = picture.into_rgba8();
    let is_opaque = pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    Ok(Picture { pixels, is_opaque })
}

/// Refuses sides that are not decoded, and what would not fit into the memory beside the file: `pixels` is what the
/// decoder holds.
fn must_fit(size: (u32, u32), file: usize, pixels: u64) -> Result<(), PictureError> {
    must_be_small(size)?;
    let held = file as u64 + pixels + Square::memory(size) + SMALL_CHANGE;
    if held > MOST_MEMORY { Err(PictureError::TooHeavy) } else { Ok(()) }
}

fn must_be_small((width, height): (u32, u32)) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE { Err(PictureError::TooLarge) } else { Ok(()) }
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// How the metadata asks to turn it. A damaged answer is no reason to refuse a picture that decodes.
fn orientation(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}
