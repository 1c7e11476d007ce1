//! Files as cameras, programs and mischief write them.

use std::io::{Cursor, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use foyer_picture::{Encoding, Format, Picture, PictureError, SIDE, Stop, prepare_bytes};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Prepares a file's content with plenty of time.
pub(crate) fn prepared(bytes: &[u8]) -> Result<Picture, PictureError> {
    prepare_bytes(bytes.to_vec(), &Stop::after(Duration::from_secs(60)))
}

/// Why it is not taken.
pub(crate) fn refused(bytes: &[u8]) -> Option<PictureError> {
    prepared(bytes).err()
}

/// The prepared pixels, without an encoder's losses.
pub(crate) fn pixels(bytes: &[u8]) -> RgbaImage {
    let how = Encoding { format: Format::Png, side: SIDE, quality: 100 };
    image::load_from_memory(&prepared(bytes).unwrap().encode(how).unwrap().bytes).unwrap().into_rgba8()
}

pub(crate) fn case(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/cases/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub(crate) fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A slope in every direction with some grain, so that no block is like another.
pub(crate) fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = ((x * 31) ^ (y * 17)) % 23;
        Rgb([(x * 200 / width + grain) as u8, (y * 200 / height + grain) as u8, (60 + grain) as u8])
    })
}

/// Waves that are wide enough for every filter.
pub(crate) fn waves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let wave = |at: u32, of: u32| (127.5 + 120.0 * (at as f32 / of as f32 * 40.0).sin()) as u8;
        Rgb([wave(x, width), wave(y, height), wave(x + y, width + height)])
    })
}

/// A photo of which a corner is transparent.
pub(crate) fn cut_out(side: u32) -> RgbaImage {
    RgbaImage::from_fn(side, side, |x, y| {
        Rgba([(x * 255 / side) as u8, (y * 255 / side) as u8, 80, if x + y < side / 2 { 0 } else { 255 }])
    })
}

/// A JPEG as another encoder than `image`'s writes it.
pub(crate) fn jpeg(image: &RgbImage, sampling: SamplingFactor, progressive: bool, restart: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 88);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    // The encoder's own tables do not survive a restart.
    encoder.set_optimized_huffman_tables(progressive && restart == 0);
    if restart > 0 {
        encoder.set_restart_interval(restart);
    }
    let (width, height) = (image.width() as u16, image.height() as u16);
    encoder.encode(image, width, height, ColorType::Rgb).unwrap();
    bytes
}

/// A chunk of a PNG, with its checksum.
pub(crate) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32).to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(content);
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[4..]);
    bytes.extend(crc.sum().to_be_bytes());
    bytes
}

/// A PNG from its parts: `rows` writes the rows with their filter bytes.
pub(crate) fn png(
    (width, height): (u32, u32),
    (depth, colour, interlaced): (u8, u8, bool),
    before: &[Vec<u8>],
    rows: impl FnOnce(&mut ZlibEncoder<Vec<u8>>),
) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([depth, colour, 0, 0, interlaced.into()]);
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    rows(&mut packer);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &header));
    before.iter().for_each(|chunk| bytes.extend(chunk));
    bytes.extend(chunk(b"IDAT", &packer.finish().unwrap()));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

/// The same with eight bits red, green and blue.
pub(crate) fn rgb_png(image: &RgbImage, before: &[Vec<u8>]) -> Vec<u8> {
    png(image.dimensions(), (8, 2, false), before, |packer| {
        for row in image.rows() {
            packer.write_all(&[0]).unwrap();
            row.for_each(|pixel| packer.write_all(&pixel.0).unwrap());
        }
    })
}

/// The same, sent in seven passes (PNG specification, 8.1).
pub(crate) fn interlaced_png(image: &RgbImage) -> Vec<u8> {
    let passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    png(image.dimensions(), (8, 2, true), &[], |packer| {
        for (left, top, across, down) in passes {
            for y in (top..image.height()).step_by(down) {
                if left < image.width() {
                    packer.write_all(&[0]).unwrap();
                }
                for x in (left..image.width()).step_by(across) {
                    packer.write_all(&image.get_pixel(x, y).0).unwrap();
                }
            }
        }
    })
}

/// The mean difference of two pictures, of 255.
pub(crate) fn difference(one: &RgbaImage, other: &RgbaImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let values = |image: &RgbaImage| {
        image.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect::<Vec<_>>()
    };
    let (one, other) = (values(one), values(other));
    let sum: u64 = one.iter().zip(&other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}
