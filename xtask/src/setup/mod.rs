//! What a machine needs for a task, and how it gets there. Deciding is pure ([`plan`]); looking is in `machine.rs`,
//! installing in `install.rs`.

mod install;
mod machine;
mod packages;

use crate::fault::Fault;
use crate::layout::Layout;

pub(crate) use install::tauri;
pub(crate) use machine::has_npm;
use machine::{Machine, System};

/// The `trunk` that is known to build the page.
const TRUNK: &str = "0.21.14";
/// The WebDriver that is known to drive the window.
const TAURI_DRIVER: &str = "2.1.0";
/// The Tauri command line.
const TAURI_CLI: &str = "2.12.5";
/// `wasm-opt`, as npm delivers it. Debian's own is too old for what rustc writes.
const BINARYEN: &str = "132.0.0";
/// axe-core, which looks for what keeps people from using a page.
const AXE: &str = "4.14.1";

/// The other systems whose code is type-checked, as Rust calls them.
pub(crate) const PLATFORMS: [&str; 2] = ["x86_64-pc-windows-gnu", "aarch64-apple-darwin"];

/// What a task is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The app with `tauri dev`, on a display.
    Develop,
    /// The app under a driver, on a display of our own.
    Drive,
    /// Pictures of every page, in every language.
    Gallery,
    /// Formatting, lints and unit tests.
    Check,
    /// Type-checks for other systems than this one.
    Platforms,
    /// A package in a clean system.
    Install,
    /// The installer for Windows, on Linux.
    Cross,
    /// That installer and tests, in Wine.
    Wine,
}

impl Purpose {
    /// Whether Tauri's command line is needed: it runs the app, bundles it and signs what is made.
    fn needs_tauri_cli(self) -> bool {
        matches!(self, Self::Develop | Self::Cross)
    }
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Packages of Debian or Ubuntu.
    Apt(Vec<&'static str>),
    /// What only the person can install: the exact command.
    ByHand(String),
    /// Parts of the Rust toolchain, `rustup` arguments.
    Rustup(Vec<&'static str>),
    /// A program that Cargo builds.
    Cargo {
        /// The crate.
        name: &'static str,
        /// Its version.
        version: String,
        /// Take the versions it was released with. `wasm-bindgen-cli` is the exception: its lock file names a crate
        /// that cannot be had everywhere.
        locked: bool,
    },
    /// npm packages, `name@version`.
    Npm(Vec<String>),
}

impl Missing {
    /// Its title in the list of steps.
    fn title(&self) -> String {
        match self {
            Self::Apt(packages) => format!("system packages: {}", packages.join(" ")),
            Self::ByHand(command) => format!("to be installed by hand: {command}"),
            Self::Rustup(arguments) => format!("Rust: {}", arguments.join(" ")),
            Self::Cargo { name, version, .. } => format!("{name} {version}"),
            Self::Npm(packages) => format!("from npm: {}", packages.join(" ")),
        }
    }

    /// Roughly how long it takes on two cores.
    fn about(&self) -> &'static str {
        match self {
            Self::Apt(_) => "about 1 min",
            Self::ByHand(_) => "",
            Self::Rustup(_) | Self::Npm(_) => "some seconds",
            Self::Cargo { name: "wasm-bindgen-cli", .. } => "about 2 min",
            Self::Cargo { name: "tauri-driver", .. } => "about 1 min",
            Self::Cargo { name: "tauri-cli", .. } => "about 8 min",
            Self::Cargo { .. } => "about 4 min",
        }
    }
}

/// Installs what `purpose` needs and this machine lacks.
///
/// # Errors
/// When an installation fails, or something is missing that only the person can install.
pub(crate) fn ensure(layout: &Layout, purpose: Purpose) -> Result<(), Fault> {
    install::all(layout, &plan(&Machine::detect(layout), purpose))
}

/// What `purpose` needs and `machine` lacks, in the order of installation.
fn plan(machine: &Machine, purpose: Purpose) -> Vec<Missing> {
    if purpose == Purpose::Platforms {
        return for_platforms(machine);
    }
    let mut missing = packages::missing(machine);
    if let Purpose::Cross | Purpose::Wine = purpose {
        missing.extend(for_windows(machine, purpose == Purpose::Wine));
    }
    if purpose == Purpose::Install {
        missing.extend(packages::missing_of(machine, packages::CLEAN_SYSTEM));
    }
    if purpose == Purpose::Gallery {
        missing.extend(packages::missing_of(machine, packages::FONTS));
    }
    if !(machine.has_rustfmt && machine.has_clippy) {
        missing.push(Missing::Rustup(vec!["component", "add", "rustfmt", "clippy"]));
    }
    if !machine.has_wasm_target {
        missing.push(Missing::Rustup(vec!["target", "add", "wasm32-unknown-unknown"]));
    }
    let page = [
        ("wasm-bindgen-cli", &machine.bindgen, &*machine.bindgen_wanted, false),
        ("trunk", &machine.trunk, TRUNK, true),
    ];
    for (name, installed, version, locked) in page {
        if installed.as_deref() != Some(version) {
            missing.push(Missing::Cargo { name, version: version.into(), locked });
        }
    }
    if purpose == Purpose::Drive && machine.system == System::Linux && !machine.has_tauri_driver {
        missing.push(Missing::Cargo { name: "tauri-driver", version: TAURI_DRIVER.into(), locked: true });
    }
    if purpose.needs_tauri_cli() && !machine.has_npm && !machine.has_tauri_cli {
        missing.push(Missing::Cargo { name: "tauri-cli", version: TAURI_CLI.into(), locked: true });
    }
    missing.extend(from_npm(machine, purpose));
    missing
}

/// Rust's own libraries of each system, and what compiles a Windows program's resources.
fn for_platforms(machine: &Machine) -> Vec<Missing> {
    let mut missing = packages::missing(machine);
    if !machine.has_mingw {
        missing.push(Missing::Apt(vec!["gcc-mingw-w64-x86-64"]));
    }
    let lacking: Vec<_> =
        PLATFORMS.iter().copied().filter(|target| !machine.targets.iter().any(|has| has == target)).collect();
    if !lacking.is_empty() {
        missing.push(Missing::Rustup([vec!["target", "add"], lacking].concat()));
    }
    missing
}

/// Rust's own libraries for Windows, what links with them, and what makes installers; `runs`: what runs them too.
fn for_windows(machine: &Machine, runs: bool) -> Vec<Missing> {
    let mut missing = Vec::new();
    missing.extend(packages::missing_of(machine, packages::WINDOWS));
    missing.extend(packages::missing_of(machine, packages::WINE).filter(|_| runs));
    if !machine.targets.iter().any(|target| target == PLATFORMS[0]) {
        missing.push(Missing::Rustup(vec!["target", "add", PLATFORMS[0]]));
    }
    missing
}

/// Without Node, Trunk fetches `wasm-opt` itself and the Tauri command line is built by Cargo.
fn from_npm(machine: &Machine, purpose: Purpose) -> Option<Missing> {
    let mut packages = Vec::new();
    if machine.has_npm && machine.wasm_opt.as_deref() != Some(BINARYEN) {
        packages.push(format!("binaryen@{BINARYEN}"));
    }
    if machine.has_npm && purpose == Purpose::Drive && machine.axe.as_deref() != Some(AXE) {
        packages.push(format!("axe-core@{AXE}"));
    }
    if machine.has_npm && purpose.needs_tauri_cli() && !machine.has_tauri_cli {
        packages.push(format!("@tauri-apps/cli@{TAURI_CLI}"));
    }
    (!packages.is_empty()).then_some(Missing::Npm(packages))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Machine {
        Machine {
            system: System::Linux,
            debian: Some(
                [
                    packages::DEBIAN,
                    packages::CLEAN_SYSTEM,
                    packages::FONTS,
                    packages::WINDOWS,
                    packages::WINE,
                ]
                .concat()
                .iter()
                .map(ToString::to_string)
                .collect(),
            ),
            release: "debian".into(),
            has_webkit: true,
            has_command_line_tools: true,
            has_rustfmt: true,
            has_clippy: true,
            has_wasm_target: true,
            targets: PLATFORMS.map(str::to_owned).to_vec(),
            has_mingw: true,
            bindgen: Some("0.2.130".into()),
            bindgen_wanted: "0.2.130".into(),
            trunk: Some(TRUNK.into()),
            has_tauri_driver: true,
            has_tauri_cli: true,
            has_npm: true,
            wasm_opt: Some(BINARYEN.into()),
            axe: Some(AXE.into()),
        }
    }

    #[test]
    fn a_complete_machine_lacks_nothing() {
        for purpose in [
            Purpose::Develop,
            Purpose::Drive,
            Purpose::Gallery,
            Purpose::Check,
            Purpose::Platforms,
            Purpose::Install,
            Purpose::Cross,
            Purpose::Wine,
        ] {
            assert_eq!(plan(&complete(), purpose), []);
        }
    }

    #[test]
    fn a_fresh_machine_lacks_everything_in_order() {
        let fresh = Machine {
            debian: Some(Vec::new()),
            has_wasm_target: false,
            bindgen: None,
            trunk: None,
            has_tauri_driver: false,
            has_tauri_cli: false,
            wasm_opt: None,
            axe: None,
            ..complete()
        };

        let titles: Vec<String> = plan(&fresh, Purpose::Drive).iter().map(Missing::title).collect();

        assert!(titles[0].starts_with("system packages: ") && titles[0].contains("webkit2gtk-driver"));
        assert_eq!(
            titles[1..],
            [
                "Rust: target add wasm32-unknown-unknown",
                "wasm-bindgen-cli 0.2.130",
                "trunk 0.21.14",
                "tauri-driver 2.1.0",
                "from npm: binaryen@132.0.0 axe-core@4.14.1",
            ]
        );
    }

    #[test]
    fn other_systems_need_their_libraries_and_no_page() {
        let fresh = Machine { targets: Vec::new(), has_mingw: false, trunk: None, ..complete() };

        let titles: Vec<String> = plan(&fresh, Purpose::Platforms).iter().map(Missing::title).collect();

        assert_eq!(
            titles,
            [
                "system packages: gcc-mingw-w64-x86-64",
                "Rust: target add x86_64-pc-windows-gnu aarch64-apple-darwin",
            ]
        );
    }

    #[test]
    fn pictures_in_every_language_need_a_font_for_each_and_no_driver_of_the_app() {
        let base = packages::DEBIAN.iter().map(ToString::to_string).collect();
        let fresh = Machine { debian: Some(base), has_tauri_driver: false, ..complete() };

        assert_eq!(plan(&fresh, Purpose::Gallery), [Missing::Apt(packages::FONTS.to_vec())]);
    }

    #[test]
    fn wine_is_for_whoever_runs_what_was_made_for_windows() {
        let base = packages::DEBIAN.iter().map(ToString::to_string).collect();
        let fresh = Machine { debian: Some(base), targets: Vec::new(), ..complete() };

        let titles = |purpose| plan(&fresh, purpose).iter().map(Missing::title).collect::<Vec<_>>();

        let made = ["system packages: gcc-mingw-w64-x86-64 nsis", "Rust: target add x86_64-pc-windows-gnu"];
        assert_eq!(titles(Purpose::Cross), made);
        assert_eq!(titles(Purpose::Wine), [made[0], "system packages: wine wine64", made[1]]);
    }

    #[test]
    fn a_wasm_bindgen_that_differs_from_the_lock_file_is_replaced() {
        let machine = Machine { bindgen_wanted: "0.2.131".into(), ..complete() };

        let wanted = Missing::Cargo { name: "wasm-bindgen-cli", version: "0.2.131".into(), locked: false };
        assert_eq!(plan(&machine, Purpose::Check), [wanted]);
    }

    #[test]
    fn the_tauri_command_line_comes_from_npm_where_there_is_npm_and_from_cargo_else() {
        let with = Machine { has_tauri_cli: false, ..complete() };
        let without = Machine { has_tauri_cli: false, has_npm: false, wasm_opt: None, ..complete() };

        assert_eq!(plan(&with, Purpose::Develop), [Missing::Npm(vec!["@tauri-apps/cli@2.12.5".into()])]);
        let built = Missing::Cargo { name: "tauri-cli", version: TAURI_CLI.into(), locked: true };
        assert_eq!(plan(&without, Purpose::Develop), [built]);
        assert_eq!(plan(&with, Purpose::Drive), []);
    }
}
