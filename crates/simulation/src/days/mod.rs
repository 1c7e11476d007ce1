//! Simulated days: many small worlds, each decided by its seed alone, and what they found.

mod checks;
mod choice;
mod clock;
mod deeds;
mod delivery;
mod desk;
mod disk;
mod edits;
mod mail;
mod network;
mod overtake;
mod process;
mod scenes;
mod server;
mod trace;
mod truth;
mod weather;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::Broken;
use crate::seed::Rng;
use server::{LocalServer, SETTINGS};
use world::World;

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

/// What can be broken on purpose, to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// The store brings back the session of two generations ago when the program starts.
    LosesTwoGenerations,
    /// Every refresh is sent twice at once.
    LetsTwoRefreshesThrough,
    /// Something between client and server claims that the session is gone.
    InventsAnEnd,
    /// The client's clocks stand still.
    StopsTheClocks,
    /// The store says that it has written, and has not.
    ForgetsWrites,
    /// The program takes every change that finds its row changed for a conflict, its own with a lost answer too.
    TakesLostAnswersForConflicts,
}

/// Something happened that must never happen.
#[derive(Debug, Clone)]
pub struct Violation {
    /// In which world.
    pub world: u64,
    /// At which step of it.
    pub step: u64,
    /// What.
    pub what: String,
    /// What happened before it, the last line last.
    pub before: Vec<String>,
}

/// What a run came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Days that passed in it.
    pub days: u64,
    /// Steps and answers in it.
    pub events: u64,
    /// How many refreshes were sent in it.
    pub refreshes: u64,
    /// Distinguishes runs that differ in any event.
    pub fingerprint: u64,
    /// What must never happen and did.
    pub violations: Vec<Violation>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.days += other.days;
        self.events += other.events;
        self.refreshes += other.refreshes;
        // Worlds end in any order.
        self.fingerprint = self.fingerprint.wrapping_add(other.fingerprint);
        self.violations.extend(other.violations);
    }
}

/// Simulates; `progress` is told how many days have passed.
///
/// # Errors
/// When a server does not start, or a world cannot be built.
pub fn run(plan: &Plan, progress: &(dyn Fn(u64) + Sync)) -> Result<Report, Broken> {
    let worlds = plan.days.div_ceil(WORLD_DAYS);
    let (next, sum) = (AtomicU64::new(plan.only.unwrap_or(0)), Mutex::new(Report::default()));
    let end = plan.only.map_or(worlds, |only| only + 1);
    let work = || -> Result<(), Broken> {
        let mut servers: Vec<Option<LocalServer>> = SETTINGS.iter().map(|_| None).collect();
        loop {
            let world = next.fetch_add(1, Ordering::Relaxed);
            if world >= end {
                return Ok(());
            }
            let days = WORLD_DAYS.min(plan.days.saturating_sub(world * WORLD_DAYS)).max(1);
            let report = one(plan, world, days, &mut servers)?;
            let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
            sum.add(report);
            progress(sum.days);
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..plan.threads.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().map_err(|_| Broken::new("a world panicked"))??;
        }
        Ok::<(), Broken>(())
    })?;
    let mut report = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.violations.sort_by_key(|violation| (violation.world, violation.step));
    Ok(report)
}

fn one(plan: &Plan, world: u64, days: u64, servers: &mut [Option<LocalServer>]) -> Result<Report, Broken> {
    let seed = Rng::part(plan.seed, world);
    let kind = Rng::new(seed).place(SETTINGS.len());
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
