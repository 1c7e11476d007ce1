//! Every dependency that is named in a manifest has its line in `docs/dependencies.md`, and the other way round; and no
//! build script reaches the network.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use super::manifests::{self, Packages};
use super::{SHIPPED, assert_none, root};

/// The page, and the titles of its three tables.
const PAGE: &str = "docs/dependencies.md";
const SHIPS: &str = "## What ships";
const REST: &str = "## What only tests, tools and examples use";
const NPM: &str = "## npm";

/// The folders with a `package.json` of ours.
const NPM_PACKAGES: [&str; 5] = [
    "bench/lite",
    "bench/peer",
    "crates/tauri-plugin-supabase-session/guest-js",
    "examples/react",
    "tests/supabase-js",
];

/// What a build script may be built with: Tauri's own, which write what is given to them, and the parser of the sentences.
const BUILD_DEPENDENCIES: [&str; 3] = ["fluent-syntax", "tauri-build", "tauri-plugin"];

/// Names with which a program reaches the network or starts one that does.
const REACHES_OUT: [&str; 8] =
    ["net", "process", "Command", "TcpStream", "UdpSocket", "ToSocketAddrs", "reqwest", "curl"];

type Names = BTreeSet<String>;

/// The names in the first column of the table below this title.
fn listed(page: &str, title: &str) -> Names {
    let section = page.split_once(title).map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(str::to_owned).collect()
}

/// What a table lacks and what it has too much.
fn differences(table: &str, listed: &Names, needed: &Names) -> Vec<String> {
    let lacks = needed.difference(listed).map(|name| format!("{table}: {name} is not listed"));
    let gone =
        listed.difference(needed).map(|name| format!("{table}: {name} is listed, and nothing needs it"));
    lacks.chain(gone).collect()
}

/// What the packages that ship are built with, those of the workspace left out.
fn shipped(packages: &Packages) -> Names {
    let (mut seen, mut next) = (Names::new(), SHIPPED.map(str::to_owned).to_vec());
    while let Some(name) = next.pop() {
        for needed in packages.get(&name).into_iter().flatten() {
            if seen.insert(needed.clone()) {
                next.push(needed.clone());
            }
        }
    }
    seen.into_iter().filter(|name| !packages.contains_key(name)).collect()
}

fn npm() -> Names {
    let mut names = Names::new();
    for folder in NPM_PACKAGES {
        let text = fs::read_to_string(root().join(folder).join("package.json")).unwrap();
        let package: Value = serde_json::from_str(&text).unwrap();
        for kind in ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"] {
            names.extend(package[kind].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    names
}

#[test]
fn each_dependency_has_its_line() {
    let page = fs::read_to_string(root().join(PAGE)).unwrap();
    let (needed, all) = manifests::read_all(&root());
    let ships = shipped(&needed);
    let rest = all.difference(&ships).cloned().collect();

    let mut broken = differences(SHIPS, &listed(&page, SHIPS), &ships);
    broken.extend(differences(REST, &listed(&page, REST), &rest));
    broken.extend(differences(NPM, &listed(&page, NPM), &npm()));

    assert_none("each dependency has its line in docs/dependencies.md", &broken);
}

#[test]
fn every_npm_package_of_the_repository_is_looked_at() {
    let mut found = Vec::new();
    let mut next: Vec<PathBuf> = ["bench", "crates", "examples", "tests", "src-ui"].map(PathBuf::from).into();
    while let Some(folder) = next.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
            if name == "package.json" {
                found.push(folder.display().to_string());
            } else if entry.file_type().unwrap().is_dir() && name != "node_modules" && name != "target" {
                next.push(path);
            }
        }
    }
    found.sort();

    assert_eq!(found, NPM_PACKAGES);
}

#[test]
fn a_table_without_a_line_and_a_line_without_a_dependency_are_both_found() {
    let page = "## What ships\n\n| crate |\n|---|\n| `a` | x |\n| `gone` | y |\n\n## npm\n\n| `c` | z |\n";
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Names>();

    assert_eq!(listed(page, SHIPS), names(&["a", "gone"]));
    assert_eq!(
        differences("t", &listed(page, SHIPS), &names(&["a", "b"])),
        ["t: b is not listed", "t: gone is listed, and nothing needs it"]
    );
}

/// The names in a program's code that reach out; comments and texts do not count.
fn reaches_out(code: TokenStream) -> Names {
    let mut found = Names::new();
    for token in code {
        match token {
            TokenTree::Group(group) => found.extend(reaches_out(group.stream())),
            TokenTree::Ident(name) => found.extend(Some(name.to_string())),
            _ => {}
        }
    }
    found.into_iter().filter(|name| REACHES_OUT.contains(&name.as_str())).collect()
}

#[test]
fn no_build_script_reaches_the_network() {
    let mut broken = Vec::new();
    let scripts = manifests::build_scripts(&root());
    assert!(scripts.len() >= 3, "the build scripts are not found: {scripts:?}");
    for script in &scripts {
        let code: TokenStream = fs::read_to_string(script).unwrap().parse().unwrap();
        let script = Path::new(script).strip_prefix(root()).unwrap().display().to_string();
        broken.extend(reaches_out(code).into_iter().map(|name| format!("{script}: {name}")));
    }
    for (package, needed) in manifests::built_with(&root()) {
        let other = needed.iter().filter(|name| !BUILD_DEPENDENCIES.contains(&name.as_str()));
        broken.extend(other.map(|name| format!("{package}'s build script is built with {name}")));
    }

    assert_none("no build script reaches the network", &broken);
}

#[test]
fn a_download_in_a_build_script_is_found_and_a_word_in_a_comment_is_not() {
    let code =
        "/// the network: net\nfn main() { let a = \"process\"; std::process::Command::new(\"curl\"); }";

    let found = reaches_out(code.parse().unwrap());

    assert_eq!(found, ["Command", "process"].map(str::to_owned).into());
}
