//! How large a file and its picture may be, and what decoding may hold.

use crate::error::PictureError;
use crate::scaler::{Part, Scaler};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 10 * 1024 * 1024;

/// The longest side that is decoded, in pixels.
pub const LONGEST_SIDE: u32 = 8192;

/// What reading, decoding and scaling may hold at once, in bytes.
pub const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// What is held besides the file, the decoded pixels and the sums: tables, rows, profiles.
const SMALL_CHANGE: u64 = 2 * 1024 * 1024;

/// Refuses sides that are not decoded, and what would not fit into the memory beside the file: `pixels` is what the
/// decoder holds while this part is taken.
pub(crate) fn must_fit(size: (u32, u32), part: Part, file: usize, pixels: u64) -> Result<(), PictureError> {
    must_be_small(size)?;
    let held = file as u64 + pixels + Scaler::memory(size, part) + SMALL_CHANGE;
    if held > MOST_MEMORY { Err(PictureError::TooHeavy) } else { Ok(()) }
}

pub(crate) fn must_be_small((width, height): (u32, u32)) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE { Err(PictureError::TooLarge) } else { Ok(()) }
}

pub(crate) fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}
