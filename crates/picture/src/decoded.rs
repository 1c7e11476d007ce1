//! What a decoder hands on.

use image::metadata::Orientation;

use crate::colour::Colours;
use crate::scaler::Scaler;

/// What a decoder hands on.
pub(crate) struct Decoded {
    pub(crate) scaler: Scaler,
    pub(crate) colours: Colours,
    pub(crate) orientation: Orientation,
    /// Of the whole picture as the file has it, in pixels.
    pub(crate) size: (u32, u32),
}

/// How the metadata asks to turn it. A damaged answer is no reason to refuse a picture that decodes.
pub(crate) fn orientation(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}
