//! A file system of its own: full, or read-only. It is mounted where only the test's own processes see it, which needs a
//! user namespace; a system that gives none is said, and the test says nothing then.

use std::process::Command;

use foyer_torture::line::Line;
use foyer_torture::model::Held;

use crate::child::{TORTURE, WRITERS};
use crate::deadline::Deadline;

/// What the scripts begin with.
const BEGIN: &str = r#"
set -u
mount -t tmpfs -o size=256k tmpfs "$PLACE" || exit 77
mkdir -m 700 "$PLACE/store"
child() {
    acknowledged=$1; shift
    "$TORTURE" child --writer "$WRITER" --folder "$PLACE/store" --acknowledged "$acknowledged" "$@"
}
fill() { cat /dev/zero > "$PLACE/filler" 2> /dev/null || true; }
"#;

/// Says that there was no place to mount.
const NO_MOUNT: i32 = 77;

/// What the children of a script say, in a file system of 256 KiB; `None` where none can be mounted.
fn run(writer: &str, script: &str) -> Option<Vec<Line>> {
    let folder = tempfile::tempdir().unwrap();
    let can_mount = Command::new("unshare").args(["--mount", "--map-root-user", "true"]).output();
    if !can_mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this system lets nobody mount a file system of their own");
        return None;
    }
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &format!("{BEGIN}{script}")])
        .env("PLACE", folder.path())
        .env("TORTURE", TORTURE)
        .env("WRITER", writer)
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .output()
        .unwrap();
    if output.status.code() == Some(NO_MOUNT) {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().map(|line| Line::parse(line).unwrap_or_else(|| panic!("{line}"))).collect())
}

/// The same lines, with the reasons of failures left out.
fn without_reasons(lines: Vec<Line>) -> Vec<Line> {
    let plain = |line| match line {
        Line::Failed(_) => Line::Failed(String::new()),
        line => line,
    };
    lines.into_iter().map(plain).collect()
}

fn done(numbers: std::ops::RangeInclusive<u64>) -> impl Iterator<Item = Line> {
    numbers.map(Line::Done)
}

#[test]
fn a_save_on_a_full_disk_fails_and_the_session_is_still_there() {
    let _deadline = Deadline::here();
    let Some(lines) = run(
        "stored",
        "child 0 --changes 3; fill; child 3 --changes 1; child 3 --look; rm $PLACE/filler; child 3 --changes 1",
    ) else {
        return;
    };

    let mut expected = vec![Line::Found(Held::Nobody)];
    expected.extend(done(1..=3));
    expected.extend([Line::Found(Held::Session(3)), Line::Failed(String::new())]);
    expected.push(Line::Found(Held::Session(3)));
    expected.extend([Line::Found(Held::Session(3)), Line::Done(4)]);
    assert_eq!(without_reasons(lines), expected);
}

#[test]
fn somebody_signs_out_on_a_full_disk() {
    let _deadline = Deadline::here();
    for writer in WRITERS {
        let Some(lines) = run(
            writer,
            "child 0 --changes 4; fill; child 4 --changes 1; child 5 --look; rm $PLACE/filler; child 5 --changes 1",
        ) else {
            return;
        };

        let mut expected = vec![Line::Found(Held::Nobody)];
        expected.extend(done(1..=4));
        expected.extend([Line::Found(Held::Session(4)), Line::Done(5)]);
        expected.push(Line::Found(Held::Nobody));
        expected.extend([Line::Found(Held::Nobody), Line::Done(6)]);
        assert_eq!(lines, expected, "{writer}");
    }
}

#[test]
fn a_file_system_that_became_read_only_loses_nothing_and_a_sign_out_on_it_is_said_to_have_failed() {
    let _deadline = Deadline::here();
    for writer in WRITERS {
        let Some(lines) = run(
            writer,
            "child 0 --changes 4; mount -o remount,ro $PLACE; child 4 --changes 1; child 4 --look
             mount -o remount,rw $PLACE; child 4 --changes 1; child 5 --look",
        ) else {
            return;
        };

        let mut expected = vec![Line::Found(Held::Nobody)];
        expected.extend(done(1..=4));
        expected.extend([Line::Found(Held::Session(4)), Line::Failed(String::new())]);
        expected.push(Line::Found(Held::Session(4)));
        expected.extend([Line::Found(Held::Session(4)), Line::Done(5)]);
        expected.push(Line::Found(Held::Nobody));
        assert_eq!(without_reasons(lines), expected, "{writer}");
    }
}
