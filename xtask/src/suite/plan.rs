//! The steps of the suite, in their order, and what each runs.

use std::process::Command;

use super::Extent;
use super::programs::{Kind, TestProgram};
use crate::builds::{self, native};
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{cargo, program};

/// What a page has of the session's plugin: an npm package.
const GUEST_JS: &str = "crates/tauri-plugin-supabase-session/guest-js";
/// The example whose page is built with npm. Its shell embeds the page, so the page comes first.
const REACT: &str = "examples/react";
/// The page that Foyer is measured beside. A shell embeds it too.
const PEER: &str = "bench/peer";
/// supabase-js against the local server.
const SUPABASE_JS: &str = "tests/supabase-js";

/// The test program of the recordings, and the one of the windows.
const GOLDEN: &str = "golden";
const END_TO_END: &str = "e2e";

/// A step of the suite.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Builds without which this one says nothing.
    pub(super) needs: &'static [&'static str],
    pub(super) run: Run,
}

/// What a step does.
pub(super) enum Run {
    /// Runs these, one after the other where the steps are run in turn, else some at the same time. Their output is
    /// counted.
    Parts(Vec<Part>),
    /// Builds the page.
    Page,
    /// Has nothing to do: this is there already, and newer than what it is made of.
    Keep(&'static str),
    /// Cannot be run on this machine, for this reason. Neither passed nor failed.
    Skip(&'static str),
}

/// What can run beside everything else: commands, one after the other; the first that fails ends it.
pub(super) struct Part {
    /// Which part of the step it is; empty where it is all of it.
    pub(super) name: String,
    pub(super) commands: Vec<Command>,
}

impl Run {
    /// One part: this command.
    pub(super) fn command(command: Command) -> Self {
        Self::commands(vec![command])
    }

    /// One part: these commands, one after the other.
    fn commands(commands: Vec<Command>) -> Self {
        Self::Parts(vec![Part { name: String::new(), commands }])
    }
}

/// Builds, lints and what is quick: one after the other, as Cargo lets one build run at a time.
pub(super) fn builds(layout: &Layout, extent: Extent, has_npm: bool) -> Vec<Step> {
    let step = |name, about, needs, run| Step { name, about, needs, run };
    let one = Run::command;
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
        let react = npm_page(layout, has_npm, REACT, &[REACT, GUEST_JS]);
        plan.push(step("page of the React example", "20 s", &["page's side of the plugin"], react));
        plan.push(step("page of the bench", "20 s", &[], npm_page(layout, has_npm, PEER, &[PEER])));
    }
    plan.extend([
        step("lints of the page", "1 min the first time", &[], one(lint_page)),
        step("lints", "5 min the first time", &["page"], one(native(layout, "clippy", &deny))),
        step("tests of the page's logic", "2 min the first time", &[], one(page_logic)),
        step("build", "10 min the first time", &["page"], one(native(layout, "build", &["--all-targets"]))),
    ]);
    plan
}

/// Tests of what is built then, in `programs`. They wait as much as they compute, so some run at the same time.
///
/// # Errors
/// When a program does not tell its tests.
pub(super) fn tests(
    layout: &Layout,
    extent: Extent,
    has_npm: bool,
    programs: &[TestProgram],
) -> Result<Vec<Step>, Fault> {
    let needing = |name, about, needs, run| Step { name, about, needs, run };
    let step = |name, about, run| needing(name, about, &["build"], run);
    let of = |kind| each(layout, programs.iter().filter(move |it| it.kind == kind && !has_own_step(it)));
    let doc = native(layout, "test", &["--no-fail-fast", "--doc"]);
    let mut units = of(Kind::Unit);
    units.push(Part { name: "examples in the documentation".into(), commands: vec![doc] });
    let mut plan = vec![
        step("integration tests", "2 min", Run::Parts(of(Kind::Integration))),
        step("unit tests", "2 min", Run::Parts(units)),
    ];
    if extent == Extent::Whole {
        plan.push(needing("bench", "40 s", &["page of the bench", "build"], bench(layout, has_npm)));
        plan.push(step("supabase-js", "1 min", npm(layout, has_npm, SUPABASE_JS, "test")));
        plan.push(step("simulated days", "1 min", Run::Parts(simulated_days(layout))));
        let needs = &["page's side of the plugin", "build"];
        plan.push(needing("packages", "5 min the first time", needs, packages(layout, has_npm)));
        let golden = programs.iter().filter(|it| it.target == GOLDEN);
        plan.push(step("golden", "20 s", Run::Parts(each(layout, golden))));
        plan.push(step("kills", "20 s", Run::command(kills(layout))));
        plan.push(step("end to end", "4 min", end_to_end(layout, has_npm, programs)?));
    }
    Ok(plan)
}

/// Whether a program's tests are another step than those of its kind.
fn has_own_step(program: &TestProgram) -> bool {
    program.kind == Kind::Integration && [GOLDEN, END_TO_END].contains(&program.target.as_str())
}

/// A part for each of these programs.
fn each<'a>(layout: &Layout, programs: impl Iterator<Item = &'a TestProgram>) -> Vec<Part> {
    programs.map(|it| Part { name: it.name(layout), commands: vec![it.command(layout)] }).collect()
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
    Run::command(command)
}

/// A short run: days that are always the same, days that nobody has seen yet, and some of the hostile links. (The long
/// ones are tasks of their own.)
fn simulated_days(layout: &Layout) -> Vec<Part> {
    let part = |name: &str, built: &str, arguments: &[&str]| {
        let mut command = program(layout, &layout.built(built).to_string_lossy());
        command.args(arguments);
        Part { name: name.into(), commands: vec![command] }
    };
    vec![
        part("known days", "simulate", &["--days", "12", "--seed", "1"]),
        part("new days", "simulate", &["--days", "8"]),
        part("links", "fuzz_links", &["--inputs", "100000"]),
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
    Run::commands(vec![install, run])
}

/// Builds the page of a folder, unless it is newer than all it is made of.
fn npm_page(layout: &Layout, has_npm: bool, folder: &str, inputs: &[&str]) -> Run {
    if builds::is_npm_page_fresh(&layout.root, folder, inputs) {
        return Run::Keep("the page");
    }
    npm(layout, has_npm, folder, "build")
}

/// Shows that the bench works: every kind of measurement once, with builds whose numbers say nothing.
fn bench(layout: &Layout, has_npm: bool) -> Run {
    if !(cfg!(target_os = "linux") && has_npm) {
        return Run::Skip("only Linux has Xvfb, and the page beside Foyer is npm's");
    }
    let mut command = program(layout, &layout.built("foyer-bench").to_string_lossy());
    command.arg("--programs").arg(layout.target.join("debug")).args(["--quick", "1", "4", "9"]);
    Run::command(command)
}

/// A window a part: each of these tests is long enough to be one.
fn end_to_end(layout: &Layout, has_npm: bool, programs: &[TestProgram]) -> Result<Run, Fault> {
    if !cfg!(target_os = "linux") {
        return Ok(Run::Skip("only Linux has WebKitWebDriver"));
    }
    let mut parts = Vec::new();
    for it in programs.iter().filter(|it| it.target == END_TO_END) {
        let mut names = it.tests(layout)?;
        // The page of this example is npm's.
        names.retain(|name| has_npm || !name.starts_with("react::"));
        parts.extend(names.into_iter().map(|name| {
            let mut command = it.command(layout);
            command.args(["--exact", &name]);
            Part { name, commands: vec![command] }
        }));
    }
    Ok(Run::Parts(parts))
}

/// The packed crates and the npm package in fresh projects: a task of its own, run as one.
fn packages(layout: &Layout, has_npm: bool) -> Run {
    if !has_npm {
        return Run::Skip("no Node on this machine");
    }
    // Not the file of this process, which the build has replaced.
    let mut command = program(layout, &layout.built("xtask").to_string_lossy());
    command.arg("package-test");
    Run::command(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout::find().expect("a checkout")
    }

    fn steps(extent: Extent) -> (Vec<Step>, Vec<Step>) {
        let programs = [
            TestProgram::sample("crates/text", "foyer_text", Kind::Unit),
            TestProgram::sample("crates/picture", "it", Kind::Integration),
            TestProgram::sample("crates/supabase-local", "golden", Kind::Integration),
        ];
        let tests = tests(&layout(), extent, true, &programs).expect("a plan");
        (builds(&layout(), extent, true), tests)
    }

    fn parts<'a>(plan: &'a [Step], name: &str) -> Vec<&'a str> {
        let step = plan.iter().find(|step| step.name == name).expect("a step");
        let Run::Parts(parts) = &step.run else { panic!("{name} has no parts") };
        parts.iter().map(|part| part.name.as_str()).collect()
    }

    #[test]
    fn the_page_is_built_before_what_embeds_it() {
        let (builds, _) = steps(Extent::Whole);
        let position = |wanted| builds.iter().position(|step| step.name == wanted).expect("a step");

        assert!(position("page") < position("lints"));
        assert!(position("page of the React example") < position("lints"));
        assert!(position("page") < position("build"));
    }

    #[test]
    fn a_step_needs_only_builds_before_it() {
        let (builds, tests) = steps(Extent::Whole);
        let is_there = |steps: &[Step], need: &str| steps.iter().any(|step| step.name == need);

        for (at, step) in builds.iter().enumerate() {
            assert!(step.needs.iter().all(|need| is_there(&builds[..at], need)), "{}", step.name);
        }
        for step in &tests {
            assert!(step.needs.iter().all(|need| is_there(&builds, need)), "{}", step.name);
        }
    }

    #[test]
    fn each_program_is_in_one_step() {
        let (_, tests) = steps(Extent::Whole);

        assert_eq!(parts(&tests, "unit tests"), ["crates/text: foyer_text", "examples in the documentation"]);
        assert_eq!(parts(&tests, "integration tests"), ["crates/picture: it"]);
        assert_eq!(parts(&tests, "golden"), ["crates/supabase-local: golden"]);
    }

    #[test]
    fn the_fast_suite_opens_no_window_and_starts_no_server() {
        let (builds, tests) = steps(Extent::Fast);
        let names: Vec<_> = builds.iter().chain(&tests).map(|step| step.name).collect();

        assert!(names.contains(&"unit tests"));
        assert!(["end to end", "golden", "supabase-js"].iter().all(|name| !names.contains(name)));
    }
}
