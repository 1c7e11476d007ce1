//! The repository's own tasks, `cargo xtask <task>`: calls the one that was asked for. What a task does lives in its own
//! module; nothing here knows how. A library, so that the tests of this repository's documents and stylesheets use the same
//! arguments, measures and names.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

pub mod arguments;
mod bench;
mod book;
mod builds;
mod bundle;
mod checkout;
mod children;
pub mod contrast;
mod count;
mod dev;
pub mod fault;
mod layout;
mod licenses;
mod packages;
mod platforms;
pub mod rename;
mod setup;
mod shell;
mod suite;
mod tasks;
mod wine;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Task};
use fault::Fault;
use layout::Layout;

/// Runs the task that the arguments of this process name.
#[must_use]
pub fn main() -> ExitCode {
    let Some(task) = Arguments::parse().task else {
        return help();
    };
    match run(&task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> ExitCode {
    match Arguments::command().print_help() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a task; `false` when it ran to its end and found something wrong.
fn run(task: &Task) -> Result<bool, Fault> {
    let layout = Layout::find()?;
    checkout::take_target(&layout)?;
    match task {
        Task::Dev => dev::dev(&layout),
        Task::Tour => tasks::tour(&layout),
        Task::Gallery(passed) => tasks::gallery(&layout, &passed.arguments),
        Task::Test { fast } => {
            suite::test(&layout, if *fast { suite::Extent::Fast } else { suite::Extent::Whole })
        }
        Task::Golden { names } => tasks::golden(&layout, names),
        Task::Simulate(passed) => tasks::simulate(&layout, &passed.arguments),
        Task::Fuzz(passed) => tasks::fuzz(&layout, &passed.arguments),
        Task::Torture(passed) => tasks::torture(&layout, &passed.arguments),
        Task::Bundle { kinds } => bundle::bundle(&layout, kinds),
        Task::UpdateManifest { folder, base } => bundle::write_update_manifest(&layout, folder, base),
        Task::InstallTest => bundle::install_test(&layout),
        Task::Package => packages::package(&layout),
        Task::PackageTest => packages::test(&layout),
        Task::CheckPlatforms => platforms::check(&layout),
        Task::Licenses => licenses::write(&layout),
        Task::Bench(passed) => bench::bench(&layout, &passed.arguments),
        Task::Manifests { download_url, homepage, bundles } => bundle::manifests::write(
            &layout,
            download_url.as_deref(),
            homepage.as_deref(),
            bundles.as_deref(),
        ),
        Task::WineTest { installer } => wine::test(&layout, installer.as_deref()),
        Task::Rename(request) => rename::rename(&layout, request),
        Task::RenameTest { whole } => rename::test(&layout, *whole),
        Task::BookLinks { words } => book::answer(&layout, words),
        Task::Doctor(passed) => tasks::doctor(&layout, &passed.arguments),
        Task::Local(passed) => tasks::local(&layout, &passed.arguments),
    }
}
