//! `rename-test`: a copy of this checkout is renamed, and tested as it is itself.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Request, compiled};
use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::setup::{self, Purpose};
use crate::shell::{Steps, answer, cargo, must, program, spoken, succeeds};

/// Renames a copy of the checkout and runs its tests; `false` when one fails.
///
/// # Errors
/// When the set-up fails, or the copy cannot be made.
pub(crate) fn test(layout: &Layout, is_whole: bool) -> Result<bool, Fault> {
    setup::ensure(layout, Purpose::Develop)?;
    let mut steps = Steps::new(4);
    steps.begin("a copy of the checkout", "seconds");
    let folder = layout.target.join("rename-test");
    let root = folder.join("checkout");
    copy(layout, &root)?;
    steps.begin("renaming it", "seconds");
    let copied = Layout { root: root.clone(), target: folder.join("target"), ..layout.clone() };
    super::rename(&copied, &linden(&layout.root))?;
    commit(&copied, "Linden Account")?;
    steps.begin("what is compiled already, for the copy too", "seconds");
    compiled::share(&layout.target, &copied.target)?;
    let begun = steps.begin("the copy's own tests", "10 min more than `cargo xtask test` the first time");
    let mut tests = cargo(&copied);
    tests
        .args(["run", "--quiet", "--package", "xtask", "--", "test"])
        .env("CARGO_TARGET_DIR", &copied.target)
        // Nobody goes on working in the copy.
        .env("CARGO_INCREMENTAL", "0");
    if !is_whole {
        tests.arg("--fast");
    }
    let has_passed = succeeds(&mut tests)?;
    println!("renamed copy: {} in {}", if has_passed { "passed" } else { "FAILED" }, spoken(begun.elapsed()));
    Ok(has_passed)
}

/// An app whose names all differ from those of the checkout, and stand in no document as an example.
fn linden(root: &Path) -> Request {
    Request {
        name: "Linden Account".to_owned(),
        id: "com.linden.account".to_owned(),
        scheme: Some("linden-account".to_owned()),
        accent: Some("#7c3aed".to_owned()),
        icon: Some(root.join("icons").join("icon.png")),
        publisher: None,
        dry_run: false,
        force: false,
    }
}

/// What Git knows of the checkout, and what it would take, as a checkout of its own.
fn copy(layout: &Layout, root: &Path) -> Result<(), Fault> {
    if root.exists() {
        fs::remove_dir_all(root).map_err(|error| unreadable(root, &error))?;
    }
    let listed =
        answer(program(layout, "git").args(["ls-files", "--cached", "--others", "--exclude-standard"]));
    let listed = listed.ok_or_else(|| Fault::new("this is no Git checkout"))?;
    for name in listed.lines().map(PathBuf::from) {
        let (from, to) = (layout.root.join(&name), root.join(&name));
        if from.is_file() {
            let folder = to.parent().unwrap_or(root);
            let copied = fs::create_dir_all(folder).and_then(|()| fs::copy(&from, &to));
            copied.map_err(|error| unreadable(&from, &error))?;
        }
    }
    let copied = Layout { root: root.to_path_buf(), ..layout.clone() };
    must(program(&copied, "git").args(["init", "--quiet"]))?;
    commit(&copied, "the copy")
}

fn commit(layout: &Layout, message: &str) -> Result<(), Fault> {
    must(program(layout, "git").args(["add", "--all"]))?;
    let somebody = ["-c", "user.name=xtask", "-c", "user.email=xtask@localhost"];
    must(program(layout, "git").args(somebody).args(["commit", "--quiet", "--message", message]))
}
