//! Whether the window's texts and controls can be told from what they stand on, measured on its stylesheets. The test of
//! the stylesheets asks this, and so does `rename` before it takes an accent.

pub mod colour;
pub mod sheet;

use colour::{Theme, colour};
use sheet::Tokens;

/// The token that a project's owner sets: the other colours of the accent follow from it.
pub const ACCENT: &str = "--accent-base";

/// The colours that text is written in.
const INKS: [&str; 5] = ["--text", "--text-soft", "--accent", "--bad", "--warning"];
/// What text of any colour stands on.
const SURFACES: [&str; 3] = ["--ground", "--surface", "--surface-sunk"];
/// Text on a surface of its own.
const PAIRS: [(&str, &str); 8] = [
    ("--text", "--accent-soft"),
    ("--text-soft", "--accent-soft"),
    ("--accent", "--accent-soft"),
    ("--good", "--surface"),
    ("--good", "--good-soft"),
    ("--warning", "--warning-soft"),
    ("--bad", "--bad-soft"),
    ("--on-accent", "--accent-strong"),
];
/// Frames of controls, and the ring around what has the focus.
const FRAMES: [&str; 3] = ["--line-control", "--accent", "--bad"];

/// Contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT: f64 = 4.5;
/// Contrast of what makes a control recognisable (1.4.11).
pub const CONTROL: f64 = 3.0;
/// Contrast of text for somebody who asked for more (1.4.6).
pub const MORE: f64 = 7.0;

/// What is harder to read than it may be, with at least this contrast for text and this one for controls. One line a pair.
#[must_use]
pub fn too_faint(tokens: &Tokens, text: f64, control: f64) -> Vec<String> {
    let on_surfaces = |ink: &'static str| SURFACES.map(|surface| (ink, surface));
    let inks = INKS.into_iter().flat_map(on_surfaces).chain(PAIRS).map(|pair| (pair, text));
    let frames = FRAMES.into_iter().flat_map(on_surfaces).map(|pair| (pair, control));
    let mut faint = Vec::new();
    for ((ink, surface), least) in inks.chain(frames) {
        faint.extend(fainter(tokens, ink, surface, least));
    }
    faint.extend(fainter(tokens, "--on-accent", "--accent", text));
    faint
}

/// The themes in which one token on another one has less contrast than this. A token that is not there, or is no colour
/// that is known here, is a line as well.
#[must_use]
pub fn fainter(tokens: &Tokens, ink: &str, surface: &str, least: f64) -> Vec<String> {
    let mut faint = Vec::new();
    for theme in [Theme::Light, Theme::Dark] {
        let of = |name: &str| tokens.get(name).and_then(|value| colour(value, tokens, theme));
        let (Some(one), Some(two)) = (of(ink), of(surface)) else {
            faint.push(format!("{ink} or {surface} is no colour that is known here ({theme:?})"));
            continue;
        };
        let contrast = one.contrast(two);
        if contrast < least {
            faint.push(format!("{ink} on {surface} ({theme:?}): {contrast:.2}, needs {least}"));
        }
    }
    faint
}
