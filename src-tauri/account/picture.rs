//! From a file that somebody chose to a picture that may be uploaded: 512 px square, no metadata, safe to show.
//!
//! The file is hostile until it is re-encoded. Every limit is set before the work that it limits.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::Path;

use foyer_contract::{ErrorCode, Field};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::error::Failure;

/// The side of the uploaded picture, in pixels.
pub const SIDE: u32 = 512;

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 10 * 1024 * 1024;

/// The longest side that is decoded, in pixels.
const LONGEST_SIDE: u32 = 8192;

/// What decoding may allocate, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// JPEG quality: about 50 KB for a photo of this size.
const QUALITY: u8 = 85;

/// A picture ready for upload.
#[derive(Clone)]
pub struct Picture {
    /// The encoded bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: Kind,
}

/// How a picture is encoded: JPEG, or WebP where parts of it are transparent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Opaque.
    Jpeg,
    /// With transparency, lossless.
    WebP,
}

impl Kind {
    /// For the `Content-Type` header.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }

    /// For the object's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }
}

/// Why a file cannot be the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not a regular file, gone, or not permitted.
    #[error("the file cannot be read")]
    Unreadable,
    /// Over [`LARGEST_FILE`].
    #[error("the file is larger than 10 MB")]
    FileTooLarge,
    /// Not one of the three formats, by its content.
    #[error("the file is not a PNG, JPEG or WebP picture")]
    Unsupported,
    /// One of the three, but damaged.
    #[error("the picture is damaged")]
    Broken,
    /// Over [`LONGEST_SIDE`] or [`MOST_MEMORY`].
    #[error("the picture has more than 8192 pixels a side")]
    TooLarge,
}

impl From<PictureError> for Failure {
    fn from(error: PictureError) -> Self {
        let code = match error {
            PictureError::Unreadable => ErrorCode::FileUnreadable,
            PictureError::FileTooLarge => ErrorCode::FileTooLarge,
            PictureError::Unsupported => ErrorCode::ImageUnsupported,
            PictureError::Broken => ErrorCode::ImageBroken,
            PictureError::TooLarge => ErrorCode::ImageTooLarge,
        };
        Self::new(code, error.to_string()).on(Field::Avatar)
    }
}

/// Reads and prepares the file at `path`. Takes about 100 ms for a 12 MP photo: call it where blocking is allowed.
///
/// # Errors
/// See [`PictureError`].
pub fn prepare(path: &Path) -> Result<Picture, PictureError> {
    encode(&square(decode(&read(path)?)?))
}

/// The file's bytes, if it is a plain file and not too large. A pipe would block for ever; a link may point anywhere.
fn read(path: &Path) -> Result<Vec<u8>, PictureError> {
    let unreadable = |_: io::Error| PictureError::Unreadable;
    if !fs::symlink_metadata(path).map_err(unreadable)?.is_file() {
        return Err(PictureError::Unreadable);
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // By what is read and not by what `stat` said: the file may grow meanwhile.
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE { Err(PictureError::FileTooLarge) } else { Ok(bytes) }
}

/// Decodes under limits and turns the picture as its metadata asks.
fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let format = image::guess_format(bytes).map_err(|_| PictureError::Unsupported)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(PictureError::Unsupported);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(PictureError::TooLarge);
    }
    // A damaged orientation is no reason to refuse a picture that decodes.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn refusal(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge,
        ImageError::Unsupported(_) => PictureError::Unsupported,
        _ => PictureError::Broken,
    }
}

/// The middle of the picture, [`SIDE`] pixels square.
fn square(image: DynamicImage) -> DynamicImage {
    image.resize_to_fill(SIDE, SIDE, FilterType::CatmullRom)
}

/// Re-encodes from pixels alone: nothing of the file's metadata is left.
fn encode(image: &DynamicImage) -> Result<Picture, PictureError> {
    let mut bytes = Vec::new();
    let rgba = image.to_rgba8();
    let kind = if rgba.pixels().any(|pixel| pixel.0[3] < u8::MAX) { Kind::WebP } else { Kind::Jpeg };
    let written = match kind {
        Kind::Jpeg => JpegEncoder::new_with_quality(&mut bytes, QUALITY)
            .encode_image(&DynamicImage::from(image.to_rgb8())),
        Kind::WebP => WebPEncoder::new_lossless(&mut bytes).encode(
            &rgba,
            rgba.width(),
            rgba.height(),
            image::ExtendedColorType::Rgba8,
        ),
    };
    written.map_err(|_| PictureError::Broken)?;
    Ok(Picture { bytes, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};
    use std::path::PathBuf;

    struct Files(tempfile::TempDir);

    impl Files {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn with(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.0.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        }
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn photo(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90])).into()
    }

    fn refused(bytes: &[u8]) -> PictureError {
        let files = Files::new();
        prepare(&files.with("picture", bytes)).err().unwrap()
    }

    #[test]
    fn each_format_becomes_a_square_of_512_pixels() {
        let files = Files::new();
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            for (width, height) in [(1200, 800), (60, 90), (512, 512)] {
                let path = files.with("picture", &encoded(&photo(width, height), format));

                let picture = prepare(&path).unwrap();

                let image = image::load_from_memory(&picture.bytes).unwrap();
                assert_eq!((image.width(), image.height()), (SIDE, SIDE), "{format:?} {width}x{height}");
                assert_eq!(picture.kind, Kind::Jpeg);
            }
        }
    }

    #[test]
    fn transparency_is_kept_as_webp() {
        let files = Files::new();
        let image = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 30, 30, if x < 32 { 0 } else { 255 }]));

        let picture = prepare(&files.with("a.png", &encoded(&image.into(), ImageFormat::Png))).unwrap();

        assert_eq!(picture.kind, Kind::WebP);
        let back = image::load_from_memory(&picture.bytes).unwrap().to_rgba8();
        assert_eq!(back.get_pixel(0, 0).0[3], 0);
    }

    /// A JPEG whose EXIF says "turn right" and where it was taken.
    fn jpeg_with_exif() -> Vec<u8> {
        let image =
            RgbImage::from_fn(
                64,
                64,
                |x, y| {
                    if x < 32 && y < 32 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) }
                },
            );
        let jpeg = encoded(&image.into(), ImageFormat::Jpeg);
        let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
        tiff.extend(b"\0\x02");
        tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation 6: turn 90 degrees clockwise
        tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"); // the GPS directory, at 38
        tiff.extend(b"\0\0\0\0");
        tiff.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPS-CANARY");
        let mut app1 = b"Exif\0\0".to_vec();
        app1.extend(&tiff);
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
        bytes.extend(((app1.len() + 2) as u16).to_be_bytes());
        bytes.extend(&app1);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    #[test]
    fn the_picture_is_turned_as_its_metadata_asks_and_the_metadata_is_gone() {
        let files = Files::new();

        let picture = prepare(&files.with("a.jpg", &jpeg_with_exif())).unwrap();

        let image = image::load_from_memory(&picture.bytes).unwrap().to_rgb8();
        let red = |x, y| image.get_pixel(x, y).0[0] > 150;
        assert!(red(400, 100) && !red(100, 100), "the red corner moved from top left to top right");
        let text = String::from_utf8_lossy(&picture.bytes).into_owned();
        assert!(!text.contains("CANARY") && !text.contains("Exif"));
    }

    #[test]
    fn what_is_no_picture_is_refused_whatever_its_name_says() {
        assert_eq!(refused(b""), PictureError::Unsupported);
        assert_eq!(refused(b"plain text, called a.png"), PictureError::Unsupported);
        assert_eq!(
            refused(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            PictureError::Unsupported
        );
        assert_eq!(refused(b"GIF89a\x01\0\x01\0\0\0\0;"), PictureError::Unsupported);
    }

    #[test]
    fn a_cut_picture_is_refused_as_damaged() {
        let png = encoded(&photo(300, 300), ImageFormat::Png);

        assert_eq!(refused(&png[..png.len() / 2]), PictureError::Broken);
        assert_eq!(refused(&png[..12]), PictureError::Broken);
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        let mut png = encoded(&photo(8, 8), ImageFormat::Png);
        // The header says 60,000 x 60,000; its checksum is made right.
        png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let checksum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&checksum.to_be_bytes());

        assert_eq!(refused(&png), PictureError::TooLarge);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn a_file_over_ten_megabytes_is_refused_without_decoding() {
        assert_eq!(refused(&vec![0; LARGEST_FILE as usize + 1]), PictureError::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn only_a_plain_file_is_read() {
        let files = Files::new();
        let real = files.with("real.png", &encoded(&photo(8, 8), ImageFormat::Png));
        let link = files.0.path().join("link.png");
        std::os::unix::fs::symlink(real, &link).unwrap();
        let pipe = files.0.path().join("pipe.png");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());

        for path in [link, pipe, files.0.path().to_owned(), files.0.path().join("missing.png")] {
            assert_eq!(prepare(&path).err(), Some(PictureError::Unreadable), "{path:?}");
        }
    }
}
