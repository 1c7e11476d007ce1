//! `bundle`: what people install. On Linux a .deb and an .rpm, each looked at by the distributions' own checkers; on macOS
//! and Windows what Tauri makes there. The installer for Windows is our own, made on Windows and on Linux.

mod appimage;
mod authenticode;
mod checks;
mod files;
mod linux;
pub(crate) mod manifests;
pub(crate) mod product;
mod updates;
pub(crate) mod windows;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::builds;
use crate::fault::Fault;
use crate::layout::{Layout, entries, unreadable};
use crate::setup::{self, Purpose};
use crate::shell::{Steps, must, program, succeeds};

pub(crate) use updates::write as write_update_manifest;

/// The version that is bundled: that of the whole workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The kind that we make ourselves.
const NSIS: &str = "nsis";
/// The kind that is packed anew, and the ending of its files.
const DEB: &str = "deb";

/// Builds the app in release and makes its bundles; `false` where a checker found something.
///
/// # Errors
/// When the set-up or a build fails.
pub(crate) fn bundle(layout: &Layout, kinds: &[String]) -> Result<bool, Fault> {
    let kinds = if kinds.is_empty() { default_kinds() } else { kinds.to_vec() };
    let (ours, of_tauri): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|kind| kind == NSIS);
    // Last, as its programs may not be there: what comes before is made all the same.
    let (appimage, of_tauri): (Vec<_>, Vec<_>) =
        of_tauri.into_iter().partition(|kind| kind == appimage::KIND);
    let wants_windows = !ours.is_empty();
    // Windows' own build of the app is what its installer holds.
    let wants_tauri = cfg!(windows) || !of_tauri.is_empty() || !appimage.is_empty();
    let mut steps = Steps::new(1 + 2 * usize::from(wants_tauri) + usize::from(wants_windows));
    if wants_tauri {
        setup::ensure(layout, Purpose::Develop)?;
        steps.begin("the app, in release", "10 min the first time");
        app(layout)?;
        steps.begin("the bundles", "1 min");
        make(layout, &of_tauri)?;
        if of_tauri.iter().any(|kind| kind == DEB) {
            pack_smaller(layout)?;
        }
        if let Err(fault) = make(layout, &appimage) {
            return Err(appimage::without_programs(layout).unwrap_or(fault));
        }
    }
    if wants_windows {
        if !cfg!(windows) {
            setup::ensure(layout, Purpose::Cross)?;
        }
        steps.begin("the installer for Windows", "15 min the first time");
        windows::bundle(layout)?;
    }
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

/// Builds the app as it is bundled.
///
/// # Errors
/// When the build fails.
pub(crate) fn app(layout: &Layout) -> Result<(), Fault> {
    must(setup::tauri(layout)?.args(["build", "--no-bundle", "--ci"]).current_dir(&layout.root))
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
    let package = made.iter().find(|file| is_deb(file));
    let package = package.ok_or_else(|| Fault::new("there is no .deb: `cargo xtask bundle` comes first"))?;
    builds::programs(layout, &["installed", "supabase-local"])?;
    let mut installed = apart(layout, &layout.built("installed"));
    succeeds(installed.arg(package).arg(layout.root.join("target").join("installed")))
}

/// A program that is asked to end when this process ends, with mounts of its own: this machine does not see them, and however
/// the program ends, the kernel takes them back with its last process.
fn apart(layout: &Layout, file: &Path) -> Command {
    let mut command = program(layout, "setpriv");
    command
        .args(["--pdeathsig", "TERM", "--", "unshare", "--mount", "--propagation", "slave", "--"])
        .arg(file);
    command
}

/// Bundles what was built.
fn make(layout: &Layout, kinds: &[String]) -> Result<(), Fault> {
    if kinds.is_empty() {
        return Ok(());
    }
    let mut command = setup::tauri(layout)?;
    command.args(["bundle", "--ci", "--bundles", &kinds.join(",")]).current_dir(&layout.root);
    if cfg!(target_os = "linux") {
        command.arg("--config").arg(linux::config(layout)?);
    }
    if let Some(signing) = updates::signing(layout)? {
        command.arg("--config").arg(signing.to_string());
    }
    if let Some(signing) = authenticode::SignCommand::find()? {
        command.arg("--config").arg(signing.config().to_string());
    }
    must(&mut command)
}

fn is_deb(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == DEB)
}

/// Packs the .deb anew, smaller; signed for updates where bundles are.
fn pack_smaller(layout: &Layout) -> Result<(), Fault> {
    for package in made(layout)?.iter().filter(|file| is_deb(file)) {
        linux::pack_smaller(layout, package)?;
        updates::sign(layout, package)?;
    }
    Ok(())
}

/// Where nobody asked for a kind: all that the system makes from what is installed. Tauri fetches the programs that make an
/// AppImage from GitHub, which not every network allows: `cargo xtask bundle appimage` asks for one.
fn default_kinds() -> Vec<String> {
    let kinds: &[&str] = if cfg!(target_os = "linux") {
        &[DEB, "rpm"]
    } else if cfg!(windows) {
        &[NSIS, "msi"]
    } else {
        &["app", "dmg"]
    };
    kinds.iter().copied().map(str::to_owned).collect()
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

    #[cfg(target_os = "linux")]
    #[test]
    fn mounts_of_a_program_that_is_killed_are_seen_by_nobody_and_gone_with_it() {
        use std::io::{BufRead, BufReader};
        use std::process::Stdio;

        let layout = Layout::find().expect("a checkout");
        if crate::shell::answer(Command::new("id").arg("-u")).as_deref().map(str::trim) != Some("0") {
            println!("skipped: only root may mount");
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().canonicalize().expect("a path");
        let mounted = |process: &str| {
            let mounts = fs::read_to_string(format!("/proc/{process}/mountinfo")).unwrap_or_default();
            mounts.contains(&*folder.to_string_lossy())
        };
        let mut command = apart(&layout, Path::new("sh"));
        let script = format!("mount -t tmpfs tmpfs {} && echo mounted && read end", folder.display());
        let mut running = command
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = String::new();
        BufReader::new(running.stdout.take().expect("output")).read_line(&mut said).expect("a line");

        assert_eq!(said, "mounted\n");
        assert!(mounted(&running.id().to_string()));
        assert!(!mounted("self"));
        running.kill().expect("killed");
        running.wait().expect("gone");
        fs::remove_dir(&folder).expect("nothing is mounted there any more");
    }

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
