//! The packages of the workspace and what they depend on, as Cargo says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The packages that each package needs to be built, by name; what only its tests need is left out.
pub(crate) type Packages = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn read(root: &Path) -> Packages {
    packages(&metadata(root), |kind| kind != "dev")
}

/// The same, and every package that is named in any manifest and is none of the workspace.
pub(crate) fn read_all(root: &Path) -> (Packages, BTreeSet<String>) {
    let metadata = metadata(root);
    let all = packages(&metadata, |_| true);
    let named = all.values().flatten().filter(|name| !all.contains_key(*name)).cloned().collect();
    (packages(&metadata, |kind| kind != "dev"), named)
}

/// What the build scripts of each package are built with.
pub(crate) fn built_with(root: &Path) -> Packages {
    packages(&metadata(root), |kind| kind == "build")
}

/// The files of the workspace's build scripts.
pub(crate) fn build_scripts(root: &Path) -> Vec<String> {
    let metadata = metadata(root);
    let targets = list(&metadata["packages"]).into_iter().flat_map(|package| list(&package["targets"]));
    let scripts = targets.filter(|target| list(&target["kind"]).iter().any(|kind| kind == "custom-build"));
    scripts.map(|target| text(&target["src_path"])).collect()
}

/// What Cargo says of the workspace; it needs no network for it.
pub(crate) fn metadata(root: &Path) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The packages of the workspace with those of their dependencies whose kind (`dev`, `build`, or none) is wanted.
fn packages(metadata: &Value, is_wanted: impl Fn(&str) -> bool) -> Packages {
    let needed = |package: &Value| {
        let all = list(&package["dependencies"]);
        let wanted = all.iter().filter(|dependency| is_wanted(&text(&dependency["kind"])));
        wanted.map(|dependency| text(&dependency["name"])).collect()
    };
    list(&metadata["packages"]).iter().map(|package| (text(&package["name"]), needed(package))).collect()
}

/// What `package` switches on, of what no release may have: Tauri's web inspector, and the feature for test drivers.
pub(crate) fn switches_on(metadata: &Value, package: &str) -> Vec<String> {
    let packages = list(&metadata["packages"]);
    let package = packages.iter().find(|it| it["name"] == package).unwrap_or(&Value::Null);
    let needed = list(&package["dependencies"]).into_iter().filter(|it| it["kind"] != "dev");
    let mut features: Vec<Value> = needed.flat_map(|dependency| list(&dependency["features"])).collect();
    features.extend(list(&package["features"]["default"]));
    let all = package["features"].as_object().into_iter().flatten().flat_map(|(_, needs)| list(needs));
    features.extend(all.filter(|needs| needs.as_str().is_some_and(|needs| needs.contains('/'))));
    let features = features.iter().filter_map(Value::as_str);
    let name = |feature: &str| format!("{} switches on {feature}", text(&package["name"]));
    features.filter(|it| it.ends_with("devtools") || *it == "e2e").map(name).collect()
}

/// Each way on which `package` ships one of the packages that never ship.
pub(crate) fn ships(packages: &Packages, package: &str, never: &[&str]) -> Vec<String> {
    let (mut seen, mut next, mut found) = (BTreeSet::new(), vec![package.to_owned()], Vec::new());
    while let Some(name) = next.pop() {
        for needed in packages.get(&name).into_iter().flatten() {
            if never.contains(&needed.as_str()) {
                found.push(format!("{package} ships {needed}: {name} depends on it"));
            } else if seen.insert(needed.clone()) {
                next.push(needed.clone());
            }
        }
    }
    found
}

#[test]
fn a_dependency_through_another_ships_and_one_of_the_tests_does_not() {
    let metadata = serde_json::json!({ "packages": [
        { "name": "app", "dependencies": [{ "name": "middle", "kind": null }, { "name": "server", "kind": "dev" }] },
        { "name": "middle", "dependencies": [{ "name": "server", "kind": "build" }] },
        { "name": "page", "dependencies": [{ "name": "server", "kind": "dev" }] },
    ]});
    let packages = packages(&metadata, |kind| kind != "dev");

    assert_eq!(ships(&packages, "app", &["server"]), ["app ships server: middle depends on it"]);
    assert!(ships(&packages, "page", &["server"]).is_empty());
}

#[test]
fn the_web_inspector_and_the_feature_for_drivers_are_found_however_they_are_switched_on() {
    let metadata = serde_json::json!({ "packages": [
        { "name": "clean", "features": { "e2e": [], "custom-protocol": ["tauri/custom-protocol"] },
          "dependencies": [{ "name": "tauri", "kind": null, "features": ["tray-icon"] },
                           { "name": "tauri", "kind": "dev", "features": ["devtools"] }] },
        { "name": "by-default", "features": { "default": ["e2e"], "e2e": [] }, "dependencies": [] },
        { "name": "by-dependency", "features": {},
          "dependencies": [{ "name": "tauri", "kind": null, "features": ["devtools"] }] },
        { "name": "by-feature", "features": { "look": ["tauri/devtools"] }, "dependencies": [] },
    ]});

    assert!(switches_on(&metadata, "clean").is_empty());
    assert_eq!(switches_on(&metadata, "by-default"), ["by-default switches on e2e"]);
    assert_eq!(switches_on(&metadata, "by-dependency"), ["by-dependency switches on devtools"]);
    assert_eq!(switches_on(&metadata, "by-feature"), ["by-feature switches on tauri/devtools"]);
}
