//! Builds: the page, then everything native, once, with one set of features. Steps that built with other features
//! would compile half of the tree again.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::fault::Fault;
use crate::layout::Layout;
use crate::shell::{cargo, must, program};

/// The packages and features of every native build. The page is its own build: it is for WebAssembly.
const NATIVE: &[&str] =
    &["--workspace", "--exclude", "foyer-ui", "--features", "foyer/e2e,foyer/custom-protocol"];

/// A test that is built beside a program. Where any test is built, Cargo takes the features of the development
/// dependencies as well, as it does for `--all-targets`; without one it would compile half of the tree a second time.
const SMALL_TEST: &str = "styles";

/// What the page is made of.
const PAGE_INPUTS: &[&str] = &[
    "src-ui",
    "crates/contract",
    "crates/supabase-session-contract",
    "crates/text",
    "Cargo.lock",
    "Cargo.toml",
];

/// `cargo <task>` over everything native.
pub(crate) fn native(layout: &Layout, task: &str, arguments: &[&str]) -> Command {
    let mut command = cargo(layout);
    command.arg(task).args(NATIVE).args(arguments);
    command
}

/// A program of the workspace, built as everything native is: `cargo run` builds one package alone, with other features.
///
/// # Errors
/// When the build fails.
pub(crate) fn built(layout: &Layout, name: &str) -> Result<Command, Fault> {
    must(native_programs(layout, &[name]).arg("--quiet"))?;
    Ok(program(layout, &layout.built(name).to_string_lossy()))
}

/// Builds these programs of the workspace, and says what it compiles.
///
/// # Errors
/// When the build fails.
pub(crate) fn programs(layout: &Layout, names: &[&str]) -> Result<(), Fault> {
    must(&mut native_programs(layout, names))
}

fn native_programs(layout: &Layout, names: &[&str]) -> Command {
    let mut command = native(layout, "build", &["--test", SMALL_TEST]);
    command.args(names.iter().flat_map(|name| ["--bin", name]));
    command
}

/// Builds the page, unless it is newer than all it is made of. The app embeds it: this comes first.
///
/// # Errors
/// When Trunk fails.
pub(crate) fn page(layout: &Layout) -> Result<(), Fault> {
    if is_page_fresh(&layout.root) {
        println!("      the page is newer than its sources: kept");
        return Ok(());
    }
    must(program(layout, "trunk").args(["build", "--release"]).current_dir(layout.root.join("src-ui")))
}

fn is_page_fresh(root: &Path) -> bool {
    // A page without its program was not built by Trunk.
    is_made(root, &root.join("src-ui").join("dist"), "wasm", PAGE_INPUTS)
}

/// Whether the page that npm builds in `folder` is newer than all that lies in these folders.
pub(crate) fn is_npm_page_fresh(root: &Path, folder: &str, inputs: &[&str]) -> bool {
    // A page without its program stands in for the one of npm, so that its shell can be built.
    is_made(root, &root.join(folder).join("dist"), "js", inputs)
}

/// Whether the file with this ending in `dist` is newer than all inputs: files, and folders of them.
fn is_made(root: &Path, dist: &Path, ending: &str, inputs: &[&str]) -> bool {
    let made = newest(dist, &|path| path.extension().is_some_and(|own| own == ending));
    let counts = |path: &Path| path.strip_prefix(root).is_ok_and(is_input);
    is_fresh(made, inputs.iter().filter_map(|input| newest(&root.join(input), &counts)).max())
}

/// Folders of what is made from the rest: pages, what a lockfile names, and what Tauri writes beside the example's shell.
const MADE: [&str; 3] = ["dist", "node_modules", "gen"];

/// Whether a file of the checkout is what a page is made of.
fn is_input(path: &Path) -> bool {
    !path.iter().any(|part| MADE.iter().any(|made| part == *made))
}

fn is_fresh(built: Option<SystemTime>, newest_input: Option<SystemTime>) -> bool {
    built.is_some_and(|built| newest_input.is_some_and(|input| input < built))
}

/// When the newest file that `counts`, at or below `path`, was written.
fn newest(path: &Path, counts: &dyn Fn(&Path) -> bool) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = fs::read_dir(path).ok()?;
        return entries.flatten().filter_map(|entry| newest(&entry.path(), counts)).max();
    }
    if !counts(path) {
        return None;
    }
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::time::Duration;

    use super::*;

    /// The folders of this workspace that a package is made of, its own among them.
    fn made_of(root: &Path, folder: &str, found: &mut BTreeSet<String>) {
        if !found.insert(folder.to_owned()) {
            return;
        }
        let read = |manifest: std::path::PathBuf| fs::read_to_string(manifest).expect("a manifest");
        let workspace = read(root.join("Cargo.toml"));
        for line in read(root.join(folder).join("Cargo.toml")).lines() {
            let Some((name, _)) = line.split_once(".workspace = true") else { continue };
            let own = workspace.lines().find_map(|line| {
                let path = line.strip_prefix(name)?.strip_prefix(" = { path = \"")?;
                path.split('"').next()
            });
            if let Some(own) = own {
                made_of(root, own, found);
            }
        }
    }

    #[test]
    fn a_page_is_older_than_a_change_of_anything_that_it_is_made_of() {
        let root = Layout::find().expect("a checkout").root;
        let mut found = BTreeSet::new();
        made_of(&root, "src-ui", &mut found);

        assert!(found.len() > 2, "the search finds the packages: {found:?}");
        let forgotten: Vec<_> = found.iter().filter(|folder| !PAGE_INPUTS.contains(&&***folder)).collect();
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }

    #[test]
    fn a_page_that_stands_in_for_a_built_one_is_not_taken_for_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let written_at = |path: &str, seconds| {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            let file = fs::File::create(file).expect("a file");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).expect("a time");
        };
        let is_fresh = || is_npm_page_fresh(folder.path(), "page", &["page"]);

        written_at("page/src/main.ts", 1);
        written_at("page/dist/index.html", 2);
        assert!(!is_fresh());

        written_at("page/dist/assets/index.js", 2);
        assert!(is_fresh());
    }

    #[test]
    fn a_page_is_fresh_only_when_it_is_newer_than_its_newest_source() {
        let then = SystemTime::UNIX_EPOCH;
        let later = then + Duration::from_secs(1);

        assert!(is_fresh(Some(later), Some(then)));
        assert!(!is_fresh(Some(then), Some(later)));
        assert!(!is_fresh(Some(then), Some(then)));
        assert!(!is_fresh(None, Some(then)));
        assert!(!is_fresh(Some(later), None));
    }

    #[test]
    fn what_is_made_from_the_rest_is_not_what_a_page_is_made_of() {
        let inputs = ["src/main.tsx", "package-lock.json", "distance.ts"];
        let others =
            ["dist/index.html", "node_modules/react/index.js", "src-tauri/gen/schemas/capabilities.json"];

        assert!(inputs.iter().all(|path| is_input(Path::new(path))));
        assert!(!others.iter().any(|path| is_input(Path::new(path))));
    }

    #[test]
    fn the_newest_file_is_found_below_folders_and_only_among_those_that_count() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));

        let all = newest(here, &|_| true);
        let none = newest(here, &|path| path.ends_with("no-such-file"));

        assert!(all >= newest(&here.join("Cargo.toml"), &|_| true));
        assert_eq!(none, None);
    }
}
