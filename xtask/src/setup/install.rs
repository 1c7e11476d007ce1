//! Installs what is missing, a step each.

use std::fs;
use std::process::Command;

use super::Missing;
use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{Steps, answer, cargo, must, program, spoken, succeeds};

/// Tools are built fast rather than fast-running: they work for seconds, their optimised build takes minutes more.
const FAST_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

/// But for these parts of a tool, which decide how long every build of the page takes.
const QUICK_PARTS: &[(&str, &[&str])] =
    &[("wasm-bindgen-cli", &["walrus", "wasmparser", "wasm-encoder", "wasm-bindgen-cli-support"])];

/// Without what packages merely recommend: compilers' manuals, codecs, printers' fonts, 300 packages more of them than
/// needed. What is needed stands in `packages.rs` by its name.
const INSTALL: &[&str] = &["install", "--yes", "-qq", "--no-install-recommends"];

/// Installs all of it.
///
/// # Errors
/// At the first installation that fails. What only the person can install is said before anything is begun.
pub(super) fn all(layout: &Layout, missing: &[Missing]) -> Result<(), Fault> {
    if let Some(Missing::ByHand(command)) =
        missing.iter().find(|missing| matches!(missing, Missing::ByHand(_)))
    {
        return Err(Fault::new(format!(
            "this machine lacks what the app is built on. Please install it:\n  {command}"
        )));
    }
    if missing.is_empty() {
        return Ok(());
    }
    println!("Setting up: {} of what the app is built with is missing.", missing.len());
    let mut steps = Steps::new(missing.len());
    for item in missing {
        let begun = steps.begin(&item.title(), item.about());
        install(layout, item)?;
        println!("      done in {}", spoken(begun.elapsed()));
    }
    remove_build_leftovers(layout);
    Ok(())
}

fn install(layout: &Layout, item: &Missing) -> Result<(), Fault> {
    match item {
        Missing::ByHand(_) => Ok(()),
        Missing::Apt(packages) => {
            must(apt().arg("update").arg("-qq"))?;
            must(apt().args(INSTALL).args(packages))
        }
        Missing::Rustup(arguments) => must(program(layout, "rustup").args(arguments)).map_err(|fault| {
            Fault::new(format!("{fault}. A Rust that rustup did not install needs: {}", arguments.join(" ")))
        }),
        Missing::Cargo { name, version, locked } => {
            if is_taken_prebuilt(layout, name, version)? {
                return Ok(());
            }
            must(&mut cargo_install(layout, name, version, *locked))
        }
        Missing::Npm(packages) => {
            fs::create_dir_all(&layout.tools)
                .map_err(|error| Fault::new(format!("{} cannot be made: {error}", layout.tools.display())))?;
            must(
                program(layout, "npm")
                    .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
                    .arg(&layout.tools)
                    .args(packages),
            )?;
            cargo_tauri(layout)
        }
    }
}

/// apt-get, with sudo where this is not root.
fn apt() -> Command {
    let is_root = answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut command = if is_root {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

/// Takes a program as its authors have built it, where `cargo binstall` is on this machine. `false` where it is not, and for
/// a program that nobody has built for this system.
fn is_taken_prebuilt(layout: &Layout, name: &str, version: &str) -> Result<bool, Fault> {
    if layout.program("cargo-binstall").is_none() {
        return Ok(false);
    }
    let mut command = program(layout, "cargo-binstall");
    command.args(["--no-confirm", "--force", "--disable-strategies", "compile", "--version", version, name]);
    succeeds(&mut command)
}

fn cargo_install(layout: &Layout, name: &str, version: &str, locked: bool) -> Command {
    let mut command = cargo(layout);
    command.args(["install", name, "--version", version, "--force"]).envs(FAST_BUILD.iter().copied());
    command.arg("--target-dir").arg(leftovers(layout));
    let quick = QUICK_PARTS.iter().filter(|(tool, _)| *tool == name).flat_map(|(_, parts)| *parts);
    for part in quick {
        command.args(["--config", &format!("profile.release.package.{part}.opt-level=1")]);
    }
    if locked {
        command.arg("--locked");
    }
    command
}

/// Where the tools are built. One folder for all of them: they share half of their crates.
fn leftovers(layout: &Layout) -> std::path::PathBuf {
    layout.tools.join("build")
}

fn remove_build_leftovers(layout: &Layout) {
    let folder = leftovers(layout);
    if folder.exists()
        && let Err(error) = fs::remove_dir_all(&folder)
    {
        // Only disk space is lost by it.
        eprintln!("xtask: {} cannot be removed: {error}", folder.display());
    }
}

/// Lets plain `cargo tauri dev` work with the command line from npm: Cargo looks for a program `cargo-tauri`.
#[cfg(unix)]
fn cargo_tauri(layout: &Layout) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt;

    let npm = layout.npm_bin().join("tauri");
    let shim = layout.cargo_bin.join("cargo-tauri");
    if !npm.exists() || layout.program("cargo-tauri").is_some() {
        return Ok(());
    }
    // Cargo passes the subcommand's own name first. Trunk and its tools are found through PATH.
    let text = format!(
        "#!/bin/sh\n[ \"$1\" = tauri ] && shift\nPATH='{}':\"$PATH\" exec '{}' \"$@\"\n",
        layout.npm_bin().display(),
        npm.display()
    );
    let written = fs::create_dir_all(&layout.cargo_bin)
        .and_then(|()| fs::write(&shim, text))
        .and_then(|()| fs::set_permissions(&shim, fs::Permissions::from_mode(0o755)));
    written.map_err(|error| Fault::new(format!("{} cannot be written: {error}", shim.display())))
}

/// Windows runs only programs as Cargo subcommands: there `npx tauri dev` does the same.
#[cfg(not(unix))]
fn cargo_tauri(_layout: &Layout) -> Result<(), Fault> {
    Ok(())
}

/// What `dev` needs to run Tauri's command line: its program, and how it is called.
pub(crate) fn tauri(layout: &Layout) -> Result<Command, Fault> {
    let file = super::machine::tauri_cli(layout)
        .ok_or_else(|| Fault::new("the Tauri command line is missing: cargo install tauri-cli"))?;
    let by_cargo = file.file_stem().is_some_and(|stem| stem == "cargo-tauri");
    let mut command = program(layout, if by_cargo { "cargo-tauri" } else { "tauri" });
    if by_cargo {
        command.arg("tauri");
    }
    Ok(command)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_tool_is_not_compiled_where_it_comes_prebuilt_and_is_where_it_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut layout = Layout::find().expect("a checkout");
        layout.cargo_bin = folder.path().to_owned();
        layout.tools = folder.path().to_owned();
        let binstall = folder.path().join("cargo-binstall");
        let asked = folder.path().join("asked");
        // It has one of two.
        let script = format!(
            "#!/bin/sh\necho \"$@\" >> '{}'\ncase \"$*\" in *trunk) ;; *) exit 94 ;; esac\n",
            asked.display()
        );
        fs::write(&binstall, script).expect("a program");
        fs::set_permissions(&binstall, fs::Permissions::from_mode(0o755)).expect("a program");

        assert!(is_taken_prebuilt(&layout, "trunk", "0.21.14").expect("an answer"));
        assert!(!is_taken_prebuilt(&layout, "tauri-driver", "2.1.0").expect("an answer"));

        let asked = fs::read_to_string(asked).expect("what was asked for");
        let begin = "--no-confirm --force --disable-strategies compile --version";
        assert_eq!(asked, format!("{begin} 0.21.14 trunk\n{begin} 2.1.0 tauri-driver\n"));
    }
}
