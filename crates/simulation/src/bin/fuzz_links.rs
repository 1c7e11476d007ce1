//! `fuzz_links --inputs N --seed N`: hostile links, by the million. What it does is `foyer_simulation::links`.

// A terminal program: printing is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use foyer_simulation::Broken;
use foyer_simulation::links::{Barrage, fuzz};

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

fn run() -> Result<bool, Broken> {
    let barrage = arguments()?;
    eprintln!("seed {}", barrage.seed);
    // A panic is counted; a line for each would hide all others.
    std::panic::set_hook(Box::new(|_| {}));
    let progress = |inputs: u64| {
        if inputs.is_multiple_of(1_000_000) {
            eprintln!("{inputs} inputs");
        }
    };
    let outcome = fuzz(&barrage, &progress, &|link| eprintln!("found: {link:?}"))?;
    eprintln!("{} of them were of the right form", outcome.well_formed);
    println!(
        "fuzz: {} inputs, {} panics, {} accepted, {} requests",
        outcome.inputs, outcome.panics, outcome.accepted, outcome.requests
    );
    Ok((outcome.panics, outcome.accepted, outcome.requests) == (0, 0, 0))
}

fn arguments() -> Result<Barrage, Broken> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut barrage = Barrage { inputs: 1_000_000, seed: seed_of_now(), threads, leaked: false };
    let mut words = std::env::args().skip(1);
    while let Some(name) = words.next() {
        let value = words.next().and_then(|value| value.parse().ok());
        match (name.as_str(), value) {
            ("--inputs", Some(inputs)) => barrage.inputs = inputs,
            ("--seed", Some(seed)) => barrage.seed = seed,
            _ => return Err(Broken::new("fuzz_links [--inputs N] [--seed N]")),
        }
    }
    Ok(barrage)
}

fn seed_of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
