//! `fuzz_links --inputs N --seed N`: hostile links, by the million. What it does is `foyer_simulation::links`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser;
use foyer_simulation::links::{FuzzPlan, fuzz};
use foyer_simulation::{SimulationError, seed};

/// Hostile links into a client that waits for one.
#[derive(Parser)]
#[command(name = "fuzz_links")]
struct Arguments {
    /// How many links
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    inputs: u64,
    /// Decides which; from the clock if it is not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("fuzz_links: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, SimulationError> {
    let plan = FuzzPlan {
        inputs: arguments.inputs,
        seed: arguments.seed.unwrap_or_else(seed::of_now),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        leaked: false,
    };
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
