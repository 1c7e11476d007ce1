//! `fuzz_links --inputs N --seed N`: hostile links, by the million. What it does is `foyer_simulation::links`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use foyer_simulation::SimulationError;
use foyer_simulation::links::{FuzzPlan, fuzz};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("fuzz_links: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, SimulationError> {
    let plan = arguments()?;
    eprintln!("seed {}", plan.seed);
    // A panic is counted; a line for each would hide all others.
    std::panic::set_hook(Box::new(|_| {}));
    let progress = |inputs: u64| {
        if inputs.is_multiple_of(1_000_000) {
            eprintln!("{inputs} inputs");
        }
    };
    let outcome = fuzz(&plan, &progress, &|link| eprintln!("found: {link:?}"))?;
    eprintln!("{} of them were of the right form", outcome.well_formed);
    println!(
        "fuzz: {} inputs, {} panics, {} accepted, {} requests",
        outcome.inputs, outcome.panics, outcome.accepted, outcome.requests
    );
    Ok((outcome.panics, outcome.accepted, outcome.requests) == (0, 0, 0))
}

fn arguments() -> Result<FuzzPlan, SimulationError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut plan = FuzzPlan { inputs: 1_000_000, seed: seed_of_now(), threads, leaked: false };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words.next().and_then(|value| value.parse().ok());
        match (name.as_str(), value) {
            ("--inputs", Some(inputs)) => plan.inputs = inputs,
            ("--seed", Some(seed)) => plan.seed = seed,
            _ => return Err(SimulationError::new("fuzz_links [--inputs N] [--seed N]")),
        }
    }
    Ok(plan)
}

fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
