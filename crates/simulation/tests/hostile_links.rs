//! The fuzzer itself: that it can be repeated, and that it notices a link that is taken.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use foyer_simulation::links::{FuzzPlan, Outcome, fuzz};

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

fn tried(inputs: u64, leaked: bool) -> Outcome {
    fuzz(&FuzzPlan { inputs, seed: 11, threads: 2, leaked }, &|_| (), &|_| ()).unwrap()
}

#[test]
fn no_link_without_the_nonce_is_taken() {
    let _deadline = Deadline::here();
    let outcome = tried(20_000, false);

    assert_eq!((outcome.inputs, outcome.panics, outcome.accepted, outcome.requests), (20_000, 0, 0, 0));
    assert!(outcome.well_formed > 2_000, "the links are good enough to get past the parser: {outcome:?}");
}

#[test]
fn a_link_with_the_nonce_is_noticed() {
    let _deadline = Deadline::here();
    let outcome = tried(1_000, true);

    assert!(outcome.accepted > 0 && outcome.requests > 0, "{outcome:?}");
}

#[test]
fn the_same_seed_comes_to_the_same() {
    let _deadline = Deadline::here();
    assert_eq!(tried(5_000, false), tried(5_000, false));
}
