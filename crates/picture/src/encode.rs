//! From pixels to bytes. Nothing of the file's metadata is left, as nothing of it comes here.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::Picture;
use crate::colour::eight_bits;
use crate::error::PictureError;
use crate::resample::resample;
use crate::scaler::SIDE;

/// A format that a bucket may or may not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Small; knows no transparency.
    Jpeg,
    /// Small; knows transparency.
    WebP,
    /// Large; knows transparency.
    Png,
}

impl Format {
    /// For the `Content-Type` header.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Png => "image/png",
        }
    }

    /// For the object's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Png => "png",
        }
    }
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// In which format.
    pub format: Format,
    /// With how many pixels a side.
    pub side: u32,
    /// How faithfully, of 100. A PNG is always faithful.
    pub quality: u8,
}

/// A picture as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub format: Format,
}

/// From the best to the smallest: sides and qualities that are tried in turn where a project wants less. 85 gives about
/// 50 KB for a photo, the last about 1 KB.
const STEPS: [(u32, u8); 7] = [(SIDE, 85), (SIDE, 60), (384, 60), (256, 60), (192, 55), (128, 50), (64, 50)];

impl Picture {
    pub(crate) fn new(pixels: RgbaImage) -> Self {
        let is_opaque = is_opaque(&pixels);
        Self { pixels, is_opaque }
    }

    /// Whether nothing of it is transparent.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// The format that suits it best.
    #[must_use]
    pub fn best_format(&self) -> Format {
        if self.is_opaque { Format::Jpeg } else { Format::WebP }
    }

    /// The formats that are worth a try, the best one first. What is transparent becomes white in a JPEG.
    #[must_use]
    pub fn formats(&self) -> [Format; 3] {
        if self.is_opaque {
            [Format::Jpeg, Format::WebP, Format::Png]
        } else {
            [Format::WebP, Format::Png, Format::Jpeg]
        }
    }

    /// How it may be written in a format, from the best to the smallest.
    pub fn encodings(format: Format) -> impl Iterator<Item = Encoding> {
        let mut before = None;
        STEPS.into_iter().filter_map(move |(side, quality)| {
            // Quality does not make a PNG smaller.
            if format == Format::Png && before.replace(side) == Some(side) {
                return None;
            }
            Some(Encoding { format, side, quality })
        })
    }

    /// Writes it.
    ///
    /// # Errors
    /// `Broken` when an encoder refuses, which none has a reason for.
    pub fn encode(&self, how: Encoding) -> Result<Encoded, PictureError> {
        let small;
        let pixels = if how.side == SIDE {
            &self.pixels
        } else {
            small = smaller(&self.pixels, how.side)?;
            &small
        };
        let bytes = match how.format {
            Format::Jpeg => jpeg(&on_white(pixels), how.quality),
            Format::WebP => webp(pixels, self.is_opaque, how.quality),
            Format::Png => png(pixels, self.is_opaque),
        }?;
        Ok(Encoded { bytes, format: how.format })
    }
}

fn jpeg(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let side = |length: u32| u16::try_from(length).map_err(|_| PictureError::TooLarge);
    let (width, height) = (side(pixels.width())?, side(pixels.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let written = encoder.encode(pixels, width, height, ColorType::Rgb);
    written.map(|()| bytes).map_err(|_| PictureError::Broken)
}

/// How faithfully a preview is written, of 100.
const PREVIEW_QUALITY: u8 = 85;

/// A picture of any size, to be shown once.
pub(crate) fn preview(pixels: &RgbaImage) -> Result<Encoded, PictureError> {
    if is_opaque(pixels) {
        let bytes = jpeg(&DynamicImage::from(pixels.clone()).into_rgb8(), PREVIEW_QUALITY)?;
        return Ok(Encoded { bytes, format: Format::Jpeg });
    }
    let encoder = webp::Encoder::from_rgba(pixels, pixels.width(), pixels.height());
    let written = encoder.encode_simple(false, f32::from(PREVIEW_QUALITY));
    let bytes = written.map(|bytes| bytes.to_vec()).map_err(|_| PictureError::Broken)?;
    Ok(Encoded { bytes, format: Format::WebP })
}

pub(crate) fn is_opaque(pixels: &RgbaImage) -> bool {
    pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX)
}

/// Lossy, or lossless where that is smaller: drawings are, photographs with a few transparent pixels are not.
fn webp(pixels: &RgbaImage, is_opaque: bool, quality: u8) -> Result<Vec<u8>, PictureError> {
    let (width, height) = pixels.dimensions();
    let opaque = is_opaque.then(|| DynamicImage::from(pixels.clone()).into_rgb8());
    let encoder = match &opaque {
        Some(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        None => webp::Encoder::from_rgba(pixels, width, height),
    };
    let write = |lossless, quality| {
        let written = encoder.encode_simple(lossless, quality);
        written.map(|bytes| bytes.to_vec()).map_err(|_| PictureError::Broken)
    };
    let (lossy, lossless) = (write(false, f32::from(quality))?, write(true, 75.0)?);
    Ok(if lossless.len() <= lossy.len() { lossless } else { lossy })
}

fn png(pixels: &RgbaImage, is_opaque: bool) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    let (width, height) = pixels.dimensions();
    let written = if is_opaque {
        let pixels = DynamicImage::from(pixels.clone()).into_rgb8();
        encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8)
    } else {
        encoder.write_image(pixels, width, height, ExtendedColorType::Rgba8)
    };
    written.map(|()| bytes.into_inner()).map_err(|_| PictureError::Broken)
}

fn on_white(pixels: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let Rgba([red, green, blue, alpha]) = *pixels.get_pixel(x, y);
        let mixed = |colour: u8| {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    })
}

/// Scaled with colours multiplied by alpha, as in `scaler`.
fn smaller(pixels: &RgbaImage, side: u32) -> Result<RgbaImage, PictureError> {
    let multiplied = pixels.pixels().map(|pixel| {
        let [red, green, blue, alpha] = pixel.0.map(|value| f32::from(value) / 255.0);
        [red * alpha, green * alpha, blue * alpha, alpha]
    });
    let scaled = resample(multiplied.collect(), pixels.dimensions(), (side, side))?;
    Ok(RgbaImage::from_fn(side, side, |x, y| Rgba(scaled.get_pixel(x, y).0.map(eight_bits))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise, in which nothing repeats: what a photograph is to an encoder that loses nothing.
    fn noise(transparent: u32) -> Picture {
        let mut state = 1_u32;
        let pixels = RgbaImage::from_fn(SIDE, SIDE, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [value, ..] = state.to_be_bytes();
            let slope = (x / 4 + y / 8) as u8;
            let alpha = if x * SIDE + y < transparent { 0 } else { 255 };
            Rgba([slope.saturating_add(value / 8), slope, 255 - slope, alpha])
        });
        Picture { pixels, is_opaque: transparent == 0 }
    }

    fn first(format: Format) -> Encoding {
        Picture::encodings(format).next().unwrap()
    }

    #[test]
    fn a_photograph_with_a_few_transparent_pixels_is_not_kept_without_loss() {
        let picture = noise(300);

        let encoded = picture.encode(first(picture.best_format())).unwrap();

        let lossless = webp::Encoder::from_rgba(&picture.pixels, SIDE, SIDE).encode_lossless().len();
        assert!(encoded.bytes.len() * 2 < lossless, "{} of {lossless}", encoded.bytes.len());
        let back = image::load_from_memory(&encoded.bytes).unwrap().into_rgba8();
        assert_eq!((back.get_pixel(0, 0).0[3], back.get_pixel(400, 400).0[3]), (0, 255));
    }

    #[test]
    fn each_step_is_smaller_than_the_one_before_and_the_last_is_small() {
        for format in noise(300).formats() {
            let sizes: Vec<usize> =
                Picture::encodings(format).map(|how| noise(300).encode(how).unwrap().bytes.len()).collect();

            assert!(sizes.is_sorted_by(|before, after| before > after), "{format:?}: {sizes:?}");
            let most = if format == Format::Png { 20_000 } else { 3_000 };
            assert!(sizes.last() < Some(&most), "{format:?}: {sizes:?}");
        }
    }

    #[test]
    fn what_is_transparent_becomes_white_where_a_format_knows_no_transparency() {
        let encoded = noise(SIDE * 100).encode(first(Format::Jpeg)).unwrap();

        let back = image::load_from_memory(&encoded.bytes).unwrap().into_rgb8();
        assert!(back.get_pixel(20, 20).0.iter().all(|value| *value > 250));
    }
}
