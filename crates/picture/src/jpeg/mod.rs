//! JPEG: looked through first (`scan`), then decoded by `zune-jpeg`, which makes up whatever is missing. A progressive
//! picture that would need too much memory for its coefficients is made of the means of its blocks: it is so large that
//! each of them becomes less than a pixel.

mod bits;
mod frame;
mod scan;

use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::colour::Colours;
use crate::decoded::{self, Decoded};
use crate::error::PictureError;
use crate::limits::{LONGEST_SIDE, MOST_MEMORY, area, must_be_small, must_fit};
use crate::scaler::{Part, Pixel, Scaler};
use crate::stop::Stop;
use frame::Frame;
use scan::Checked;

/// Decodes a JPEG; every block of it has to be there.
pub(crate) fn decode(bytes: &[u8], part: Part, stop: &Stop) -> Result<Decoded, PictureError> {
    let checked = scan::check(bytes, stop, |frame| must_be_small((frame.width, frame.height)))?;
    let headers = Headers::of(bytes)?;
    let frame = &checked.frame;
    let size = (frame.width, frame.height);
    let scaler = if bytes.len() as u64 + decoded_whole(frame, headers.channels()) > MOST_MEMORY * 15 / 16 {
        from_means(&checked, headers.colours, part, stop)?
    } else {
        let channels = headers.channels();
        must_fit(size, part, bytes.len(), decoded_whole(frame, channels))?;
        drop(checked);
        from_pixels(bytes, size, channels, part, stop)?
    };
    Ok(Decoded { scaler, colours: headers.profile, orientation: headers.orientation, size })
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
}

fn options() -> DecoderOptions {
    let longest = LONGEST_SIDE as usize;
    DecoderOptions::default().set_strict_mode(false).set_max_width(longest).set_max_height(longest)
}

fn from_pixels(
    bytes: &[u8],
    size: (u32, u32),
    channels: usize,
    part: Part,
    stop: &Stop,
) -> Result<Scaler, PictureError> {
    let colours = if channels == 1 { ColorSpace::Luma } else { ColorSpace::RGB };
    let options = options().jpeg_set_out_colorspace(colours);
    let mut pixels = vec![0; size.0 as usize * size.1 as usize * channels];
    JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode_into(&mut pixels).map_err(refusal)?;
    let mut scaler = Scaler::new(size, part);
    let value = |byte: u8| f32::from(byte) / 255.0;
    for (row, line) in (0..size.1).zip(pixels.chunks_exact(size.0 as usize * channels)) {
        stop.check()?;
        let pixels = line.chunks_exact(channels).map(|pixel| match *pixel {
            [red, green, blue] => [value(red), value(green), value(blue), 1.0],
            [grey, ..] => [value(grey), value(grey), value(grey), 1.0],
            [] => [0.0; 4],
        });
        scaler.take(row, (0..size.0).zip(pixels));
    }
    Ok(scaler)
}

/// One pixel of every block: its mean.
fn from_means(
    checked: &Checked,
    colours: ColorSpace,
    part: Part,
    stop: &Stop,
) -> Result<Scaler, PictureError> {
    let frame = &checked.frame;
    let size = (frame.width.div_ceil(8), frame.height.div_ceil(8));
    let mut scaler = Scaler::new(size, part);
    for row in scaler.rows() {
        stop.check()?;
        let columns = scaler.columns();
        scaler.take(row, columns.map(|column| (column, mean(checked, colours, column, row))));
    }
    Ok(scaler)
}

fn mean(checked: &Checked, colours: ColorSpace, column: u32, row: u32) -> Pixel {
    let frame = &checked.frame;
    let value = |index: usize| {
        let component = frame.components.get(index)?;
        let (across, down) = component.sampling;
        let (x, y) = (column * across / frame.most.0, row * down / frame.most.1);
        let block = component.means.get(y as usize * component.stride as usize + x as usize)?;
        let step = f32::from(checked.tables.step[usize::from(component.quantization)]);
        Some((f32::from(*block) * step / 8.0 + 128.0).clamp(0.0, 255.0))
    };
    let [first, second, third, fourth] = [0, 1, 2, 3].map(|index| value(index).unwrap_or_default());
    let (red, green, blue) = match colours {
        ColorSpace::Luma => (first, first, first),
        ColorSpace::YCbCr | ColorSpace::YCCK => {
            let (blue, red) = (second - 128.0, third - 128.0);
            (first + 1.402 * red, first - 0.344_136 * blue - 0.714_136 * red, first + 1.772 * blue)
        }
        _ => (first, second, third),
    };
    // Those with black are written upside down: 255 is no ink.
    let black = if matches!(colours, ColorSpace::CMYK | ColorSpace::YCCK) { fourth / 255.0 } else { 1.0 };
    let part = |colour: f32| (colour / 255.0).clamp(0.0, 1.0) * black;
    [part(red), part(green), part(blue), 1.0]
}

fn refusal(error: DecodeErrors) -> PictureError {
    match error {
        DecodeErrors::Unsupported(_) => PictureError::Unsupported,
        _ => PictureError::Broken,
    }
}
