//! PNG, row by row.

use std::io::Cursor;

use png::{BitDepth, ColorType, DecodeOptions, Decoder, DecodingError, Limits, Transformations};

use crate::colour::Colours;
use crate::decoded::{Decoded, orientation};
use crate::error::PictureError;
use crate::limits::must_fit;
use crate::scaler::{Part, Pixel, Scaler};
use crate::stop::Stop;

/// What the decoder may hold besides: tables, texts, a profile.
const MOST_BESIDES: usize = 16 << 20;

/// The rows are looked at for a wish to stop whenever so many pixels have passed.
const LOOK_EVERY: u32 = 1 << 20;

/// Decodes a PNG; every checksum has to be right.
pub(crate) fn decode(bytes: &[u8], part: Part, stop: &Stop) -> Result<Decoded, PictureError> {
    let mut options = DecodeOptions::default();
    options.set_ignore_adler32(false);
    options.set_skip_ancillary_crc_failures(false);
    options.set_ignore_text_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(bytes), options);
    decoder.set_limits(Limits { bytes: MOST_BESIDES });
    decoder.set_transformations(Transformations::EXPAND);
    let header = decoder.read_header_info().map_err(refusal)?;
    let size = header.size();
    must_fit(size, part, bytes.len(), MOST_BESIDES as u64)?;
    let mut reader = decoder.read_info().map_err(refusal)?;
    let mut scaler = Scaler::new(size, part);
    let (channels, depth) = reader.output_color_type();
    let mut since_look = 0;
    for (row, column, step) in positions(size, reader.info().interlaced) {
        let Some(line) = reader.next_interlaced_row().map_err(refusal)? else {
            return Err(PictureError::Broken);
        };
        let columns = (column..size.0).step_by(step);
        match depth {
            BitDepth::Sixteen => scaler.take(row, columns.zip(wide(line.data(), channels))),
            _ => scaler.take(row, columns.zip(narrow(line.data(), channels))),
        }
        since_look += size.0 / step as u32 + 1;
        if since_look > LOOK_EVERY {
            since_look = 0;
            stop.check()?;
        }
    }
    // The last checksums come after the last row.
    reader.finish().map_err(refusal)?;
    let info = reader.info();
    let orientation = orientation(info.exif_metadata.as_deref());
    Ok(Decoded { scaler, colours: Colours::from_png(info), orientation, size })
}

/// Where the rows that a PNG sends belong: the row, its first column, and the step to its next ones. Interlaced, seven
/// passes each send a part of the rows and of their columns (Adam7); a pass without pixels sends nothing.
fn positions((width, height): (u32, u32), interlaced: bool) -> Vec<(u32, u32, usize)> {
    const PASSES: [(u32, usize, u32, usize); 7] =
        [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)];
    const WHOLE: [(u32, usize, u32, usize); 1] = [(0, 1, 0, 1)];
    let passes: &[_] = if interlaced { &PASSES } else { &WHOLE };
    let sent = passes.iter().filter(|(_, _, column, _)| *column < width);
    sent.flat_map(|(first, every, column, step)| {
        (*first..height).step_by(*every).map(|row| (row, *column, *step))
    })
    .collect()
}

fn narrow(line: &[u8], channels: ColorType) -> impl Iterator<Item = Pixel> {
    let value = |byte: u8| f32::from(byte) / 255.0;
    line.chunks_exact(channels.samples()).map(move |values| pixel(channels, |at| value(values[at])))
}

fn wide(line: &[u8], channels: ColorType) -> impl Iterator<Item = Pixel> {
    let value =
        |bytes: &[u8], at: usize| f32::from(u16::from_be_bytes([bytes[2 * at], bytes[2 * at + 1]])) / 65535.0;
    line.chunks_exact(channels.samples() * 2).map(move |values| pixel(channels, |at| value(values, at)))
}

fn pixel(channels: ColorType, value: impl Fn(usize) -> f32) -> Pixel {
    match channels {
        ColorType::Grayscale | ColorType::Indexed => {
            let grey = value(0);
            [grey, grey, grey, 1.0]
        }
        ColorType::GrayscaleAlpha => {
            let grey = value(0);
            [grey, grey, grey, value(1)]
        }
        ColorType::Rgb => [value(0), value(1), value(2), 1.0],
        ColorType::Rgba => [value(0), value(1), value(2), value(3)],
    }
}

fn refusal(error: DecodingError) -> PictureError {
    match error {
        DecodingError::LimitsExceeded => PictureError::TooHeavy,
        _ => PictureError::Broken,
    }
}
