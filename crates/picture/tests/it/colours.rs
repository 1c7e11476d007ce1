//! Colours, against a reference that is computed here from the definitions of the colour spaces alone.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{Rgb, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::files::{case, chunk, difference, encoded, pixels, rgb_png};

/// A colour space: where red, green, blue and white lie (CIE xy), and how light becomes a value.
struct Space {
    name: &'static str,
    primaries: [(f64, f64); 3],
    white: (f64, f64),
    curve: Curve,
}

#[derive(Clone, Copy)]
enum Curve {
    Gamma(f64),
    Srgb,
    /// ROMM RGB: a straight line at the dark end.
    Romm,
}

impl Curve {
    fn light(self, value: f64) -> f64 {
        match self {
            Self::Gamma(gamma) => value.powf(gamma),
            Self::Srgb if value <= 0.040_45 => value / 12.92,
            Self::Srgb => ((value + 0.055) / 1.055).powf(2.4),
            Self::Romm if value < 16.0 / 512.0 => value / 16.0,
            Self::Romm => value.powf(1.8),
        }
    }
}

const D65: (f64, f64) = (0.312_7, 0.329_0);
const SRGB: [(f64, f64); 3] = [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06)];
const DISPLAY_P3: Space = Space {
    name: "Display P3",
    primaries: [(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)],
    white: D65,
    curve: Curve::Srgb,
};
const ADOBE_RGB: Space = Space {
    name: "Adobe RGB (1998)",
    primaries: [(0.64, 0.33), (0.21, 0.71), (0.15, 0.06)],
    white: D65,
    curve: Curve::Gamma(563.0 / 256.0),
};
const PROPHOTO: Space = Space {
    name: "ProPhoto RGB",
    primaries: [(0.734_7, 0.265_3), (0.159_6, 0.840_4), (0.036_6, 0.000_1)],
    white: (0.345_7, 0.358_5),
    curve: Curve::Romm,
};

type Matrix = [[f64; 3]; 3];

fn times(one: Matrix, other: Matrix) -> Matrix {
    let cell = |row: usize, column: usize| (0..3).map(|at| one[row][at] * other[at][column]).sum();
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| cell(row, column)))
}

fn applied(matrix: Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

fn inverse(m: Matrix) -> Matrix {
    let minor = |row: usize, column: usize| {
        let (r, c) = ([(row + 1) % 3, (row + 2) % 3], [(column + 1) % 3, (column + 2) % 3]);
        m[r[0]][c[0]] * m[r[1]][c[1]] - m[r[0]][c[1]] * m[r[1]][c[0]]
    };
    let whole: f64 = (0..3).map(|column| m[0][column] * minor(0, column)).sum();
    [0, 1, 2].map(|row| [0, 1, 2].map(|column| minor(column, row) / whole))
}

fn xyz((x, y): (f64, f64)) -> [f64; 3] {
    [x / y, 1.0, (1.0 - x - y) / y]
}

/// From white to white as Bradford has it.
fn adapted(from: [f64; 3], to: [f64; 3]) -> Matrix {
    let cones = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];
    let (from, to) = (applied(cones, from), applied(cones, to));
    let mut scale = [[0.0; 3]; 3];
    for at in 0..3 {
        scale[at][at] = to[at] / from[at];
    }
    times(inverse(cones), times(scale, cones))
}

/// The white of ICC's connection space.
const D50: [f64; 3] = [0.964_2, 1.0, 0.824_9];

impl Space {
    /// From light in this space to XYZ, seen under D50.
    fn matrix(&self) -> Matrix {
        let columns = self.primaries.map(xyz);
        let plain = [0, 1, 2].map(|row| [0, 1, 2].map(|column: usize| columns[column][row]));
        let amounts = applied(inverse(plain), xyz(self.white));
        let scaled = plain.map(|row| [row[0] * amounts[0], row[1] * amounts[1], row[2] * amounts[2]]);
        times(adapted(xyz(self.white), D50), scaled)
    }

    fn to_srgb(&self, value: [u8; 3]) -> [u8; 3] {
        let srgb = Space { name: "", primaries: SRGB, white: D65, curve: Curve::Srgb };
        let light = value.map(|value| self.curve.light(f64::from(value) / 255.0));
        applied(times(inverse(srgb.matrix()), self.matrix()), light).map(|light| {
            let light = light.clamp(0.0, 1.0);
            let value =
                if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
            (value * 255.0).round() as u8
        })
    }

    /// An ICC profile, version 2, with a curve of 1,024 points.
    fn icc(&self) -> Vec<u8> {
        let fixed = |value: f64| ((value * 65536.0).round() as i32).to_be_bytes();
        let xyz = |value: [f64; 3]| [b"XYZ \0\0\0\0".to_vec(), value.map(fixed).concat()].concat();
        let curve = {
            let mut bytes = b"curv\0\0\0\0\0\0\x04\0".to_vec();
            for at in 0..1024 {
                let light = self.curve.light(f64::from(at) / 1023.0);
                bytes.extend(((light * 65535.0).round() as u16).to_be_bytes());
            }
            bytes
        };
        let matrix = self.matrix();
        let column = |at: usize| [matrix[0][at], matrix[1][at], matrix[2][at]];
        let text = [b"text\0\0\0\0".to_vec(), self.name.as_bytes().to_vec(), vec![0; 4]].concat();
        let tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
            (b"cprt", text),
            (b"wtpt", xyz(D50)),
            (b"rXYZ", xyz(column(0))),
            (b"gXYZ", xyz(column(1))),
            (b"bXYZ", xyz(column(2))),
            (b"rTRC", curve.clone()),
            (b"gTRC", curve.clone()),
            (b"bTRC", curve),
        ];
        let (mut table, mut content) = ((tags.len() as u32).to_be_bytes().to_vec(), Vec::new());
        let begin = 128 + 4 + tags.len() * 12;
        for (name, value) in tags {
            table.extend(name);
            table.extend(((begin + content.len()) as u32).to_be_bytes());
            table.extend((value.len() as u32).to_be_bytes());
            content.extend(&value);
            content.resize(content.len().next_multiple_of(4), 0);
        }
        let mut profile = ((begin + content.len()) as u32).to_be_bytes().to_vec();
        profile.extend(b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ ");
        profile.extend([0, 26, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0].map(|byte: u8| byte));
        profile.extend(b"acsp");
        profile.resize(68, 0);
        profile.extend(D50.map(fixed).concat());
        profile.resize(128, 0);
        [profile, table, content].concat()
    }
}

/// Fields of every kind of colour, so large that scaling leaves their middles alone.
fn fields() -> RgbImage {
    RgbImage::from_fn(512, 512, |x, y| {
        let (column, row) = (x / 64, y / 64);
        let at = |part: u32| (part * 36).min(255) as u8;
        Rgb([at(column), at(row), at((column * 3 + row * 5) % 8)])
    })
}

fn reference(image: &RgbImage, space: &Space) -> RgbaImage {
    RgbaImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue] = space.to_srgb(image.get_pixel(x, y).0);
        image::Rgba([red, green, blue, 255])
    })
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn with_iccp(image: &RgbImage, profile: &[u8]) -> Vec<u8> {
    rgb_png(image, &[chunk(b"iCCP", &[b"a profile\0\0".to_vec(), packed(profile)].concat())])
}

fn jpeg_with(image: &RgbImage, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 97);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.add_icc_profile(profile).unwrap();
    encoder.encode(image, 512, 512, ColorType::Rgb).unwrap();
    bytes
}

fn webp_with(image: &RgbImage, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile.to_vec()).unwrap();
    encoder.encode(image, 512, 512, image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

#[test]
fn wide_colours_become_srgb_in_every_format() {
    for space in [DISPLAY_P3, ADOBE_RGB, PROPHOTO] {
        let (image, profile) = (fields(), space.icc());
        let reference = reference(&image, &space);
        for (format, bytes) in [
            ("PNG", with_iccp(&image, &profile)),
            ("JPEG", jpeg_with(&image, &profile)),
            ("WebP", webp_with(&image, &profile)),
        ] {
            let off = difference(&pixels(&bytes), &reference);
            assert!(off < 2.0, "{}, {format}: {off}", space.name);
        }
        let untouched = difference(&pixels(&rgb_png(&image, &[])), &reference);
        assert!(untouched > 4.0, "{}: the fields would not show a mistake ({untouched})", space.name);
    }
}

#[test]
fn the_tagged_photograph_that_came_out_pale_does_no_longer() {
    let bytes = case("display-p3.jpg");
    let plain = image::load_from_memory(&bytes).unwrap().into_rgb8();
    let converted = reference(&plain, &DISPLAY_P3);
    let scaled = image::DynamicImage::from(converted)
        .resize_to_fill(512, 512, image::imageops::FilterType::CatmullRom)
        .into_rgba8();

    let off = difference(&pixels(&bytes), &scaled);

    assert!(off < 2.0, "{off}");
}

#[test]
fn a_png_that_tells_its_gamma_and_its_colours_is_taken_at_its_word() {
    let number = |value: f64| ((value * 100_000.0).round() as u32).to_be_bytes().to_vec();
    let gama = |gamma: f64| chunk(b"gAMA", &number(1.0 / gamma));
    let chrm = |space: &Space| {
        let points = [vec![space.white], space.primaries.to_vec()].concat();
        chunk(
            b"cHRM",
            &points.iter().flat_map(|(x, y)| [number(*x), number(*y)].concat()).collect::<Vec<_>>(),
        )
    };
    let plain = |gamma| Space { name: "gamma", primaries: SRGB, white: D65, curve: Curve::Gamma(gamma) };
    for (chunks, space) in [
        (vec![gama(1.0)], plain(1.0)),
        (vec![gama(1.8)], plain(1.8)),
        (vec![gama(2.2)], plain(2.2)),
        (vec![gama(563.0 / 256.0), chrm(&ADOBE_RGB)], ADOBE_RGB),
    ] {
        let image = fields();

        let off = difference(&pixels(&rgb_png(&image, &chunks)), &reference(&image, &space));

        assert!(off < 1.5, "{}: {off}", space.name);
    }
}

#[test]
fn what_says_nothing_or_nonsense_about_its_colours_is_srgb() {
    let image = fields();
    let plain = pixels(&rgb_png(&image, &[]));
    let as_it_is = RgbaImage::from_fn(512, 512, |x, y| {
        let [red, green, blue] = image.get_pixel(x, y).0;
        image::Rgba([red, green, blue, 255])
    });
    assert!(difference(&plain, &as_it_is) < 0.01);

    for chunks in [
        vec![chunk(b"sRGB", &[0]), chunk(b"gAMA", &45_455_u32.to_be_bytes())],
        vec![chunk(b"gAMA", &0_u32.to_be_bytes())],
        vec![chunk(b"gAMA", &u32::MAX.to_be_bytes())],
        vec![chunk(b"gAMA", &100_000_u32.to_be_bytes()), chunk(b"cHRM", &[0; 32])],
        vec![chunk(b"iCCP", &[b"x\0\0".to_vec(), packed(b"no profile")].concat())],
    ] {
        assert!(difference(&pixels(&rgb_png(&image, &chunks)), &plain) < 0.01);
    }
    for profile in [&b"no profile"[..], &DISPLAY_P3.icc()[..200]] {
        let off = difference(&pixels(&jpeg_with(&image, profile)), &plain);
        assert!(off < 2.0, "{off}");
    }
    assert!(difference(&pixels(&encoded(&image.clone().into(), image::ImageFormat::WebP)), &plain) < 0.01);
}
