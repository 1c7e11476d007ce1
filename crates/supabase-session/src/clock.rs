//! Time, as a value that is passed in. Nobody else in this crate asks the system for the time.

use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;

use crate::expiry::Moment;

/// Where the client takes its time from.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The wall clock. It may be wrong and it may jump.
    fn now(&self) -> SystemTime;

    /// Time since some fixed moment. It never jumps, but may stand still while the machine sleeps.
    fn monotonic(&self) -> Duration;

    /// Returns after `duration`.
    async fn sleep(&self, duration: Duration);
}

impl dyn Clock + '_ {
    /// What both clocks show now.
    pub(crate) fn moment(&self) -> Moment {
        Moment { wall: self.now(), monotonic: self.monotonic() }
    }
}

/// The system's clocks.
#[derive(Debug, Clone)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic time begins now.
    #[must_use]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}
