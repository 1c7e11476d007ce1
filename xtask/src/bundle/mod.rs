//! `bundle`: what people install. On Linux a .deb and an .rpm, each looked at by the distributions' own checkers; on macOS
//! and Windows what Tauri makes there.

mod checks;
mod linux;
mod updates;

use std::fs;
use std::path::{Path, PathBuf};

use crate::builds;
use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::setup::{self, Purpose};
use crate::shell::{Steps, must, succeeds};

pub(crate) use updates::write as write_update_manifest;

/// The version that is bundled: that of the whole workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the app in release and makes its bundles; `false` where a checker found something.
///
/// # Errors
/// When the set-up or a build fails.
pub(crate) fn bundle(layout: &Layout, kinds: &[String]) -> Result<bool, Fault> {
    setup::ensure(layout, Purpose::Develop)?;
    let mut steps = Steps::new(3);
    steps.begin("the app, in release", "10 min the first time");
    must(setup::tauri(layout)?.args(["build", "--no-bundle", "--ci"]).current_dir(&layout.root))?;
    steps.begin("the bundles", "1 min");
    make(layout, kinds)?;
    let made = made(layout)?;
    steps.begin("what the checkers say", "seconds");
    let is_sound = checks::run(layout, &made)?;
    println!();
    for file in &made {
        let size = fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
        println!("{:>10}  {}", format!("{:.2} MB", size as f64 / 1e6), file.display());
    }
    Ok(is_sound)
}

/// Installs the .deb in a clean system, uses, upgrades and removes it there.
///
/// # Errors
/// Without a .deb of this version, or when the set-up fails.
pub(crate) fn install_test(layout: &Layout) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new("a .deb is installed on Linux"));
    }
    setup::ensure(layout, Purpose::Install)?;
    let made =
        made(layout).map_err(|fault| Fault::new(format!("{fault}: `cargo xtask bundle` comes first")))?;
    let package = made.iter().find(|file| file.extension().is_some_and(|ending| ending == "deb"));
    let package = package.ok_or_else(|| Fault::new("there is no .deb: `cargo xtask bundle` comes first"))?;
    let mut installed = builds::built(layout, "installed")?;
    builds::built(layout, "supabase-local")?;
    succeeds(installed.arg(package).arg(layout.root.join("target").join("installed")))
}

/// Bundles what was built.
fn make(layout: &Layout, kinds: &[String]) -> Result<(), Fault> {
    let mut command = setup::tauri(layout)?;
    command.args(["bundle", "--ci"]).current_dir(&layout.root);
    let kinds = if kinds.is_empty() { default_kinds() } else { kinds.join(",") };
    if !kinds.is_empty() {
        command.args(["--bundles", &kinds]);
    }
    if cfg!(target_os = "linux") {
        command.arg("--config").arg(linux::config(layout)?);
    }
    if let Some(signing) = updates::signing(layout)? {
        command.arg("--config").arg(signing.to_string());
    }
    must(&mut command)
}

/// Where nobody asked for a kind: all that the system makes from what is installed. Tauri fetches the tools of an AppImage
/// itself, which not every network allows: `cargo xtask bundle appimage` asks for one.
fn default_kinds() -> String {
    if cfg!(target_os = "linux") { "deb,rpm".into() } else { String::new() }
}

/// The bundles of this version, the newest of each kind.
fn made(layout: &Layout) -> Result<Vec<PathBuf>, Fault> {
    let folder = layout.target.join("release").join("bundle");
    let mut files = Vec::new();
    for kind in entries(&folder)? {
        if kind.is_dir() {
            files.extend(entries(&kind)?.into_iter().filter(|file| is_bundle(file, VERSION)));
        }
    }
    files.sort();
    Ok(files)
}

fn is_bundle(file: &Path, version: &str) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let kinds = ["deb", "rpm", "AppImage", "exe", "msi", "dmg"];
    (file.is_file() && kinds.contains(&ending) && name.contains(version)) || ending == "app"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bundles_of_this_version_are_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| {
            let file = folder.path().join(name);
            fs::write(&file, "").expect("a file");
            file
        };

        assert!(is_bundle(&file("Foyer_0.2.0_amd64.deb"), "0.2.0"));
        assert!(is_bundle(&file("Foyer-0.2.0-1.x86_64.rpm"), "0.2.0"));
        assert!(!is_bundle(&file("Foyer_0.1.0_amd64.deb"), "0.2.0"));
        assert!(!is_bundle(&file("Foyer_0.2.0.tar.gz"), "0.2.0"));
        assert!(!is_bundle(folder.path(), "0.2.0"));
    }
}
