//! `test`: everything that decides whether a change may be merged, step by step, and the sum.

mod memory;
mod plan;
mod pool;
mod programs;
mod run;
mod times;

use std::time::{Duration, Instant};

use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, spoken};
use run::Report;
use tempfile::TempDir;
use times::Times;

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
    let (has_npm, mut times) = (setup::has_npm(layout), Times::load(layout)?);
    let builds = plan::builds(layout, extent, has_npm);
    // How many steps the tests are is known before their programs are built.
    let mut steps = Steps::new(builds.len() + plan::tests(layout, extent, has_npm, &[])?.len());
    let mut reports = run::in_turn(layout, builds, &mut steps);
    let is_built = reports.iter().all(|report| report.name != "build" || !report.verdict.is_failure());
    let memory = memory::folder()?;
    let temporary = memory.as_ref().map(TempDir::path);
    let programs = if is_built { programs::all(layout, temporary)? } else { Vec::new() };
    let tests = plan::tests(layout, extent, has_npm, &programs)?;
    let tested = pool::at_once_longest_first(tests, &reports, &mut times, &mut steps);
    times.save()?;
    reports.extend(tested);
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
