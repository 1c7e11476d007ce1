//! Pauses between attempts at something that fails.

use std::time::Duration;

/// Exponential back-off: the pause before the next attempt doubles with every failure, up to a longest one.
#[derive(Debug, Clone)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    /// A back-off whose first pause is `first` and whose pauses never grow over `longest`.
    #[must_use]
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// The pause before the next attempt. The one after it is twice as long.
    pub fn pause(&mut self) -> Duration {
        let pause = self.next.min(self.longest);
        self.next = pause.saturating_mul(2);
        pause
    }

    /// Begins with the first pause again, after an attempt that worked.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_begin_again_after_a_reset() {
        let seconds = Duration::from_secs;
        let mut backoff = Backoff::new(seconds(2), seconds(60));

        let pauses: Vec<u64> = (0..7).map(|_| backoff.pause().as_secs()).collect();
        backoff.reset();

        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(backoff.pause(), seconds(2));
    }

    #[test]
    fn no_number_of_failures_overflows() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::MAX);

        for _ in 0..200 {
            backoff.pause();
        }

        assert_eq!(backoff.pause(), Duration::MAX);
    }
}
