//! Memory and time. Each preparation runs in a process of its own, whose peak the system tells.
#![cfg(target_os = "linux")]

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use foyer_picture::{PictureError, SIDE, Stop, prepare, prepare_bytes};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use jpeg_encoder::SamplingFactor;

use crate::files::{case, chunk, encoded, jpeg, pixels, png, refused};

const CHILD: &str = "FOYER_PICTURE_TO_PREPARE";

/// What a preparation may add to a process, in KiB.
pub(crate) const MOST: u64 = 256 * 1024;

/// A value of `/proc/self/status` in KiB.
fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches([':', ' ', '\t', 'k', 'B']).parse().unwrap()
}

/// How long this process has worked, in hundredths of a second: fields 14 and 15 of `/proc/self/stat`, in ticks.
fn worked() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

/// Does nothing in a run of the tests: it is the other side of [`peak`].
#[test]
fn a_child_prepares_the_picture_that_it_is_given() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let before = status("VmRSS");
    let outcome = prepare(path.as_ref(), &Stop::after(Duration::from_secs(300)));
    let outcome = outcome.map_or_else(|error| format!("{error:?}"), |_| "Ready".to_owned());
    println!("\nOUTCOME {outcome} {} {}", status("VmHWM").saturating_sub(before), worked());
}

/// What a preparation comes to, how many KiB it added at its peak, and how long it worked.
pub(crate) fn peak(bytes: &[u8]) -> (String, u64, Duration) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture");
    std::fs::write(&path, bytes).unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "limits::a_child_prepares_the_picture_that_it_is_given", "--nocapture"])
        .env(CHILD, &path)
        .output()
        .unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    let line =
        said.lines().find_map(|line| line.strip_prefix("OUTCOME ")).unwrap_or_else(|| panic!("{said}"));
    let parts: Vec<&str> = line.split(' ').collect();
    (parts[0].into(), parts[1].parse().unwrap(), Duration::from_millis(parts[2].parse::<u64>().unwrap() * 10))
}

fn fits(name: &str, bytes: &[u8]) {
    assert!(bytes.len() < 10 << 20, "{name} is no file that is read: {} bytes", bytes.len());
    let (outcome, kibibytes, time) = peak(bytes);
    assert_eq!(outcome, "Ready", "{name}");
    assert!(kibibytes < MOST, "{name}: {kibibytes} KiB");
    assert!(time < Duration::from_secs(20), "{name}: {time:?}");
}

/// Sixteen bits a value, four values a pixel: 512 MiB when it is unpacked.
fn deep_png(side: u32, interlaced: bool) -> Vec<u8> {
    png((side, side), (16, 6, interlaced), &[], |packer| {
        let row = vec![0; 1 + side as usize * 8];
        if !interlaced {
            return (0..side).for_each(|_| packer.write_all(&row).unwrap());
        }
        for (left, top, across, down) in
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        {
            let pixels = (left..side).step_by(across).count();
            (top..side).step_by(down).for_each(|_| packer.write_all(&row[..1 + pixels * 8]).unwrap());
        }
    })
}

fn flat(width: u32, height: u32) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb([180, 90, 30]))
}

#[test]
fn lines_are_prepared_at_once() {
    for bytes in [
        case("8192x1.png"),
        encoded(&flat(1, 8191).into(), ImageFormat::Png),
        encoded(&flat(8191, 2).into(), ImageFormat::Jpeg),
        encoded(&flat(3, 8191).into(), ImageFormat::WebP),
    ] {
        let (outcome, kibibytes, time) = peak(&bytes);
        assert_eq!(outcome, "Ready");
        assert!(kibibytes < 64 * 1024, "{kibibytes} KiB");
        assert!(time < Duration::from_secs(1), "{time:?}");
    }
}

#[test]
fn the_largest_pngs_fit_into_the_memory() {
    fits("deep", &deep_png(8191, false));
    fits("deep and interlaced", &deep_png(8191, true));
}

#[test]
fn the_largest_jpegs_fit_into_the_memory() {
    let image = flat(8191, 8191);
    fits("sequential, whole colours", &jpeg(&image, SamplingFactor::F_1_1, false, 0));
    fits("progressive", &jpeg(&image, SamplingFactor::F_2_2, true, 0));
    fits("progressive, whole colours", &jpeg(&image, SamplingFactor::F_1_1, true, 0));
    fits("progressive and oblong", &jpeg(&flat(8191, 3700), SamplingFactor::F_1_1, true, 0));
}

#[test]
fn a_jpeg_that_is_made_of_its_blocks_means_has_its_colours_in_their_places() {
    let image = RgbImage::from_fn(6400, 6400, |x, y| match (x < 3200, y < 3200) {
        (true, true) => Rgb([230, 40, 30]),
        (false, true) => Rgb([20, 200, 60]),
        (true, false) => Rgb([40, 60, 220]),
        (false, false) => Rgb([240, 230, 210]),
    });
    for sampling in [SamplingFactor::F_1_1, SamplingFactor::F_2_2] {
        let made = pixels(&jpeg(&image, sampling, true, 0));

        for (x, y) in [(100, 100), (400, 100), (100, 400), (400, 400), (250, 250), (262, 262)] {
            let (wanted, is) = (image.get_pixel(x * 6400 / SIDE, y * 6400 / SIDE).0, made.get_pixel(x, y).0);
            for at in 0..3 {
                assert!(wanted[at].abs_diff(is[at]) < 8, "{x},{y}: {is:?} instead of {wanted:?}");
            }
        }
    }
}

#[test]
fn the_largest_webps_fit_into_the_memory_or_are_refused() {
    let lossless = |side| encoded(&flat(side, side).into(), ImageFormat::WebP);
    fits("lossless", &lossless(7600));
    let (outcome, kibibytes, _) = peak(&lossless(8191));
    assert_eq!(outcome, "TooHeavy");
    assert!(kibibytes < 16 * 1024, "{kibibytes} KiB");

    let lossy = |image: &RgbImage| {
        let (width, height) = image.dimensions();
        webp::Encoder::from_rgb(image, width, height).encode(80.0).to_vec()
    };
    fits("lossy", &lossy(&flat(8191, 8191)));
    let transparent = RgbaImage::from_pixel(4600, 4800, image::Rgba([20, 200, 30, 120]));
    fits("lossy and transparent", &webp::Encoder::from_rgba(&transparent, 4600, 4800).encode(80.0));
}

#[test]
fn a_large_lossy_webp_has_its_colours_in_their_places() {
    let image = RgbImage::from_fn(7000, 7000, |x, y| match (x < 3500, y < 3500) {
        (true, true) => Rgb([230, 40, 30]),
        (false, true) => Rgb([20, 200, 60]),
        (true, false) => Rgb([40, 60, 220]),
        (false, false) => Rgb([240, 230, 210]),
    });
    let made = pixels(&webp::Encoder::from_rgb(&image, 7000, 7000).encode(90.0));

    for (x, y) in [(100, 100), (400, 100), (100, 400), (400, 400), (250, 250), (262, 262)] {
        let (wanted, is) = (image.get_pixel(x * 7000 / SIDE, y * 7000 / SIDE).0, made.get_pixel(x, y).0);
        for at in 0..3 {
            assert!(wanted[at].abs_diff(is[at]) < 8, "{x},{y}: {is:?} instead of {wanted:?}");
        }
    }
}

#[test]
fn more_than_8192_pixels_a_side_are_refused_before_anything_is_decoded() {
    for bytes in [
        encoded(&flat(8193, 1).into(), ImageFormat::Png),
        encoded(&flat(8193, 1).into(), ImageFormat::Jpeg),
        encoded(&flat(1, 8193).into(), ImageFormat::WebP),
    ] {
        assert_eq!(refused(&bytes), Some(PictureError::TooLarge));
    }
    // The header says 60,000 x 60,000; its checksum is right.
    let mut header = [60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat();
    header.extend([8, 6, 0, 0, 0]);
    let bomb =
        [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &[]), chunk(b"IEND", &[])];
    assert_eq!(refused(&bomb.concat()), Some(PictureError::TooLarge));
}

#[test]
fn a_preparation_stops_when_it_is_told_to_and_when_its_time_is_over() {
    let bytes = deep_png(8191, true);
    let began = Instant::now();
    prepare_bytes(bytes.clone(), &Stop::after(Duration::from_secs(60))).unwrap();
    let whole = began.elapsed();

    let stop = Stop::after(Duration::from_secs(60));
    let began = Instant::now();
    let working = std::thread::spawn({
        let (bytes, stop) = (bytes.clone(), stop.clone());
        move || prepare_bytes(bytes, &stop).err()
    });
    std::thread::sleep(whole / 20);
    stop.now();
    assert_eq!(working.join().unwrap(), Some(PictureError::Stopped));
    assert!(began.elapsed() < whole, "{:?}, without a stop {whole:?}", began.elapsed());

    let late = Stop::after(whole / 20);
    let began = Instant::now();
    assert_eq!(prepare_bytes(bytes, &late).err(), Some(PictureError::TooHeavy));
    assert!(began.elapsed() < whole, "{:?}, without a limit {whole:?}", began.elapsed());
}

#[test]
fn a_jpeg_with_scans_without_end_is_refused_in_time() {
    let whole = jpeg(&DynamicImage::from(flat(4000, 4000)).into_rgb8(), SamplingFactor::F_1_1, true, 0);
    let first = whole.windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let second = first + 2 + whole[first + 2..].windows(2).position(|two| two == [0xff, 0xda]).unwrap();
    let scan = &whole[first..second];
    let mut many = whole[..second].to_vec();
    (0..400).for_each(|_| many.extend(scan));
    many.extend(&whole[second..]);

    let began = Instant::now();
    assert_eq!(refused(&many), Some(PictureError::Broken));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
