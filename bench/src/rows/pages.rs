//! Row 8, beside what rows 1 and 2 say of memory: what a program has after its person has gone from page to page for long.

use std::time::Duration;

use harness::Outcome;

use super::start::everyone_signed_in;
use super::{Bench, mebibytes};
use crate::display::{Awaits, Key, Watch};
use crate::programs::Program;
use crate::results::{Figure, Unit};
use crate::stage::{Place, Stage};

const ROW: &str = "8";

/// After so many changes each page has been there, and what is compiled for it and kept is.
const FEW: usize = 10;

/// So many more are compared with them.
const MANY: usize = 100;

/// The account page and the security page: Alt and this digit.
const PAGES: [char; 2] = ['2', '1'];

/// How long a page is watched that somebody leaves.
const CHANGE: Watch = Watch {
    at_least: Duration::ZERO,
    still: Duration::from_millis(150),
    at_most: Duration::from_secs(20),
    awaits: Awaits::Change,
};

pub(super) async fn measure(bench: &Bench) -> Outcome<Vec<Figure>> {
    let stage = Stage::new(|config| config).await?;
    let figure = |what: String| Figure::new(ROW, &what, Unit::Mebibytes, Program::Foyer);
    let mut after_few = figure(format!("memory after {FEW} page changes"));
    let mut after_many = figure(format!("memory after {} page changes", FEW + MANY));
    let mut places = everyone_signed_in(bench, stage.project(), &[Program::Foyer]).await?;
    for place in &mut places {
        for _ in 0..bench.runs {
            let running = place.open(&bench.programs, stage.project()).await?;
            change_pages(place, FEW)?;
            after_few.push(mebibytes(running.memory()));
            change_pages(place, MANY)?;
            after_many.push(mebibytes(running.memory()));
            place.end(running).await?;
        }
    }
    Ok(vec![after_few, after_many])
}

/// An even number of changes leads back to where they began.
fn change_pages(place: &mut Place, count: usize) -> Outcome {
    for page in PAGES.into_iter().cycle().take(count) {
        if place.press_and_watch(Key::Alt(page), CHANGE)?.first_change().is_none() {
            return Err(place.fault("does not change its page"));
        }
    }
    Ok(())
}
