//! The few rules of this repository's architecture that must never break. A rule that is broken names the file, the
//! file or crate that it imports, and the import.

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod circles;
mod dependencies;
mod documents;
mod manifests;
mod security;
mod sentences;
mod shape;
mod sources;
mod sources_tests;
mod workflows;

use std::path::{Path, PathBuf};

use sources::{Arrow, Sources};

/// The crates that may name `tauri`: the app, the plugin, the app of the plugin's example, the program that is killed
/// while it writes to the plugin's store, which is an app without a window, and the bench, which measures that store and
/// has the window that Foyer is measured beside.
const MAY_NAME_TAURI: [&str; 5] = [
    "src-tauri",
    "crates/tauri-plugin-supabase-session",
    "crates/torture",
    "examples/react/src-tauri",
    "bench",
];

/// The crates that installers contain. What they depend on ships too.
const SHIPPED: [&str; 5] =
    ["foyer", "foyer-ui", "supabase-session", "tauri-plugin-supabase-session", "foyer-contract"];

/// The crates that never ship.
const NEVER_SHIPPED: [&str; 5] =
    ["supabase-local", "foyer-simulation", "foyer-tests", "foyer-torture", "foyer-bench"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// The folders with the sources of a crate each, relative to the checkout.
fn crates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["src-tauri", "src-ui/src", "xtask/src", "tests/harness", "bench/src", "bench/shell"]
            .map(PathBuf::from)
            .into();
    for home in ["crates", "examples"] {
        for entry in std::fs::read_dir(root().join(home)).unwrap() {
            let package = Path::new(home).join(entry.unwrap().file_name());
            for sources in [package.join("src"), package.join("src-tauri")] {
                let is_crate =
                    ["lib.rs", "main.rs"].iter().any(|file| root().join(&sources).join(file).is_file());
                found.extend(is_crate.then_some(sources));
            }
        }
    }
    found
}

fn sources(folder: &str) -> Sources {
    Sources::read(&root(), Path::new(folder))
}

fn assert_none(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

/// Arrows between the files of one crate that run from `from` to `to`, both relative to its sources.
fn arrows_between(sources: &Sources, from: &str, to: &str) -> Vec<String> {
    let is_in = |file: &Path, folder: &str| {
        let file = file.strip_prefix(&sources.folder).unwrap_or(file);
        file.starts_with(folder) || file == Path::new(&format!("{folder}.rs"))
    };
    let broken = sources.arrows.iter().filter(|arrow| is_in(&arrow.from, from) && is_in(&arrow.to, to));
    broken.map(Arrow::to_string).collect()
}

#[test]
fn only_the_plugin_and_the_app_name_tauri() {
    let mut broken = Vec::new();
    for folder in crates() {
        if !MAY_NAME_TAURI.iter().any(|may| folder.starts_with(may)) {
            broken.extend(
                Sources::read(&root(), &folder).outside(|name| name == "tauri" || name.starts_with("tauri_")),
            );
        }
    }

    assert_none("only the plugin and the app name tauri", &broken);
}

#[test]
fn only_http_names_reqwest() {
    let sources = sources("crates/supabase-session/src");
    let is_http = |file: &str| file.contains("/src/http/");

    let found = sources.outside(|name| name == "reqwest");
    let broken: Vec<String> = found.into_iter().filter(|arrow| !is_http(arrow)).collect();

    assert_none("only http/ names reqwest", &broken);
}

#[test]
fn what_a_session_is_knows_no_way_to_sign_in_and_requests_know_neither() {
    let sources = sources("crates/supabase-session/src");

    let mut broken = arrows_between(&sources, "session", "auth");
    broken.extend(arrows_between(&sources, "http", "session"));
    broken.extend(arrows_between(&sources, "http", "auth"));

    assert_none("auth -> session -> http", &broken);
}

#[test]
fn errors_of_the_plugin_are_typed_until_the_line_to_the_page() {
    let uses = sources("crates/tauri-plugin-supabase-session/src").uses("ErrorCode");
    let (at_the_line, broken): (Vec<String>, Vec<String>) =
        uses.into_iter().partition(|used| used.contains("/src/error/"));
    assert!(!at_the_line.is_empty(), "codes are made somewhere");

    assert_none("only error/ names ErrorCode", &broken);
}

#[test]
fn components_import_no_hooks() {
    assert_none("components import no hooks", &arrows_between(&sources("src-ui/src"), "components", "hooks"));
}

#[test]
fn nothing_that_only_tests_need_ships() {
    let packages = manifests::read(&root());

    let broken: Vec<String> =
        SHIPPED.iter().flat_map(|name| manifests::ships(&packages, name, &NEVER_SHIPPED)).collect();

    assert_none("nothing that only tests need ships", &broken);
}

#[test]
fn no_circle_of_files_spans_folders() {
    let mut broken = Vec::new();
    for folder in crates() {
        broken.extend(circles::across_folders(&Sources::read(&root(), &folder).arrows));
    }

    assert_none("no circle of files spans folders", &broken);
}

#[test]
fn no_release_has_the_web_inspector_or_what_a_test_driver_uses() {
    let metadata = manifests::metadata(&root());

    let broken: Vec<String> =
        SHIPPED.iter().flat_map(|name| manifests::switches_on(&metadata, name)).collect();

    assert_none("no release has the web inspector or what a test driver uses", &broken);
}

#[test]
fn every_promise_about_security_names_its_tests() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    assert!(page.matches("[`").count() > 100);

    assert_none(
        "every row of docs/security.md names tests that are there",
        &security::broken(&root(), &page),
    );
}
