//! JPEG: looked through (`scan`) and then, or meanwhile (`at_once`), decoded by `zune-jpeg`, which makes up whatever is
//! missing. A large picture, as cameras make them, is made of the quarters of its blocks (`small`), which is all that is
//! seen of them; a progressive one that would need too much memory for its coefficients of the means of its blocks: it is so
//! large that each of them becomes less than a pixel.

mod at_once;
mod bits;
mod frame;
mod scan;
mod small;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::colour::Colours;
use crate::decoded::{self, Decoded};
use crate::error::PictureError;
use crate::limits::{LONGEST_SIDE, MOST_MEMORY, area, must_fit};
use crate::scaler::{Part, Scaler};
use crate::stop::Stop;
use frame::Frame;
use scan::Checked;
use small::{Detail, small};

/// Decodes a JPEG; every block of it has to be there.
pub(crate) fn decode(bytes: &[u8], part: Part, stop: &Stop) -> Result<Decoded, PictureError> {
    let headers = Headers::of(bytes);
    if scan::frame(bytes).is_some_and(|frame| small::quarters_suffice(&frame, part)) {
        let checked = scan::check(bytes, Detail::Quarters, stop)?;
        let headers = headers?;
        let scaler = small(&checked, Detail::Quarters, headers.colours, part, stop)?;
        return Ok(headers.into_decoded(scaler, (checked.frame.width, checked.frame.height)));
    }
    let at_once = headers.as_ref().ok().and_then(|it| at_once::size(bytes, part, it.channels()));
    if let Some(size) = at_once {
        let headers = headers?;
        let pixels = at_once::pixels(bytes, size, headers.channels(), stop)?;
        let scaler = scaled(&pixels, size, headers.channels(), part, stop)?;
        return Ok(headers.into_decoded(scaler, size));
    }
    let checked = scan::check(bytes, Detail::Blocks, stop)?;
    let headers = headers?;
    let size = (checked.frame.width, checked.frame.height);
    let scaler = one_by_one(bytes, checked, &headers, part, stop)?;
    Ok(headers.into_decoded(scaler, size))
}

/// Decodes what was looked through, from its pixels or, where they would need too much memory, from the means of its blocks.
fn one_by_one(
    bytes: &[u8],
    checked: Checked,
    headers: &Headers,
    part: Part,
    stop: &Stop,
) -> Result<Scaler, PictureError> {
    let (frame, channels) = (&checked.frame, headers.channels());
    if bytes.len() as u64 + decoded_whole(frame, channels) > MOST_MEMORY * 15 / 16 {
        return small(&checked, Detail::Blocks, headers.colours, part, stop);
    }
    let size = (frame.width, frame.height);
    must_fit(size, part, bytes.len(), decoded_whole(frame, channels))?;
    drop(checked);
    scaled(&decoded(bytes, size, channels)?, size, channels, part, stop)
}

/// What decoding the whole picture takes.
fn decoded_whole(frame: &Frame, channels: usize) -> u64 {
    let pixels = area((frame.width, frame.height)) * channels as u64;
    let rows = u64::from(frame.width) * 64 * size_of::<i16>() as u64;
    let kept = if frame.in_parts { frame.all_blocks() * 64 * size_of::<i16>() as u64 } else { 0 };
    pixels + rows + kept
}

/// What stands before the first scan.
struct Headers {
    colours: ColorSpace,
    profile: Colours,
    orientation: Orientation,
}

impl Headers {
    fn of(bytes: &[u8]) -> Result<Self, PictureError> {
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
        decoder.decode_headers().map_err(refusal)?;
        Ok(Self {
            colours: decoder.input_colorspace().ok_or(PictureError::Broken)?,
            profile: Colours::from_icc(decoder.icc_profile().as_deref()),
            orientation: decoded::orientation(decoder.exif().map(Vec::as_slice)),
        })
    }

    fn channels(&self) -> usize {
        if self.colours == ColorSpace::Luma { 1 } else { 3 }
    }

    /// With what was made of a picture of this size.
    fn into_decoded(self, scaler: Scaler, size: (u32, u32)) -> Decoded {
        Decoded { scaler, colours: self.profile, orientation: self.orientation, size }
    }
}

fn options() -> DecoderOptions {
    let longest = LONGEST_SIDE as usize;
    DecoderOptions::default().set_strict_mode(false).set_max_width(longest).set_max_height(longest)
}

/// All pixels, with this many bytes each: three colours, or grey.
fn decoded(bytes: &[u8], size: (u32, u32), channels: usize) -> Result<Vec<u8>, PictureError> {
    let colours = if channels == 1 { ColorSpace::Luma } else { ColorSpace::RGB };
    let options = options().jpeg_set_out_colorspace(colours);
    let mut pixels = vec![0; size.0 as usize * size.1 as usize * channels];
    JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode_into(&mut pixels).map_err(refusal)?;
    Ok(pixels)
}

fn scaled(
    pixels: &[u8],
    size: (u32, u32),
    channels: usize,
    part: Part,
    stop: &Stop,
) -> Result<Scaler, PictureError> {
    let mut scaler = Scaler::new(size, part);
    for (row, line) in (0..size.1).zip(pixels.chunks_exact(size.0 as usize * channels)) {
        stop.check()?;
        if channels == 1 {
            scaler.take_opaque(row, line.as_chunks::<1>().0);
        } else {
            scaler.take_opaque(row, line.as_chunks::<3>().0);
        }
    }
    Ok(scaler)
}

fn refusal(error: DecodeErrors) -> PictureError {
    match error {
        DecodeErrors::Unsupported(_) => PictureError::Unsupported,
        _ => PictureError::Broken,
    }
}
