//! `simulate --days N --seed N`: simulated days. What it does is `foyer_simulation::days`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use foyer_simulation::SimulationError;
use foyer_simulation::days::{Plan, run};

const USAGE: &str = "simulate [--days N] [--seed N] [--world N]

  --days N    how many days, 365 if it is not said
  --seed N    decides everything; from the clock if it is not said
  --world N   only this one of the worlds that the days are spread over";

/// So many worlds are shown whole.
const SHOWN: usize = 3;

fn main() -> ExitCode {
    match simulate() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("simulate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn simulate() -> Result<bool, SimulationError> {
    let plan = arguments()?;
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

fn arguments() -> Result<Plan, SimulationError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut plan = Plan { days: 365, seed: seed_of_now(), only: None, threads, flaw: None };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words.next().and_then(|value| value.parse().ok());
        match (name.as_str(), value) {
            ("--days", Some(days)) => plan.days = days,
            ("--seed", Some(seed)) => plan.seed = seed,
            ("--world", Some(world)) => plan.only = Some(world),
            _ => return Err(SimulationError::new(USAGE)),
        }
    }
    Ok(plan)
}

fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
