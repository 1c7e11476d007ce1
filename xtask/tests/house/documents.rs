//! The documents of the repository name no file, folder, package, test or task that does not exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use foyer_contract::variable;
use serde_json::Value;

/// Files of this kind are looked for wherever a document names one.
const SOURCES: [&str; 10] = [".rs", ".md", ".ts", ".tsx", ".js", ".sql", ".toml", ".html", ".css", ".ftl"];

/// What documents name that lies in a reader's own app.
const OF_THE_READER: [&str; 3] =
    ["src/App.tsx", "src-tauri/src/lib.rs", "src-tauri/capabilities/default.json"];

/// All that documents may name.
pub(crate) struct Known {
    /// Every file and folder of the repository under each of its shorter names: `a/b/c`, `b/c`, `c`.
    paths: BTreeSet<String>,
    /// The folders at the root.
    top: BTreeSet<String>,
    packages: BTreeSet<String>,
    /// Tests that can be named after `--test`.
    tests: BTreeSet<String>,
    /// What `cargo xtask help` prints.
    help: String,
}

impl Known {
    fn of_repository(root: &Path) -> Self {
        let metadata = output(root, env!("CARGO"), &["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
        let help = output(root, env!("CARGO_BIN_EXE_xtask"), &["help"]);
        Self::new(&tracked(root), &metadata, help)
    }

    fn new(files: &[String], metadata: &Value, help: String) -> Self {
        let mut known = Self {
            paths: BTreeSet::new(),
            top: BTreeSet::new(),
            packages: names(metadata, None),
            tests: names(metadata, Some("test")),
            help,
        };
        for file in files {
            let parts: Vec<&str> = file.split('/').collect();
            for end in 1..=parts.len() {
                known.paths.extend((0..end).map(|start| parts[start..end].join("/")));
            }
            if parts.len() > 1 {
                known.top.insert(parts[0].to_owned());
            }
        }
        known
    }

    /// Whether this text names a file or folder that is not there.
    fn lacks_path(&self, text: &str, is_listing: bool) -> bool {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@');
        let path = text.trim_start_matches("../").trim_start_matches("./").trim_end_matches('/');
        let in_top = path.split_once('/').is_some_and(|(top, _)| self.top.contains(top));
        let is_ours =
            in_top || SOURCES.iter().any(|end| path.ends_with(end)) || (is_listing && text.ends_with('/'));
        is_ours
            && text.chars().all(plain)
            && !path.starts_with(['/', '.'])
            && !self.paths.contains(path)
            && !OF_THE_READER.contains(&path)
    }

    /// What a command names that is not there.
    fn lacks_of_command(&self, command: &str) -> Vec<String> {
        let words: Vec<&str> = command.split_whitespace().collect();
        let mut lacking = Vec::new();
        for pair in words.windows(2) {
            let exists = match pair {
                ["-p", package] => self.packages.contains(*package),
                ["--test", test] => self.tests.contains(*test),
                ["xtask", task] if words[0] == "cargo" => {
                    self.help.lines().any(|line| line.split_whitespace().next() == Some(task))
                }
                _ => true,
            };
            if !exists {
                lacking.push(pair.join(" "));
            }
        }
        lacking
    }

    /// What a document names that is not there, with the line that does.
    fn lacking(&self, name: &str, document: &str) -> Vec<String> {
        let (mut found, mut in_block) = (Vec::new(), None::<bool>);
        for (number, line) in (1..).zip(document.lines()) {
            if let Some(language) = line.strip_prefix("```") {
                // Code in another language names what it likes.
                in_block =
                    if in_block.is_some() { None } else { Some(matches!(language, "" | "text" | "sh")) };
                continue;
            }
            let mut lacking = Vec::new();
            match in_block {
                Some(false) => {}
                Some(true) => {
                    let words =
                        line.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')']));
                    lacking.extend(words.filter(|word| self.lacks_path(word, true)).map(str::to_owned));
                    lacking.extend(self.lacks_of_command(line));
                }
                None => {
                    for quoted in quoted(line) {
                        lacking.extend(self.lacks_path(quoted, false).then(|| quoted.to_owned()));
                        lacking.extend(self.lacks_of_command(quoted));
                    }
                }
            }
            found.extend(lacking.into_iter().map(|lacking| format!("{name}:{number} names {lacking}")));
        }
        found
    }
}

/// What stands in backticks or is a link's target in a line of Markdown.
fn quoted(line: &str) -> Vec<&str> {
    let in_backticks = line.split('`').skip(1).step_by(2);
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    in_backticks.chain(targets).collect()
}

/// The names of the workspace's packages, or of their targets of this kind.
fn names(metadata: &Value, target: Option<&str>) -> BTreeSet<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]);
    let is_wanted = |of: &Value| target.is_none_or(|kind| list(&of["kind"]).iter().any(|it| it == kind));
    let named: Vec<Value> = match target {
        None => packages,
        Some(_) => packages.iter().flat_map(|package| list(&package["targets"])).filter(is_wanted).collect(),
    };
    named.iter().filter_map(|of| of["name"].as_str().map(str::to_owned)).collect()
}

fn output(root: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The files that Git knows, and those that it would take.
pub(crate) fn tracked(root: &Path) -> Vec<String> {
    let listed = output(root, "git", &["ls-files", "--cached", "--others", "--exclude-standard"]);
    listed.lines().filter(|file| root.join(file).is_file()).map(str::to_owned).collect()
}

#[test]
fn documents_name_only_what_exists() {
    let root = crate::root();
    let known = Known::of_repository(&root);
    let files = tracked(&root);
    // What has changed since names what was there then.
    let documents: Vec<&String> =
        files.iter().filter(|file| file.ends_with(".md") && *file != "CHANGELOG.md").collect();
    assert!(documents.iter().any(|file| *file == "README.md"));

    let broken: Vec<String> = documents
        .iter()
        .flat_map(|file| known.lacking(file, &fs::read_to_string(root.join(file)).unwrap()))
        .collect();

    crate::assert_none("documents name only what exists", &broken);
}

#[test]
fn every_crate_stands_in_the_tree_of_the_architecture() {
    let root = crate::root();
    let document = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let is_there =
        |name: &str| document.lines().any(|line| line.trim_start().starts_with(&format!("{name}/ ")));

    let folders = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = folders.map(|name| name.into_string().unwrap());
    let broken: Vec<String> =
        names.filter(|name| !is_there(name)).map(|name| format!("crates/{name}")).collect();

    crate::assert_none("every crate stands in the tree of docs/architecture.md", &broken);
}

/// The environment variables of the app that a document names.
fn variables(document: &str) -> BTreeSet<String> {
    let words = document.split(|c: char| !c.is_ascii_uppercase() && c != '_');
    words.filter(|word| word.starts_with(variable!(""))).map(str::to_owned).collect()
}

/// The environment variables that code asks for.
fn variables_read(code: &str) -> BTreeSet<String> {
    let names = code.split("variable!(\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(|name| format!("{}{name}", variable!(""))).collect()
}

#[test]
fn the_readme_names_the_variables_that_the_app_reads_and_no_others() {
    let read = |file: &str| fs::read_to_string(crate::root().join(file)).unwrap();
    let environment = read("src-tauri/environment.rs");
    let (code, _) = environment.split_once("#[cfg(test)]").unwrap_or((&environment, ""));

    assert_eq!(variables(&read("README.md")), variables_read(code));
}

#[test]
fn a_name_of_what_does_not_exist_is_found_in_prose_links_listings_and_commands() {
    let files = ["docs/a.md", "crates/one/src/auth/sign_up.rs"].map(str::to_owned);
    let metadata = serde_json::json!({ "packages": [
        { "name": "one", "targets": [{ "name": "golden", "kind": ["test"] }, { "name": "one", "kind": ["lib"] }] },
    ]});
    let known = Known::new(&files, &metadata, "  dev   starts\n".to_owned());

    let good = "`auth/sign_up.rs`, `one/src/`, `/auth/v1/token`, `state.json`, `~/x.md`, [a](docs/a.md#b), `cargo xtask dev`\n\
        ```sh\ncargo test -p one --test golden\n```\n```rust\nuse gone.rs;\n```\n```\nsrc/auth/  what\n```";
    assert!(known.lacking("x.md", good).is_empty(), "{:?}", known.lacking("x.md", good));

    let bad = "`auth/sign_in.rs` and [b](docs/b.md), `crates/two`\n```\nsrc/gone/  what\n```\n```sh\ncargo test -p two --test it\ncargo xtask nothing\n```";
    assert_eq!(
        known.lacking("x.md", bad),
        [
            "x.md:1 names auth/sign_in.rs",
            "x.md:1 names crates/two",
            "x.md:1 names docs/b.md",
            "x.md:3 names src/gone/",
            "x.md:6 names -p two",
            "x.md:6 names --test it",
            "x.md:7 names xtask nothing",
        ]
        .map(|text| text.to_owned())
    );
}
