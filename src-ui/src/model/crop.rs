//! Which part of a chosen picture is kept: the part that is seen in the circle.
//!
//! Lengths on the screen are in diameters of the circle, and begin at its centre; x goes right and y down. Lengths in
//! the picture are in its pixels, and begin at its upper left corner.

use std::rc::Rc;

use foyer_contract::avatar::{ChosenPicture, Crop};
use yew::Reducible;

/// How far an arrow key moves the picture, and how far it does with Shift.
const NUDGE: f64 = 0.02;
const FAR_NUDGE: f64 = 0.1;

/// How much a key, and a step of the wheel, make the picture larger.
const ZOOM_STEP: f64 = 1.1;

/// The slider has so many steps. Each makes the picture larger by the same factor.
pub(crate) const SLIDER_STEPS: u8 = 100;

/// The side of the square in which the picture is seen, in diameters of the circle: what lies around the circle is seen
/// as well.
pub(crate) const STAGE: f64 = 1.2;

/// The picture behind the circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    /// The upright picture's width and height.
    size: (f64, f64),
    most_zoom: f64,
    /// The point of the picture that is seen at the circle's centre.
    centre: (f64, f64),
    /// How many times as large as at first the picture is seen.
    zoom: f64,
    quarter_turns: u8,
}

/// What a person does with the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Action {
    /// Moves it by so many diameters, right and down.
    Move(f64, f64),
    /// Makes it this many times as large as it is now; the point at this place on the screen stays there.
    Zoom(f64, (f64, f64)),
    /// Puts the slider to this step.
    Slide(f64),
    /// Turns it by 90 degrees clockwise.
    Turn,
    /// Shows it as at first.
    Reset,
}

impl View {
    /// The picture as it is shown at first: its middle, upright, as small as the circle allows.
    pub(crate) fn of(picture: &ChosenPicture) -> Self {
        let size = (f64::from(picture.width.max(1)), f64::from(picture.height.max(1)));
        Self {
            size,
            most_zoom: picture.most_zoom.max(1.0),
            centre: (size.0 / 2.0, size.1 / 2.0),
            zoom: 1.0,
            quarter_turns: 0,
        }
    }

    /// The picture's width and height.
    pub(crate) fn size(&self) -> (f64, f64) {
        self.size
    }

    /// How many times as large as at first the picture is seen, in percent.
    pub(crate) fn percent(&self) -> u32 {
        (self.zoom * 100.0).round() as u32
    }

    /// By how many degrees clockwise the picture is turned.
    pub(crate) fn degrees(&self) -> u32 {
        u32::from(self.quarter_turns) * 90
    }

    /// Where the slider stands, of [`SLIDER_STEPS`].
    fn slider(&self) -> f64 {
        if self.can_zoom() { f64::from(SLIDER_STEPS) * self.zoom.ln() / self.most_zoom.ln() } else { 0.0 }
    }

    /// The step of the slider that is nearest to it.
    pub(crate) fn slider_step(&self) -> u32 {
        self.slider().round() as u32
    }

    /// False for a picture that has no more pixels than the circle needs.
    pub(crate) fn can_zoom(&self) -> bool {
        self.most_zoom > 1.0
    }

    /// Where the circle's centre lies in the picture, in percent from its left and from its upper edge.
    pub(crate) fn place(&self) -> (u32, u32) {
        let percent = |at: f64, of: f64| (at / of * 100.0).round() as u32;
        (percent(self.centre.0, self.size.0), percent(self.centre.1, self.size.1))
    }

    /// The diameter of the circle, in the picture's pixels.
    fn diameter(&self) -> f64 {
        self.size.0.min(self.size.1) / self.zoom
    }

    /// What the backend is told to keep.
    pub(crate) fn crop(&self) -> Crop {
        Crop {
            x: self.centre.0 / self.size.0,
            y: self.centre.1 / self.size.1,
            side: 1.0 / self.zoom,
            quarter_turns: self.quarter_turns,
        }
    }

    /// How SVG puts the picture's pixels on a drawing, in whose middle (0, 0) the circle is, with this diameter.
    pub(crate) fn transform(&self, diameter: f64) -> String {
        let (scale, x, y) = (diameter / self.diameter(), -self.centre.0, -self.centre.1);
        format!(
            "rotate({}) scale({}) translate({} {})",
            self.degrees(),
            decimal(scale),
            decimal(x),
            decimal(y)
        )
    }

    /// A length on the screen, in the picture: turned back, and in its pixels.
    fn in_picture(&self, (right, down): (f64, f64)) -> (f64, f64) {
        let (right, down) = match self.quarter_turns {
            0 => (right, down),
            1 => (down, -right),
            2 => (-right, -down),
            _ => (-down, right),
        };
        (right * self.diameter(), down * self.diameter())
    }

    fn on(mut self, action: Action) -> Self {
        match action {
            Action::Move(right, down) => {
                let (x, y) = self.in_picture((right, down));
                self.centre = (self.centre.0 - x, self.centre.1 - y);
            }
            Action::Zoom(factor, at) => {
                let before = self.in_picture(at);
                self.zoom = self.within(self.zoom * factor);
                let after = self.in_picture(at);
                self.centre = (self.centre.0 + before.0 - after.0, self.centre.1 + before.1 - after.1);
            }
            Action::Slide(step) => {
                self.zoom = self.within((step / f64::from(SLIDER_STEPS) * self.most_zoom.ln()).exp());
            }
            Action::Turn => self.quarter_turns = (self.quarter_turns + 1) % 4,
            Action::Reset => {
                self.centre = (self.size.0 / 2.0, self.size.1 / 2.0);
                self.zoom = 1.0;
                self.quarter_turns = 0;
            }
        }
        let half = self.diameter() / 2.0;
        let inside = |centre: f64, length: f64| centre.max(half).min(length - half);
        self.centre = (inside(self.centre.0, self.size.0), inside(self.centre.1, self.size.1));
        self
    }

    /// A zoom that is allowed. What is not a number changes nothing.
    fn within(&self, zoom: f64) -> f64 {
        if zoom.is_nan() { self.zoom } else { zoom.min(self.most_zoom).max(1.0) }
    }
}

/// A number as SVG reads it, with so many digits behind the point that no pixel of the largest picture moves. What Rust
/// has for all numbers, with as many digits as each needs, is 15 KB of the page.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn decimal(number: f64) -> String {
    const FRACTION: u64 = 100_000_000;
    let digits = (number * FRACTION as f64).round() as i64;
    let (sign, digits) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs());
    format!("{sign}{}.{:08}", digits / FRACTION, digits % FRACTION)
}

impl Reducible for View {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.on(action))
    }
}

/// What a key does with the picture.
pub(crate) fn of_key(key: &str, with_shift: bool) -> Option<Action> {
    let by = if with_shift { FAR_NUDGE } else { NUDGE };
    Some(match key {
        "ArrowLeft" => Action::Move(-by, 0.0),
        "ArrowRight" => Action::Move(by, 0.0),
        "ArrowUp" => Action::Move(0.0, -by),
        "ArrowDown" => Action::Move(0.0, by),
        "+" | "=" => Action::Zoom(ZOOM_STEP, (0.0, 0.0)),
        "-" | "_" => Action::Zoom(1.0 / ZOOM_STEP, (0.0, 0.0)),
        "r" | "R" => Action::Turn,
        "0" => Action::Reset,
        _ => return None,
    })
}

/// What a turn of the wheel does with the picture under the pointer.
pub(crate) fn of_wheel(down: f64, at: (f64, f64)) -> Option<Action> {
    let factor = if down < 0.0 { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
    (down != 0.0).then_some(Action::Zoom(factor, at))
}

/// The pointers that hold the picture: a mouse or a finger moves it, two fingers make it larger too.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Hold(Vec<(i32, (f64, f64))>);

impl Hold {
    /// A pointer takes hold of the picture. A third one does nothing.
    pub(crate) fn begin(&mut self, pointer: i32, at: (f64, f64)) {
        self.end(pointer);
        if self.0.len() < 2 {
            self.0.push((pointer, at));
        }
    }

    /// A pointer lets go.
    pub(crate) fn end(&mut self, pointer: i32) {
        self.0.retain(|(known, _)| *known != pointer);
    }

    /// A pointer has moved: what that does with the picture.
    pub(crate) fn moved(&mut self, pointer: i32, at: (f64, f64)) -> Vec<Action> {
        let before = self.clone();
        let Some(held) = self.0.iter_mut().find(|(known, _)| *known == pointer) else { return Vec::new() };
        let from = std::mem::replace(&mut held.1, at);
        let (right, down) = (at.0 - from.0, at.1 - from.1);
        match (before.pinch(), self.pinch()) {
            (Some((_, apart)), Some((middle, now))) if apart > 0.0 => {
                vec![Action::Move(right / 2.0, down / 2.0), Action::Zoom(now / apart, middle)]
            }
            _ => vec![Action::Move(right, down)],
        }
    }

    /// The middle between two pointers, and how far they are apart.
    fn pinch(&self) -> Option<((f64, f64), f64)> {
        let [(_, one), (_, other)] = self.0.as_slice() else { return None };
        let middle = ((one.0 + other.0) / 2.0, (one.1 + other.1) / 2.0);
        Some((middle, (one.0 - other.0).hypot(one.1 - other.1)))
    }
}

#[cfg(test)]
#[path = "crop_tests.rs"]
mod tests;
