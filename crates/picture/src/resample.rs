//! Makes a picture of floating-point pixels larger or smaller by a cubic filter (Catmull and Rom), first down its columns and
//! then along its rows. It goes through whole rows at a time, which is several times as fast as asking for pixels.

use image::Rgba32FImage;

use crate::scaler::Pixel;

/// So far a pixel reaches, in pixels of the smaller of the two pictures.
const REACH: f64 = 2.0;

/// What one pixel of the outcome is made of: neighbouring pixels from `first` on, with their weights.
struct Mix {
    first: usize,
    weights: Vec<f32>,
}

/// The picture of this width with these pixels, with another size.
pub(crate) fn resample(pixels: &[Pixel], width: u32, size: (u32, u32)) -> Rgba32FImage {
    let (width, across) = (width as usize, size.0 as usize);
    let rows = mixes(pixels.len() / width.max(1), size.1 as usize);
    let columns = mixes(width, across);
    let mut mixed = vec![[0.0; 4]; width];
    let mut outcome = Vec::with_capacity(across * rows.len() * 4);
    for row in &rows {
        mixed.fill([0.0; 4]);
        for (line, weight) in pixels.chunks_exact(width).skip(row.first).zip(&row.weights) {
            mixed.iter_mut().zip(line).for_each(|(sum, pixel)| add(sum, pixel, *weight));
        }
        for column in &columns {
            let mut sum = [0.0; 4];
            let near = mixed.iter().skip(column.first);
            near.zip(&column.weights).for_each(|(pixel, weight)| add(&mut sum, pixel, *weight));
            outcome.extend(sum);
        }
    }
    Rgba32FImage::from_raw(size.0, size.1, outcome).unwrap_or_default()
}

fn add(sum: &mut Pixel, pixel: &Pixel, weight: f32) {
    for (value, more) in sum.iter_mut().zip(pixel) {
        *value += more * weight;
    }
}

/// What each of `to` pixels is made of, out of `from` in a row.
fn mixes(from: usize, to: usize) -> Vec<Mix> {
    let ratio = from as f64 / to.max(1) as f64;
    // A larger picture is interpolated; for a smaller one the filter is as wide as what it puts together.
    let scale = ratio.max(1.0);
    let mix = |index: usize| {
        let centre = (index as f64 + 0.5) * ratio;
        let first = (centre - REACH * scale).floor().max(0.0) as usize;
        let end = ((centre + REACH * scale).ceil() as usize).clamp(first + 1, from.max(first + 1));
        let weight = |at: usize| cubic((at as f64 + 0.5 - centre) / scale);
        let all: f64 = (first..end).map(weight).sum();
        Mix { first, weights: (first..end).map(|at| (weight(at) / all) as f32).collect() }
    };
    (0..to).map(mix).collect()
}

/// The cubic of Catmull and Rom (of Keys, with a = -1/2).
fn cubic(x: f64) -> f64 {
    match x.abs() {
        x if x < 1.0 => (1.5 * x - 2.5) * x * x + 1.0,
        x if x < 2.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use image::imageops::{FilterType, resize};

    use super::*;

    /// A picture with edges, slopes and something of every colour.
    fn picture(width: u32, height: u32) -> Rgba32FImage {
        Rgba32FImage::from_fn(width, height, |x, y| {
            let edge = f32::from(u8::from((x / 7 + y / 5) % 2 == 0));
            let slope = x as f32 / width as f32;
            image::Rgba([edge, slope, 1.0 - slope * edge, 0.25 + 0.75 * edge])
        })
    }

    #[test]
    fn it_makes_what_the_librarys_own_filter_makes() {
        for (from, to) in [
            ((133, 100), (102, 77)),
            ((40, 60), (512, 512)),
            ((640, 640), (512, 512)),
            ((1, 1), (512, 512)),
            ((91, 1), (30, 1)),
            ((50, 50), (50, 50)),
        ] {
            let original = picture(from.0, from.1);
            let pixels: Vec<Pixel> = original.pixels().map(|pixel| pixel.0).collect();

            let ours = resample(&pixels, from.0, to);
            let theirs = resize(&original, to.0, to.1, FilterType::CatmullRom);

            assert_eq!(ours.dimensions(), theirs.dimensions());
            for (x, y, pixel) in ours.enumerate_pixels() {
                for (our, their) in pixel.0.iter().zip(theirs.get_pixel(x, y).0) {
                    // The library keeps its values between 0 and 1.
                    let difference = (our.clamp(0.0, 1.0) - their.clamp(0.0, 1.0)).abs();
                    assert!(difference < 0.004, "{from:?} to {to:?} at {x},{y}: {our} and {their}");
                }
            }
        }
    }
}
