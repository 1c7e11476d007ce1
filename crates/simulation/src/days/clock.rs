//! The one clock of a world: the true time, by which the server lives; a monotonic clock and a wall clock, by which
//! the client lives, and which go wrong in the ways that clocks of real machines do.

use parking_lot::{Mutex, MutexGuard};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use tokio::sync::oneshot;

/// When every world begins: 2027-01-15 08:00 UTC, in seconds since 1970.
pub(super) const BEGINNING: u64 = 1_800_000_000;

/// The clocks of a machine, and of the world around it.
#[derive(Debug, Default)]
pub(super) struct WorldClock(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Since the beginning.
    true_time: Duration,
    monotonic: Duration,
    /// By how many seconds the wall clock is ahead.
    skew: i64,
    /// By deadline on the monotonic clock, then in order of arrival.
    sleepers: BTreeMap<(Duration, u64), oneshot::Sender<()>>,
    arrivals: u64,
}

impl WorldClock {
    /// The true time since the beginning of the world.
    pub(super) fn true_time(&self) -> Duration {
        self.inner().true_time
    }

    /// The client's monotonic clock.
    pub(super) fn monotonic_time(&self) -> Duration {
        self.inner().monotonic
    }

    /// What the client's wall clock shows, in seconds since 1970.
    pub(super) fn wall_seconds(&self) -> i64 {
        let inner = self.inner();
        i64::try_from(BEGINNING + inner.true_time.as_secs()).unwrap_or(i64::MAX) + inner.skew
    }

    /// Time passes while the machine runs.
    pub(super) fn advance(&self, by: Duration) {
        let mut inner = self.inner();
        inner.true_time += by;
        inner.monotonic += by;
        inner.wake();
    }

    /// Time passes while the machine sleeps. On some systems the monotonic clock goes on meanwhile.
    pub(super) fn suspend(&self, by: Duration, monotonic_goes_on: bool) {
        let mut inner = self.inner();
        inner.true_time += by;
        if monotonic_goes_on {
            inner.monotonic += by;
        }
        inner.wake();
    }

    /// Somebody sets the wall clock so many seconds ahead of the true time.
    pub(super) fn set_skew(&self, seconds: i64) {
        self.inner().skew = seconds;
    }

    /// How long until the next sleeper wakes.
    pub(super) fn until_next(&self) -> Option<Duration> {
        let inner = self.inner();
        let awaited = inner.sleepers.iter().find(|(_, wake)| !wake.is_closed());
        awaited.map(|((deadline, _), _)| deadline.saturating_sub(inner.monotonic))
    }

    /// The process that slept here is gone.
    pub(super) fn forget_sleepers(&self) {
        self.inner().sleepers.clear();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock()
    }
}

impl Inner {
    fn wake(&mut self) {
        while let Some(entry) = self.sleepers.first_entry() {
            if entry.key().0 > self.monotonic {
                return;
            }
            // A sleeper that was dropped meanwhile is not woken.
            let _gone = entry.remove().send(());
        }
    }
}

#[async_trait]
impl supabase_session::Clock for WorldClock {
    fn now(&self) -> SystemTime {
        let inner = self.inner();
        let wall = UNIX_EPOCH + Duration::from_secs(BEGINNING) + inner.true_time;
        let skew = Duration::from_secs(inner.skew.unsigned_abs());
        if inner.skew < 0 { wall - skew } else { wall + skew }
    }

    fn monotonic(&self) -> Duration {
        self.monotonic_time()
    }

    async fn sleep(&self, duration: Duration) {
        let woken = {
            let mut inner = self.inner();
            let (wake, woken) = oneshot::channel();
            inner.arrivals += 1;
            let key = (inner.monotonic + duration, inner.arrivals);
            inner.sleepers.insert(key, wake);
            woken
        };
        if woken.await.is_err() {
            // The world ended; so does this process, before anything else is done.
            std::future::pending::<()>().await;
        }
    }
}

/// Clocks that stand still, whose sleepers still wake: a fault that no machine has.
#[derive(Debug)]
pub(super) struct Stopped(pub(super) std::sync::Arc<WorldClock>);

#[async_trait]
impl supabase_session::Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(BEGINNING)
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration).await;
    }
}
