//! A power cut at every instant: in every state that a disk may be in then, the store has the last acknowledged session.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(unix)]

use std::process::Command;

use foyer_torture::child::WriterKind;
use foyer_torture::power_cut::{PowerCuts, run};

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

/// A process has one recorder, so that one test at a time may use it.
fn cut(kind: WriterKind, changes: u64) -> PowerCuts {
    static RECORDING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _recording = RECORDING.lock().unwrap();
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), kind, changes).unwrap()
}

#[test]
fn a_power_cut_at_any_instant_of_saves_sign_outs_and_changes_of_protection_loses_nothing() {
    let _deadline = Deadline::here();
    // Sign-ins, refreshes, a sign-out, and each choice of what holds the keys.
    let cuts = cut(WriterKind::Protected, 12);

    assert_eq!((cuts.lost, cuts.keys_left), (0, 0), "{:#?}", cuts.found);
    assert!(cuts.states > 250, "{}", cuts.states);
}

#[test]
fn a_store_that_does_not_sync_is_found_out() {
    let _deadline = Deadline::here();

    assert!(cut(WriterKind::BareSave, 3).lost > 0);
}

#[test]
fn the_last_line_says_how_many_states_there_were_and_what_was_lost_in_them() {
    let _deadline = Deadline::here();
    let output = Command::new(env!("CARGO_BIN_EXE_torture")).args(["--power-cuts", "1"]).output().unwrap();

    let text = String::from_utf8(output.stdout).unwrap();
    let last = text.lines().last().unwrap();
    assert!(
        last.starts_with("power-cuts: ") && last.contains(" states of 1 changes, 0 acknowledged"),
        "{last}"
    );
    assert!(output.status.success());
}
