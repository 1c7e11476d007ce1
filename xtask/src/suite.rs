//! `test`: everything that decides whether a change may be merged, step by step, and the sum.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::builds::{self, native};
use crate::count::Tally;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::setup::{self, Purpose};
use crate::shell::{Steps, cargo, program, spoken, watched};

/// What a page has of the session's plugin: an npm package.
const GUEST_JS: &str = "crates/tauri-plugin-supabase-session/guest-js";
/// The example whose page is built with npm. Its shell embeds the page, so the page comes first.
const REACT: &str = "examples/react";
/// supabase-js against the local server.
const SUPABASE_JS: &str = "tests/supabase-js";

/// How much of the suite to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it.
    Whole,
    /// Formatting, lints and unit tests.
    Fast,
}

/// A step of the suite.
struct Step {
    name: &'static str,
    about: &'static str,
    /// Steps without which this one says nothing.
    needs: &'static [&'static str],
    run: Run,
}

/// What a step does.
enum Run {
    /// Runs commands one after the other; stops at the first that fails. Their output is counted.
    Commands(Vec<Command>),
    /// Builds the page.
    Page,
    /// Cannot be run on this machine, for this reason. Neither passed nor failed.
    Skip(&'static str),
}

/// How a step ended.
struct Report {
    name: &'static str,
    time: Duration,
    succeeded: Option<bool>,
    tally: Tally,
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
    let plan = plan(layout, extent, setup::has_npm(layout))?;
    let mut steps = Steps::new(plan.len());
    let mut reports: Vec<Report> = Vec::new();
    for step in plan {
        let report = run(layout, step, &mut steps, &reports);
        reports.push(report);
    }
    Ok(close(&reports, prepared))
}

/// The steps, in their order.
fn plan(layout: &Layout, extent: Extent, has_npm: bool) -> Result<Vec<Step>, Fault> {
    let step = |name, about, needs, run| Step { name, about, needs, run };
    let one = |command| Run::Commands(vec![command]);
    let deny = ["--all-targets", "--", "-D", "warnings"];
    let mut fmt = cargo(layout);
    fmt.args(["fmt", "--all", "--", "--check"]);
    let mut lint_page = cargo(layout);
    lint_page.args(["clippy", "--package", "foyer-ui", "--target", "wasm32-unknown-unknown"]).args(deny);
    let mut page_logic = cargo(layout);
    page_logic.args(["test", "--no-fail-fast", "--package", "foyer-ui"]);
    let units = native(layout, "test", &["--no-fail-fast", "--lib", "--bins"]);
    let doc = native(layout, "test", &["--no-fail-fast", "--doc"]);
    let mut plan = vec![
        step("formatting", "seconds", &[], one(fmt)),
        step("licences and sources", "seconds", &[], deny_rules(layout)),
        step("page", "2 min the first time", &[], Run::Page),
    ];
    if extent == Extent::Whole {
        plan.push(step("page's side of the plugin", "20 s", &[], npm(layout, has_npm, GUEST_JS, "test")));
        let react = npm(layout, has_npm, REACT, "build");
        plan.push(step("page of the React example", "20 s", &["page's side of the plugin"], react));
    }
    plan.extend([
        step("lints of the page", "1 min the first time", &[], one(lint_page)),
        step("lints", "5 min the first time", &["page"], one(native(layout, "clippy", &deny))),
        step("tests of the page's logic", "2 min the first time", &[], one(page_logic)),
        step("build", "10 min the first time", &["page"], one(native(layout, "build", &["--all-targets"]))),
        step("unit tests", "1 min", &["build"], Run::Commands(vec![units, doc])),
    ]);
    if let Some(command) = named(layout, &integration(layout)?) {
        plan.push(step("integration tests", "1 min", &["build"], one(command)));
    }
    if extent == Extent::Whole {
        plan.push(step("golden", "1 min", &["build"], one(golden(layout))));
        plan.push(step("simulated days", "1 min", &["build"], Run::Commands(simulated_days(layout))));
        plan.push(step("kills", "20 s", &["build"], one(kills(layout))));
        plan.push(step("supabase-js", "1 min", &["build"], npm(layout, has_npm, SUPABASE_JS, "test")));
        plan.push(step("end to end", "4 min", &["build"], end_to_end(layout, has_npm)));
    }
    Ok(plan)
}

/// The rules of `deny.toml`, where the program for them is installed: to build it would take longer than all the rest.
/// Advisories are another matter, as they change without the code: `cargo deny check advisories` asks for those.
fn deny_rules(layout: &Layout) -> Run {
    let Some(program) = layout.program("cargo-deny") else {
        return Run::Skip("no cargo-deny on this machine (https://embarkstudios.github.io/cargo-deny/cli/)");
    };
    let mut command = Command::new(program);
    command.current_dir(&layout.root).args(["--locked", "check", "licenses", "bans", "sources"]);
    Run::Commands(vec![command])
}

/// Without names: every recording that `supabase-local` claims to match.
fn golden(layout: &Layout) -> Command {
    native(layout, "test", &["--test", "golden"])
}

/// A short run: days that are always the same, days that nobody has seen yet, and some of the hostile links. (The long
/// ones are tasks of their own.)
fn simulated_days(layout: &Layout) -> Vec<Command> {
    let command = |name: &str, arguments: &[&str]| {
        let mut command = program(layout, name);
        command.args(arguments);
        command
    };
    let (simulate, fuzz) = (layout.built("simulate"), layout.built("fuzz_links"));
    let (simulate, fuzz) = (simulate.to_string_lossy(), fuzz.to_string_lossy());
    vec![
        command(&simulate, &["--days", "12", "--seed", "1"]),
        command(&simulate, &["--days", "8"]),
        command(&fuzz, &["--inputs", "100000"]),
    ]
}

/// Kills while a session is saved: at each step of the first changes, then at others than the last time.
fn kills(layout: &Layout) -> Command {
    let mut command = program(layout, &layout.built("torture").to_string_lossy());
    command.args(["--kills", "300"]);
    command
}

/// Installs what a folder's lockfile names and runs one of its scripts.
fn npm(layout: &Layout, has_npm: bool, folder: &str, script: &str) -> Run {
    if !has_npm {
        return Run::Skip("no Node on this machine");
    }
    let folder = layout.root.join(folder);
    let mut install = program(layout, "npm");
    install.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
    let mut run = program(layout, "npm");
    run.args(["run", script])
        .current_dir(&folder)
        .env("SUPABASE_LOCAL_BIN", layout.built("supabase-local"))
        .env("FOYER_EXAMPLE_SERVER_BIN", layout.built("foyer-example-server"));
    Run::Commands(vec![install, run])
}

fn end_to_end(layout: &Layout, has_npm: bool) -> Run {
    if !cfg!(target_os = "linux") {
        return Run::Skip("only Linux has WebKitWebDriver");
    }
    let mut command = native(layout, "test", &["--no-fail-fast", "--test", "e2e"]);
    if !has_npm {
        // The page of this example is npm's.
        command.args(["--", "--skip", "react::"]);
    }
    Run::Commands(vec![command])
}

/// `cargo test` over the test targets of these names, built as everything else is.
fn named(layout: &Layout, names: &[String]) -> Option<Command> {
    let mut command = native(layout, "test", &["--no-fail-fast"]);
    names.iter().for_each(|name| {
        command.args(["--test", name]);
    });
    (!names.is_empty()).then_some(command)
}

/// Names of the crates' and examples' own integration tests. The recordings have a step of their own.
fn integration(layout: &Layout) -> Result<Vec<String>, Fault> {
    let mut folders = Vec::new();
    for home in ["crates", "examples"] {
        let entries =
            fs::read_dir(layout.root.join(home)).map_err(|error| Fault::new(format!("{home}: {error}")))?;
        folders.extend(entries.flatten().map(|entry| entry.path().join("tests")));
    }
    folders.extend(["src-tauri", "xtask"].map(|package| layout.root.join(package).join("tests")));
    let mut names = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        names.extend(test_programs(folder)?);
    }
    names.retain(|name| name != "golden");
    names.sort();
    Ok(names)
}

/// The names of the test programs in a folder: its Rust files, and the folders in it that have a `main.rs`.
fn test_programs(folder: &Path) -> Result<Vec<String>, Fault> {
    let entries =
        fs::read_dir(folder).map_err(|error| Fault::new(format!("{}: {error}", folder.display())))?;
    let files = entries.flatten().map(|entry| entry.path());
    let is_source = |path: &Path| path.extension().is_some_and(|ending| ending == "rs");
    let sources = files.filter(|path| is_source(path) || path.join("main.rs").is_file());
    let mut names: Vec<String> =
        sources.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

fn run(layout: &Layout, step: Step, steps: &mut Steps, before: &[Report]) -> Report {
    let begun = steps.begin(step.name, step.about);
    let mut tally = Tally::default();
    let missing = step
        .needs
        .iter()
        .find(|need| before.iter().any(|report| report.name == **need && report.succeeded == Some(false)));
    let outcome = match (missing, step.run) {
        (Some(need), _) => Err(Fault::new(format!("needs the step `{need}`, which failed"))),
        (None, Run::Commands(commands)) => in_turn(commands, &mut tally).map(Some),
        (None, Run::Page) => builds::page(layout).map(|()| Some(true)),
        (None, Run::Skip(reason)) => {
            println!("      skipped: {reason}");
            Ok(None)
        }
    };
    let succeeded = outcome.unwrap_or_else(|fault| {
        println!("      {fault}");
        Some(false)
    });
    let time = begun.elapsed();
    println!("      {} in {}", verdict(succeeded), spoken(time));
    Report { name: step.name, time, succeeded, tally: tally.at_end(succeeded != Some(false)) }
}

fn in_turn(commands: Vec<Command>, tally: &mut Tally) -> Result<bool, Fault> {
    for mut command in commands {
        if !watched(&mut command, |line| tally.read(line))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn verdict(succeeded: Option<bool>) -> &'static str {
    match succeeded {
        Some(true) => "passed",
        Some(false) => "FAILED",
        None => "skipped",
    }
}

/// Prints the sum; `false` when anything failed.
fn close(reports: &[Report], prepared: Duration) -> bool {
    println!("\n{:28} {:>14}", "set-up", spoken(prepared));
    let mut sum = Tally::default();
    for report in reports {
        let Tally { passed, failed } = report.tally;
        let (time, verdict) = (spoken(report.time), verdict(report.succeeded));
        println!("{:28} {time:>14}  {verdict:8} {passed:>5} passed {failed:>3} failed", report.name);
        sum += report.tally;
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    sum.failed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(extent: Extent) -> Vec<&'static str> {
        let layout = Layout::find().expect("a checkout");
        plan(&layout, extent, true).expect("a plan").iter().map(|step| step.name).collect()
    }

    #[test]
    fn the_page_is_built_before_what_embeds_it() {
        let names = names(Extent::Whole);
        let position = |wanted| names.iter().position(|name| *name == wanted).expect("a step");

        assert!(position("page") < position("lints"));
        assert!(position("page of the React example") < position("lints"));
        assert!(position("page") < position("build"));
        assert!(position("build") < position("end to end"));
    }

    #[test]
    fn a_step_needs_only_steps_before_it() {
        let layout = Layout::find().expect("a checkout");
        let plan = plan(&layout, Extent::Whole, true).expect("a plan");

        for (at, step) in plan.iter().enumerate() {
            for need in step.needs {
                assert!(plan[..at].iter().any(|earlier| earlier.name == *need), "{} needs {need}", step.name);
            }
        }
    }

    #[test]
    fn the_fast_suite_opens_no_window_and_starts_no_server() {
        let names = names(Extent::Fast);

        assert!(names.contains(&"unit tests"));
        assert!(
            !names.contains(&"end to end") && !names.contains(&"golden") && !names.contains(&"supabase-js")
        );
    }

    #[test]
    fn a_step_whose_need_failed_is_a_failure_without_being_run() {
        let layout = Layout::find().expect("a checkout");
        let failed =
            Report { name: "build", time: Duration::ZERO, succeeded: Some(false), tally: Tally::default() };
        let never = Command::new("a-program-that-does-not-exist");
        let step = Step { name: "golden", about: "", needs: &["build"], run: Run::Commands(vec![never]) };

        let report = run(&layout, step, &mut Steps::new(1), &[failed]);

        assert_eq!(report.tally, Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn a_skipped_step_is_neither_passed_nor_failed() {
        let layout = Layout::find().expect("a checkout");
        let step = Step { name: "supabase-js", about: "", needs: &[], run: Run::Skip("no Node") };

        let report = run(&layout, step, &mut Steps::new(1), &[]);

        assert_eq!((report.succeeded, report.tally), (None, Tally::default()));
    }
}
