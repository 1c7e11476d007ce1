//! `.github/workflows/`: an action is code of somebody else's that runs beside our secrets. Each is named by the hash of
//! its commit, which nobody can move, with the version beside it for people.

use std::fs;
use std::path::Path;

/// Actions that a workflow names by something else than a hash, or without a version beside it.
pub(crate) fn unpinned(name: &str, workflow: &str) -> Vec<String> {
    let uses =
        workflow.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
    uses.filter(|action| !is_pinned(action)).map(|action| format!("{name}: {action}")).collect()
}

/// `owner/name@<40 hexadecimal digits> # v1.2.3`.
fn is_pinned(action: &str) -> bool {
    let Some((action, version)) = action.split_once(" # v") else { return false };
    let hash = action.split_once('@').map(|(_, hash)| hash).unwrap_or_default();
    hash.len() == 40
        && hash.chars().all(|digit| digit.is_ascii_hexdigit())
        && version.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[test]
fn an_action_that_can_be_moved_is_found() {
    let hash = "3d3c42e5aac5ba805825da76410c181273ba90b1";
    let workflow = format!(
        "steps:\n  - uses: actions/checkout@{hash} # v7.0.1\n  - uses: actions/cache@v5\n    - name: x\n      uses: \
         a/b@{hash}\n"
    );

    assert_eq!(unpinned("ci.yml", &workflow), ["ci.yml: actions/cache@v5", &format!("ci.yml: a/b@{hash}")]);
}

#[test]
fn every_action_is_named_by_its_hash() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let mut seen = 0;
    let mut broken = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let workflow = fs::read_to_string(entry.path()).unwrap();
        seen += workflow.matches("uses: ").count();
        broken.extend(unpinned(&entry.file_name().to_string_lossy(), &workflow));
    }

    assert!(seen > 0, "the workflows use actions");
    crate::assert_none("An action is named by its hash", &broken);
}
