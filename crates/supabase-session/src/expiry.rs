//! How long a token is good, told from two clocks. Pure.

use std::time::{Duration, SystemTime};

/// What the clocks showed at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) wall: SystemTime,
    pub(crate) monotonic: Duration,
}

impl Moment {
    /// How much time has passed since `before`, by whichever clock has seen more.
    pub(crate) fn since(self, before: Self) -> Duration {
        self.monotonic.saturating_sub(before.monotonic).max(self.wall_since(before))
    }

    /// How much further than the monotonic clock the wall clock has moved since `before`: how long the machine slept.
    pub(crate) fn slept_since(self, before: Self) -> Duration {
        self.wall_since(before).saturating_sub(self.monotonic.saturating_sub(before.monotonic))
    }

    fn wall_since(self, before: Self) -> Duration {
        self.wall.duration_since(before.wall).unwrap_or_default()
    }
}

/// When a token ends.
///
/// The monotonic clock cannot be set wrong but stands still while a machine sleeps; the wall clock goes on then, but
/// may jump. Whichever of the two has seen more time pass since the receipt is believed: a sleep is noticed, a wall
/// clock that is set back changes nothing, and one that is set ahead costs a single refresh (after which both are
/// read anew).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expiry {
    lifetime: Duration,
    since: Moment,
}

/// No token is taken to live longer, whatever a server says. Supabase allows at most a week.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

impl Expiry {
    /// `lifetime` from `since` on.
    pub(crate) fn new(lifetime: Duration, since: Moment) -> Self {
        Self { lifetime: lifetime.min(LONGEST), since }
    }

    /// How much is left; zero when it has ended.
    pub(crate) fn remaining(&self, now: Moment) -> Duration {
        self.lifetime.saturating_sub(now.since(self.since))
    }

    /// How much time has passed since it began.
    pub(crate) fn elapsed(&self, now: Moment) -> Duration {
        now.since(self.since)
    }

    /// How long it was to live.
    pub(crate) fn lifetime(&self) -> Duration {
        self.lifetime
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn moment(wall_hours: u32, monotonic_hours: u32) -> Moment {
        Moment { wall: UNIX_EPOCH + HOUR * wall_hours, monotonic: HOUR * monotonic_hours }
    }

    #[test]
    fn the_table() {
        let expiry = Expiry::new(HOUR * 2, moment(100, 10));
        let table = [
            ("at receipt", moment(100, 10), HOUR * 2),
            ("an hour later", moment(101, 11), HOUR),
            ("at its end", moment(102, 12), Duration::ZERO),
            ("long after", moment(130, 40), Duration::ZERO),
            ("the machine slept", moment(108, 10), Duration::ZERO),
            ("the wall clock was set back a day", moment(77, 11), HOUR),
            ("the wall clock was set ahead a day", moment(124, 10), Duration::ZERO),
        ];

        for (what, now, left) in table {
            assert_eq!(expiry.remaining(now), left, "{what}");
        }
    }
}
