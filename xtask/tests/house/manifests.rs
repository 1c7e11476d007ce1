//! The packages of the workspace and what they depend on, as Cargo says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The packages that each package needs to be built, by name; what only its tests need is left out.
pub(crate) type Packages = BTreeMap<String, BTreeSet<String>>;

/// Asks Cargo, which needs no network for it.
pub(crate) fn read(root: &Path) -> Packages {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    packages(&serde_json::from_slice(&output.stdout).expect("JSON"))
}

fn packages(metadata: &Value) -> Packages {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let needed = |package: &Value| {
        let all = list(&package["dependencies"]);
        all.iter().filter(|dependency| dependency["kind"] != "dev").map(name).collect()
    };
    list(&metadata["packages"]).iter().map(|package| (name(package), needed(package))).collect()
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
    let packages = packages(&metadata);

    assert_eq!(ships(&packages, "app", &["server"]), ["app ships server: middle depends on it"]);
    assert!(ships(&packages, "page", &["server"]).is_empty());
}
