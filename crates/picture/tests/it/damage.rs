//! Damaged files, each refused as damaged; and files that are not, however they were written.

use foyer_picture::{Format, Picture, PictureError};
use image::{DynamicImage, ImageFormat};
use jpeg_encoder::SamplingFactor;

use crate::files::{case, chunk, cut_out, encoded, interlaced_png, jpeg, photo, prepared, refused, rgb_png};

const BROKEN: Option<PictureError> = Some(PictureError::Broken);

/// JPEGs as many kinds of encoders write them.
fn jpegs() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for (name, sampling) in [
        ("4:4:4", SamplingFactor::F_1_1),
        ("4:2:2", SamplingFactor::F_2_1),
        ("4:4:0", SamplingFactor::F_1_2),
        ("4:2:0", SamplingFactor::F_2_2),
        ("4:1:1", SamplingFactor::F_4_1),
    ] {
        for progressive in [false, true] {
            for restart in [0, 1, 7, 100] {
                for (width, height) in [(333, 251), (16, 16), (801, 9)] {
                    let bytes = jpeg(&photo(width, height), sampling, progressive, restart);
                    all.push((format!("{name} {progressive} {restart} {width}x{height}"), bytes));
                }
            }
        }
    }
    // With bits that come in several scans, as libjpeg writes progressive pictures.
    all.push(("refined".into(), case("refined.jpg")));
    let grey = DynamicImage::from(photo(300, 200)).into_luma8();
    all.push(("grey".into(), encoded(&grey.into(), ImageFormat::Jpeg)));
    all.push(("of the image crate".into(), encoded(&photo(777, 555).into(), ImageFormat::Jpeg)));
    all
}

#[test]
fn a_whole_jpeg_is_taken_however_it_was_written() {
    for (name, bytes) in jpegs() {
        assert_eq!(refused(&bytes), None, "{name}");
        let more = [bytes.as_slice(), b"what a camera leaves behind the end"].concat();
        assert_eq!(refused(&more), None, "{name}, with more behind its end");
    }
}

#[test]
fn a_jpeg_that_was_cut_is_damaged_wherever_it_was_cut() {
    assert_eq!(refused(&case("cut-half.jpg")), BROKEN);
    for (name, bytes) in jpegs().into_iter().filter(|(_, bytes)| bytes.len() > 2_000) {
        for part in 1..20 {
            let cut = &bytes[..bytes.len() * part / 20];
            assert_eq!(refused(cut), BROKEN, "{name}, {part}/20");
            let closed = [cut, &[0xff, 0xd9]].concat();
            assert_eq!(refused(&closed), BROKEN, "{name}, {part}/20, with an end put behind it");
        }
    }
}

#[test]
fn a_jpeg_with_a_hole_is_damaged() {
    for (name, bytes) in jpegs().into_iter().filter(|(_, bytes)| bytes.len() > 10_000) {
        for (begin, end) in [(2, 3), (4, 6), (7, 9)] {
            let mut holed = bytes.clone();
            let (begin, end) = (bytes.len() * begin / 10, bytes.len() * end / 10);
            holed[begin..end].fill(0);
            assert_eq!(refused(&holed), BROKEN, "{name}, {begin}..{end} zeroed");
            let without = [&bytes[..begin], &bytes[end..]].concat();
            assert_eq!(refused(&without), BROKEN, "{name}, {begin}..{end} left out");
        }
    }
}

#[test]
fn a_jpeg_with_restart_markers_out_of_order_is_damaged() {
    let bytes = jpeg(&photo(333, 251), SamplingFactor::F_2_2, false, 7);
    let second = bytes.windows(2).position(|two| two == [0xff, 0xd1]).unwrap();
    let mut swapped = bytes.clone();
    swapped[second + 1] = 0xd3;

    assert_eq!(refused(&swapped), BROKEN);
}

fn pngs() -> Vec<Vec<u8>> {
    let image = photo(300, 280);
    let plain = encoded(&image.clone().into(), ImageFormat::Png);
    vec![plain, rgb_png(&image, &[]), interlaced_png(&image), encoded(&cut_out(300).into(), ImageFormat::Png)]
}

#[test]
fn a_png_that_was_cut_or_changed_anywhere_is_damaged() {
    for bytes in pngs() {
        assert_eq!(refused(&bytes), None);
        for part in 1..40 {
            let at = bytes.len() * part / 40;
            assert_eq!(refused(&bytes[..at]), BROKEN, "cut at {part}/40");
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert_eq!(refused(&changed), BROKEN, "changed at {part}/40");
        }
        assert_eq!(refused(&bytes[..bytes.len() - 12]), BROKEN, "its end is missing");
    }
}

#[test]
fn a_png_whose_colours_were_changed_on_the_way_is_damaged() {
    let mut gamma = chunk(b"gAMA", &45_455_u32.to_be_bytes());
    assert_eq!(refused(&rgb_png(&photo(60, 60), std::slice::from_ref(&gamma))), None);

    gamma[9] ^= 0x10;

    assert_eq!(refused(&rgb_png(&photo(60, 60), &[gamma])), BROKEN);
}

/// WebPs with and without loss and transparency.
fn webps() -> Vec<Vec<u8>> {
    let mut all = vec![
        encoded(&photo(300, 280).into(), ImageFormat::WebP),
        encoded(&cut_out(300).into(), ImageFormat::WebP),
    ];
    for image in [DynamicImage::from(photo(600, 600)), cut_out(600).into()] {
        let picture = prepared(&encoded(&image, ImageFormat::Png)).unwrap();
        let how = Picture::encodings(Format::WebP).nth(1).unwrap();
        all.push(picture.encode(how).unwrap().bytes);
    }
    all
}

#[test]
fn a_webp_that_was_cut_is_damaged_wherever_it_was_cut() {
    for bytes in webps() {
        assert_eq!(refused(&bytes), None);
        for part in 1..40 {
            assert_eq!(refused(&bytes[..bytes.len() * part / 40]), BROKEN, "cut at {part}/40");
        }
        assert_eq!(refused(&bytes[..bytes.len() - 1]), BROKEN);
    }
}

/// A grey JPEG whose every block is lighter than the one before by as much as a code can say.
fn ever_lighter(side: u16) -> Vec<u8> {
    let size = side.to_be_bytes();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xdb, 0, 67, 0];
    bytes.extend([1; 64]);
    bytes.extend([0xff, 0xc0, 0, 11, 8, size[0], size[1], size[0], size[1], 1, 1, 0x11, 0]);
    // One code each: a difference of 15 bits, and the end of a block.
    for (table, value) in [(0x00, 15), (0x10, 0)] {
        bytes.extend([0xff, 0xc4, 0, 20, table, 1]);
        bytes.extend([0; 15]);
        bytes.push(value);
    }
    bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    let blocks = usize::from(side).div_ceil(8).pow(2);
    let bits: Vec<u8> = [&[0][..], &[1; 15], &[0]].concat().repeat(blocks);
    for bits in bits.chunks(8) {
        let byte = (0..8).fold(0, |byte, at| byte << 1 | bits.get(at).copied().unwrap_or(1));
        bytes.push(byte);
        if byte == 0xff {
            bytes.push(0);
        }
    }
    bytes.extend([0xff, 0xd9]);
    bytes
}

#[test]
fn a_jpeg_that_counts_past_every_number_is_read_to_its_end() {
    assert_eq!(refused(&ever_lighter(4096)), None);
}
