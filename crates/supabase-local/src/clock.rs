//! Where the time comes from. Every time that decides something is read here, never from SQL's `now()`,
//! so that a simulation can move it.

use time::OffsetDateTime;

/// A source of wall-clock time.
pub trait Clock: Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}
