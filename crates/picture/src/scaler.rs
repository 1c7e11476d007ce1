//! A part of a picture, made smaller while its pixels come in.
//!
//! Only pixels of the part that stays are looked at, and only sums are kept, so that a picture of any size takes as
//! much memory as its outcome. Pixels may come in any order: an interlaced PNG sends them in seven passes.

use std::ops::Range;

use image::Rgba32FImage;

use crate::error::PictureError;
use crate::resample::resample;

/// The side of the prepared picture, in pixels.
pub const SIDE: u32 = 512;

/// About so many pixels has the longer side of a preview of a whole picture, where the picture has so many: from three
/// quarters of this to one and a half times as many.
pub const PREVIEW_SIDE: u32 = 1024;

/// The sums of a square have a side of at least this and less than twice this, where the picture is large enough: fine
/// enough for the filter that makes [`SIDE`] pixels of them.
const FINEST: u32 = SIDE * 5 / 4;

/// A pixel with values from 0 to 1: red, green, blue, alpha.
pub(crate) type Pixel = [f32; 4];

/// The part of a picture that stays. In fractions, so that it can be said before the picture's size is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Part {
    /// All of it, with about [`PREVIEW_SIDE`] pixels along its longer side.
    Whole,
    /// A square, which becomes [`SIDE`] pixels wide.
    Square {
        /// Its centre, in fractions of the picture's width and height.
        centre: (f64, f64),
        /// Its side, in fractions of the picture's shorter side.
        side: f64,
    },
}

impl Part {
    /// The largest square in the middle. (Turning and mirroring leave the middle where it is.)
    pub(crate) const MIDDLE: Self = Self::Square { centre: (0.5, 0.5), side: 1.0 };

    /// Whether this part of a picture of this size has as many pixels as a preview should have, or as the filter needs that
    /// makes [`SIDE`] of them.
    pub(crate) fn is_fine_enough(self, (width, height): (u32, u32)) -> bool {
        match self {
            Self::Whole => width.max(height) >= PREVIEW_SIDE * 3 / 4,
            Self::Square { side, .. } => f64::from(width.min(height)) * side >= f64::from(FINEST),
        }
    }
}

/// What becomes of a picture's pixels.
pub(crate) struct Scaler {
    /// Where the part begins: column and row.
    begin: (u32, u32),
    /// So many pixels beside and below each other become one sum.
    factor: (u32, u32),
    /// The sums beside and below each other.
    size: (u32, u32),
    /// The size of the outcome.
    outcome: (u32, u32),
    /// Colours are multiplied with alpha, so that what cannot be seen colours nothing.
    sums: Vec<Pixel>,
}

impl Scaler {
    /// Takes this part of a picture of this size.
    pub(crate) fn new(picture: (u32, u32), part: Part) -> Self {
        let (begin, factor, size, outcome) = match part {
            Part::Whole => {
                let (factor, size) = scale_whole(picture);
                let begin = ((picture.0 - factor.0 * size.0) / 2, (picture.1 - factor.1 * size.1) / 2);
                (begin, factor, size, size)
            }
            Part::Square { centre, side } => {
                let (factor, size) = scale_square(picture, side);
                let cut = factor * size;
                let begin = (begin_of(centre.0, cut, picture.0), begin_of(centre.1, cut, picture.1));
                (begin, (factor, factor), (size, size), (SIDE, SIDE))
            }
        };
        let sums = vec![[0.0; 4]; size.0 as usize * size.1 as usize];
        Self { begin, factor, size, outcome, sums }
    }

    /// The bytes that the sums take. (Scaling takes twice as much, when the decoder's pixels are gone.)
    pub(crate) fn memory(picture: (u32, u32), part: Part) -> u64 {
        let (width, height) = match part {
            Part::Whole => scale_whole(picture).1,
            Part::Square { side, .. } => {
                let (_, side) = scale_square(picture, side);
                (side, side)
            }
        };
        u64::from(width) * u64::from(height) * size_of::<Pixel>() as u64
    }

    /// The rows that count.
    pub(crate) fn rows(&self) -> Range<u32> {
        self.begin.1..self.begin.1 + self.factor.1 * self.size.1
    }

    /// The columns that count.
    pub(crate) fn columns(&self) -> Range<u32> {
        self.begin.0..self.begin.0 + self.factor.0 * self.size.0
    }

    /// Takes pixels of a row with their columns. Those outside of the part are passed over.
    pub(crate) fn take(&mut self, row: u32, pixels: impl Iterator<Item = (u32, Pixel)>) {
        let (begin, factor) = (self.begin.0, self.factor.0);
        let Some(sums) = self.sums_of(row) else { return };
        for (column, [red, green, blue, alpha]) in pixels {
            let index = column.wrapping_sub(begin) / factor;
            if let Some(sum) = sums.get_mut(index as usize) {
                sum[0] += red * alpha;
                sum[1] += green * alpha;
                sum[2] += blue * alpha;
                sum[3] += alpha;
            }
        }
    }

    /// Takes a whole row of pixels that nothing shines through, with eight bits for each of their colours: red, green and
    /// blue, or grey.
    pub(crate) fn take_opaque<const COLOURS: usize>(&mut self, row: u32, line: &[[u8; COLOURS]]) {
        let (begin, end) = (self.columns().start as usize, self.columns().end as usize);
        let Some(sums) = self.sums_of(row) else { return };
        let Some(line) = line.get(begin..end) else { return };
        let each = line.len() / sums.len().max(1);
        for (sum, pixels) in sums.iter_mut().zip(line.chunks_exact(each.max(1))) {
            let mut total = [0_u32; COLOURS];
            for pixel in pixels {
                total.iter_mut().zip(pixel).for_each(|(total, value)| *total += u32::from(*value));
            }
            for (colour, value) in sum.iter_mut().take(3).enumerate() {
                *value += total[colour.min(COLOURS - 1)] as f32 / 255.0;
            }
            sum[3] += pixels.len() as f32;
        }
    }

    /// The sums that a row belongs to; `None` outside of the part.
    fn sums_of(&mut self, row: u32) -> Option<&mut [Pixel]> {
        if !self.rows().contains(&row) {
            return None;
        }
        let begin = ((row - self.begin.1) / self.factor.1) as usize * self.size.0 as usize;
        self.sums.get_mut(begin..begin + self.size.0 as usize)
    }

    /// The outcome, its colours no longer multiplied.
    ///
    /// # Errors
    /// `Broken` when the pixels are not as many as they are said to be, which nothing makes them.
    pub(crate) fn scaled(self) -> Result<Rgba32FImage, PictureError> {
        let share = 1.0 / (self.factor.0 as f32 * self.factor.1 as f32);
        let mut means = self.sums;
        means.iter_mut().flatten().for_each(|sum| *sum = (*sum * share).clamp(0.0, 1.0));
        resample(means, self.size, self.outcome)
    }
}

/// How many pixels of a square become one sum in each direction, and how many sums its side has.
fn scale_square((width, height): (u32, u32), side: f64) -> (u32, u32) {
    let cut = ((f64::from(width.min(height)) * side).round() as u32).clamp(1, width.min(height));
    let factor = (cut / FINEST).max(1);
    (factor, cut / factor)
}

/// The same for a whole picture, for both directions, so that its longer side has about [`PREVIEW_SIDE`] sums. A line has
/// fewer pixels across than become one sum along it.
fn scale_whole((width, height): (u32, u32)) -> ((u32, u32), (u32, u32)) {
    let factor = ((width.max(height) + PREVIEW_SIDE / 2) / PREVIEW_SIDE).max(1);
    let factor = (factor.min(width), factor.min(height));
    (factor, (width / factor.0, height / factor.1))
}

/// Where a square of so many pixels begins, with its centre as near to this fraction as the picture's edge allows.
fn begin_of(centre: f64, cut: u32, length: u32) -> u32 {
    // Halves go down, whatever the multiplication has made of them.
    let begin = (f64::from(length) * centre - f64::from(cut) / 2.0 + 1e-6).floor();
    (begin.max(0.0) as u32).min(length - cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_pixels_becomes_a_square_of_its_middle_one() {
        let mut square = Scaler::new((8191, 1), Part::MIDDLE);
        assert_eq!(square.columns(), 4095..4096);

        square.take(0, (0..8191).map(|x| (x, if x == 4095 { [1.0, 0.0, 0.0, 1.0] } else { [0.0; 4] })));

        let scaled = square.scaled().unwrap();
        assert_eq!(scaled.dimensions(), (SIDE, SIDE));
        assert!(scaled.pixels().all(|pixel| pixel.0 == [1.0, 0.0, 0.0, 1.0]));
    }

    #[test]
    fn a_large_picture_takes_no_more_memory_than_a_small_one() {
        let most = |part| (1..=8192).map(|side| Scaler::memory((side, side), part)).max();

        assert!(most(Part::MIDDLE) < Some(28 << 20), "{:?}", most(Part::MIDDLE));
        assert!(most(Part::Whole) < Some(68 << 20), "{:?}", most(Part::Whole));
        assert!(Scaler::memory((8192, 8192), Part::MIDDLE) < 8 << 20);
        assert!(Scaler::memory((8192, 8192), Part::Whole) < 17 << 20);
    }

    #[test]
    fn what_cannot_be_seen_colours_nothing() {
        for (side, part) in [(6, Part::MIDDLE), (5000, Part::MIDDLE), (6, Part::Whole), (5000, Part::Whole)] {
            let mut scaler = Scaler::new((side, side), part);
            for y in 0..side {
                let seen = |x: u32| {
                    let inside = x > side / 3 && x < side * 2 / 3 && y > side / 3 && y < side * 2 / 3;
                    if inside { [1.0, 0.0, 0.0, 1.0] } else { [0.0, 1.0, 0.0, 0.0] }
                };
                scaler.take(y, (0..side).map(|x| (x, seen(x))));
            }

            for pixel in scaler.scaled().unwrap().pixels().filter(|pixel| pixel.0[3] > 0.0) {
                assert!(pixel.0[1] < 0.001, "green shines through: {pixel:?}");
            }
        }
    }

    #[test]
    fn whole_rows_make_the_same_sums_as_their_pixels() {
        for (size, part) in [((4000, 30), Part::Whole), ((2900, 2700), Part::MIDDLE), ((7, 5), Part::Whole)] {
            let colour = |x: u32, y: u32| [(x * 3 + y) as u8, (x ^ y) as u8, (y * 5) as u8];
            let (mut by_pixels, mut by_rows) = (Scaler::new(size, part), Scaler::new(size, part));
            for y in 0..size.1 {
                let line: Vec<[u8; 3]> = (0..size.0).map(|x| colour(x, y)).collect();
                by_rows.take_opaque(y, &line);
                let value = |byte: u8| f32::from(byte) / 255.0;
                let pixels = line.iter().map(|it| [value(it[0]), value(it[1]), value(it[2]), 1.0]);
                by_pixels.take(y, (0..size.0).zip(pixels));
            }

            let pairs = by_pixels.sums.iter().flatten().zip(by_rows.sums.iter().flatten());
            assert!(pairs.clone().count() > 0);
            assert!(pairs.into_iter().all(|(one, other)| (one - other).abs() < 0.01), "{size:?}");
        }
    }

    #[test]
    fn a_preview_keeps_the_pictures_proportions_and_has_about_as_many_pixels_as_it_should() {
        let outcome = |size| Scaler::new(size, Part::Whole).scaled().unwrap().dimensions();

        assert_eq!(outcome((4000, 3000)), (1000, 750));
        assert_eq!(outcome((1535, 3)), (1535, 3));
        assert_eq!(outcome((1536, 1025)), (768, 512));
        assert_eq!(outcome((40, 60)), (40, 60));
        assert_eq!(outcome((8191, 1)), (1023, 1));
    }

    #[test]
    fn a_square_lies_where_it_is_wanted_and_never_beyond_the_edge() {
        let square = |centre, side| {
            let scaler = Scaler::new((400, 200), Part::Square { centre, side });
            (scaler.columns(), scaler.rows())
        };

        assert_eq!(square((0.5, 0.5), 1.0), (100..300, 0..200));
        assert_eq!(square((0.25, 0.5), 0.5), (50..150, 50..150));
        assert_eq!(square((0.0, 1.0), 0.5), (0..100, 100..200));
        assert_eq!(square((1.0, 0.0), 0.001), (399..400, 0..1));
    }
}
