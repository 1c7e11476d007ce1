//! Files that were made to do harm. Each comes to an end within a second of work and within the memory that there is.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::time::Duration;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};
use foyer_picture::{Format, Picture, PictureError};
use image::{DynamicImage, ImageFormat};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::files::{chunk, difference, encoded, jpeg, photo, pixels, png, prepared, refused, rgb_png};
use crate::limits::{MOST, peak};

/// Asserts what becomes of a file, in a process of its own.
fn becomes(name: &str, bytes: &[u8], expected: &str) {
    assert!(bytes.len() <= 10 << 20, "{name} is no file that is read: {} bytes", bytes.len());
    let (outcome, kibibytes, time) = peak(bytes);
    assert_eq!(outcome, expected, "{name}");
    assert!(kibibytes < MOST, "{name}: {kibibytes} KiB");
    assert!(time < Duration::from_secs(1), "{name}: {time:?}");
}

/// Asserts that a file is refused, in the same bounds.
fn is_refused(name: &str, bytes: &[u8]) {
    let (outcome, kibibytes, time) = peak(bytes);
    assert!(["Broken", "TooLarge", "TooHeavy"].contains(&outcome.as_str()), "{name}: {outcome}");
    assert!(kibibytes < MOST && time < Duration::from_secs(1), "{name}: {kibibytes} KiB, {time:?}");
}

/// Asserts that two files are the same picture. A decoder of moving pictures lays one over the other and rounds down.
fn assert_same(one: &[u8], other: &[u8]) {
    let off = difference(&pixels(one), &pixels(other));
    assert!(off < 1.5, "{off}");
}

/// So many zeros (rounded up to whole blocks), packed as tightly as deflate can: a thousandth of it.
fn zeros(bytes: usize) -> Vec<u8> {
    const BLOCK: usize = 16 << 20;
    let mut packer = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(BLOCK / 500);
    // Behind a full flush nothing refers to what was before: the same block may follow any number of times.
    packer.compress_vec(&vec![0; BLOCK], &mut block, FlushCompress::Full).unwrap();
    let blocks = bytes.div_ceil(BLOCK);
    // Adler-32 of zeros: the one sum stays 1, the other counts.
    let sum = ((blocks * BLOCK % 65_521) as u32) << 16 | 1;
    [vec![0x78, 0xda], block.repeat(blocks), vec![3, 0], sum.to_be_bytes().to_vec()].concat()
}

#[test]
fn what_is_no_picture_of_ours_is_refused_whatever_it_calls_itself() {
    for (name, bytes) in [
        ("nothing", &b""[..]),
        ("text", b"plain text, called a.png"),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        (
            "SVG behind a declaration",
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!DOCTYPE svg><svg onload='alert(1)'/>",
        ),
        ("packed SVG", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
        ("web page", b"<!doctype html><script>alert(1)</script>"),
        ("GIF", b"GIF87a\x01\0\x01\0\0\0\0;"),
        ("moving GIF", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0;"),
        ("GIF that is a script", b"GIF89a/*\0\0\0\0*/=1;alert(1)//"),
        ("TIFF", b"II*\0\x08\0\0\0\0\0"),
        ("BMP", b"BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\xff\0"),
        ("ICO", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0"),
        ("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("ZIP", b"PK\x03\x04\x14\0\0\0\x08\0"),
        ("program", b"\x7fELF\x02\x01\x01\0"),
        ("PostScript behind a JPEG's first byte", b"\xff%!PS-Adobe-3.0"),
    ] {
        assert_eq!(refused(bytes), Some(PictureError::Unsupported), "{name}");
    }
    for (name, bytes) in [
        ("a PNG's signature alone", &b"\x89PNG\r\n\x1a\n"[..]),
        ("a JPEG's beginning alone", b"\xff\xd8\xff\xe0"),
        ("a WebP's beginning alone", b"RIFF\x04\0\0\0WEBP"),
    ] {
        assert_eq!(refused(bytes), Some(PictureError::Broken), "{name}");
    }
}

const CANARY: &str = "<script>/*CANARY*/alert(1)</script>";

/// Files that are a picture and something else, in each place where that can be.
fn polyglots() -> Vec<(&'static str, Vec<u8>)> {
    let picture = photo(80, 60);
    let text = [b"Comment\0".to_vec(), CANARY.into()].concat();
    let plain = jpeg(&picture, SamplingFactor::F_1_1, false, 0);
    let comment =
        [b"\xff\xfe".to_vec(), (CANARY.len() as u16 + 2).to_be_bytes().to_vec(), CANARY.into()].concat();
    let webp = encoded(&picture.clone().into(), ImageFormat::WebP);
    let zip = [b"PK\x03\x04".to_vec(), CANARY.into(), b"PK\x05\x06".to_vec(), vec![0; 18]].concat();
    let mut extended = webp.clone();
    extended.extend(b"XMP ");
    extended.extend((CANARY.len() as u32).to_le_bytes());
    extended.extend(CANARY.as_bytes());
    extended.extend(vec![0; CANARY.len() % 2]);
    let size = (extended.len() as u32 - 8).to_le_bytes();
    extended[4..8].copy_from_slice(&size);
    vec![
        ("PNG with a script in a text", rgb_png(&picture, &[chunk(b"tEXt", &text)])),
        ("PNG with a script in a chunk of nobody's", rgb_png(&picture, &[chunk(b"fOoO", CANARY.as_bytes())])),
        ("PNG and ZIP", [rgb_png(&picture, &[]), zip.clone()].concat()),
        ("PNG and page", [rgb_png(&picture, &[]), CANARY.into()].concat()),
        ("JPEG with a script in a comment", [&plain[..2], &comment, &plain[2..]].concat()),
        ("JPEG and ZIP", [plain.clone(), zip].concat()),
        ("JPEG and page", [plain, CANARY.into()].concat()),
        ("WebP with a script in a chunk", extended),
        ("WebP and page", [webp, CANARY.into()].concat()),
    ]
}

#[test]
fn of_a_file_that_is_something_else_besides_only_the_pixels_stay() {
    for (name, bytes) in polyglots() {
        assert!(String::from_utf8_lossy(&bytes).contains("CANARY"), "{name}");

        let picture = prepared(&bytes).unwrap_or_else(|error| panic!("{name}: {error:?}"));

        for format in [Format::Png, Format::Jpeg, Format::WebP] {
            let how = Picture::encodings(format).next().unwrap();
            let out = picture.encode(how).unwrap().bytes;
            let text = String::from_utf8_lossy(&out).into_owned();
            assert!(!text.contains("CANARY") && !text.contains("PK\u{3}\u{4}"), "{name}, {how:?}");
        }
    }
}

#[test]
fn bombs_in_a_png_go_off_nowhere() {
    let rows = |packer: &mut ZlibEncoder<Vec<u8>>| packer.write_all(&[0, 10, 20, 30]).unwrap();
    let one = |chunks: &[Vec<u8>]| png((1, 1), (8, 2, false), chunks, rows);
    let bomb = zeros(1 << 30);
    let text = |name: &[u8; 4], head: &[u8]| chunk(name, &[head.to_vec(), bomb.clone()].concat());

    becomes("a profile of a gigabyte", &one(&[text(b"iCCP", b"x\0\0")]), "Ready");
    becomes("a text of a gigabyte", &one(&[text(b"zTXt", b"x\0\0")]), "Ready");
    becomes("an international text of a gigabyte", &one(&[text(b"iTXt", b"x\0\x01\0\0\0")]), "Ready");
    let many: Vec<u8> = chunk(b"tEXt", b"a\0").repeat(700_000);
    becomes("half a million texts", &one(&[many]), "Ready");
    let empty = chunk(b"IDAT", &[]).repeat(800_000);
    becomes("nearly a million empty parts", &one(&[empty]), "Ready");
    becomes("metadata of ten megabytes", &one(&[chunk(b"eXIf", &vec![0x4d; 10_000_000])]), "Ready");
    let parts = one(&[]);
    let data = parts.windows(4).position(|name| name == b"IDAT").unwrap() - 4;
    let rows = [&parts[..data], &chunk(b"IDAT", &zeros(9 << 30)), &chunk(b"IEND", &[])].concat();
    becomes("more rows than it has", &rows, "Ready");
}

#[test]
fn the_first_picture_of_a_moving_png_is_taken() {
    let control = |number: u32| {
        let numbers = [number, 40, 30, 0, 0].map(u32::to_be_bytes).concat();
        chunk(b"fcTL", &[numbers, vec![0, 1, 0, 10, 0, 0]].concat())
    };
    let moving = chunk(b"acTL", &[50_000_u32.to_be_bytes(), 0_u32.to_be_bytes()].concat());
    let still = rgb_png(&photo(40, 30), &[moving, control(0)]);
    let end = still.len() - 12;
    let mut bytes = still[..end].to_vec();
    for number in 0..50_000 {
        bytes.extend(control(number * 2 + 1));
        let content = [(number * 2 + 2).to_be_bytes().to_vec(), b"no picture".to_vec()].concat();
        bytes.extend(chunk(b"fdAT", &content));
    }
    bytes.extend(&still[end..]);

    becomes("fifty thousand pictures in a PNG", &bytes, "Ready");
    assert_same(&bytes, &rgb_png(&photo(40, 30), &[]));
}

/// A WebP from its chunks.
fn webp(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, content) in chunks {
        body.extend(*name);
        body.extend((content.len() as u32).to_le_bytes());
        body.extend(content);
        body.extend(vec![0; content.len() % 2]);
    }
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
}

fn three((width, height): (u32, u32)) -> Vec<u8> {
    [&(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat()
}

/// The header of an extended WebP.
fn extended(flags: u8, size: (u32, u32)) -> (&'static [u8; 4], Vec<u8>) {
    (b"VP8X", [vec![flags, 0, 0, 0], three(size)].concat())
}

const MOVES: u8 = 0x02;

/// The only chunk of a plain lossless WebP.
fn lossless() -> Vec<u8> {
    let whole = encoded(&photo(40, 30).into(), ImageFormat::WebP);
    assert_eq!(&whole[12..16], b"VP8L");
    whole[20..].to_vec()
}

/// A moving WebP with so many pictures.
fn moving(canvas: (u32, u32), pictures: usize) -> Vec<u8> {
    let frame = [
        vec![0; 6],
        three((40, 30)),
        vec![100, 0, 0, 0],
        b"VP8L".to_vec(),
        (lossless().len() as u32).to_le_bytes().to_vec(),
        lossless(),
        vec![0; lossless().len() % 2],
    ]
    .concat();
    let mut chunks = vec![extended(MOVES, canvas), (b"ANIM", vec![0; 6])];
    chunks.extend((0..pictures).map(|_| (b"ANMF", frame.clone())));
    webp(&chunks)
}

#[test]
fn the_first_picture_of_a_moving_webp_is_taken() {
    assert_same(&moving((40, 30), 3), &rgb_png(&photo(40, 30), &[]));
    let many = (9 << 20) / moving((40, 30), 1).len();
    becomes("thousands of pictures in a WebP", &moving((40, 30), many), "Ready");
    becomes("a large canvas", &moving((8191, 8191), 1), "TooHeavy");
    becomes("a canvas without pictures", &moving((40, 30), 0), "Broken");
}

#[test]
fn bombs_in_a_webp_go_off_nowhere() {
    let head = |width: u32, height: u32| {
        let bits = (width - 1) | (height - 1) << 14;
        [vec![0x2f], bits.to_le_bytes().to_vec(), vec![0; 16]].concat()
    };
    is_refused("a large lossless frame", &webp(&[(b"VP8L", head(16_384, 16_384))]));
    is_refused("the largest lossless frame", &webp(&[(b"VP8L", head(8192, 8192))]));
    let lossy = |width: u16, height: u16| {
        [
            b"\x10\0\0\x9d\x01\x2a".to_vec(),
            width.to_le_bytes().to_vec(),
            height.to_le_bytes().to_vec(),
            vec![0; 64],
        ]
        .concat()
    };
    is_refused("a large lossy frame", &webp(&[(b"VP8 ", lossy(16_383, 16_383))]));
    is_refused("a canvas of 2^48 pixels", &webp(&[extended(0, (1 << 24, 1 << 24)), (b"VP8L", lossless())]));
    is_refused(
        "a frame that is larger than its canvas",
        &webp(&[extended(0, (40, 30)), (b"VP8L", head(8000, 8000))]),
    );
    let mut many = vec![extended(0, (40, 30))];
    many.extend((0..1_200_000).map(|_| (b"xxxx", Vec::new())));
    many.push((b"VP8L", lossless()));
    becomes("a million empty chunks", &webp(&many), "Ready");
}

/// Four inks, with and without Adobe's note on how they are written.
fn four_inks(red: u8, green: u8, blue: u8) -> Vec<u8> {
    let ink = [255 - red, 255 - green, 255 - blue, 0].repeat(64 * 64);
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 95).encode(&ink, 64, 64, ColorType::Cmyk).unwrap();
    bytes
}

#[test]
fn a_jpeg_in_four_inks_keeps_its_colours() {
    for wanted in [[230, 40, 30], [20, 200, 60], [255, 255, 255], [0, 0, 0]] {
        let made = pixels(&four_inks(wanted[0], wanted[1], wanted[2]));

        let is = made.get_pixel(256, 256).0;
        for at in 0..3 {
            assert!(wanted[at].abs_diff(is[at]) < 10, "{is:?} instead of {wanted:?}");
        }
    }
}

#[test]
fn jpegs_of_kinds_that_nobody_has_are_refused() {
    let whole = jpeg(&photo(64, 64), SamplingFactor::F_1_1, false, 0);
    let frame = whole.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    for (name, kind) in [("lossless", 0xc3), ("hierarchical", 0xc5), ("arithmetic", 0xc9)] {
        let mut bytes = whole.clone();
        bytes[frame + 1] = kind;
        assert_eq!(refused(&bytes), Some(PictureError::Unsupported), "{name}");
    }
    let mut deep = whole.clone();
    deep[frame + 4] = 12;
    assert_eq!(refused(&deep), Some(PictureError::Unsupported), "twelve bits");
    let mut large = whole;
    large[frame + 5..frame + 9].fill(0xff);
    becomes("65,535 pixels a side", &large, "TooLarge");
}

#[test]
fn a_jpeg_full_of_notes_is_read_at_once() {
    let plain = jpeg(&photo(64, 64), SamplingFactor::F_1_1, false, 0);
    let with = |note: &[u8], times: usize| [&plain[..2], &note.repeat(times), &plain[2..]].concat();
    becomes("a million empty comments", &with(&[0xff, 0xfe, 0, 2], 2_000_000), "Ready");
    becomes("fill bytes", &with(&[0xff], 9_000_000), "Ready");
    let part = |number: u8| {
        let content = [b"ICC_PROFILE\0".to_vec(), vec![number, 255], vec![0xaa; 60_000]].concat();
        [vec![0xff, 0xe2], (content.len() as u16 + 2).to_be_bytes().to_vec(), content].concat()
    };
    let profile: Vec<u8> = (0..150).flat_map(|number| part(number % 7)).collect();
    becomes("a profile in parts that do not fit", &with(&profile, 1), "Ready");
}

/// An ICC profile that says of itself what a picture needs, with these tags.
fn profile(tags: &[(&[u8; 4], Vec<u8>)], count: u32) -> Vec<u8> {
    let (mut table, mut content) = (count.to_be_bytes().to_vec(), Vec::new());
    let begin = 128 + 4 + tags.len() * 12;
    for (name, value) in tags {
        table.extend(*name);
        table.extend(((begin + content.len()) as u32).to_be_bytes());
        table.extend((value.len() as u32).to_be_bytes());
        content.extend(value);
    }
    let mut head = ((begin + content.len()) as u32).to_be_bytes().to_vec();
    head.extend(b"\0\0\0\0\x04\x20\0\0mntrRGB XYZ ");
    head.resize(36, 0);
    head.extend(b"acsp");
    head.resize(128, 0);
    [head, table, content].concat()
}

fn hostile_profiles() -> Vec<(&'static str, Vec<u8>)> {
    let curve = |count: u32, points: usize| {
        [b"curv\0\0\0\0".to_vec(), count.to_be_bytes().to_vec(), vec![0x7f; points * 2]].concat()
    };
    let table = |inputs: u8, outputs: u8, grid: u8, bytes: usize| {
        let head = [b"mft2\0\0\0\0".to_vec(), vec![inputs, outputs, grid, 0], vec![0; 36]].concat();
        [head, vec![16, 0, 16, 0], vec![0x55; bytes]].concat()
    };
    let curves = |curve: Vec<u8>| vec![(b"rTRC", curve.clone()), (b"gTRC", curve.clone()), (b"bTRC", curve)];
    let xyz = |value: i32| [b"XYZ \0\0\0\0".to_vec(), [value; 3].map(i32::to_be_bytes).concat()].concat();
    let matrix = |value: i32| vec![(b"rXYZ", xyz(value)), (b"gXYZ", xyz(value)), (b"bXYZ", xyz(value))];
    vec![
        ("more tags than bytes", profile(&[], u32::MAX)),
        ("a curve without points", profile(&curves(curve(u32::MAX, 0)), 3)),
        ("a curve of 500,000 points", profile(&curves(curve(500_000, 500_000)), 3)),
        ("a table without an end", profile(&[(b"A2B0", table(3, 3, 255, 1000))], 1)),
        ("a table of 15 inks", profile(&[(b"A2B0", table(15, 15, 255, 1000))], 1)),
        ("a table of a million cells", profile(&[(b"A2B0", table(3, 3, 100, 6_000_100))], 1)),
        ("colours without a direction", profile(&[matrix(0), curves(curve(0, 0))].concat(), 6)),
        ("colours without an end", profile(&[matrix(i32::MAX), curves(curve(0, 0))].concat(), 6)),
        ("a size of its own that is a lie", {
            let mut bytes = profile(&matrix(65_536), 3);
            bytes[..4].fill(0xff);
            bytes
        }),
        ("zeros", vec![0; 4096]),
        ("nothing", Vec::new()),
    ]
}

#[test]
fn a_hostile_profile_costs_the_colours_and_nothing_else() {
    let image = photo(64, 64);
    for (name, profile) in hostile_profiles() {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(&profile).unwrap();
        let packed = [b"x\0\0".to_vec(), packer.finish().unwrap()].concat();
        becomes(&format!("{name}, PNG"), &rgb_png(&image, &[chunk(b"iCCP", &packed)]), "Ready");

        let frame = [(b"ICCP", profile.clone()), (b"VP8L", lossless())];
        let webp = webp(&[&[extended(0x20, (40, 30))], &frame[..]].concat());
        becomes(&format!("{name}, WebP"), &webp, "Ready");

        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        if !profile.is_empty() && encoder.add_icc_profile(&profile).is_ok() {
            encoder.encode(&image, 64, 64, ColorType::Rgb).unwrap();
            becomes(&format!("{name}, JPEG"), &bytes, "Ready");
        }
    }
}

#[test]
fn sixteen_bits_a_value_come_out_as_eight() {
    let eight = DynamicImage::from(photo(200, 200));
    for image in [DynamicImage::from(eight.to_rgb16()), eight.to_rgba16().into(), eight.to_luma16().into()] {
        let out = prepared(&encoded(&image, ImageFormat::Png)).unwrap();
        for format in out.formats() {
            let how = Picture::encodings(format).next().unwrap();
            let back = image::load_from_memory(&out.encode(how).unwrap().bytes).unwrap();
            assert!(matches!(back, DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_)), "{format:?}");
        }
    }
}
