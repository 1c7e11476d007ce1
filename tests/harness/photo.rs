//! Pictures as cameras and mischief make them.

use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use crate::fault::{Fault, Outcome};

/// The text that the photo's GPS block carries: it must be found nowhere afterwards.
pub const GPS_CANARY: &str = "GPS-CANARY-47.3769N-8.5417E";

/// Long and short side of the photo: 12 megapixels.
const SIDES: (u32, u32) = (4000, 3000);

/// Writes a 12-megapixel JPEG as a telephone does that was held upright: the pixels lie on their side, red at the
/// left and blue at the right, and EXIF says to turn them by 90 degrees, so that red is on top; with a position.
///
/// # Errors
/// When it cannot be written.
pub fn write_with_gps(path: &Path) -> Outcome {
    let (width, height) = SIDES;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        // Not flat, so that the file has a photo's size.
        let grain = u8::try_from((x * 7 + y * 13) % 48).unwrap_or_default();
        if x < width / 2 { Rgb([200 + grain, grain, grain]) } else { Rgb([grain, grain, 200 + grain]) }
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 85).encode_image(&picture)?;
    Ok(std::fs::write(path, with_exif(&jpeg, &exif())?)?)
}

/// Inserts an EXIF segment behind the start marker.
fn with_exif(jpeg: &[u8], exif: &[u8]) -> Outcome<Vec<u8>> {
    let (start, rest) = jpeg.split_at_checked(2).ok_or_else(|| Fault::new("not a JPEG"))?;
    let length = u16::try_from(exif.len() + 2)?;
    let mut out = start.to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(length.to_be_bytes());
    out.extend(exif);
    out.extend(rest);
    Ok(out)
}

/// An EXIF block (TIFF 6.0, big-endian): orientation 6, and a GPS directory whose processing method is the canary.
fn exif() -> Vec<u8> {
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const UNDEFINED: u16 = 7;
    // Offsets count from the TIFF header: 8 bytes of header, the first directory, the GPS directory, its text.
    let first_size = 2 + 2 * 12 + 4;
    let gps_at = 8 + first_size;
    let text_at = gps_at + 2 + 2 * 12 + 4;
    let text = GPS_CANARY.as_bytes();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = Vec::new();
        bytes.extend(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    let short = |value: u16| [value.to_be_bytes(), [0, 0]].concat().try_into().unwrap_or_default();
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    out.extend(2_u16.to_be_bytes());
    out.extend(entry(0x0112, SHORT, 1, short(6)));
    out.extend(entry(0x8825, LONG, 1, u32::to_be_bytes(gps_at)));
    out.extend([0; 4]);
    out.extend(2_u16.to_be_bytes());
    out.extend(entry(0x0001, ASCII, 2, *b"N\0\0\0"));
    out.extend(entry(
        0x001b,
        UNDEFINED,
        u32::try_from(text.len()).unwrap_or_default(),
        u32::to_be_bytes(text_at),
    ));
    out.extend([0; 4]);
    out.extend(text);
    out
}

#[cfg(test)]
mod tests {
    use image::ImageDecoder;
    use image::metadata::Orientation;

    use super::*;

    #[test]
    fn the_photo_has_what_a_camera_writes() -> Outcome {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("photo.jpg");
        write_with_gps(&path)?;

        let mut decoder = image::ImageReader::open(&path)?.into_decoder()?;

        assert_eq!(decoder.dimensions(), SIDES);
        assert_eq!(decoder.orientation()?, Orientation::Rotate90);
        let exif = decoder.exif_metadata()?.unwrap_or_default();
        assert!(exif.windows(GPS_CANARY.len()).any(|part| part == GPS_CANARY.as_bytes()));
        Ok(())
    }
}
