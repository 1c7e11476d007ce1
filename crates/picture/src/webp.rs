//! WebP. Its frames are decoded whole, so the memory that a picture takes depends on its kind.

use std::borrow::Cow;
use std::io::Cursor;

use image_webp::vp8::{Frame, Vp8Decoder};
use image_webp::{DecodingError, WebPDecoder};

use crate::colour::Colours;
use crate::decoded::{Decoded, orientation};
use crate::error::PictureError;
use crate::limits::{MOST_MEMORY, area, must_fit};
use crate::scaler::{Part, Pixel, Scaler};
use crate::stop::Stop;

/// A chunk's name and size come before its content.
const HEAD: usize = 8;

/// In the header of a lossless frame: whether its alpha is used. It comes after the signature and the two sides.
const ALPHA_IS_USED: (usize, u8) = (4, 0x10);

/// In the flags of an extended file: whether there is alpha.
const HAS_ALPHA: u8 = 0x10;

/// Decodes a WebP; of an animation, the first frame.
pub(crate) fn decode(bytes: &[u8], part: Part, stop: &Stop) -> Result<Decoded, PictureError> {
    let chunks = chunks(bytes)?;
    let opened = WebPDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
    let (size, has_alpha, is_animated) = (opened.dimensions(), opened.has_alpha(), opened.is_animated());
    drop(opened);
    let lossless = chunks.iter().find(|chunk| chunk.is(b"VP8L")).copied();
    let mut bytes = Cow::Borrowed(bytes);
    if let Some(frame) = lossless.filter(|_| !has_alpha && !is_animated) {
        // The decoder makes a copy of the pixels for those who want no alpha, which would be the larger part of the
        // memory: the copy of the file is the smaller one.
        say_that_alpha_is_used(bytes.to_mut(), frame, &chunks);
    }
    let held = if matches!(bytes, Cow::Owned(_)) { bytes.len() * 2 } else { bytes.len() };
    let each = match (is_animated, lossless.is_some(), has_alpha) {
        // Canvas, frame, its alpha, outcome.
        (true, ..) => 16,
        (false, true, _) => 4,
        // Planes, outcome, alpha as a lossless frame and alone.
        (false, false, true) => 11,
        // Planes and outcome.
        (false, false, false) => 5,
    };
    let wanted = area(size) * each;
    let plain = chunks.iter().find(|chunk| chunk.is(b"VP8 ")).filter(|_| !is_animated && !has_alpha);
    let scaler = match plain {
        Some(frame) if wanted > MOST_MEMORY / 2 => {
            // The frame is read whole, twice, beside the file.
            must_fit(size, part, bytes.len() * 3, area(size) * 8 / 5)?;
            from_planes(&bytes[frame.begin..frame.end], size, part, stop)?
        }
        _ => {
            let file = if plain.is_some() { bytes.len() * 3 } else { held };
            must_fit(size, part, file, wanted)?;
            from_pixels(&bytes, has_alpha, part, stop)?
        }
    };
    let mut opened = WebPDecoder::new(Cursor::new(bytes.as_ref())).map_err(refusal)?;
    let exif = opened.exif_metadata().map_err(refusal)?;
    let profile = opened.icc_profile().map_err(refusal)?;
    Ok(Decoded {
        scaler,
        colours: Colours::from_icc(profile.as_deref()),
        orientation: orientation(exif.as_deref()),
        size,
    })
}

/// A chunk's name and where its content lies.
#[derive(Clone, Copy)]
struct Chunk {
    name: [u8; 4],
    begin: usize,
    end: usize,
}

impl Chunk {
    fn is(&self, name: &[u8; 4]) -> bool {
        self.name == *name
    }
}

/// The chunks of the file. One that does not fit into it, or a file that is shorter than it says, was cut: the decoder
/// would make up the rest.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk>, PictureError> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        four.map(|four| u32::from_le_bytes(four) as usize).ok_or(PictureError::Broken)
    };
    let end = number(4)?.checked_add(HEAD).filter(|end| *end <= bytes.len()).ok_or(PictureError::Broken)?;
    let mut chunks = Vec::new();
    let mut at = HEAD + 4;
    while at + HEAD <= end {
        let name = bytes.get(at..at + 4).and_then(|name| name.try_into().ok()).ok_or(PictureError::Broken)?;
        let begin = at + HEAD;
        let size = number(at + 4)?;
        let chunk_end = begin.checked_add(size).filter(|it| *it <= end).ok_or(PictureError::Broken)?;
        chunks.push(Chunk { name, begin, end: chunk_end });
        at = chunk_end + size % 2;
    }
    Ok(chunks)
}

fn say_that_alpha_is_used(bytes: &mut [u8], frame: Chunk, chunks: &[Chunk]) {
    let (offset, bit) = ALPHA_IS_USED;
    if let Some(byte) = bytes[frame.begin..frame.end].get_mut(offset) {
        *byte |= bit;
    }
    if let Some(extended) = chunks.iter().find(|chunk| chunk.is(b"VP8X"))
        && let Some(flags) = bytes[extended.begin..extended.end].first_mut()
    {
        *flags |= HAS_ALPHA;
    }
}

fn from_pixels(bytes: &[u8], alpha_counts: bool, part: Part, stop: &Stop) -> Result<Scaler, PictureError> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(refusal)?;
    let (size, channels) = (decoder.dimensions(), if decoder.has_alpha() { 4 } else { 3 });
    let mut pixels = vec![0; size.0 as usize * size.1 as usize * channels];
    decoder.read_image(&mut pixels).map_err(refusal)?;
    let mut scaler = Scaler::new(size, part);
    let value = |byte: u8| f32::from(byte) / 255.0;
    for (row, line) in (0..size.1).zip(pixels.chunks_exact(size.0 as usize * channels)) {
        stop.check()?;
        let pixels = line.chunks_exact(channels).map(|pixel| {
            let alpha = if alpha_counts { pixel.get(3).map_or(1.0, |alpha| value(*alpha)) } else { 1.0 };
            [value(pixel[0]), value(pixel[1]), value(pixel[2]), alpha]
        });
        scaler.take(row, (0..size.0).zip(pixels));
    }
    Ok(scaler)
}

/// From the planes that a lossy frame consists of, without a picture in between. For large ones, of which many pixels
/// become one: the colours, of which there are a quarter as many, are not smoothed.
fn from_planes(frame: &[u8], size: (u32, u32), part: Part, stop: &Stop) -> Result<Scaler, PictureError> {
    let frame = Vp8Decoder::decode_frame(Cursor::new(frame)).map_err(refusal)?;
    if (u32::from(frame.width), u32::from(frame.height)) != size {
        return Err(PictureError::Broken);
    }
    let mut scaler = Scaler::new(size, part);
    for row in scaler.rows() {
        stop.check()?;
        let columns = scaler.columns();
        scaler.take(row, columns.map(|column| (column, of_planes(&frame, column as usize, row as usize))));
    }
    Ok(scaler)
}

/// ITU-R BT.601, studio swing, as VP8 has it.
fn of_planes(frame: &Frame, x: usize, y: usize) -> Pixel {
    let stride = usize::from(frame.width).div_ceil(16) * 16;
    let at = |plane: &[u8], index: usize| f32::from(plane.get(index).copied().unwrap_or_default());
    let chroma = y / 2 * (stride / 2) + x / 2;
    let luma = (at(&frame.ybuf, y * stride + x) - 16.0) * 1.164_384;
    let (blue, red) = (at(&frame.ubuf, chroma) - 128.0, at(&frame.vbuf, chroma) - 128.0);
    let value = |colour: f32| (colour / 255.0).clamp(0.0, 1.0);
    [
        value(luma + 1.596_027 * red),
        value(luma - 0.391_762 * blue - 0.812_968 * red),
        value(luma + 2.017_232 * blue),
        1.0,
    ]
}

fn refusal(error: DecodingError) -> PictureError {
    match error {
        DecodingError::UnsupportedFeature(_) => PictureError::Unsupported,
        DecodingError::ImageTooLarge => PictureError::TooLarge,
        DecodingError::MemoryLimitExceeded => PictureError::TooHeavy,
        _ => PictureError::Broken,
    }
}
