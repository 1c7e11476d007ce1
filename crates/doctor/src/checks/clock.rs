//! This machine's clock beside the server's.

use foyer_contract::doctor::Finding;

use super::Found;

/// Seconds that clocks may differ by without anybody noticing.
const TOLERATED: u64 = 10;

/// From here on certificates and signatures that are minutes old or young are refused: five minutes, as Kerberos has it.
const WRONG: u64 = 300;

/// What it means that this machine's clock is `ahead` seconds ahead of the server's.
pub(crate) fn judge(ahead: Option<i64>) -> Found {
    let Some(ahead) = ahead else { return Finding::NotTold.into() };
    let finding = match ahead.unsigned_abs() {
        0..=TOLERATED => Finding::Good,
        11..WRONG => Finding::ClockOff,
        _ => Finding::ClockWrong,
    };
    Found::from(finding).figure(format!("{ahead:+} s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_judged_in_both_directions() {
        for (ahead, finding, figure) in [
            (0, Finding::Good, "+0 s"),
            (-10, Finding::Good, "-10 s"),
            (11, Finding::ClockOff, "+11 s"),
            (-299, Finding::ClockOff, "-299 s"),
            (300, Finding::ClockWrong, "+300 s"),
            (i64::MIN, Finding::ClockWrong, "-9223372036854775808 s"),
        ] {
            assert_eq!(judge(Some(ahead)), Found::from(finding).figure(figure));
        }
        assert_eq!(judge(None), Finding::NotTold.into());
    }
}
