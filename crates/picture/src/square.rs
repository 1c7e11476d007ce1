//! The middle of a picture, made smaller while its pixels come in.
//!
//! Only pixels of the square that stays are looked at, and only sums are kept, so that a picture of any size takes as
//! much memory as its outcome. Pixels may come in any order: an interlaced PNG sends them in seven passes.

use std::ops::Range;

use image::imageops::{FilterType, resize};
use image::{Rgba, Rgba32FImage};

/// The side of the prepared picture, in pixels.
pub const SIDE: u32 = 512;

/// The sums have a side of at least this and less than twice this, where the picture is large enough: fine enough for
/// the filter that makes [`SIDE`] pixels of them.
const FINEST: u32 = SIDE * 5 / 4;

/// A pixel with values from 0 to 1: red, green, blue, alpha.
pub(crate) type Pixel = [f32; 4];

/// The square that is cut out of a picture.
pub(crate) struct Square {
    left: u32,
    top: u32,
    /// So many pixels in each direction become one sum.
    factor: u32,
    side: u32,
    /// Colours are multiplied with alpha, so that what cannot be seen colours nothing.
    sums: Vec<Pixel>,
}

impl Square {
    /// The middle of a picture of this size. (Turning and mirroring leave the middle where it is.)
    pub(crate) fn of((width, height): (u32, u32)) -> Self {
        let (factor, side) = Self::scale((width, height));
        let cut = factor * side;
        let sums = vec![[0.0; 4]; side as usize * side as usize];
        Self { left: (width - cut) / 2, top: (height - cut) / 2, factor, side, sums }
    }

    /// The bytes that the sums take. (Scaling takes three times as much, when the decoder's pixels are gone.)
    pub(crate) fn memory(size: (u32, u32)) -> u64 {
        let (_, side) = Self::scale(size);
        u64::from(side) * u64::from(side) * size_of::<Pixel>() as u64
    }

    fn scale((width, height): (u32, u32)) -> (u32, u32) {
        let cut = width.min(height);
        let factor = (cut / FINEST).max(1);
        (factor, cut / factor)
    }

    /// The rows that count.
    pub(crate) fn rows(&self) -> Range<u32> {
        self.top..self.top + self.factor * self.side
    }

    /// The columns that count.
    pub(crate) fn columns(&self) -> Range<u32> {
        self.left..self.left + self.factor * self.side
    }

    /// Takes pixels of a row with their columns. Those outside of the square are passed over.
    pub(crate) fn take(&mut self, row: u32, pixels: impl Iterator<Item = (u32, Pixel)>) {
        if !self.rows().contains(&row) {
            return;
        }
        let begin = ((row - self.top) / self.factor) as usize * self.side as usize;
        let Some(sums) = self.sums.get_mut(begin..begin + self.side as usize) else { return };
        for (column, [red, green, blue, alpha]) in pixels {
            let index = column.wrapping_sub(self.left) / self.factor;
            if let Some(sum) = sums.get_mut(index as usize) {
                sum[0] += red * alpha;
                sum[1] += green * alpha;
                sum[2] += blue * alpha;
                sum[3] += alpha;
            }
        }
    }

    /// The square with [`SIDE`] pixels, its colours no longer multiplied.
    pub(crate) fn scaled(self) -> Rgba32FImage {
        let share = 1.0 / (self.factor as f32 * self.factor as f32);
        let (side, sums) = (self.side, self.sums);
        let mean = Rgba32FImage::from_fn(side, side, |x, y| {
            Rgba(sums[(y * side + x) as usize].map(|sum| (sum * share).clamp(0.0, 1.0)))
        });
        drop(sums);
        let mut scaled = resize(&mean, SIDE, SIDE, FilterType::CatmullRom);
        for pixel in scaled.pixels_mut() {
            let [red, green, blue, alpha] = pixel.0;
            // Less than what eight bits can say.
            *pixel = if alpha < 1.0 / 512.0 {
                Rgba([0.0; 4])
            } else {
                let plain = |colour: f32| (colour / alpha).clamp(0.0, 1.0);
                Rgba([plain(red), plain(green), plain(blue), alpha.min(1.0)])
            };
        }
        scaled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_pixels_becomes_a_square_of_its_middle_one() {
        let mut square = Square::of((8191, 1));
        assert_eq!(square.columns(), 4095..4096);

        square.take(0, (0..8191).map(|x| (x, if x == 4095 { [1.0, 0.0, 0.0, 1.0] } else { [0.0; 4] })));

        let scaled = square.scaled();
        assert_eq!(scaled.dimensions(), (SIDE, SIDE));
        assert!(scaled.pixels().all(|pixel| pixel.0 == [1.0, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn a_large_picture_takes_no_more_memory_than_a_small_one() {
        let most = (1..=8192).map(|side| Square::memory((side, side))).max();

        assert!(most < Some(28 << 20), "{most:?}");
        assert!(Square::memory((8192, 8192)) < 8 << 20);
    }

    #[test]
    fn what_cannot_be_seen_colours_nothing() {
        for side in [6, 5000] {
            let mut square = Square::of((side, side));
            for y in 0..side {
                let seen = |x: u32| {
                    let inside = x > side / 3 && x < side * 2 / 3 && y > side / 3 && y < side * 2 / 3;
                    if inside { [1.0, 0.0, 0.0, 1.0] } else { [0.0, 1.0, 0.0, 0.0] }
                };
                square.take(y, (0..side).map(|x| (x, seen(x))));
            }

            for pixel in square.scaled().pixels().filter(|pixel| pixel.0[3] > 0.0) {
                assert!(pixel.0[1] < 0.001, "green shines through: {pixel:?}");
            }
        }
    }
}
