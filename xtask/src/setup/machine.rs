//! Looks at this machine. Installs nothing.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::packages;
use crate::layout::Layout;
use crate::shell::{answer, cargo, program};

/// The kind of system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum System {
    /// Any Linux.
    Linux,
    /// macOS.
    MacOs,
    /// Windows, and whatever else: nothing is installed there by us beyond Cargo and npm.
    Other,
}

/// What is on this machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub(super) system: System,
    /// Installed Debian packages; `None` where there is no dpkg.
    pub(super) debian: Option<Vec<String>>,
    /// `ID` of `/etc/os-release`.
    pub(super) release: String,
    /// pkg-config knows WebKitGTK 4.1.
    pub(super) has_webkit: bool,
    /// macOS's compilers.
    pub(super) has_command_line_tools: bool,
    pub(super) has_rustfmt: bool,
    pub(super) has_clippy: bool,
    pub(super) has_wasm_target: bool,
    /// Systems whose libraries the Rust toolchain has.
    pub(super) targets: Vec<String>,
    /// A C compiler for Windows: its preprocessor reads a program's resources.
    pub(super) has_mingw: bool,
    /// Version of wasm-bindgen's command.
    pub(super) bindgen: Option<String>,
    /// The version that the page is compiled with: both must be the same.
    pub(super) bindgen_wanted: String,
    /// Version of Trunk.
    pub(super) trunk: Option<String>,
    pub(super) has_tauri_driver: bool,
    pub(super) has_tauri_cli: bool,
    pub(super) has_npm: bool,
    /// Version of the npm package with `wasm-opt`.
    pub(super) wasm_opt: Option<String>,
    /// Version of axe-core.
    pub(super) axe: Option<String>,
}

impl Machine {
    /// Looks.
    pub(crate) fn detect(layout: &Layout) -> Self {
        let system = match env::consts::OS {
            "linux" => System::Linux,
            "macos" => System::MacOs,
            _ => System::Other,
        };
        let says = |name: &str, arguments: &[&str]| answer(program(layout, name).args(arguments));
        let version = |name: &str| says(name, &["--version"]).and_then(|said| second_word(&said));
        let targets = says("rustc", &["--print", "sysroot"]).map(|root| targets(Path::new(root.trim())));
        let targets = targets.unwrap_or_default();
        let lock = fs::read_to_string(layout.root.join("Cargo.lock")).unwrap_or_default();
        Self {
            debian: if system == System::Linux { debian() } else { None },
            release: fs::read_to_string("/etc/os-release").map(|text| release_id(&text)).unwrap_or_default(),
            has_webkit: says("pkg-config", &["--exists", "webkit2gtk-4.1"]).is_some(),
            has_command_line_tools: says("xcode-select", &["-p"]).is_some(),
            has_rustfmt: answer(cargo(layout).args(["fmt", "--version"])).is_some(),
            has_clippy: answer(cargo(layout).args(["clippy", "--version"])).is_some(),
            has_wasm_target: targets.iter().any(|target| target == "wasm32-unknown-unknown"),
            has_mingw: layout.program("x86_64-w64-mingw32-gcc").is_some(),
            targets,
            bindgen: version("wasm-bindgen"),
            bindgen_wanted: locked_version(&lock, "wasm-bindgen").unwrap_or_else(|| "0.2.130".into()),
            trunk: version("trunk"),
            has_tauri_driver: layout.program("tauri-driver").is_some(),
            has_tauri_cli: has_tauri_cli(layout),
            has_npm: has_npm(layout),
            wasm_opt: npm_version(layout, "binaryen"),
            axe: npm_version(layout, "axe-core"),
            system,
        }
    }
}

/// The systems whose libraries lie in this toolchain.
fn targets(sysroot: &Path) -> Vec<String> {
    let entries = fs::read_dir(sysroot.join("lib").join("rustlib")).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Whether Node and npm are there: some tests and tools are JavaScript's.
pub(crate) fn has_npm(layout: &Layout) -> bool {
    ["node", "npm"].iter().all(|name| answer(program(layout, name).arg("--version")).is_some())
}

/// The Tauri command line: the one from npm, else the one that Cargo built.
pub(super) fn tauri_cli(layout: &Layout) -> Option<std::path::PathBuf> {
    layout.program("tauri").or_else(|| layout.program("cargo-tauri"))
}

/// Whether `cargo tauri` works. Cargo runs only programs of that name, and on Windows none that are scripts: there the
/// one from npm is as much as there can be.
fn has_tauri_cli(layout: &Layout) -> bool {
    if cfg!(unix) { layout.program("cargo-tauri").is_some() } else { tauri_cli(layout).is_some() }
}

fn debian() -> Option<Vec<String>> {
    let list = answer(Command::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\\n"]))?;
    Some(packages::installed(&list))
}

/// Version of an npm package among our tools.
fn npm_version(layout: &Layout, package: &str) -> Option<String> {
    let manifest = layout.tools.join("node_modules").join(package).join("package.json");
    let text = fs::read_to_string(manifest).ok()?;
    let (_, rest) = text.split_once("\"version\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// `0.21.14` of `trunk 0.21.14`.
fn second_word(said: &str) -> Option<String> {
    said.split_whitespace().nth(1).map(str::to_owned)
}

/// `ID` of an os-release file.
fn release_id(text: &str) -> String {
    let id = text.lines().find_map(|line| line.strip_prefix("ID="));
    id.unwrap_or_default().trim_matches('"').to_owned()
}

/// The version of a package in a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_bindgen_of_the_lock_file_decides() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n[[package]]\nname = \
                    \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "yew"), None);
    }

    #[test]
    fn the_release_is_named_with_or_without_quotes() {
        assert_eq!(release_id("NAME=\"Fedora\"\nID=fedora\n"), "fedora");
        assert_eq!(release_id("ID=\"opensuse-leap\"\n"), "opensuse-leap");
    }

    #[test]
    fn a_tool_says_its_version_as_second_word() {
        assert_eq!(second_word("trunk 0.21.14\n").as_deref(), Some("0.21.14"));
        assert_eq!(second_word(""), None);
    }
}
