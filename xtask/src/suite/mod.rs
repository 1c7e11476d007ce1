//! `test`: everything that decides whether a change may be merged, step by step, and the sum.

mod plan;
mod run;

use std::time::{Duration, Instant};

use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, spoken};
use run::Report;

/// How much of the suite to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Formatting, lints and unit tests.
    Fast,
}

/// Runs the suite; `false` when anything failed.
///
/// # Errors
/// When the set-up fails or the checkout cannot be read.
pub(crate) fn test(layout: &Layout, extent: Extent) -> Result<bool, Fault> {
    let begun = Instant::now();
    let purpose = if extent == Extent::Whole { Purpose::Drive } else { Purpose::Check };
    setup::ensure(layout, purpose)?;
    let prepared = begun.elapsed();
    let plan::Plan { builds, tests, windows } = plan::plan(layout, extent, setup::has_npm(layout))?;
    let mut steps = Steps::new(builds.len() + tests.len() + windows.len());
    let mut reports = run::in_turn(layout, builds, &[], &mut steps);
    let tested = run::at_once(layout, tests, &reports, &mut steps);
    reports.extend(tested);
    let seen = run::in_turn(layout, windows, &reports, &mut steps);
    reports.extend(seen);
    Ok(close(&reports, prepared, begun.elapsed()))
}

/// Prints the sum; `false` when anything failed.
fn close(reports: &[Report], prepared: Duration, whole: Duration) -> bool {
    println!("\n{:28} {:>14}", "set-up", spoken(prepared));
    let mut sum = Tally::default();
    for Report { name, time, verdict, tally } in reports {
        let (time, Tally { passed, failed }) = (spoken(*time), *tally);
        println!("{name:28} {time:>14}  {verdict:8} {passed:>5} passed {failed:>3} failed");
        sum += *tally;
    }
    println!("{:28} {:>14}", "all of it", spoken(whole));
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    sum.failed == 0
}
