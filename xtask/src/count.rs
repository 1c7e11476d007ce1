//! What test runs say about themselves, read from their output and summed. No processes here.

use std::ops::AddAssign;

/// Passed and failed tests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many held.
    pub(crate) passed: u64,
    /// How many did not.
    pub(crate) failed: u64,
}

impl Tally {
    /// The tally of a step that has ended: one that failed without saying how counts as one failure.
    pub(crate) fn at_end(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }

    /// Adds what a line of output says, if it says anything.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(said) =
            libtest(line).or_else(|| golden(line)).or_else(|| node(line)).or_else(|| simulated(line))
        {
            *self += said;
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// `test result: ok. 12 passed; 0 failed; 0 ignored; ...`
fn libtest(line: &str) -> Option<Tally> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        let part = counts.split(';').map(str::trim).find(|part| part.ends_with(word))?;
        part.split(' ').next()?.parse().ok()
    };
    Some(Tally { passed: count("passed")?, failed: count("failed")? })
}

/// `golden: 120 of 121 steps match in 14 files`, `packages: 5 of 5 build in a fresh project`, `bench: 3 of 3 rows measured`
fn golden(line: &str) -> Option<Tally> {
    let (name, said) = line.trim().split_once(": ")?;
    let words: Vec<&str> = said.split(' ').collect();
    let (held, all) = match (name, &words[..]) {
        ("golden", [matching, "of", all, "steps", "match", ..]) => (matching, all),
        ("packages", [building, "of", all, "build", ..]) => (building, all),
        ("bench", [measured, "of", all, "rows", "measured"]) => (measured, all),
        _ => return None,
    };
    let (passed, all): (u64, u64) = (held.parse().ok()?, all.parse().ok()?);
    Some(Tally { passed, failed: all.checked_sub(passed)? })
}

/// `simulate: 20 days, 7000 events, 0 violations`, `fuzz: 100000 inputs, 0 panics, 0 accepted, 0 requests` or
/// `torture: 300 kills, 0 acknowledged sessions lost`: one test, which holds when everything but what was tried is nothing.
fn simulated(line: &str) -> Option<Tally> {
    let (name, counts) = line.trim().split_once(": ")?;
    let tried = match name {
        "simulate" => 2,
        "fuzz" | "torture" => 1,
        _ => return None,
    };
    let counts: Option<Vec<u64>> =
        counts.split(", ").map(|count| count.split(' ').next()?.parse().ok()).collect();
    let held = counts.filter(|counts| counts.len() > tried)?[tried..].iter().all(|count| *count == 0);
    Some(Tally { passed: u64::from(held), failed: u64::from(!held) })
}

/// Node's test runner: `# pass 3` (TAP) or `ℹ pass 3` (spec).
fn node(line: &str) -> Option<Tally> {
    let line = line.trim();
    let (kind, count) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?.split_once(' ')?;
    let count = count.parse().ok()?;
    match kind {
        "pass" => Some(Tally { passed: count, failed: 0 }),
        "fail" | "cancelled" => Some(Tally { passed: 0, failed: count }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn the_results_of_several_test_binaries_are_summed() {
        let tally = read(&[
            "running 3 tests",
            "test a ... ok",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ]);

        assert_eq!(tally, Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn a_golden_step_that_does_not_match_is_a_failure() {
        assert_eq!(read(&["golden: 119 of 121 steps match in 14 files"]), Tally { passed: 119, failed: 2 });
    }

    #[test]
    fn packages_that_build_are_counted() {
        assert_eq!(read(&["packages: 5 of 5 build in a fresh project"]), Tally { passed: 5, failed: 0 });
        assert_eq!(read(&["packages: 5 of 5 are packed"]), Tally::default());
    }

    #[test]
    fn a_row_of_the_bench_that_is_not_measured_is_a_failure() {
        assert_eq!(read(&["bench: 2 of 3 rows measured"]), Tally { passed: 2, failed: 1 });
    }

    #[test]
    fn days_hold_without_violations_links_when_none_was_taken_and_kills_when_nothing_was_lost() {
        let held = [
            "simulate: 20 days, 7000 events, 0 violations",
            "fuzz: 9 inputs, 0 panics, 0 accepted, 0 requests",
            "torture: 300 kills, 0 acknowledged sessions lost",
        ];
        let broken = [
            "simulate: 20 days, 70 events, 1 violations",
            "fuzz: 9 inputs, 0 panics, 1 accepted, 0 requests",
            "torture: 300 kills, 2 acknowledged sessions lost",
        ];

        assert_eq!(read(&held), Tally { passed: 3, failed: 0 });
        assert_eq!(read(&broken), Tally { passed: 0, failed: 3 });
        assert_eq!(read(&["simulate: seed 7", "fuzz: 9 inputs"]), Tally::default());
    }

    #[test]
    fn both_forms_of_nodes_summary_are_read() {
        assert_eq!(read(&["# tests 4", "# pass 3", "# fail 1"]), Tally { passed: 3, failed: 1 });
        assert_eq!(read(&["ℹ pass 5", "ℹ fail 0", "ℹ cancelled 1"]), Tally { passed: 5, failed: 1 });
    }

    #[test]
    fn a_line_that_only_resembles_a_result_counts_nothing() {
        let tally = read(&["test result: ok. many passed", "golden: all of it", "# pass", "note: 3 passed"]);

        assert_eq!(tally, Tally::default());
    }

    #[test]
    fn a_step_that_fails_without_a_count_is_one_failure() {
        assert_eq!(Tally { passed: 7, failed: 0 }.at_end(false), Tally { passed: 7, failed: 1 });
        assert_eq!(Tally { passed: 7, failed: 2 }.at_end(false), Tally { passed: 7, failed: 2 });
        assert_eq!(Tally { passed: 7, failed: 0 }.at_end(true), Tally { passed: 7, failed: 0 });
    }
}
