//! The book in `docs/`: its table of contents is whole, its links lead somewhere, and each of its code blocks is run,
//! parsed or compiled by some test, or accounted for here. (SQL and TOML: `crates/supabase-local/tests/book.rs`; Rust:
//! the crates that include the chapter; the app's own arguments: `src-tauri/doctor/terminal.rs`.)

// A test that cannot be set up panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod blocks;
mod commands;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use blocks::{Block, blocks};

/// Chapters whose Rust is compiled, and the source that includes each of them.
const COMPILED: [(&str, &str); 2] = [
    ("session-crate.md", "crates/supabase-session/src/lib.rs"),
    ("plugin.md", "crates/tauri-plugin-supabase-session/src/lib.rs"),
];

/// What a page may import from the plugin.
const GUEST_JS: &str = "crates/tauri-plugin-supabase-session/guest-js/src/index.ts";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Every page of the book but its table of contents, relative to `docs/`.
fn pages() -> BTreeSet<PathBuf> {
    let docs = root().join("docs");
    let (mut found, mut next) = (BTreeSet::new(), vec![docs.clone()]);
    while let Some(folder) = next.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                next.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.insert(path.strip_prefix(&docs).unwrap().to_path_buf());
            }
        }
    }
    assert!(found.remove(Path::new("SUMMARY.md")), "docs/SUMMARY.md is the table of contents");
    found
}

/// The targets of the links in a page, without those within code.
fn links(text: &str) -> Vec<String> {
    let mut is_code = false;
    let prose = text.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    let targets = prose.flat_map(|line| line.split("](").skip(1));
    targets.filter_map(|rest| rest.split(')').next()).map(str::to_owned).collect()
}

/// What a heading is called in a link to it.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let name = |heading: &str| {
        let letters = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = letters.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
        kept.map(|it| if it == ' ' { '-' } else { it }).collect()
    };
    headings.map(name).collect()
}

#[test]
fn the_table_of_contents_names_each_page_once_and_nothing_else() {
    let summary = links(&read(&root().join("docs/SUMMARY.md")));

    let named: BTreeSet<PathBuf> = summary.iter().map(PathBuf::from).collect();
    assert_eq!(named.len(), summary.len(), "a page stands there twice");
    assert_eq!(named, pages());
}

#[test]
fn every_link_between_chapters_leads_to_a_file_and_a_heading() {
    let docs = root().join("docs");
    let (mut broken, mut followed) = (Vec::new(), 0);
    for page in pages() {
        let text = read(&docs.join(&page));
        for link in links(&text).into_iter().filter(|link| !link.starts_with("http")) {
            let (file, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target = docs.join(&page).parent().unwrap().join(file);
            let target = if file.is_empty() { docs.join(&page) } else { target };
            let leads = target.exists() && (heading.is_empty() || anchors(&read(&target)).contains(heading));
            broken.extend((!leads).then(|| format!("{}: {link}", page.display())));
            followed += 1;
        }
    }

    assert!(followed > 40, "{followed} links");
    assert!(broken.is_empty(), "these links lead nowhere:\n  {}", broken.join("\n  "));
}

#[test]
fn every_command_is_one_that_can_be_run() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for page in pages() {
        for Block { line, text, .. } in blocks(&read(&root().join("docs").join(&page)), "sh") {
            for command in text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim()) {
                if !command.is_empty() {
                    seen += 1;
                    let fault = commands::fault(&root(), command);
                    wrong.extend(fault.map(|why| format!("{}:{line}: {command}: {why}", page.display())));
                }
            }
        }
    }

    assert!(seen > 15, "{seen} commands");
    assert!(wrong.is_empty(), "these commands cannot be run:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_code_block_is_of_a_kind_that_a_test_looks_at() {
    for page in pages() {
        let name = page.to_string_lossy().into_owned();
        for Block { language, line, text } in blocks(&read(&root().join("docs").join(&page)), "") {
            let at = format!("docs/{name}:{line}");
            match language.as_str() {
                // Drawings and listings; `sh`, `sql` and `toml` have tests of their own.
                "text" | "" | "sh" | "sql" | "toml" => {}
                "json" => {
                    let parsed = serde_json::from_str::<serde_json::Value>(&text);
                    assert!(parsed.is_ok(), "{at}: {parsed:?}");
                }
                "ts" => assert_eq!(unknown_imports(&text), Vec::<String>::new(), "{at}"),
                "rust,no_run" | "rust" => {
                    let source = COMPILED.iter().find(|(chapter, _)| *chapter == name);
                    let (_, source) = source.unwrap_or_else(|| panic!("{at}: nothing compiles this chapter"));
                    let include = format!("include_str!(\"../../../docs/{name}\")");
                    assert!(
                        read(&root().join(source)).contains(&include),
                        "{source} does not include {name}"
                    );
                }
                other => panic!("{at}: nothing looks at blocks of {other:?}"),
            }
        }
    }
}

/// What a page is told to import from the plugin and does not find there.
fn unknown_imports(text: &str) -> Vec<String> {
    let exports = read(&root().join(GUEST_JS));
    let exported = |name: &str| {
        exports.lines().any(|line| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == name))
    };
    let of_the_plugin = text.lines().filter(|line| line.contains("'tauri-plugin-supabase-session-api'"));
    let names =
        of_the_plugin.filter_map(|line| line.split_once('{')?.1.split_once('}')).flat_map(|(names, _)| {
            names
                .split(',')
                .map(|name| name.trim().trim_start_matches("type ").to_owned())
                .collect::<Vec<_>>()
        });
    names.filter(|name| !exported(name)).collect()
}

/// The pages of a made book, and the links in them that lead to no file of it.
fn broken_links(book: &Path) -> (usize, Vec<String>) {
    let (mut pages, mut broken, mut next) = (0, Vec::new(), vec![book.to_path_buf()]);
    while let Some(folder) = next.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                next.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                pages += 1;
                let text = read(&path);
                let links = text.split(" href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
                let inside = links.filter(|link| !link.is_empty() && !link.contains(':'));
                let missing = inside.filter(|link| !path.parent().unwrap().join(link).exists());
                broken.extend(missing.map(|link| format!("{}: {link}", path.display())));
            }
        }
    }
    (pages, broken)
}

/// The book is made where its program is installed; the suite does not install it.
#[test]
fn the_book_is_made_where_mdbook_is_installed() {
    let settings = read(&root().join("docs/book.toml"));
    assert!(settings.contains("\nsrc = \".\"\n"), "the chapters are the files of docs/");
    let folder = tempfile::tempdir().unwrap();
    let mut mdbook = Command::new("mdbook");
    mdbook.arg("build").arg("--dest-dir").arg(folder.path()).current_dir(root().join("docs"));
    let Ok(output) = mdbook.output() else {
        println!("skipped: no mdbook on this machine");
        return;
    };

    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (made, broken) = broken_links(folder.path());
    assert!(made > pages().len(), "{made} pages");
    assert!(broken.is_empty(), "these links lead nowhere:\n  {}", broken.join("\n  "));
}
