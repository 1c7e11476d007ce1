//! Whether a command of the book can be run as it stands there.

use std::path::Path;

use clap::{CommandFactory, Parser};
use foyer_contract::{brand, variable};
use xtask::arguments::{Arguments, Passed, Task};

/// Programs that are not ours, and the beginnings of what the book has them do.
const OTHERS: [&str; 2] = ["supabase db push", "cargo tauri signer generate"];

/// Why a command cannot be run; `None` where it can.
pub(crate) fn fault(root: &Path, command: &str) -> Option<String> {
    let words = words(command);
    let (settings, words): (Vec<_>, Vec<_>) =
        words.into_iter().partition(|word| word.split_once('=').is_some_and(|(name, _)| is_variable(name)));
    if let Some(unknown) = settings.iter().find(|setting| !is_read(root, setting)) {
        return Some(format!("the app reads no {unknown}"));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["cargo", "xtask", rest @ ..] => task(rest),
        ["cargo", "run", "-p", package] => {
            let manifest = std::fs::read_to_string(root.join("Cargo.lock")).ok()?;
            let is_there = manifest.contains(&format!("name = \"{package}\"\n"));
            (!is_there).then(|| format!("there is no package {package}"))
        }
        // Their spelling is checked where they are read: a test of `src-tauri/doctor/terminal.rs`.
        [program, rest @ ..] if *program == brand::PROGRAM => {
            let is_known = rest.is_empty() || rest[0] == "--doctor";
            (!is_known).then(|| format!("the app has no {}", rest[0]))
        }
        _ if OTHERS.iter().any(|known| command.starts_with(known)) => None,
        _ => Some("nothing accounts for it".to_owned()),
    }
}

/// The words as a shell takes them, as far as the book needs it: blanks part them, double quotes hold them together.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut in_quotes) = (Vec::new(), String::new(), false);
    for letter in command.chars() {
        match letter {
            '"' => in_quotes = !in_quotes,
            ' ' if !in_quotes => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
}

/// Whether the app reads the variable that is set here.
fn is_read(root: &Path, setting: &str) -> bool {
    let name = setting.split('=').next().unwrap_or_default();
    let environment = std::fs::read_to_string(root.join("src-tauri/environment.rs")).unwrap();
    let Some(own) = name.strip_prefix(variable!("")) else { return false };
    environment.contains(&format!("variable!(\"{own}\")"))
}

/// The arguments of a task, read as the task reads them. What is passed on has to stand in the task's help.
fn task(arguments: &[&str]) -> Option<String> {
    let parsed = match Arguments::try_parse_from([&["xtask"], arguments].concat()) {
        Ok(parsed) => parsed,
        Err(error) => return Some(error.to_string().lines().next().unwrap_or_default().to_owned()),
    };
    let passed = match parsed.task? {
        Task::Doctor(Passed { arguments })
        | Task::Gallery(Passed { arguments })
        | Task::Simulate(Passed { arguments })
        | Task::Fuzz(Passed { arguments })
        | Task::Torture(Passed { arguments })
        | Task::Local(Passed { arguments }) => arguments,
        _ => return None,
    };
    let command = Arguments::command();
    let about = command.find_subcommand(arguments[0])?.get_about()?.to_string();
    let unknown = passed.iter().find(|word| word.starts_with("--") && !about.contains(word.as_str()));
    unknown.map(|word| format!("the task's help does not name {word}"))
}

#[test]
fn what_cannot_be_run_is_found() {
    let root = crate::root();
    let fault = |command: &str| fault(&root, command).unwrap_or_default();
    let of_the_app = |rest: &str| format!("{} {rest}", brand::PROGRAM);

    for good in ["cargo xtask test --fast", "cargo xtask doctor --url u --key k --json", "supabase db push"] {
        assert_eq!(fault(good), "");
    }
    assert_eq!(fault(&format!("{}=debug {}", variable!("LOG"), brand::PROGRAM)), "");
    for (bad, why) in [
        ("cargo xtask test --slow", "--slow"),
        ("cargo xtask rename --name A", "required"),
        ("cargo xtask doctor --urk u", "--urk"),
        ("cargo run -p nothing", "no package nothing"),
        ("rm -rf /", "nothing accounts"),
        ("LOUD=1 cargo xtask dev", "reads no LOUD"),
        (&of_the_app("--docter"), "no --docter"),
    ] {
        assert!(fault(bad).contains(why), "{bad}: {}", fault(bad));
    }
}
