//! The list of the packages that are part of the app, with their licenses, which the app shows: written by hand of Cargo,
//! without the network, and committed.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{answer, cargo};

/// What ships, and for what: the app on each desktop, and its page.
const SHIPS: [(&str, &str); 4] = [
    ("foyer", "x86_64-unknown-linux-gnu"),
    ("foyer", "x86_64-pc-windows-msvc"),
    ("foyer", "aarch64-apple-darwin"),
    ("foyer-ui", "wasm32-unknown-unknown"),
];

/// Writes the list.
///
/// # Errors
/// When Cargo does not answer or the file cannot be written.
pub(crate) fn write(layout: &Layout) -> Result<bool, Fault> {
    let file = file(layout);
    std::fs::write(&file, list(layout)?)
        .map_err(|error| Fault::new(format!("{} cannot be written: {error}", file.display())))?;
    Ok(true)
}

fn file(layout: &Layout) -> PathBuf {
    layout.root.join("src-tauri").join("licenses.tsv")
}

/// A line a package: license, name and version, with tabs between them.
fn list(layout: &Layout) -> Result<String, Fault> {
    let mut lines = BTreeSet::new();
    for (package, target) in SHIPS {
        let mut tree = cargo(layout);
        tree.args(["tree", "--offline", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
        tree.args(["--package", package, "--target", target, "--format", "{l}\t{p}"]);
        let said = answer(&mut tree).ok_or_else(|| {
            Fault::new(format!("Cargo does not tell what {package} is made of for {target}"))
        })?;
        lines.extend(said.lines().filter_map(line));
    }
    Ok(lines.into_iter().collect())
}

/// What Cargo says of one package as a line of the list; `None` for a package of our own, which has a path.
fn line(said: &str) -> Option<String> {
    let (license, package) = said.trim_end_matches(" (*)").split_once('\t')?;
    let (name, version) = package.split_once(" v")?;
    // The old way to write it.
    let license = license.replace(" / ", "/").replace('/', " OR ");
    (!version.contains(' ')).then(|| format!("{license}\t{name}\t{version}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_of_others_is_one_line_and_one_of_our_own_is_none() {
        assert_eq!(
            line("MIT/Apache-2.0\tfnv v1.0.7 (*)").as_deref(),
            Some("MIT OR Apache-2.0\tfnv\t1.0.7\n")
        );
        assert_eq!(line("MIT\tyew v0.23.0").as_deref(), Some("MIT\tyew\t0.23.0\n"));
        assert_eq!(line("MIT\tfoyer v0.1.0 (/home/ada/foyer)"), None);
        assert_eq!(line(""), None);
    }

    #[test]
    fn the_app_shows_the_packages_that_it_is_made_of() {
        let layout = Layout::find().unwrap();
        let shown = std::fs::read_to_string(file(&layout)).unwrap();

        let made_of = list(&layout).unwrap();

        assert!(made_of.lines().all(|line| !line.starts_with('\t')), "a package has no license");
        assert!(shown == made_of, "src-tauri/licenses.tsv is old: run `cargo xtask licenses`");
    }
}
