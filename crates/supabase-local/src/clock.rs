//! The source of the time. Every time that the server compares or writes is read from a [`Clock`], never from SQL's
//! `now()`, so that a simulation can set it.

use time::OffsetDateTime;

/// A source of the wall-clock time.
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
