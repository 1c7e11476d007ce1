//! Small files for pictures that are kept with the sources: PNG with a palette.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use image::{Rgb, RgbImage};

use crate::fault::Outcome;

/// A palette has so many colours.
const COLOURS: usize = 256;

/// Writes a picture. Beyond the palette, a pixel gets the nearest of the colours that the picture has most of.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(picture: &RgbImage, path: &Path) -> Outcome {
    let (palette, indices) = indexed(picture);
    let mut encoder =
        png::Encoder::new(BufWriter::new(File::create(path)?), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|colour| colour.0).collect::<Vec<_>>());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&indices)?;
    Ok(writer.finish()?)
}

/// The colours that it has most of, and for each pixel which of them it gets.
fn indexed(picture: &RgbImage) -> (Vec<Rgb<u8>>, Vec<u8>) {
    let mut counts: HashMap<Rgb<u8>, u32> = HashMap::new();
    for pixel in picture.pixels() {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut palette: Vec<_> = counts.iter().map(|(colour, count)| (*count, colour.0)).collect();
    palette.sort_unstable_by(|one, other| other.cmp(one));
    palette.truncate(COLOURS);
    let palette: Vec<_> = palette.into_iter().map(|(_, colour)| Rgb(colour)).collect();
    let places: HashMap<_, _> = counts.keys().map(|colour| (*colour, nearest(&palette, *colour))).collect();
    let indices = picture.pixels().map(|pixel| places[pixel]).collect();
    (palette, indices)
}

fn nearest(palette: &[Rgb<u8>], colour: Rgb<u8>) -> u8 {
    let distance = |other: &Rgb<u8>| -> u32 {
        other.0.iter().zip(colour.0).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    // There are no more than a byte counts.
    (0..=u8::MAX).zip(palette).min_by_key(|(_, other)| distance(other)).map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_of_few_colours_comes_back_as_it_was_and_others_come_near() {
        let folder = tempfile::tempdir().expect("a folder");
        let few = RgbImage::from_fn(64, 64, |x, y| Rgb([x as u8 * 4, 0, u8::from(y > 9) * 255]));
        // Squares of a colour each, with pixels here and there of colours that are theirs but for a little.
        let square = |at: u32| (at / 8 * 32) as u8;
        let little =
            |x: u32, y: u32| if (x * 7 + y * 13).is_multiple_of(5) { ((x + y) % 8 * 3) as u8 } else { 0 };
        let many = RgbImage::from_fn(64, 64, |x, y| Rgb([square(x), square(y), 90 + little(x, y)]));

        for (picture, spare) in [(few, 0), (many, 24)] {
            let path = folder.path().join("picture.png");
            write(&picture, &path).expect("a file");
            let read = image::open(&path).expect("a picture").into_rgb8();
            let off = picture.pixels().zip(read.pixels()).flat_map(|(one, other)| {
                one.0.into_iter().zip(other.0).map(|(one, other)| one.abs_diff(other))
            });

            assert!(off.max() <= Some(spare), "{spare}");
            assert_eq!(read.get_pixel(0, 0), picture.get_pixel(0, 0));
        }
    }
}
