//! The plots, as SVG that stands in the page. Colours come from the page's styles.

use std::fmt::Write;

use harness::Outcome;

use crate::programs::Program;
use crate::results::Unit;
use crate::statistics::Summary;

/// Width of a plot, of the names at its left, and of the free space at its right.
const WIDTH: f64 = 800.0;
const NAMES: f64 = 150.0;
const FREE: f64 = 40.0;

/// Height of a program's line in a distribution, and of a history.
const LINE: f64 = 40.0;
const HISTORY: f64 = 160.0;

/// Space for the numbers at an axis.
const NUMBERS: f64 = 24.0;

/// A program's values.
pub(crate) struct Bar<'a> {
    /// Whose.
    pub(crate) program: Program,
    /// One a run.
    pub(crate) values: &'a [f64],
}

/// Every run as a dot on one scale from zero, with the middle half and the median of each program.
///
/// # Errors
/// Never: only the interface of formatting could.
pub(crate) fn distribution(bars: &[Bar<'_>], unit: Unit) -> Outcome<String> {
    let height = LINE * number(bars.len()) + NUMBERS;
    let most = largest(bars.iter().flat_map(|bar| bar.values.iter().copied()));
    let x = |value: f64| NAMES + value / most * (WIDTH - NAMES - FREE);
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"distribution\">");
    for value in ticks(most) {
        write!(
            svg,
            "<line class=\"axis\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{1:.1}\"/>\
             <text x=\"{0:.1}\" y=\"{2:.1}\" text-anchor=\"middle\">{value} {3}</text>",
            x(value),
            height - NUMBERS,
            height - 6.0,
            unit.sign()
        )?;
    }
    for (at, bar) in bars.iter().enumerate() {
        let top = number(at) * LINE;
        svg += &line(bar, top, &x)?;
    }
    Ok(svg + "</svg>")
}

/// One program's line of a distribution.
fn line(bar: &Bar<'_>, top: f64, x: &dyn Fn(f64) -> f64) -> Outcome<String> {
    let (middle, name) = (top + LINE / 2.0, bar.program.name());
    let mut svg =
        format!("<g class=\"{}\"><text x=\"0\" y=\"{:.1}\">{name}</text>", bar.program.word(), middle + 4.0);
    if let Some(it) = Summary::of(bar.values) {
        write!(
            svg,
            "<rect class=\"middle\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            x(it.lower),
            top + 6.0,
            (x(it.upper) - x(it.lower)).max(1.0),
            LINE - 12.0,
        )?;
        write!(
            svg,
            "<line class=\"median\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.1}\" y2=\"{2:.1}\"/>",
            x(it.median),
            top + 3.0,
            top + LINE - 3.0,
        )?;
    }
    for (at, value) in bar.values.iter().enumerate() {
        // In the order of the runs from top to bottom, so that dots of equal values do not cover each other.
        let y = top + 8.0 + (LINE - 16.0) * number(at) / number(bar.values.len().max(2) - 1);
        write!(svg, "<circle class=\"dot\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"2.5\"/>", x(*value))?;
    }
    Ok(svg + "</g>")
}

/// A commit's medians.
pub(crate) type Medians<'a> = (&'a str, Vec<(Program, Option<f64>)>);

/// The medians over the commits; nothing where there is but one.
///
/// # Errors
/// Never: only the interface of formatting could.
pub(crate) fn history(medians: &[Medians<'_>], programs: &[Program], unit: Unit) -> Outcome<String> {
    let known = medians.iter().flat_map(|(_, values)| values.iter().filter_map(|(_, value)| *value));
    let most = largest(known);
    if medians.len() < 2 {
        return Ok(String::new());
    }
    let step = (WIDTH - NAMES - FREE) / number(medians.len() - 1);
    let x = |at: usize| NAMES + step * number(at);
    let y = |value: f64| (HISTORY - NUMBERS) * (1.0 - value / most) + 4.0;
    let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {HISTORY}\" role=\"img\" aria-label=\"history\">");
    for value in ticks(most) {
        write!(
            svg,
            "<line class=\"axis\" x1=\"{NAMES}\" x2=\"{WIDTH}\" y1=\"{0:.1}\" y2=\"{0:.1}\"/>\
             <text x=\"{1}\" y=\"{2:.1}\" text-anchor=\"end\">{value} {3}</text>",
            y(value),
            NAMES - 8.0,
            y(value) + 4.0,
            unit.sign()
        )?;
    }
    for program in programs {
        let points: Vec<String> = medians
            .iter()
            .enumerate()
            .filter_map(|(at, (_, values))| {
                let value =
                    values.iter().find(|(other, _)| other == program).and_then(|(_, value)| *value)?;
                Some(format!("{:.1},{:.1}", x(at), y(value)))
            })
            .collect();
        write!(svg, "<polyline class=\"path {}\" points=\"{}\"/>", program.word(), points.join(" "))?;
    }
    for (at, (commit, _)) in medians.iter().enumerate().filter(|(at, _)| at + 1 == medians.len() || *at == 0)
    {
        write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{commit}</text>",
            x(at),
            HISTORY - 4.0
        )?;
    }
    Ok(svg + "</svg>")
}

/// The largest of some values; one where there is none above zero, so that a scale has a length.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    let most = values.fold(0.0, f64::max);
    if most > 0.0 { most } else { 1.0 }
}

/// Round numbers on a scale from zero to `most`: three to six of them.
fn ticks(most: f64) -> Vec<f64> {
    let magnitude = 10_f64.powf((most / 5.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * magnitude);
    let step = steps.into_iter().find(|step| most / step <= 6.0).unwrap_or(most);
    (0..=5_u8).map(|at| f64::from(at) * step).filter(|value| *value <= most).collect()
}

#[allow(clippy::cast_precision_loss)]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_at_an_axis_are_round_and_few() {
        assert_eq!(ticks(550.0), [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]);
        assert_eq!(ticks(9.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        for most in [0.3, 1.0, 7.0, 99.0, 12_345.0] {
            assert!((3..=6).contains(&ticks(most).len()), "{most}: {:?}", ticks(most));
        }
    }

    #[test]
    fn every_run_is_a_dot_and_a_program_without_any_is_an_empty_line() {
        let bars = [
            Bar { program: Program::Peer, values: &[1.0, 2.0, 3.0] },
            Bar { program: Program::Foyer, values: &[] },
        ];

        let svg = distribution(&bars, Unit::Milliseconds).expect("a plot");

        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("class=\"median\"").count(), 1);
        assert!(svg.contains(">Foyer</text>"), "{svg}");
    }
}
