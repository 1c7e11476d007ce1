//! Hostile links, by the million, into a client that waits for a link.
//!
//! The inputs are made by a grammar and mutated, from a seed. A coverage-guided engine (libFuzzer) needs a nightly
//! compiler; this one needs none, reaches every branch of so small a parser from its first thousand inputs on (as
//! real links are what it mutates), and tries the whole way through the client, not only the parser.

mod generator;
mod waiting;

use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use tokio::runtime::Builder;

use crate::SimulationError;
use crate::seed::Rng;

pub use generator::LinkGenerator;
use waiting::Waiting;

/// After so many inputs the progress is told.
const BATCH: u64 = 10_000;

/// What is to be tried.
#[derive(Debug, Clone, Copy)]
pub struct FuzzPlan {
    /// How many links.
    pub inputs: u64,
    /// The seed that decides which links.
    pub seed: u64,
    /// How many threads try links at the same time.
    pub threads: usize,
    /// The flow's own nonce is among what links are made of: then some must be taken. To see that this is noticed.
    pub leaked: bool,
}

/// The outcome of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Links that were tried.
    pub inputs: u64,
    /// Links at which the client panicked.
    pub panics: u64,
    /// Links that changed who is signed in or what is pending, or caused a request.
    pub accepted: u64,
    /// Requests that links caused.
    pub requests: u64,
    /// Links that got past the parser: of the right form, but of no pending flow.
    pub well_formed: u64,
}

/// Tries them; `progress` is told how many were tried, `found` each link at which something was wrong.
///
/// # Errors
/// When a client cannot be built.
pub fn fuzz(
    plan: &FuzzPlan,
    progress: &(dyn Fn(u64) + Sync),
    found: &(dyn Fn(&str) + Sync),
) -> Result<Outcome, SimulationError> {
    let threads = u64::try_from(plan.threads.max(1)).unwrap_or(1);
    let sum = Mutex::new(Outcome::default());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|part| {
                let share = plan.inputs / threads + u64::from(part < plan.inputs % threads);
                let sum = &sum;
                scope.spawn(move || try_share(plan, part, share, sum, progress, found))
            })
            .collect();
        for worker in workers {
            worker.join().map_err(|_| SimulationError::new("the fuzzer itself panicked"))??;
        }
        Ok::<(), SimulationError>(())
    })?;
    Ok(sum.into_inner())
}

fn try_share(
    plan: &FuzzPlan,
    part: u64,
    share: u64,
    sum: &Mutex<Outcome>,
    progress: &(dyn Fn(u64) + Sync),
    found: &(dyn Fn(&str) + Sync),
) -> Result<(), SimulationError> {
    let runtime = Builder::new_current_thread().build()?;
    let mut seed = Rng::new(Rng::part(plan.seed, part));
    let (mut done, mut signed_in) = (0, false);
    while done < share {
        // Alternately with nobody signed in and with somebody, each waiting for a link.
        signed_in = !signed_in;
        let waiting = runtime.block_on(Waiting::new(seed.number(), signed_in))?;
        let mut generator = LinkGenerator::near(seed.number(), waiting.nonce(), plan.leaked);
        let count = BATCH.min(share - done);
        let mut outcome = Outcome { inputs: count, ..Outcome::default() };
        for _ in 0..count {
            let link = generator.link();
            let tried = catch_unwind(AssertUnwindSafe(|| runtime.block_on(waiting.try_link(&link))));
            match tried {
                Ok(tried) => {
                    outcome.accepted += u64::from(tried.accepted);
                    outcome.well_formed += u64::from(tried.well_formed);
                    if tried.accepted {
                        found(&link);
                    }
                }
                Err(_) => {
                    outcome.panics += 1;
                    found(&link);
                }
            }
        }
        outcome.requests = waiting.requests();
        done += count;
        let mut sum = sum.lock();
        sum.inputs += outcome.inputs;
        sum.panics += outcome.panics;
        sum.accepted += outcome.accepted;
        sum.requests += outcome.requests;
        sum.well_formed += outcome.well_formed;
        progress(sum.inputs);
    }
    Ok(())
}
