//! Running a step: its commands, their output, and how it ended.

use std::fmt;
use std::process::Command;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::plan::{Run, Step};
use crate::builds;
use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{Steps, collected, spoken, watched};

/// So many steps of tests run at the same time: they wait as much as they compute.
const AT_ONCE: usize = 2;

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

    fn is_failure(&self) -> bool {
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

/// What a step that runs beside others tells.
enum Told {
    Line(String),
    Ended(Report),
}

/// Runs steps one after the other, on the terminal.
pub(super) fn in_turn(layout: &Layout, plan: Vec<Step>, before: &[Report], steps: &mut Steps) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    for step in plan {
        steps.begin(step.name, step.about);
        let known = before.iter().chain(&reports);
        let report = run(layout, step, known, &mut |command, tally| {
            watched(command, |line| {
                println!("{line}");
                tally.read(line);
            })
        });
        close(&report);
        reports.push(report);
    }
    reports
}

/// Runs [`AT_ONCE`] steps at a time. What they print is shown step by step, in the plan's order: that of the first one
/// that has not ended as it comes, that of the others when its turn comes.
pub(super) fn at_once(layout: &Layout, plan: Vec<Step>, before: &[Report], steps: &mut Steps) -> Vec<Report> {
    let (senders, screens): (Vec<_>, Vec<_>) = plan
        .into_iter()
        .map(|step| {
            let (tell, told) = channel();
            let screen = (step.name, step.about, told);
            ((step, tell), screen)
        })
        .unzip();
    let waiting = Mutex::new(senders.into_iter());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((step, tell)) = next(&waiting) {
                    told(layout, step, before, &tell);
                }
            });
        }
        screens.iter().filter_map(|(name, about, told)| show(steps, name, about, told)).collect()
    })
}

fn next<T>(waiting: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next()
}

/// Runs a step and tells `tell` what it prints and how it ended.
fn told(layout: &Layout, step: Step, before: &[Report], tell: &Sender<Told>) {
    let report = run(layout, step, before.iter(), &mut |command, tally| {
        collected(command, |line| {
            tally.read(line);
            // Nobody listens any more only when the task itself has ended.
            drop(tell.send(Told::Line(line.to_owned())));
        })
    });
    drop(tell.send(Told::Ended(report)));
}

/// Shows a step until it has ended.
fn show(steps: &mut Steps, name: &str, about: &str, told: &Receiver<Told>) -> Option<Report> {
    steps.begin(name, about);
    for told in told {
        match told {
            Told::Line(line) => println!("{line}"),
            Told::Ended(report) => {
                close(&report);
                return Some(report);
            }
        }
    }
    None
}

/// Runs a step, each of its commands by `execute`, until one fails.
fn run<'a>(
    layout: &Layout,
    step: Step,
    before: impl Iterator<Item = &'a Report> + Clone,
    execute: &mut dyn FnMut(Command, &mut Tally) -> Result<bool, Fault>,
) -> Report {
    let begun = Instant::now();
    let mut tally = Tally::default();
    let has_failed =
        |need: &&str| before.clone().any(|report| report.name == *need && report.verdict.is_failure());
    let missing = step.needs.iter().find(|need| has_failed(need));
    let verdict = match (missing, step.run) {
        (Some(need), _) => Verdict::Failed(Some(format!("needs the step `{need}`, which failed"))),
        (None, Run::Commands(commands)) => {
            let mut all = commands.into_iter().map(|command| execute(command, &mut tally));
            all.find(|passed| !matches!(passed, Ok(true))).map_or(Verdict::Passed, Verdict::of)
        }
        (None, Run::Page) => Verdict::of(builds::page(layout).map(|()| true)),
        (None, Run::Skip(reason)) => Verdict::Skipped(reason),
    };
    let tally = tally.at_end(!verdict.is_failure());
    Report { name: step.name, time: begun.elapsed(), verdict, tally }
}

/// Says how a step ended.
fn close(report: &Report) {
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

    fn commands(script: &str) -> Run {
        let mut command = Command::new("timeout");
        command.args(["30", "sh", "-c", script]);
        Run::Commands(vec![command])
    }

    fn step(name: &'static str, run: Run) -> Step {
        Step { name, about: "", needs: &[], run }
    }

    #[test]
    fn a_step_whose_need_failed_is_a_failure_without_being_run() {
        let layout = Layout::find().expect("a checkout");
        let failing = vec![step("build", commands("exit 1"))];
        let before = in_turn(&layout, failing, &[], &mut Steps::new(1));
        let never = Run::Commands(vec![Command::new("a-program-that-does-not-exist")]);
        let step = Step { name: "golden", about: "", needs: &["build"], run: never };

        let reports = at_once(&layout, vec![step], &before, &mut Steps::new(1));

        assert_eq!(reports[0].tally, Tally { passed: 0, failed: 1 });
        assert_eq!(reports[0].verdict, Verdict::Failed(Some("needs the step `build`, which failed".into())));
    }

    #[test]
    fn a_skipped_step_is_neither_passed_nor_failed() {
        let layout = Layout::find().expect("a checkout");
        let skipped = vec![step("supabase-js", Run::Skip("no Node"))];

        let reports = in_turn(&layout, skipped, &[], &mut Steps::new(1));

        assert_eq!((&reports[0].verdict, reports[0].tally), (&Verdict::Skipped("no Node"), Tally::default()));
    }

    #[test]
    fn steps_that_run_at_once_are_counted_each_for_itself_and_stand_in_the_order_of_the_plan() {
        let layout = Layout::find().expect("a checkout");
        let folder = tempfile::tempdir().expect("a folder");
        // The first ends only after the second has run: they do run at once.
        let there = folder.path().join("there");
        let waits = format!("until [ -e {0} ]; do :; done; echo '# pass 2' >&2", there.display());
        let makes = format!("echo '# pass 1'; echo '# fail 4'; touch {}; exit 1", there.display());
        let plan = vec![
            step("waits", commands(&waits)),
            step("makes", commands(&makes)),
            step("cannot start", Run::Commands(vec![Command::new("a-program-that-does-not-exist")])),
        ];

        let reports = at_once(&layout, plan, &[], &mut Steps::new(3));

        let seen: Vec<_> = reports
            .iter()
            .map(|report| (report.name, report.verdict.to_string(), report.tally.passed, report.tally.failed))
            .collect();
        let expected =
            [("waits", "passed", 2, 0), ("makes", "FAILED", 1, 4), ("cannot start", "FAILED", 0, 1)];
        let expected =
            expected.map(|(name, verdict, passed, failed)| (name, verdict.to_owned(), passed, failed));
        assert_eq!(seen, expected);
    }
}
