//! A run: so many days, spread over worlds, on so many threads.

use parking_lot::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::flaw::Flaw;
use super::report::Report;
use super::server::{LocalServer, SETTINGS};
use super::world::World;
use crate::SimulationError;
use crate::seed::Rng;

/// How many days one world lasts. Short, so that a fault is found soon after what caused it.
const WORLD_DAYS: u64 = 4;

/// What is to be simulated.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many days in all.
    pub days: u64,
    /// Decides everything.
    pub seed: u64,
    /// This world of them alone.
    pub only: Option<u64>,
    /// How many worlds at once.
    pub threads: usize,
    /// Something is broken on purpose.
    pub flaw: Option<Flaw>,
}

/// Simulates; `progress` is told how many days have passed.
///
/// # Errors
/// When a server does not start, or a world cannot be built.
pub fn run(plan: &Plan, progress: &(dyn Fn(u64) + Sync)) -> Result<Report, SimulationError> {
    let worlds = plan.days.div_ceil(WORLD_DAYS);
    let (next, sum) = (AtomicU64::new(plan.only.unwrap_or(0)), Mutex::new(Report::default()));
    let end = plan.only.map_or(worlds, |only| only + 1);
    let work = || -> Result<(), SimulationError> {
        let mut servers: Vec<Option<LocalServer>> = SETTINGS.iter().map(|_| None).collect();
        loop {
            let world = next.fetch_add(1, Ordering::Relaxed);
            if world >= end {
                return Ok(());
            }
            let days = WORLD_DAYS.min(plan.days.saturating_sub(world * WORLD_DAYS)).max(1);
            let report = one(plan, world, days, &mut servers)?;
            let mut sum = sum.lock();
            sum.add(report);
            progress(sum.days);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..plan.threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().map_err(|_| SimulationError::new("a world panicked"))??;
        }
        Ok::<(), SimulationError>(())
    })?;
    let mut report = sum.into_inner();
    report.violations.sort_by_key(|violation| (violation.world, violation.step));
    Ok(report)
}

fn one(
    plan: &Plan,
    world: u64,
    days: u64,
    servers: &mut [Option<LocalServer>],
) -> Result<Report, SimulationError> {
    let seed = Rng::part(plan.seed, world);
    let kind = Rng::new(seed).index(SETTINGS.len());
    let server = match &mut servers[kind] {
        Some(server) => server,
        none => none.insert(LocalServer::start(SETTINGS[kind])?),
    };
    server.reset(seed)?;
    let mut report = World::new(server, seed, plan.flaw)?.live(days)?;
    for violation in &mut report.violations {
        violation.world = world;
    }
    Ok(report)
}
