//! The rows: what is measured, a file each.

mod bytes;
mod growth;
mod idle;
mod instructions;
mod link;
mod pages;
mod photo;
mod save;
mod server;
mod sign_in;
mod start;

use std::path::PathBuf;
use std::time::Duration;

use harness::{Fault, Outcome};

use crate::display::{Awaits, Frame, Frames, Watch};
use crate::programs::Programs;
use crate::results::Figure;
use crate::stage::{Place, write_picture};

/// Milliseconds, as figures have them.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Mebibytes, as figures have them.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// How long a page is watched that somebody has asked for something, until it shows this.
fn answer(goal: fn(&Frame) -> bool) -> Watch {
    let (still, at_most) = (Duration::from_millis(900), Duration::from_secs(20));
    Watch { at_least: still, still, at_most, awaits: Awaits::Frame(goal) }
}

/// A row, and what it takes.
pub(crate) struct Row {
    /// Its number.
    pub(crate) id: &'static str,
    /// What it is about.
    pub(crate) title: &'static str,
    /// How long it takes with fifteen runs.
    pub(crate) takes: &'static str,
}

const fn row(id: &'static str, title: &'static str, takes: &'static str) -> Row {
    Row { id, title, takes }
}

/// All rows that are measured here.
pub(crate) const ROWS: &[Row] = &[
    row("1", "start, signed out, and memory 5 s later", "5 min"),
    row("2", "start, signed in, and memory 5 s later", "5 min"),
    row("3", "start, signed in, token old; and without a network", "11 min"),
    row("4", "sign-in", "4 min"),
    row("5", "a mail's link, running and from the start", "10 min"),
    row("6", "a photo of 12 megapixels becomes the picture", "6 min"),
    row("7", "saving the profile", "5 min"),
    row("8", "memory after many changes of the page (at the start it comes with 1 and 2)", "8 min"),
    row("9", "bytes", "no time"),
    row("10", "idle", "4 min"),
    row("13", "reading and saving a session beside many others", "10 s"),
    row("14", "the local server beside the one from npm", "10 min"),
    row("15", "instructions of pieces of work", "1 min"),
];

/// What all rows are measured with.
pub(crate) struct Bench {
    /// The built programs.
    pub(crate) programs: Programs,
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Where pictures go.
    pub(crate) pictures: PathBuf,
    /// How often each program runs, one more for the first, which does not count.
    pub(crate) runs: usize,
    /// Only to see that the bench itself works.
    pub(crate) is_quick: bool,
}

impl Bench {
    /// How long a start is watched: memory is counted five seconds after it.
    fn start(&self) -> Watch {
        let at_least = Duration::from_millis(if self.is_quick { 2_500 } else { 5_000 });
        let (still, at_most) = (Duration::from_millis(900), Duration::from_secs(12));
        Watch { at_least, still, at_most, awaits: Awaits::Change }
    }

    /// Keeps what was shown at the end of a measurement, so that a person can see what was measured.
    fn keep(&self, row: &str, place: &Place, frames: &Frames) -> Outcome {
        write_picture(frames, &self.pictures.join(format!("{row}-{}.png", place.program.word())))
    }
}

/// Measures a row.
///
/// # Errors
/// When it cannot be measured here; the sentence says why.
pub(crate) async fn measure(id: &str, bench: &Bench) -> Outcome<Vec<Figure>> {
    match id {
        "1" => start::signed_out(bench).await,
        "2" => start::signed_in(bench).await,
        "3" => start::unrefreshed(bench).await,
        "4" => sign_in::measure(bench).await,
        "5" => link::measure(bench).await,
        "6" => photo::measure(bench).await,
        "7" => save::measure(bench).await,
        "8" => pages::measure(bench).await,
        "9" => bytes::measure(bench),
        "10" => idle::measure(bench).await,
        "13" => growth::measure(bench).await,
        "14" => server::measure(bench).await,
        "15" => instructions::measure().await,
        other => Err(Fault::new(format!("there is no row {other}"))),
    }
}
