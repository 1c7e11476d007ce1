//! `docs/security.md`: each row of its tables names a test, and each test that it names is where the page says.

use std::fs;
use std::path::Path;

/// A row of a table without a test, and a test that is not there.
pub(crate) fn broken(root: &Path, page: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for row in rows(page) {
        let tests = tests(row);
        if tests.is_empty() {
            broken.push(format!("no test: {row}"));
        }
        for (name, file) in tests {
            let source = fs::read_to_string(root.join("docs").join(file)).unwrap_or_default();
            if !is_test(&source, name) {
                broken.push(format!("{file} has no test {name}"));
            }
        }
    }
    broken
}

/// The rows of the tables whose last column is for tests, without their heads.
fn rows(page: &str) -> Vec<&str> {
    let (mut rows, mut has_tests) = (Vec::new(), false);
    for line in page.lines() {
        if !line.starts_with('|') {
            has_tests = false;
        } else if line.ends_with("| tests |") {
            has_tests = true;
        } else if has_tests && !line.starts_with("|---") {
            rows.push(line);
        }
    }
    rows
}

/// Every name and file of a link to a test, ``[`name`](file)``.
fn tests(row: &str) -> Vec<(&str, &str)> {
    let links = row.split("[`").skip(1);
    links
        .filter_map(|link| link.split_once("`]("))
        .filter_map(|(name, rest)| Some((name, rest.split_once(')')?.0)))
        .collect()
}

/// Whether the source has a function of this name under an attribute that makes it a test.
fn is_test(source: &str, name: &str) -> bool {
    let function = format!("fn {name}(");
    let before = source.split_once(&function).map(|(before, _)| before);
    before.is_some_and(|before| {
        let attributes = before.rsplit("\n\n").next().unwrap_or_default();
        attributes.contains("#[test]") || attributes.contains("#[tokio::test")
    })
}

#[test]
fn a_row_without_a_test_and_a_test_that_is_gone_are_found() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("docs")).unwrap();
    let source = "#[test]\nfn it_holds() {}\n\n#[tokio::test(start_paused = true)]\nasync fn it_waits() {}\n\nfn helps() {}\n";
    fs::write(root.path().join("a.rs"), source).unwrap();
    let page = "| key | worth |\n|---|---|\n| a file | little |\n\n| threat | what | tests |\n|---|---|---|\n\
        | a | b | [`it_holds`](../a.rs), [`it_waits`](../a.rs) |\n| c | d | later |\n\
        | e | f | [`it_holds`](../b.rs), [`helps`](../a.rs), [`gone`](../a.rs) |\n";

    let found = broken(root.path(), page);

    assert_eq!(
        found,
        [
            "no test: | c | d | later |",
            "../b.rs has no test it_holds",
            "../a.rs has no test helps",
            "../a.rs has no test gone"
        ]
    );
}
