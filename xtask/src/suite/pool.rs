//! Running the parts of many steps at the same time, the longest first. What they print is shown step by step.

use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::plan::{Part, Run, Step};
use super::run::{Report, Verdict, close, lacking, until_one_fails};
use super::times::Times;
use crate::count::Tally;
use crate::shell::{Steps, collected, spoken};

/// So many parts run at the same time: one more than there are processors, as a part waits as much as it computes.
fn at_once() -> usize {
    thread::available_parallelism().map_or(2, NonZeroUsize::get) + 1
}

/// What a part tells while it runs.
enum Told {
    Line(String),
    Ended(Ended),
}

/// How a part ended.
struct Ended {
    begun: Instant,
    time: Duration,
    verdict: Verdict,
    tally: Tally,
}

/// A part that waits for its turn.
struct Waiting {
    /// How long it took the last time.
    seconds: f64,
    commands: Vec<Command>,
    tell: Sender<Told>,
}

/// A part as the terminal shows it.
struct Screen {
    name: String,
    /// Its name among the remembered times.
    key: String,
    told: Receiver<Told>,
}

/// A step as the terminal shows it.
struct Shown {
    name: &'static str,
    about: &'static str,
    /// Its parts in the order in which they begin; or how it ended, where it is not run.
    parts: Result<Vec<Screen>, Verdict>,
}

/// Runs all parts of these steps, as many at a time as is good for this machine. What they print is shown step by step:
/// that of the first part that has not ended as it comes, that of the others when its turn comes.
pub(super) fn at_once_longest_first(
    plan: Vec<Step>,
    before: &[Report],
    times: &mut Times,
    steps: &mut Steps,
) -> Vec<Report> {
    let (mut waiting, shown) = apart(plan, before, times);
    waiting.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
    let waiting = Mutex::new(waiting.into_iter());
    thread::scope(|scope| {
        for _ in 0..at_once() {
            scope.spawn(|| {
                while let Some(part) = next(&waiting) {
                    run(part);
                }
            });
        }
        shown.into_iter().map(|step| show(step, times, steps)).collect()
    })
}

/// Takes the steps apart. A part that nobody has timed yet begins before all others.
fn apart(plan: Vec<Step>, before: &[Report], times: &Times) -> (Vec<Waiting>, Vec<Shown>) {
    let (mut all, mut shown) = (Vec::new(), Vec::new());
    for step in plan {
        let lacks = lacking(&step, before);
        let parts = match (lacks, step.run) {
            (Some(verdict), _) => Err(verdict),
            (None, Run::Skip(reason)) => Err(Verdict::Skipped(reason)),
            (None, Run::Page | Run::Keep(_)) => Err(Verdict::Failed(Some("is a build".into()))),
            (None, Run::Parts(parts)) if parts.is_empty() => {
                Err(Verdict::Failed(Some("the build made no such program".into())))
            }
            (None, Run::Parts(parts)) => Ok(parts),
        };
        let parts = parts.map(|parts| {
            let mut timed: Vec<_> = parts.into_iter().map(|part| timed(step.name, part, times)).collect();
            timed.sort_by(|one, other| other.0.seconds.total_cmp(&one.0.seconds));
            let (waiting, screens): (Vec<_>, Vec<_>) = timed.into_iter().unzip();
            all.extend(waiting);
            screens
        });
        shown.push(Shown { name: step.name, about: step.about, parts });
    }
    (all, shown)
}

fn timed(step: &str, Part { name, commands }: Part, times: &Times) -> (Waiting, Screen) {
    let key = if name.is_empty() { step.to_owned() } else { format!("{step}: {name}") };
    let (tell, told) = channel();
    let seconds = times.of(&key).unwrap_or(f64::INFINITY);
    (Waiting { seconds, commands, tell }, Screen { name, key, told })
}

fn next<T>(waiting: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next()
}

/// Runs a part and tells what it prints and how it ended.
fn run(part: Waiting) {
    let begun = Instant::now();
    let mut tally = Tally::default();
    let verdict = until_one_fails(part.commands, |command| {
        collected(command, |line| {
            tally.read(line);
            // Nobody listens any more only when the task itself has ended.
            drop(part.tell.send(Told::Line(line.to_owned())));
        })
    });
    let tally = tally.at_end(!verdict.is_failure());
    drop(part.tell.send(Told::Ended(Ended { begun, time: begun.elapsed(), verdict, tally })));
}

/// Shows a step until all of its parts have ended.
fn show(step: Shown, times: &mut Times, steps: &mut Steps) -> Report {
    steps.begin(step.name, step.about);
    let report = match step.parts {
        Ok(parts) => {
            let ended = parts.into_iter().filter_map(|part| show_part(&part, times)).collect();
            together(step.name, ended)
        }
        Err(verdict) => {
            let tally = Tally::default().at_end(!verdict.is_failure());
            Report { name: step.name, time: Duration::ZERO, verdict, tally }
        }
    };
    close(&report);
    report
}

fn show_part(part: &Screen, times: &mut Times) -> Option<Ended> {
    for told in &part.told {
        match told {
            Told::Line(line) => {
                if !is_of_a_run(&line) {
                    println!("{line}");
                }
            }
            Told::Ended(ended) => {
                times.note(&part.key, ended.time);
                if let Verdict::Failed(Some(reason)) = &ended.verdict {
                    println!("      {reason}");
                }
                if !part.name.is_empty() {
                    println!("      {}: {} in {}", part.name, ended.verdict, spoken(ended.time));
                }
                return Some(ended);
            }
        }
    }
    None
}

/// What a test program prints around the lines of its tests.
fn is_of_a_run(line: &str) -> bool {
    let counts = line.strip_prefix("running ").and_then(|rest| rest.split_once(' '));
    line.is_empty()
        || line.starts_with("test result: ok.")
        || counts.is_some_and(|(count, what)| count.parse::<u64>().is_ok() && what.starts_with("test"))
}

/// The report of a step, from those of its parts: its time is that from the first one's begin to the last one's end.
fn together(name: &'static str, parts: Vec<Ended>) -> Report {
    let begun = parts.iter().map(|part| part.begun).min();
    let ended = parts.iter().map(|part| part.begun + part.time).max();
    let mut tally = Tally::default();
    parts.iter().for_each(|part| tally += part.tally);
    let failure = parts.into_iter().find(|part| part.verdict.is_failure());
    let time = begun.zip(ended).map(|(begun, ended)| ended - begun).unwrap_or_default();
    // Its reason was shown with the part.
    let verdict = failure.map_or(Verdict::Passed, |_| Verdict::Failed(None));
    Report { name, time, verdict, tally }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, script: &str) -> Part {
        let mut command = Command::new("timeout");
        command.args(["30", "sh", "-c", script]);
        Part { name: name.into(), commands: vec![command] }
    }

    fn step(name: &'static str, needs: &'static [&'static str], parts: Vec<Part>) -> Step {
        Step { name, about: "", needs, run: Run::Parts(parts) }
    }

    fn run_all(plan: Vec<Step>, before: &[Report], times: &mut Times) -> Vec<Report> {
        let mut steps = Steps::new(plan.len());
        at_once_longest_first(plan, before, times, &mut steps)
    }

    #[test]
    fn parts_run_at_once_and_their_steps_are_counted_in_the_order_of_the_plan() {
        let folder = tempfile::tempdir().expect("a folder");
        // The first ends only after the last has run: they do run at once.
        let there = folder.path().join("there");
        let waits = format!("until [ -e {0} ]; do :; done; echo '# pass 2' >&2", there.display());
        let makes = format!("echo '# pass 1'; echo '# fail 4'; touch {}; exit 1", there.display());
        let plan = vec![
            step("waits", &[], vec![part("one", &waits), part("two", "echo '# pass 3'")]),
            step("makes", &[], vec![part("", &makes)]),
        ];
        let cannot_start = Part { name: "it".into(), commands: vec![Command::new("no-such-program")] };
        let mut times = Times::default();

        let mut reports = run_all(plan, &[], &mut times);
        reports.extend(run_all(vec![step("cannot start", &[], vec![cannot_start])], &[], &mut times));

        let seen: Vec<_> = reports
            .iter()
            .map(|report| (report.name, report.verdict.to_string(), report.tally.passed, report.tally.failed))
            .collect();
        let expected =
            [("waits", "passed", 5, 0), ("makes", "FAILED", 1, 4), ("cannot start", "FAILED", 0, 1)];
        let expected =
            expected.map(|(name, verdict, passed, failed)| (name, verdict.to_owned(), passed, failed));
        assert_eq!(seen, expected);
        assert!(times.of("waits: one").is_some() && times.of("makes").is_some());
    }

    #[test]
    fn the_longest_begins_first_and_one_that_was_never_timed_before_it() {
        let mut times = Times::default();
        times.note("s: short", Duration::from_secs(1));
        times.note("s: long", Duration::from_secs(9));
        let parts = ["short", "long", "new"].map(|name| part(name, "true"));
        let (waiting, shown) = apart(vec![step("s", &[], parts.into())], &[], &times);

        let seconds: Vec<_> = waiting.iter().map(|part| part.seconds).collect();
        let shown: Vec<_> = shown[0].parts.iter().flatten().map(|part| part.key.as_str()).collect();

        assert_eq!(seconds, [f64::INFINITY, 9.0, 1.0]);
        assert_eq!(shown, ["s: new", "s: long", "s: short"]);
    }

    #[test]
    fn a_step_without_its_need_or_without_a_program_fails_and_a_skipped_one_does_not() {
        let build = Verdict::Failed(None);
        let tally = Tally { passed: 0, failed: 1 };
        let before = [Report { name: "build", time: Duration::ZERO, verdict: build, tally }];
        let plan = vec![
            step("golden", &["build"], vec![part("", "true")]),
            step("unit tests", &[], vec![]),
            Step { name: "bench", about: "", needs: &[], run: Run::Skip("no Node") },
        ];

        let reports = run_all(plan, &before, &mut Times::default());

        let failed: Vec<_> = reports.iter().map(|report| report.tally.failed).collect();
        assert_eq!(failed, [1, 1, 0]);
        assert_eq!(reports[0].verdict, Verdict::Failed(Some("needs the step `build`, which failed".into())));
        assert_eq!(reports[2].verdict, Verdict::Skipped("no Node"));
    }

    #[test]
    fn what_a_program_prints_around_its_tests_is_told_from_what_it_says() {
        assert!(
            ["", "running 1 test", "running 12 tests", "test result: ok. 1 passed"]
                .iter()
                .all(|line| is_of_a_run(line))
        );
        let said = ["running late", "test a ... ok", "test result: FAILED. 0 passed; 1 failed", "failures:"];
        assert!(!said.iter().any(|line| is_of_a_run(line)));
    }
}
