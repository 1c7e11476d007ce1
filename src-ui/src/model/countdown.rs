//! Counting down to a moment that the backend named in seconds.

/// Whole seconds left of `seconds` when `elapsed_ms` have passed since they were named. Never shows 0 too early.
pub(crate) fn seconds_left(seconds: u32, elapsed_ms: f64) -> u32 {
    let left_ms = f64::from(seconds) * 1000.0 - elapsed_ms.max(0.0);
    // Within 0 and u32::MAX, because `seconds` is.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let left = (left_ms / 1000.0).ceil().max(0.0) as u32;
    left
}

/// Milliseconds until the number of seconds left changes; `None` when nothing is left.
pub(crate) fn next_change_ms(seconds: u32, elapsed_ms: f64) -> Option<u32> {
    let left = seconds_left(seconds, elapsed_ms);
    if left == 0 {
        return None;
    }
    let at_ms = f64::from(seconds - (left - 1)) * 1000.0;
    // At most a little over a second.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let wait = (at_ms - elapsed_ms.max(0.0)).ceil().clamp(1.0, 1000.0) as u32;
    Some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_counts_as_a_whole_one() {
        assert_eq!(seconds_left(60, 0.0), 60);
        assert_eq!(seconds_left(60, 1.0), 60);
        assert_eq!(seconds_left(60, 1_000.0), 59);
        assert_eq!(seconds_left(60, 59_999.0), 1);
        assert_eq!(seconds_left(60, 60_000.0), 0);
    }

    #[test]
    fn it_stays_at_zero_and_a_clock_that_goes_back_adds_nothing() {
        assert_eq!(seconds_left(60, 1e12), 0);
        assert_eq!(seconds_left(60, -5_000.0), 60);
        assert_eq!(seconds_left(0, 0.0), 0);
    }

    #[test]
    fn the_next_look_is_when_the_number_changes_and_there_is_none_after_the_last() {
        assert_eq!(next_change_ms(60, 0.0), Some(1000));
        assert_eq!(next_change_ms(60, 400.0), Some(600));
        assert_eq!(next_change_ms(60, 59_300.0), Some(700));
        assert_eq!(next_change_ms(60, 60_000.0), None);
        assert_eq!(next_change_ms(0, 0.0), None);
    }
}
