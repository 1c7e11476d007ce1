//! The steps of the suite, in their order, and what each runs.

use std::path::Path;
use std::process::Command;

use super::Extent;
use crate::builds::native;
use crate::fault::Fault;
use crate::layout::{Layout, entries};
use crate::shell::{cargo, program};

/// What a page has of the session's plugin: an npm package.
const GUEST_JS: &str = "crates/tauri-plugin-supabase-session/guest-js";
/// The example whose page is built with npm. Its shell embeds the page, so the page comes first.
const REACT: &str = "examples/react";
/// The page that Foyer is measured beside. A shell embeds it too.
const PEER: &str = "bench/peer";
/// supabase-js against the local server.
const SUPABASE_JS: &str = "tests/supabase-js";

/// A step of the suite.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Steps of [`Plan::builds`] without which this one says nothing.
    pub(super) needs: &'static [&'static str],
    pub(super) run: Run,
}

/// What a step does.
pub(super) enum Run {
    /// Runs commands one after the other; stops at the first that fails. Their output is counted.
    Commands(Vec<Command>),
    /// Builds the page.
    Page,
    /// Cannot be run on this machine, for this reason. Neither passed nor failed.
    Skip(&'static str),
}

/// What is run, and in which order.
pub(super) struct Plan {
    /// Builds, lints and what is quick: one after the other, as Cargo lets one build run at a time.
    pub(super) builds: Vec<Step>,
    /// Tests of what is built then. They wait as much as they compute, so some run at the same time.
    pub(super) tests: Vec<Step>,
    /// Real windows, which want the processor for themselves: one after the other again.
    pub(super) windows: Vec<Step>,
}

/// All steps.
///
/// # Errors
/// When the folders of the tests cannot be read.
pub(super) fn plan(layout: &Layout, extent: Extent, has_npm: bool) -> Result<Plan, Fault> {
    let builds = builds(layout, extent, has_npm);
    let tests = tests(layout, extent, has_npm)?;
    let mut windows = Vec::new();
    if extent == Extent::Whole {
        let run = end_to_end(layout, has_npm);
        windows.push(Step { name: "end to end", about: "4 min", needs: &["build"], run });
    }
    Ok(Plan { builds, tests, windows })
}

fn builds(layout: &Layout, extent: Extent, has_npm: bool) -> Vec<Step> {
    let step = |name, about, needs, run| Step { name, about, needs, run };
    let one = |command| Run::Commands(vec![command]);
    let deny = ["--all-targets", "--", "-D", "warnings"];
    let mut fmt = cargo(layout);
    fmt.args(["fmt", "--all", "--", "--check"]);
    let mut lint_page = cargo(layout);
    lint_page.args(["clippy", "--package", "foyer-ui", "--target", "wasm32-unknown-unknown"]).args(deny);
    let mut page_logic = cargo(layout);
    page_logic.args(["test", "--no-fail-fast", "--package", "foyer-ui"]);
    let mut plan = vec![
        step("formatting", "seconds", &[], one(fmt)),
        step("licences and sources", "seconds", &[], deny_rules(layout)),
        step("workflows", "seconds", &[], workflows(layout)),
        step("page", "2 min the first time", &[], Run::Page),
    ];
    if extent == Extent::Whole {
        plan.push(step("page's side of the plugin", "20 s", &[], npm(layout, has_npm, GUEST_JS, "test")));
        let react = npm(layout, has_npm, REACT, "build");
        plan.push(step("page of the React example", "20 s", &["page's side of the plugin"], react));
        plan.push(step("page of the bench", "20 s", &[], npm(layout, has_npm, PEER, "build")));
    }
    plan.extend([
        step("lints of the page", "1 min the first time", &[], one(lint_page)),
        step("lints", "5 min the first time", &["page"], one(native(layout, "clippy", &deny))),
        step("tests of the page's logic", "2 min the first time", &[], one(page_logic)),
        step("build", "10 min the first time", &["page"], one(native(layout, "build", &["--all-targets"]))),
    ]);
    plan
}

/// The longest first, so that no long one is left alone at the end.
fn tests(layout: &Layout, extent: Extent, has_npm: bool) -> Result<Vec<Step>, Fault> {
    let needing = |name, about, needs, run| Step { name, about, needs, run };
    let step = |name, about, run| needing(name, about, &["build"], run);
    let units = native(layout, "test", &["--no-fail-fast", "--lib", "--bins"]);
    let doc = native(layout, "test", &["--no-fail-fast", "--doc"]);
    let mut plan = Vec::new();
    if let Some(command) = named(layout, &integration(layout)?) {
        plan.push(step("integration tests", "1 min", Run::Commands(vec![command])));
    }
    plan.push(step("unit tests", "1 min", Run::Commands(vec![units, doc])));
    if extent == Extent::Whole {
        plan.push(needing("bench", "40 s", &["page of the bench", "build"], bench(layout, has_npm)));
        plan.push(step("supabase-js", "1 min", npm(layout, has_npm, SUPABASE_JS, "test")));
        plan.push(step("simulated days", "1 min", Run::Commands(simulated_days(layout))));
        let needs = &["page's side of the plugin"];
        plan.push(needing("packages", "5 min the first time", needs, packages(has_npm)));
        plan.push(step("golden", "20 s", Run::Commands(vec![golden(layout)])));
        plan.push(step("kills", "20 s", Run::Commands(vec![kills(layout)])));
    }
    Ok(plan)
}

/// The rules of `deny.toml`. Advisories are another matter, as they change without the code: `cargo deny check advisories`
/// asks for those.
fn deny_rules(layout: &Layout) -> Run {
    let arguments = ["--locked", "check", "licenses", "bans", "sources"];
    let missing = "no cargo-deny on this machine (https://embarkstudios.github.io/cargo-deny/cli/)";
    where_installed(layout, "cargo-deny", &arguments, missing)
}

/// What GitHub would run.
fn workflows(layout: &Layout) -> Run {
    let missing = "no actionlint on this machine (https://github.com/rhysd/actionlint)";
    where_installed(layout, "actionlint", &[], missing)
}

/// A program that is not installed for the suite, as to build it would take longer than all the rest.
fn where_installed(layout: &Layout, name: &str, arguments: &[&str], missing: &'static str) -> Run {
    if layout.program(name).is_none() {
        return Run::Skip(missing);
    }
    let mut command = program(layout, name);
    command.args(arguments);
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

/// Shows that the bench works: every kind of measurement once, with builds whose numbers say nothing.
fn bench(layout: &Layout, has_npm: bool) -> Run {
    if !(cfg!(target_os = "linux") && has_npm) {
        return Run::Skip("only Linux has Xvfb, and the page beside Foyer is npm's");
    }
    let mut command = program(layout, &layout.built("foyer-bench").to_string_lossy());
    command.arg("--programs").arg(layout.target.join("debug")).args(["--quick", "1", "4", "9"]);
    Run::Commands(vec![command])
}

fn end_to_end(layout: &Layout, has_npm: bool) -> Run {
    if !cfg!(target_os = "linux") {
        return Run::Skip("only Linux has WebKitWebDriver");
    }
    let mut command = native(layout, "test", &["--no-fail-fast", "--test", "e2e", "--"]);
    // One more than there are processors: a test waits for its window as much as it computes.
    let at_once = std::thread::available_parallelism().map_or(2, |cores| cores.get() + 1);
    command.args(["--test-threads", &at_once.to_string()]);
    if !has_npm {
        // The page of this example is npm's.
        command.args(["--skip", "react::"]);
    }
    Run::Commands(vec![command])
}

/// The packed crates and the npm package in fresh projects: a task of its own, run as one.
fn packages(has_npm: bool) -> Run {
    match std::env::current_exe() {
        Ok(xtask) if has_npm => {
            let mut command = Command::new(xtask);
            command.arg("package-test");
            Run::Commands(vec![command])
        }
        Ok(_) => Run::Skip("no Node on this machine"),
        Err(_) => Run::Skip("the system does not say which program this is"),
    }
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
        folders.extend(entries(&layout.root.join(home))?.into_iter().map(|package| package.join("tests")));
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
    let files = entries(folder)?.into_iter();
    let is_source = |path: &Path| path.extension().is_some_and(|ending| ending == "rs");
    let sources = files.filter(|path| is_source(path) || path.join("main.rs").is_file());
    let mut names: Vec<String> =
        sources.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Plan {
        plan(&Layout::find().expect("a checkout"), Extent::Whole, true).expect("a plan")
    }

    #[test]
    fn the_page_is_built_before_what_embeds_it() {
        let builds = whole().builds;
        let position = |wanted| builds.iter().position(|step| step.name == wanted).expect("a step");

        assert!(position("page") < position("lints"));
        assert!(position("page of the React example") < position("lints"));
        assert!(position("page") < position("build"));
    }

    #[test]
    fn a_step_needs_only_builds_before_it() {
        let Plan { builds, tests, windows } = whole();
        let is_there = |steps: &[Step], need: &str| steps.iter().any(|step| step.name == need);

        for (at, step) in builds.iter().enumerate() {
            assert!(step.needs.iter().all(|need| is_there(&builds[..at], need)), "{}", step.name);
        }
        for step in tests.iter().chain(&windows) {
            assert!(step.needs.iter().all(|need| is_there(&builds, need)), "{}", step.name);
        }
    }

    #[test]
    fn the_fast_suite_opens_no_window_and_starts_no_server() {
        let plan = plan(&Layout::find().expect("a checkout"), Extent::Fast, true).expect("a plan");
        let names: Vec<_> =
            plan.builds.iter().chain(&plan.tests).chain(&plan.windows).map(|step| step.name).collect();

        assert!(names.contains(&"unit tests"));
        assert!(["end to end", "golden", "supabase-js"].iter().all(|name| !names.contains(name)));
    }
}
