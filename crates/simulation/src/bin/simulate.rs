//! `simulate --days N --seed N`: simulated days. What it does is `foyer_simulation::days`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Parser;
use foyer_simulation::days::{Plan, run};
use foyer_simulation::{SimulationError, seed};

/// Simulated days: a client, its disk, its clocks and its network go wrong in every way that can be thought of.
#[derive(Parser)]
#[command(name = "simulate")]
struct Arguments {
    /// How many days
    #[arg(long, value_name = "N", default_value_t = 365)]
    days: u64,
    /// Decides everything; from the clock if it is not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Only this one of the worlds that the days are spread over
    #[arg(long, value_name = "N")]
    world: Option<u64>,
}

/// So many worlds are shown whole.
const SHOWN: usize = 3;

fn main() -> ExitCode {
    match simulate(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("simulate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn simulate(arguments: &Arguments) -> Result<bool, SimulationError> {
    let plan = Plan {
        days: arguments.days,
        seed: arguments.seed.unwrap_or_else(seed::of_now),
        only: arguments.world,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        flaw: None,
    };
    eprintln!("seed {}", plan.seed);
    let told = AtomicU64::new(0);
    let report = run(&plan, &|days| {
        if days / 50 > told.swap(days, Ordering::Relaxed) / 50 {
            eprintln!("{days} days");
        }
    })?;
    for violation in report.violations.iter().take(SHOWN) {
        violation.before.iter().for_each(|line| eprintln!("  {line}"));
        eprintln!(
            "VIOLATION: {} (world {}, step {}; again with --days {} --seed {} --world {})\n",
            violation.what, violation.world, violation.step, plan.days, plan.seed, violation.world
        );
    }
    for violation in report.violations.iter().skip(SHOWN) {
        eprintln!("VIOLATION: {} (world {}, step {})", violation.what, violation.world, violation.step);
    }
    eprintln!("{} refreshes; fingerprint {:016x}", report.refreshes, report.fingerprint);
    println!(
        "simulate: {} days, {} events, {} violations",
        report.days,
        report.events,
        report.violations.len()
    );
    Ok(report.violations.is_empty())
}
