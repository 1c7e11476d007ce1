//! What is cut out, how it is turned, and what of the file is left.

use foyer_picture::{Encoding, Format, Picture, PictureError, SIDE};
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::SamplingFactor;

use crate::files::{
    case, cut_out, difference, encoded, interlaced_png, jpeg, photo, pixels, prepared, rgb_png, waves,
};

fn best(bytes: &[u8]) -> (Vec<u8>, Format) {
    let picture = prepared(bytes).unwrap();
    let how = Picture::encodings(picture.best_format()).next().unwrap();
    let encoded = picture.encode(how).unwrap();
    (encoded.bytes, encoded.format)
}

#[test]
fn each_format_becomes_a_square_of_512_pixels() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        for (width, height) in [(1200, 800), (60, 90), (512, 512), (1, 1), (1700, 3), (2000, 1999)] {
            let (bytes, kind) = best(&encoded(&photo(width, height).into(), format));

            let image = image::load_from_memory(&bytes).unwrap();
            assert_eq!((image.width(), image.height()), (SIDE, SIDE), "{format:?} {width}x{height}");
            assert_eq!(kind, Format::Jpeg);
        }
    }
}

/// What a program does that has all the memory it wants: cut, then scale with a filter that looks at every pixel.
fn at_leisure(image: &RgbImage) -> RgbaImage {
    let whole = DynamicImage::from(image.clone());
    whole.resize_to_fill(SIDE, SIDE, image::imageops::FilterType::CatmullRom).into_rgba8()
}

#[test]
fn rows_taken_one_by_one_give_what_the_whole_picture_gives() {
    for (width, height) in [(700, 500), (1300, 1900), (2600, 2700)] {
        let image = waves(width, height);
        let reference = at_leisure(&image);
        for (bytes, most) in [
            (rgb_png(&image, &[]), 2.0),
            (interlaced_png(&image), 2.0),
            (encoded(&image.clone().into(), ImageFormat::WebP), 2.0),
            (jpeg(&image, SamplingFactor::F_1_1, false, 0), 3.0),
            (jpeg(&image, SamplingFactor::F_1_1, true, 0), 3.0),
        ] {
            let off = difference(&pixels(&bytes), &reference);
            assert!(off < most, "{width}x{height}: {off}, {:?}", image::guess_format(&bytes));
        }
    }
}

#[test]
fn values_of_every_depth_mean_the_same() {
    let grey = DynamicImage::from(photo(600, 600)).into_luma8();
    let reference = pixels(&encoded(&DynamicImage::from(grey.clone()), ImageFormat::Png));

    for image in [
        DynamicImage::from(grey.clone()).into_luma16().into(),
        DynamicImage::from(grey.clone()).into_rgb16().into(),
        DynamicImage::from(grey.clone()).into_rgba16().into(),
        DynamicImage::from(DynamicImage::from(grey.clone()).into_luma_alpha8()),
        DynamicImage::from(DynamicImage::from(grey.clone()).into_rgba8()),
    ] {
        let off = difference(&pixels(&encoded(&image, ImageFormat::Png)), &reference);
        assert!(off < 0.01, "{:?}: {off}", image.color());
    }
}

#[test]
fn transparency_is_kept_as_webp() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let (bytes, kind) = best(&encoded(&cut_out(700).into(), format));

        assert_eq!(kind, Format::WebP);
        let back = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!((back.get_pixel(0, 0).0[3], back.get_pixel(500, 500).0[3]), (0, 255));
    }
}

#[test]
fn a_transparent_colour_does_not_shine_through_at_the_edge() {
    let picture = prepared(&case("alpha-small-green-hidden.png")).unwrap();

    for how in Picture::encodings(Format::WebP).chain(Picture::encodings(Format::Png)) {
        let back = image::load_from_memory(&picture.encode(how).unwrap().bytes).unwrap().into_rgba8();
        let green = |pixel: &&Rgba<u8>| {
            let [red, green, blue, alpha] = pixel.0;
            alpha > 24 && i32::from(green) - i32::from(red.max(blue)) > 24
        };
        assert_eq!(back.pixels().filter(green).count(), 0, "{how:?}");
        assert!(back.pixels().any(|pixel| pixel.0[3] == 255), "the shape is there");
    }
}

/// A JPEG whose EXIF says "turn right" and where it was taken.
fn jpeg_with_exif() -> Vec<u8> {
    let corner = |x, y| if x < 32 && y < 32 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) };
    let jpeg = encoded(&RgbImage::from_fn(64, 64, corner).into(), ImageFormat::Jpeg);
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
    let picture = prepared(&jpeg_with_exif()).unwrap();

    for format in picture.formats() {
        let bytes = picture.encode(Encoding { format, side: SIDE, quality: 85 }).unwrap().bytes;
        let image = image::load_from_memory(&bytes).unwrap().to_rgb8();
        let red = |x, y| image.get_pixel(x, y).0[0] > 150;
        assert!(red(400, 100) && !red(100, 100), "the red corner moved from top left to top right");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("CANARY") && !text.contains("Exif"));
    }
}

#[test]
fn a_large_photo_looks_as_it_does_when_all_of_it_is_decoded() {
    let image = waves(4099, 3077);
    for (sampling, restart) in [
        (SamplingFactor::F_1_1, 0),
        (SamplingFactor::F_2_2, 0),
        (SamplingFactor::F_2_1, 100),
        (SamplingFactor::F_1_2, 0),
    ] {
        let bytes = jpeg(&image, sampling, false, restart);
        let whole = image::load_from_memory(&bytes).unwrap();
        let middle = whole.crop_imm((4099 - 3077) / 2, 0, 3077, 3077);
        let expected = middle.resize_exact(SIDE, SIDE, FilterType::CatmullRom).into_rgba8();

        let off = difference(&pixels(&bytes), &expected);

        assert!(off < 2.0, "{sampling:?}: {off}");
        for cut in [bytes.len() / 3, bytes.len() - 40] {
            assert_eq!(prepared(&bytes[..cut]).err(), Some(PictureError::Broken));
        }
    }
}
