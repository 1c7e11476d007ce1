//! The harness itself: that the store survives it, that a store which loses sessions is found out, and what it says.

// A test whose setting fails has nothing better to do than to panic.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

use foyer_torture::child::{Keychain, WriterKind};
use foyer_torture::kills::{Plan, run};
use foyer_torture::line::Line;
use foyer_torture::model::Loss;
use foyer_torture::report::Report;

use deadline::Deadline;

#[path = "../../supabase-session/tests/it/deadline.rs"]
mod deadline;

const TORTURE: &str = env!("CARGO_BIN_EXE_torture");

fn killed(kills: u64, sweep: u64, writers: &[WriterKind]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan {
        program: TORTURE.into(),
        folder: folder.path().to_owned(),
        kills,
        seed: 11,
        sweep,
        workers: 4,
        writers: writers.to_vec(),
        keychain: Keychain::Folder,
    };
    run(&plan, &|_| ()).unwrap()
}

#[test]
fn a_kill_at_any_step_of_the_first_changes_loses_nothing() {
    let _deadline = Deadline::here();
    let report = killed(60, 60, &[WriterKind::Client]);

    assert_eq!(report.losses.len(), 0, "{:?}", report.found);
    assert_eq!(report.steps.values().sum::<u64>(), 60, "each child died at its step: {report:?}");
}

#[test]
fn a_kill_at_any_step_of_a_change_of_protection_or_a_sign_out_leaves_no_key_behind() {
    let _deadline = Deadline::here();
    let report = killed(240, 240, &[WriterKind::Protected]);

    assert_eq!((report.keys_left, report.lost()), (0, 0), "{:?}", report.found);
    assert_eq!(report.steps.values().sum::<u64>(), 240, "each child died at its step: {report:?}");
    for step in ["key written", "key synced", "file emptied"] {
        assert!(report.steps.contains_key(step), "{step}: {report:?}");
    }
}

/// A keyring of its own, which the program starts and ends.
#[cfg(target_os = "linux")]
#[test]
fn kills_while_the_keys_lie_in_a_keyring_lose_no_session_and_leave_no_key_behind() {
    let _deadline = Deadline::here();
    let output = Command::new(TORTURE).args(["--keyring", "--kills", "60", "--seed", "3"]).output().unwrap();

    let (text, errors) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(text.contains(" 0 keys left behind") && text.contains("keychain written"), "{text}{errors}");
    assert_eq!(
        text.lines().last(),
        Some("torture: 60 kills, 0 acknowledged sessions lost"),
        "{text}{errors}"
    );
    assert!(output.status.success());
}

#[test]
fn a_store_that_rewrites_its_file_in_place_is_found_out() {
    let _deadline = Deadline::here();
    let report = killed(60, 0, &[WriterKind::BareSave]);

    assert!(report.losses.contains_key(&Loss::Everything), "{report:?}");
}

#[test]
fn a_store_that_says_it_has_saved_before_it_has_is_found_out() {
    let _deadline = Deadline::here();
    let report = killed(30, 0, &[WriterKind::BareAutosave]);

    assert!(report.lost() > 0, "{report:?}");
}

#[test]
fn the_last_line_says_how_many_were_killed_and_lost_and_the_one_before_it_what_the_bare_plugin_loses() {
    let _deadline = Deadline::here();
    let output =
        Command::new(TORTURE).args(["--kills", "30", "--bare", "8", "--seed", "5"]).output().unwrap();

    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().rev().collect();
    assert_eq!(lines[0], "torture: 30 kills, 0 acknowledged sessions lost");
    assert!(
        lines[1].starts_with("tauri-plugin-store alone: ") && lines[1].contains(" of 8 lost"),
        "{}",
        lines[1]
    );
    assert!(output.status.success());
}

#[test]
fn a_save_is_measured_beside_a_bare_one_of_as_many_bytes() {
    let _deadline = Deadline::here();
    let folder = tempfile::tempdir().unwrap();

    let times = foyer_torture::save_times::measure(folder.path(), 3).unwrap();

    assert_eq!((times.store.len(), times.bare.len()), (3, 3));
    assert!(times.bytes > 2048, "{}", times.bytes);
    assert!(times.lines().lines().last().unwrap().starts_with("save-times: "));
}

/// The steps of each change on a new store in their order, and which change each belongs to: a child for each step dies
/// right after it.
fn steps_of_changes(count: u64) -> Vec<(u64, String)> {
    let died = |after: u64| {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(TORTURE);
        child.args(["child", "--writer", "stored", "--acknowledged", "0", "--die-after", &after.to_string()]);
        let output = child.arg("--folder").arg(folder.path()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<Line> = text.lines().map(|line| Line::parse(line).unwrap()).collect();
        let done = lines.iter().filter(|line| matches!(line, Line::Done(_))).count();
        // The thread with the keys may die while another still says what was found.
        let step = lines.iter().find_map(|line| if let Line::At(step) = line { Some(step) } else { None });
        let step = step.unwrap_or_else(|| panic!("{text}"));
        (u64::try_from(done).unwrap() + 1, step.clone())
    };
    (1..=count).map(died).collect()
}

#[test]
fn a_save_is_synced_before_it_takes_its_place_and_its_folder_before_it_is_acknowledged() {
    let _deadline = Deadline::here();
    let steps = steps_of_changes(60);

    let of_second: Vec<&str> =
        steps.iter().filter(|(change, _)| *change == 2).map(|(_, step)| step.as_str()).collect();

    assert_eq!(
        of_second,
        ["place cleared", "file created", "file written", "file synced", "file renamed", "folder synced"]
    );
}
