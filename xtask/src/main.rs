//! Foyer's own tasks, `cargo xtask <task>`: reads the arguments and calls one task. What a task does lives in its
//! own module; nothing here knows how.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod builds;
mod children;
mod count;
mod dev;
mod fault;
mod layout;
mod setup;
mod shell;
mod suite;
mod tasks;

use std::process::ExitCode;

use fault::Fault;
use layout::Layout;

const HELP: &str = "\
cargo xtask <task>

  dev                installs what is missing, starts a local Supabase and the app (Ctrl-C ends both).
                     FOYER_SUPABASE_URL and FOYER_SUPABASE_KEY: your own project instead of the local one.
                     Without a display (Linux): the tour.
  tour               does the main job by itself in a real window; a numbered picture a step in target/tour/
  test [--fast]      everything that decides whether this may be merged; last line `N passed, N failed`.
                     --fast: formatting, lints and unit tests only
  golden [NAME..]    replays recordings of real servers against supabase-local (those it claims, or those named)
  simulate [--days N] [--seed N] [--world N]
                     days of faults, restarts and wrong clocks in seconds, against supabase-local: 365 days if it is
                     not said; last line `simulate: D days, E events, V violations`. The same seed is the same run
  fuzz [--inputs N] [--seed N]
                     hostile links into a client that waits for one; last line
                     `fuzz: N inputs, P panics, A accepted, R requests`
  local [ARG..]      supabase-local alone; its arguments follow
  help               this text
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_else(|| "help".into());
    let rest: Vec<String> = arguments.collect();
    match run(&task, &rest) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("xtask {task}: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a task; `false` when it ran to its end and found something wrong.
fn run(task: &str, rest: &[String]) -> Result<bool, Fault> {
    let layout = Layout::find()?;
    match (task, rest) {
        ("dev", []) => dev::dev(&layout),
        ("tour", []) => tasks::tour(&layout),
        ("test", []) => suite::test(&layout, suite::Extent::Whole),
        ("test", [fast]) if fast == "--fast" => suite::test(&layout, suite::Extent::Fast),
        ("golden", names) => tasks::golden(&layout, names),
        ("simulate", arguments) => tasks::simulate(&layout, arguments),
        ("fuzz", arguments) => tasks::fuzz(&layout, arguments),
        ("local", arguments) => tasks::local(&layout, arguments),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(true)
        }
        _ => Err(Fault::new(format!("no such task or argument: {task} {}\n\n{HELP}", rest.join(" ")))),
    }
}
