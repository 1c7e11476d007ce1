//! Running steps one after the other: their commands, their output, and how each ended.

use std::fmt;
use std::process::Command;
use std::time::{Duration, Instant};

use super::plan::{Run, Step};
use crate::builds;
use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{Steps, spoken, watched};

/// How a step ended.
pub(super) struct Report {
    pub(super) name: &'static str,
    pub(super) time: Duration,
    pub(super) verdict: Verdict,
    pub(super) tally: Tally,
}

/// Whether a step passed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Passed,
    /// With the reason, where the step's own output does not hold it.
    Failed(Option<String>),
    /// Neither passed nor failed, for this reason.
    Skipped(&'static str),
}

impl Verdict {
    fn of(outcome: Result<bool, Fault>) -> Self {
        match outcome {
            Ok(true) => Self::Passed,
            Ok(false) => Self::Failed(None),
            Err(fault) => Self::Failed(Some(fault.to_string())),
        }
    }

    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Padded, as the name of a verdict stands in a table.
        f.pad(match self {
            Self::Passed => "passed",
            Self::Failed(_) => "FAILED",
            Self::Skipped(_) => "skipped",
        })
    }
}

/// Runs steps one after the other, on the terminal.
pub(super) fn in_turn(layout: &Layout, plan: Vec<Step>, steps: &mut Steps) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for step in plan {
        steps.begin(step.name, step.about);
        let report = run(layout, step, &reports);
        close(&report);
        reports.push(report);
    }
    reports
}

/// Runs a step.
fn run(layout: &Layout, step: Step, before: &[Report]) -> Report {
    let begun = Instant::now();
    let mut tally = Tally::default();
    let verdict = match (lacking(&step, before), step.run) {
        (Some(verdict), _) => verdict,
        (None, Run::Parts(parts)) => {
            let commands = parts.into_iter().flat_map(|part| part.commands);
            until_one_fails(commands, |command| {
                watched(command, |line| {
                    println!("{line}");
                    tally.read(line);
                })
            })
        }
        (None, Run::Page) => Verdict::of(builds::page(layout).map(|()| true)),
        (None, Run::Keep(what)) => {
            println!("      {what} is newer than its sources: kept");
            Verdict::Passed
        }
        (None, Run::Skip(reason)) => Verdict::Skipped(reason),
    };
    let tally = tally.at_end(!verdict.is_failure());
    Report { name: step.name, time: begun.elapsed(), verdict, tally }
}

/// The failure of a step that needs one which failed.
pub(super) fn lacking(step: &Step, before: &[Report]) -> Option<Verdict> {
    let has_failed =
        |need: &&&str| before.iter().any(|report| report.name == **need && report.verdict.is_failure());
    let need = step.needs.iter().find(has_failed)?;
    Some(Verdict::Failed(Some(format!("needs the step `{need}`, which failed"))))
}

/// Runs commands, each by `execute`, until one fails.
pub(super) fn until_one_fails(
    commands: impl IntoIterator<Item = Command>,
    execute: impl FnMut(Command) -> Result<bool, Fault>,
) -> Verdict {
    let mut all = commands.into_iter().map(execute);
    all.find(|passed| !matches!(passed, Ok(true))).map_or(Verdict::Passed, Verdict::of)
}

/// Says how a step ended.
pub(super) fn close(report: &Report) {
    match &report.verdict {
        Verdict::Skipped(reason) => println!("      skipped: {reason}"),
        Verdict::Failed(Some(reason)) => println!("      {reason}"),
        Verdict::Passed | Verdict::Failed(None) => {}
    }
    println!("      {} in {}", report.verdict, spoken(report.time));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(name: &'static str, needs: &'static [&'static str], run: Run) -> Step {
        Step { name, about: "", needs, run }
    }

    #[test]
    fn a_step_whose_need_failed_is_a_failure_without_being_run() {
        let layout = Layout::find().expect("a checkout");
        let never = || Run::command(Command::new("a-program-that-does-not-exist"));
        let plan = vec![step("page", &[], never()), step("build", &["page"], never())];

        let reports = in_turn(&layout, plan, &mut Steps::new(2));

        assert_eq!(reports[1].tally, Tally { passed: 0, failed: 1 });
        assert_eq!(reports[1].verdict, Verdict::Failed(Some("needs the step `page`, which failed".into())));
    }

    #[test]
    fn a_skipped_step_is_neither_passed_nor_failed() {
        let layout = Layout::find().expect("a checkout");
        let skipped = vec![step("supabase-js", &[], Run::Skip("no Node"))];

        let reports = in_turn(&layout, skipped, &mut Steps::new(1));

        assert_eq!((&reports[0].verdict, reports[0].tally), (&Verdict::Skipped("no Node"), Tally::default()));
    }
}
