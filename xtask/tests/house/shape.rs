//! The shape of the sources: the size of files, one style of modules, and commands that do one thing.

use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

use crate::documents::tracked;
use crate::{assert_none, root};

/// A longer file holds two subjects.
const LONGEST_FILE: usize = 400;

/// A command decodes its request, makes one call and maps the error.
const LONGEST_COMMAND: usize = 3;

fn rust_files() -> Vec<(String, String)> {
    let files = tracked(&root()).into_iter().filter(|file| file.ends_with(".rs"));
    let read = |file: String| {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        (file, text)
    };
    files.map(read).collect()
}

#[test]
fn no_source_file_is_longer_than_one_subject() {
    let too_long = |(file, text): &(String, String)| {
        let lines = text.lines().count();
        (lines > LONGEST_FILE).then(|| format!("{file} has {lines} lines"))
    };

    let broken: Vec<String> = rust_files().iter().filter_map(too_long).collect();

    assert_none(&format!("a source file has at most {LONGEST_FILE} lines"), &broken);
}

#[test]
fn a_module_with_modules_of_its_own_is_a_folder_with_a_mod_rs() {
    let files = rust_files();
    let has_modules = |folder: &str| files.iter().any(|(file, _)| file.starts_with(folder));
    let stems = files.iter().filter_map(|(file, _)| file.strip_suffix(".rs"));
    // A program's or a test's root is a file that Cargo names.
    let broken: Vec<String> = stems
        .filter(|stem| has_modules(&format!("{stem}/")) && !stem.ends_with("/build"))
        .map(|stem| format!("{stem}.rs stands beside {stem}/"))
        .collect();

    assert_none("a module with modules of its own is a folder with a mod.rs", &broken);
}

/// The commands in a file, with the number of statements of each.
#[derive(Default)]
struct Commands(Vec<(String, usize)>);

impl<'ast> Visit<'ast> for Commands {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let is_command = |attribute: &syn::Attribute| {
            attribute.path().segments.last().is_some_and(|last| last.ident == "command")
        };
        if item.attrs.iter().any(is_command) {
            self.0.push((item.sig.ident.to_string(), item.block.stmts.len()));
        }
        visit::visit_item_fn(self, item);
    }
}

fn commands(text: &str) -> Vec<(String, usize)> {
    let mut commands = Commands::default();
    commands.visit_file(&syn::parse_file(text).expect("Rust"));
    commands.0
}

#[test]
fn a_command_decodes_and_calls_and_decides_nothing() {
    let files = rust_files();
    let in_commands = files
        .iter()
        .filter(|(file, _)| Path::new(file).components().any(|part| part.as_os_str() == "commands"));
    let all: Vec<(&String, String, usize)> = in_commands
        .flat_map(|(file, text)| commands(text).into_iter().map(move |(name, length)| (file, name, length)))
        .collect();
    assert!(all.len() > 30, "the commands are found");

    let broken: Vec<String> = all
        .iter()
        .filter(|(_, _, length)| *length > LONGEST_COMMAND)
        .map(|(file, name, length)| format!("{file}: {name} has {length} statements"))
        .collect();

    assert_none(&format!("a command has at most {LONGEST_COMMAND} statements"), &broken);
}

#[test]
fn the_statements_of_a_command_are_counted_and_other_functions_are_not() {
    let text =
        "#[tauri::command] pub async fn one(a: u8) { let x = a; f(x); } fn two() { a(); b(); c(); d(); }";

    assert_eq!(commands(text), [("one".to_owned(), 2)]);
}
