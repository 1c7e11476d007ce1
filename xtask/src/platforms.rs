//! `check-platforms`: type-checks what ships for Windows and macOS, on Linux. A check links nothing, so programs that do
//! nothing stand in for the C compilers; only what compiles a Windows program's resources has to be the real one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fault::Fault;
use crate::layout::{Layout, unreadable};
use crate::setup::{self, PLATFORMS, Purpose};
use crate::shell::{Steps, cargo, spoken, succeeds};

/// What ships. Their tests need the local server, which runs on Linux alone here.
const PACKAGES: [&str; 5] =
    ["foyer", "foyer-picture", "foyer-public-fetch", "supabase-session", "tauri-plugin-supabase-session"];

/// A compiler that writes an empty file wherever one is asked for.
#[cfg(unix)]
const COMPILER: &str = "#!/bin/sh
previous=
for argument in \"$@\"; do
  [ \"$previous\" = -o ] && : > \"$argument\"
  previous=$argument
done
exit 0
";

/// An archiver that does the same.
#[cfg(unix)]
const ARCHIVER: &str = "#!/bin/sh
for argument in \"$@\"; do
  case $argument in *.a | *.lib) : > \"$argument\" ;; esac
done
exit 0
";

/// Type-checks for each system; `false` when the code of one of them is wrong.
///
/// # Errors
/// On another system than Linux, or when the set-up fails.
pub(crate) fn check(layout: &Layout) -> Result<bool, Fault> {
    if !cfg!(target_os = "linux") {
        return Err(Fault::new("other systems are checked on Linux; each of them builds for itself"));
    }
    setup::ensure(layout, Purpose::Platforms)?;
    let tools = stand_ins(layout)?;
    // The app embeds its page as it is compiled. Here none has to be built: it may be empty.
    let page = layout.root.join("src-ui").join("dist");
    fs::create_dir_all(&page).map_err(|error| unreadable(&page, &error))?;
    let mut steps = Steps::new(PLATFORMS.len());
    let mut wrong = Vec::new();
    for target in PLATFORMS {
        let begun = steps.begin(target, "5 min the first time");
        if !succeeds(&mut check_of(layout, &tools, target))? {
            wrong.push(target);
        }
        println!(
            "      {} in {}",
            if wrong.contains(&target) { "FAILED" } else { "passed" },
            spoken(begun.elapsed())
        );
    }
    println!("\nplatforms: {} checked, {} wrong", PLATFORMS.len(), wrong.len());
    Ok(wrong.is_empty())
}

fn check_of(layout: &Layout, tools: &Path, target: &str) -> Command {
    let mut command = cargo(layout);
    command.args(["check", "--target", target, "--features", "foyer/custom-protocol"]);
    PACKAGES.iter().for_each(|package| {
        command.args(["--package", package]);
    });
    let name = target.replace('-', "_");
    for (variable, tool) in [("CC", "cc"), ("CXX", "cc"), ("AR", "ar")] {
        command.env(format!("{variable}_{name}"), tools.join(tool));
    }
    // Without an assembler: the library brings along what it would make.
    command.env("AWS_LC_SYS_PREBUILT_NASM", "1");
    command
}

/// The folder with the programs that stand in for compilers.
#[cfg(unix)]
fn stand_ins(layout: &Layout) -> Result<PathBuf, Fault> {
    use std::os::unix::fs::PermissionsExt;

    let folder = layout.target.join("platforms");
    let written = fs::create_dir_all(&folder).and_then(|()| {
        for (name, text) in [("cc", COMPILER), ("ar", ARCHIVER)] {
            let file = folder.join(name);
            fs::write(&file, text)?;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    });
    written.map_err(|error| Fault::new(format!("{} cannot be written: {error}", folder.display())))?;
    Ok(folder)
}

#[cfg(not(unix))]
fn stand_ins(_layout: &Layout) -> Result<PathBuf, Fault> {
    Err(Fault::new("the programs that stand in for compilers are scripts for sh"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_checked_with_what_stands_in_for_its_compilers() {
        let layout = Layout::find().expect("a checkout");

        let command = check_of(&layout, Path::new("/tools"), "aarch64-apple-darwin");

        let compiler = command.get_envs().find(|(name, _)| *name == "CC_aarch64_apple_darwin");
        assert_eq!(compiler.and_then(|(_, value)| value), Some("/tools/cc".as_ref()));
        let shown = crate::shell::shown(&command);
        assert!(
            shown.contains("check --target aarch64-apple-darwin") && shown.contains("--package foyer "),
            "{shown}"
        );
    }
}
