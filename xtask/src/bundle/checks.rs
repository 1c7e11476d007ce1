//! What the distributions' own checkers say about a package. Each runs where it is installed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::shell::{must, program, succeeds};

/// A program that looks at files: its name, its arguments, the files.
type Check = (&'static str, &'static [&'static str], Vec<PathBuf>);

/// Asks every checker; `false` when one found something.
///
/// # Errors
/// When a package cannot be unpacked.
pub(super) fn run(layout: &Layout, bundles: &[PathBuf]) -> Result<bool, Fault> {
    let mut is_sound = true;
    for package in bundles.iter().filter(|file| file.extension().is_some_and(|ending| ending == "deb")) {
        let unpacked = layout.target.join("bundle-files").join("unpacked");
        if unpacked.exists() {
            fs::remove_dir_all(&unpacked).map_err(|error| unreadable(&unpacked, &error))?;
        }
        must(program(layout, "dpkg-deb").arg("--extract").arg(package).arg(&unpacked))?;
        for (name, arguments, files) in of_deb(package, &unpacked)? {
            if layout.program(name).is_none() {
                println!("      skipped: no {name} on this machine");
                continue;
            }
            let passed = succeeds(program(layout, name).args(arguments).args(files))?;
            println!("      {name}: {}", if passed { "nothing found" } else { "FAILED" });
            is_sound &= passed;
        }
    }
    Ok(is_sound)
}

/// The checks of a .deb: the package, its desktop entry, what software centres show of it.
fn of_deb(package: &Path, unpacked: &Path) -> Result<[Check; 3], Fault> {
    Ok([
        ("lintian", &["--allow-root", "--fail-on", "error,warning"], vec![package.to_path_buf()]),
        ("desktop-file-validate", &[], entries(&unpacked.join("usr/share/applications"))?),
        ("appstreamcli", &["validate", "--no-net"], entries(&unpacked.join("usr/share/metainfo"))?),
    ])
}
