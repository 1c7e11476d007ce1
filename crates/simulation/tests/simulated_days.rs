//! The simulation itself: that it can be repeated, and that it notices what is broken on purpose.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use foyer_simulation::days::{Flaw, Plan, Report, run};

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

fn simulated(days: u64, seed: u64, threads: usize, flaw: Option<Flaw>) -> Report {
    run(&Plan { days, seed, only: None, threads, flaw }, &|_| ()).unwrap()
}

#[test]
fn the_same_seed_is_the_same_run_on_any_number_of_threads_and_another_is_not() {
    let _deadline = Deadline::here();
    let (one, again, other) = (simulated(6, 5, 1, None), simulated(6, 5, 2, None), simulated(6, 6, 2, None));

    assert_eq!((one.fingerprint, one.events), (again.fingerprint, again.events));
    assert_ne!(one.fingerprint, other.fingerprint);
    assert!(one.refreshes > 100, "{one:?}");
}

#[test]
fn one_world_alone_goes_as_it_does_among_others() {
    let _deadline = Deadline::here();
    let plan = Plan { days: 8, seed: 5, only: Some(1), threads: 1, flaw: Some(Flaw::InventsAnEnd) };
    let alone = run(&plan, &|_| ()).unwrap();

    let among_others = simulated(8, 5, 1, Some(Flaw::InventsAnEnd));

    let of_it = |report: &Report| {
        report.violations.iter().filter(|found| found.world == 1).map(|found| found.step).collect::<Vec<_>>()
    };
    assert_eq!(of_it(&alone), of_it(&among_others));
    assert!(!of_it(&alone).is_empty());
}

#[test]
fn what_is_broken_on_purpose_is_noticed() {
    let _deadline = Deadline::here();
    for (flaw, noticed) in [
        (Flaw::LosesTwoGenerations, "more than one generation behind"),
        (Flaw::LetsTwoRefreshesThrough, "two refreshes of one session are in flight"),
        (Flaw::InventsAnEnd, "which never happened"),
        (Flaw::StopsTheClocks, "a token that is known to be over"),
        (Flaw::ForgetsWrites, "said to be saved and is not"),
        (Flaw::TakesLostAnswersForConflicts, "in conflict with itself"),
    ] {
        let report = simulated(12, 1, 2, Some(flaw));

        let found = report.violations.iter().any(|found| found.what.contains(noticed));
        assert!(
            found,
            "{flaw:?}: {:?}",
            report.violations.iter().map(|found| &found.what).collect::<Vec<_>>()
        );
        assert!(report.violations.iter().all(|found| !found.before.is_empty()));
    }
}
