//! Where a window stands and how large it is. Rules only: what the desktop says comes in as numbers.

use serde::{Deserialize, Serialize};

/// The smallest page that is still usable, in logical pixels.
pub const SMALLEST: Size = Size { width: 360, height: 480 };

/// The size of a window that nobody has changed yet, in logical pixels.
const FIRST: Size = Size { width: 920, height: 760 };

/// A page leaves so many logical pixels of a screen's height to the window's own bar, whose height no desktop tells
/// before the window is shown.
const BAR: u32 = 40;

/// So many logical pixels of the window's bar have to lie on a screen: with less of it nobody could move the window.
const REACHABLE: u32 = 100;

/// A further window stands so many logical pixels below and beside the one that it was opened from.
const STEP: i32 = 32;

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The corner of a window at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corner {
    /// From the left edge of the desktop.
    pub x: i32,
    /// From the top edge of the desktop.
    pub y: i32,
}

/// Where a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The frame's corner in pixels of the desktop, which all screens share. `None`: in the middle of the screen.
    pub corner: Option<Corner>,
    /// The page's size in logical pixels, so that the page looks the same on a screen of another scale. For a maximized
    /// window the size that it goes back to.
    pub size: Size,
    /// Whether the window fills its screen.
    pub maximized: bool,
}

impl Default for Placement {
    fn default() -> Self {
        Self { corner: None, size: FIRST, maximized: false }
    }
}

/// The part of a screen that windows may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// The corner in pixels of the desktop.
    pub corner: Corner,
    /// The size in pixels of the desktop.
    pub size: Size,
    /// Pixels of the desktop for one logical pixel.
    pub scale: f64,
}

impl Placement {
    /// The placement on the screens that there are now: no larger than its screen, and in the middle where it could not be
    /// reached any more, as after a screen was unplugged.
    #[must_use]
    pub fn fitted(self, screens: &[Screen]) -> Self {
        let on =
            self.corner.and_then(|corner| screens.iter().find(|screen| screen.reaches(corner, self.size)));
        let corner = self.corner.filter(|_| on.is_some());
        // Without a corner the desktop chooses the screen: what fits into the first one is a good guess.
        let Some(screen) = on.or(screens.first()) else { return Self { corner: None, ..self } };
        let most = screen.logical();
        let size = Size {
            width: self.size.width.min(most.width).max(SMALLEST.width),
            height: self.size.height.min(most.height.saturating_sub(BAR)).max(SMALLEST.height),
        };
        Self { corner, size, ..self }
    }

    /// The placement of a further window beside this one.
    #[must_use]
    pub fn beside(self, scale: f64) -> Self {
        let step = scaled(STEP.unsigned_abs(), scale);
        let corner = self.corner.map(|Corner { x, y }| Corner {
            x: x.saturating_add_unsigned(step),
            y: y.saturating_add_unsigned(step),
        });
        Self { corner, maximized: false, ..self }
    }
}

impl Screen {
    /// Whether enough of a window's bar lies on this screen.
    fn reaches(&self, corner: Corner, size: Size) -> bool {
        let reachable = i64::from(scaled(REACHABLE, self.scale));
        let (left, top) = (i64::from(self.corner.x), i64::from(self.corner.y));
        let (right, bottom) = (left + i64::from(self.size.width), top + i64::from(self.size.height));
        let (x, y) = (i64::from(corner.x), i64::from(corner.y));
        let on_screen = (x + i64::from(scaled(size.width, self.scale))).min(right) - x.max(left);
        on_screen >= reachable && y >= top && y + i64::from(scaled(BAR, self.scale)) <= bottom
    }

    /// The size in logical pixels.
    fn logical(&self) -> Size {
        let scale = 1.0 / self.scale;
        Size { width: scaled(self.size.width, scale), height: scaled(self.size.height, scale) }
    }
}

/// A length in other pixels. A scale that is none counts as 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn scaled(length: u32, scale: f64) -> u32 {
    let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
    // A cast from a float goes to the nearest value that there is.
    (f64::from(length) * scale).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Screen =
        Screen { corner: Corner { x: 0, y: 0 }, size: Size { width: 1920, height: 1080 }, scale: 1.0 };
    /// On the right of the first, twice as dense.
    const RIGHT: Screen =
        Screen { corner: Corner { x: 1920, y: 200 }, size: Size { width: 2560, height: 1600 }, scale: 2.0 };

    fn at(x: i32, y: i32, width: u32, height: u32) -> Placement {
        Placement { corner: Some(Corner { x, y }), size: Size { width, height }, maximized: false }
    }

    #[test]
    fn a_window_that_can_be_reached_stays_where_it_was() {
        for placement in [
            at(0, 0, 920, 760),
            at(-700, 20, 920, 760),
            at(1820, 1040, 920, 760),
            at(1920, 200, 920, 700),
            at(4000, 1000, 800, 600),
            Placement { maximized: true, ..at(100, 100, 500, 500) },
        ] {
            assert_eq!(placement.fitted(&[LEFT, RIGHT]), placement);
        }
    }

    #[test]
    fn a_window_that_nobody_could_move_is_shown_in_the_middle() {
        for (x, y) in [(5000, 0), (-900, 0), (1000, -30), (1000, 1079), (1830, 0), (i32::MAX, i32::MIN)] {
            let placement = at(x, y, 920, 760);

            assert_eq!(placement.fitted(&[LEFT]), Placement { corner: None, ..placement }, "{x}, {y}");
        }
        // The screen that it was on is gone.
        assert_eq!(at(2000, 300, 920, 700).fitted(&[LEFT]).corner, None);
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen_and_no_smaller_than_can_be_used() {
        let huge = at(1920, 200, u32::MAX, u32::MAX).fitted(&[LEFT, RIGHT]);
        assert_eq!(huge.size, Size { width: 1280, height: 760 });

        let tiny = at(0, 0, 200, 0).fitted(&[LEFT]);
        assert_eq!(tiny.size, SMALLEST);

        let netbook = Screen { size: Size { width: 1024, height: 600 }, ..LEFT };
        assert_eq!(Placement::default().fitted(&[netbook]).size, Size { width: 920, height: 560 });
    }

    #[test]
    fn without_a_screen_that_is_known_or_a_scale_that_is_one_there_is_a_size_all_the_same() {
        assert_eq!(at(10, 10, 500, 500).fitted(&[]), Placement { corner: None, ..at(0, 0, 500, 500) });
        for scale in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(at(10, 10, 500, 500).fitted(&[Screen { scale, ..LEFT }]), at(10, 10, 500, 500));
        }
    }

    #[test]
    fn a_further_window_covers_the_first_one_but_for_a_step() {
        let first = Placement { maximized: true, ..at(100, 100, 500, 500) };

        assert_eq!(first.beside(1.0), at(132, 132, 500, 500));
        assert_eq!(first.beside(2.0), at(164, 164, 500, 500));
        assert_eq!(Placement::default().beside(1.0).corner, None);
    }
}
