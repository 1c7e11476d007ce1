//! Starts children, kills them and judges what the next one finds. Who writes, and how much, is the plan's.

mod choice;
pub(crate) mod keys;
mod life;
mod place;

use std::path::PathBuf;
use std::thread;

use parking_lot::Mutex;

use crate::TortureError;
use crate::child::{Keychain, WriterKind};
use crate::report::Report;
use choice::Choice;
use place::Place;

/// What is to be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program with the child in it: this one.
    pub program: PathBuf,
    /// A folder for the stores. Each gets its own in it.
    pub folder: PathBuf,
    /// How many children are killed.
    pub kills: u64,
    /// Decides when and at which step.
    pub seed: u64,
    /// So many kills, the first ones, take the steps of a new store in their order, each writer beginning with the
    /// first step; the others are random.
    pub sweep: u64,
    /// How many children live at once.
    pub workers: u64,
    /// Who writes: the stores take turns.
    pub writers: Vec<WriterKind>,
    /// What the stores have for a keychain.
    pub keychain: Keychain,
}

impl Plan {
    fn choice(&self, kill: u64, place: &Place) -> Choice {
        if kill < self.sweep {
            return Choice::AfterSteps(kill / self.turns() + 1);
        }
        Choice::of(self.seed, kill, place.writer, self.keychain, place.is_new())
    }

    /// Who writes in the place that begins with this kill. In the sweep each place is for one kill.
    fn writer(&self, kill: u64) -> WriterKind {
        let turn = if kill < self.sweep { kill } else { kill / self.workers.max(1) / place::LIVES };
        let turn = usize::try_from(turn % self.turns()).unwrap_or_default();
        self.writers.get(turn).copied().unwrap_or(WriterKind::Client)
    }

    fn turns(&self) -> u64 {
        u64::try_from(self.writers.len()).unwrap_or(1).max(1)
    }
}

/// Kills as many children as planned. `progress` is told how many it were, after each.
///
/// # Errors
/// When a child cannot be started or does what no child should.
pub fn run(plan: &Plan, progress: &(dyn Fn(u64) + Sync)) -> Result<Report, TortureError> {
    let sum = Mutex::new(Report::default());
    let workers = plan.workers.clamp(1, plan.kills.max(1));
    thread::scope(|scope| {
        let tell = |part: Report| {
            let (mut sum, is_kill) = (sum.lock(), part.kills > 0);
            *sum += part;
            if is_kill {
                progress(sum.kills);
            }
        };
        let run = |worker| scope.spawn(move || work(plan, worker, workers, &tell));
        let running: Vec<_> = (0..workers).map(run).collect();
        for worker in running {
            worker.join().map_err(|_| TortureError::Child("a worker panicked".into()))??;
        }
        Ok::<(), TortureError>(())
    })?;
    Ok(sum.into_inner())
}

/// Every `workers`-th kill, from this worker's own on.
fn work(plan: &Plan, worker: u64, workers: u64, tell: &dyn Fn(Report)) -> Result<(), TortureError> {
    let kills = (worker..plan.kills).step_by(usize::try_from(workers).unwrap_or(usize::MAX));
    let mut place: Option<Place> = None;
    for kill in kills {
        let mut here = match place.take() {
            Some(place) if !place.is_used_up() => place,
            worn => {
                // What the last child left is judged too.
                worn.map_or(Ok(()), |worn| worn.close(plan).map(tell))?;
                Place::new(plan, kill)?
            }
        };
        tell(here.kill(plan, plan.choice(kill, &here))?);
        place = Some(here);
    }
    place.map_or(Ok(()), |place| place.close(plan).map(tell))
}
