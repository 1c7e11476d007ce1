//! What a person keeps of a picture: a circle in it, said by the square around the circle.

use image::metadata::Orientation;

use crate::error::PictureError;
use crate::scaler::Part;

/// A square of fewer pixels of the original shows nothing but blocks.
const SMALLEST_CUT: f64 = 64.0;

/// The circle's diameter is at least this part of the picture's shorter side.
const MOST_ZOOM: f64 = 8.0;

/// What rounding may have made of numbers that were right.
const ROUNDING: f64 = 1e-6;

/// The square of an upright picture that is kept, and how it is turned then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crop {
    /// The square's centre, as a fraction of the picture's width, from its left edge.
    pub x: f64,
    /// The square's centre, as a fraction of the picture's height, from its upper edge.
    pub y: f64,
    /// The square's side, as a fraction of the picture's shorter side.
    pub side: f64,
    /// So often it is turned by 90 degrees clockwise: 0 to 3.
    pub quarter_turns: u8,
}

impl Crop {
    /// The part to take of a picture of this size, which is upright once it is turned as `orientation` says.
    ///
    /// # Errors
    /// `CropInvalid` for what is no square of this picture, or a smaller one than [`most_zoom`] allows.
    pub(crate) fn part(self, upright: (u32, u32), orientation: Orientation) -> Result<Part, PictureError> {
        if !self.is_within(upright) {
            return Err(PictureError::CropInvalid);
        }
        let (x, y) = (self.x, self.y);
        // Where that point lies in the file's pixels.
        let centre = match orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::Rotate90 => (y, 1.0 - x),
            Orientation::Rotate180 => (1.0 - x, 1.0 - y),
            Orientation::Rotate270 => (1.0 - y, x),
            Orientation::FlipHorizontal => (1.0 - x, y),
            Orientation::FlipVertical => (x, 1.0 - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (1.0 - y, 1.0 - x),
        };
        Ok(Part::Square { centre, side: self.side })
    }

    /// Not a number and infinity compare with nothing, so they are refused as well.
    fn is_within(self, upright: (u32, u32)) -> bool {
        let (width, height) = (f64::from(upright.0), f64::from(upright.1));
        let half = self.side * width.min(height) / 2.0;
        let fits = |centre: f64, length: f64| {
            let half = half / length;
            centre >= half - ROUNDING && centre <= 1.0 - half + ROUNDING
        };
        let smallest = 1.0 / most_zoom(upright);
        self.side >= smallest - ROUNDING
            && self.side <= 1.0 + ROUNDING
            && fits(self.x, width)
            && fits(self.y, height)
            && self.quarter_turns < 4
    }
}

/// How many times as large as at first a person may make what is in the circle: at least 1.
pub(crate) fn most_zoom((width, height): (u32, u32)) -> f64 {
    (f64::from(width.min(height)) / SMALLEST_CUT).clamp(1.0, MOST_ZOOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (4000, 3000);

    fn part(x: f64, y: f64, side: f64, quarter_turns: u8) -> Result<Part, PictureError> {
        Crop { x, y, side, quarter_turns }.part(SIZE, Orientation::NoTransforms)
    }

    #[test]
    fn what_is_no_square_of_the_picture_is_refused() {
        for right in [(0.5, 0.5, 1.0, 0), (0.375, 0.5, 1.0, 3), (0.0625, 0.0625, 0.125, 1)] {
            assert!(part(right.0, right.1, right.2, right.3).is_ok(), "{right:?}");
        }
        for wrong in [
            (f64::NAN, 0.5, 1.0, 0),
            (0.5, f64::NAN, 1.0, 0),
            (0.5, 0.5, f64::NAN, 0),
            (f64::INFINITY, 0.5, 1.0, 0),
            (0.5, f64::NEG_INFINITY, 1.0, 0),
            (0.5, 0.5, f64::INFINITY, 0),
            (0.5, 0.5, 0.0, 0),
            (0.5, 0.5, -1.0, 0),
            (0.5, 0.5, f64::MIN_POSITIVE, 0),
            (0.5, 0.5, 0.124, 0),
            (0.5, 0.5, 1.001, 0),
            (0.37, 0.5, 1.0, 0),
            (0.63, 0.5, 1.0, 0),
            (0.5, 0.51, 1.0, 0),
            (-0.5, 0.5, 0.2, 0),
            (1e300, 0.5, 0.2, 0),
            (0.5, 0.5, 1.0, 4),
            (0.5, 0.5, 1.0, 255),
        ] {
            assert_eq!(part(wrong.0, wrong.1, wrong.2, wrong.3), Err(PictureError::CropInvalid), "{wrong:?}");
        }
    }

    #[test]
    fn a_small_picture_is_made_as_large_as_its_pixels_allow() {
        assert!((most_zoom((4000, 3000)) - 8.0).abs() < 1e-9);
        assert!((most_zoom((128, 900)) - 2.0).abs() < 1e-9);
        assert!((most_zoom((40, 40)) - 1.0).abs() < 1e-9);
    }
}
