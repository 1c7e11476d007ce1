//! What a person keeps of a picture: the pixels that they saw in the circle, in the place in which they saw them.

use std::time::{Duration, Instant};

use foyer_picture::{Crop, Encoding, Format, Original, PREVIEW_SIDE, PictureError, SIDE, Stop};
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use jpeg_encoder::SamplingFactor;

use crate::files::{cut_out, difference, encoded, jpeg, photo, pixels, rgb_png};

const MIDDLE: Crop = Crop { x: 0.5, y: 0.5, side: 1.0, quarter_turns: 0 };

fn stop() -> Stop {
    Stop::after(Duration::from_secs(60))
}

/// The file, and the preview of it that a page would show.
fn open(bytes: &[u8]) -> (Original, RgbaImage) {
    let (original, preview) = Original::open(bytes.to_vec(), &stop()).unwrap();
    (original, image::load_from_memory(&preview.bytes).unwrap().into_rgba8())
}

fn cut(original: &Original, crop: Crop) -> RgbaImage {
    let picture = original.cut(crop, &stop()).unwrap();
    let how = Encoding { format: Format::Png, side: SIDE, quality: 100 };
    image::load_from_memory(&picture.encode(how).unwrap().bytes).unwrap().into_rgba8()
}

/// Fields of one colour each, four beside and three below each other, no two alike.
fn fields(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| field(x * 4 / width, y * 3 / height))
}

fn field(column: u32, row: u32) -> Rgb<u8> {
    Rgb([(40 + column * 60) as u8, (40 + row * 80) as u8, (200 - column * 30 - row * 20) as u8])
}

/// The picture as the file has it, so that it is `image` once it is turned as `orientation` says.
fn laid_down(image: &RgbImage, orientation: Orientation) -> RgbImage {
    use Orientation as O;
    let back = match orientation {
        O::Rotate90 => O::Rotate270,
        O::Rotate270 => O::Rotate90,
        // The others undo themselves.
        other => other,
    };
    let mut picture = DynamicImage::from(image.clone());
    picture.apply_orientation(back);
    picture.into_rgb8()
}

/// A JPEG with this orientation in its metadata.
fn oriented(image: &RgbImage, orientation: Orientation) -> Vec<u8> {
    let bytes = jpeg(image, SamplingFactor::F_1_1, false, 0);
    let mut app1 = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    app1.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(app1.len() + 2).unwrap().to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xe1], &length[..], &app1, &bytes[2..]].concat()
}

/// What lies at a point of the cut, by another way: the point is turned back, and looked up in the upright picture.
/// `None` near the edge of a field, where its neighbour shines in.
fn expected(image: &RgbImage, crop: Crop, x: f64, y: f64) -> Option<Rgb<u8>> {
    let (mut right, mut down) = (x - 0.5, y - 0.5);
    for _ in 0..crop.quarter_turns {
        (right, down) = (down, -right);
    }
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let side = crop.side * width.min(height);
    let at = |centre: f64, by: f64, length: f64| (centre * length + by * side) as u32;
    let (x, y) = (at(crop.x, right, width), at(crop.y, down, height));
    let inner = |at: u32| (8..192).contains(&(at % 200));
    (inner(x) && inner(y)).then(|| *image.get_pixel(x, y))
}

#[test]
fn all_orientations_and_all_turns_keep_what_was_seen_in_the_place_where_it_was_seen() {
    let image = fields(800, 600);
    let mut looked_at = 0;
    for exif in 1..=8 {
        let orientation = Orientation::from_exif(exif).unwrap();
        let (original, preview) = open(&oriented(&laid_down(&image, orientation), orientation));
        assert_eq!(original.size(), (800, 600), "{orientation:?}");
        let upright = DynamicImage::from(image.clone()).into_rgba8();
        assert!(difference(&preview, &upright) < 2.0, "{orientation:?}: the preview is upright");
        for quarter_turns in 0..4 {
            for (x, y, side) in [(0.375, 0.5, 1.0), (0.2, 0.3, 0.5), (0.83, 0.7, 0.4), (0.5, 0.5, 0.7)] {
                let crop = Crop { x, y, side, quarter_turns };
                let made = cut(&original, crop);
                assert_eq!(made.dimensions(), (SIDE, SIDE));
                for (right, down) in [(0.1, 0.1), (0.5, 0.1), (0.9, 0.2), (0.2, 0.5), (0.7, 0.6), (0.3, 0.9)]
                {
                    let is = made.get_pixel((right * 512.0) as u32, (down * 512.0) as u32).0;
                    let Some(Rgb(wanted)) = expected(&image, crop, right, down) else { continue };
                    looked_at += 1;
                    let off = (0..3).map(|at| is[at].abs_diff(wanted[at])).max();
                    assert!(off < Some(12), "{orientation:?} {crop:?} {right},{down}: {is:?}, {wanted:?}");
                }
            }
        }
    }
    assert!(looked_at > 600, "{looked_at}");
}

#[test]
fn the_middle_is_what_is_kept_where_nobody_is_asked() {
    for bytes in [
        rgb_png(&photo(900, 700), &[]),
        jpeg(&photo(1301, 1777), SamplingFactor::F_2_2, true, 0),
        encoded(&cut_out(700).into(), ImageFormat::WebP),
        encoded(&photo(60, 90).into(), ImageFormat::WebP),
    ] {
        let (original, _) = open(&bytes);

        let made = cut(&original, MIDDLE);
        let off = difference(&made, &pixels(&bytes));
        assert!(off < 1.5, "{off}");
        // A second cut is not changed by the first.
        assert!(cut(&original, MIDDLE) == made);
    }
}

#[test]
fn a_cut_is_made_of_the_originals_pixels_and_not_of_the_preview() {
    // Lines of one pixel, which no preview can show.
    let lines = RgbImage::from_fn(4096, 4096, |x, _| if x % 8 < 4 { Rgb([255; 3]) } else { Rgb([0; 3]) });
    let (original, preview) = open(&rgb_png(&lines, &[]));
    assert_eq!(preview.dimensions(), (PREVIEW_SIDE, PREVIEW_SIDE));

    let made = cut(&original, Crop { side: 0.125, ..MIDDLE });

    let bright = made.pixels().filter(|pixel| pixel.0[0] > 250).count();
    let dark = made.pixels().filter(|pixel| pixel.0[0] < 5).count();
    assert_eq!(bright + dark, 512 * 512, "each pixel of the cut is one of the original");
}

#[test]
fn hostile_numbers_cut_nothing() {
    let (original, _) = open(&rgb_png(&photo(900, 700), &[]));
    for crop in [
        Crop { x: f64::NAN, ..MIDDLE },
        Crop { y: f64::INFINITY, ..MIDDLE },
        Crop { side: f64::NAN, ..MIDDLE },
        Crop { side: 1e-9, ..MIDDLE },
        Crop { side: 5.0, ..MIDDLE },
        Crop { x: 0.1, ..MIDDLE },
        Crop { x: -1e18, side: 0.5, ..MIDDLE },
        Crop { quarter_turns: 4, ..MIDDLE },
    ] {
        assert_eq!(original.cut(crop, &stop()).err(), Some(PictureError::CropInvalid), "{crop:?}");
    }
}

#[test]
fn a_preview_of_a_photo_is_small_and_soon_there() {
    let bytes = jpeg(&photo(4000, 3000), SamplingFactor::F_2_2, false, 0);
    let began = Instant::now();

    let (original, preview) = Original::open(bytes, &stop()).unwrap();

    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    println!("a preview of 12 megapixels took {:?}", began.elapsed());
    assert_eq!(original.size(), (4000, 3000));
    assert!(preview.bytes.len() < 400_000, "{}", preview.bytes.len());
    let began = Instant::now();
    original.cut(MIDDLE, &stop()).unwrap();
    println!("its cut took {:?}", began.elapsed());
}
