//! Every sentence that a person sees comes from a locale file. Here it is looked for sentences in the code of what a person
//! meets outside of the page: the shell, the check in the terminal, the plugin's pages in the browser. (The page's own
//! test is `src-ui/src/sentences/tests.rs`.)
//!
//! A text with two words or more is a sentence for a person, unless it is
//! * in a comment or an attribute: the text of an error (`#[error("..")]`) reaches logs, and the terminal of whoever set a
//!   variable of the environment wrong,
//! * what a log says (`tracing::warn!(..)`), or the detail beside a code, which ends in one: the window says the code in
//!   the person's language ([`DETAILS`]),
//! * only seen by tests (`#[cfg(test)]`),
//! * markup, a script, a style, SQL, a policy ([`CODE`]),
//! * in one of a few files in which nothing is for the person ([`FOR_OTHERS`]).

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::{assert_none, root};

/// Where people meet what is not the page.
const FOLDERS: [&str; 3] = ["src-tauri", "crates/doctor/src", "crates/tauri-plugin-supabase-session/src"];

/// Files and folders in which every text is for somebody else.
const FOR_OTHERS: [(&str, &str); 4] = [
    ("src-tauri/diagnostics.rs", "a report, for whoever helps"),
    ("crates/doctor/src/ask/answer.rs", "what servers say"),
    ("crates/tauri-plugin-supabase-session/src/required_plugins.rs", "for whoever builds an app"),
    ("crates/tauri-plugin-supabase-session/src/store/", "errors, and steps that a test is told"),
];

/// Macros whose texts only developers read.
const LOGS: [&str; 6] = ["trace", "debug", "info", "warn", "error", "unreachable"];

/// Functions and variables whose texts stand in logs, beside a code that the window has a sentence for.
const DETAILS: [&str; 7] =
    ["Failure::new", "Failure::internal", "Self::new", "Error::Internal", "unanswered", "ok_or", "message"];

/// What no sentence contains.
const CODE: [&str; 7] = ["<", "=>", "{{", "{margin:", "'none'", "Object.", ";\\n"];

/// The texts of a file that a person would see in no other language.
fn sentences(code: &str) -> Vec<String> {
    let tokens: TokenStream = code.parse().unwrap();
    let mut found = Vec::new();
    search(tokens, &mut found);
    found
}

fn search(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before: Vec<String> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Literal(literal) => {
                // `let message = "..";`
                let is_detail = matches!(&before[..], [.., name, mark] if name == "message" && mark == "=");
                found.extend(sentence(&literal.to_string()).filter(|_| !is_detail));
            }
            TokenTree::Group(group) if is_for_developers(&before, group) => {}
            TokenTree::Group(group) => {
                let is_attribute = match &before[..] {
                    [.., hash, mark] if mark == "!" => hash == "#",
                    [.., hash] => hash == "#",
                    [] => false,
                };
                if is_attribute && group.delimiter() == Delimiter::Bracket {
                    if is_test(group) {
                        skip_item(&mut tokens);
                    }
                } else {
                    search(group.stream(), found);
                }
            }
            _ => {}
        }
        before.push(if matches!(token, TokenTree::Group(_)) { String::new() } else { token.to_string() });
    }
}

/// Whether the arguments of what stands before are for developers.
fn is_for_developers(before: &[String], group: &Group) -> bool {
    let is_log = matches!(before, [.., name, mark] if mark == "!" && LOGS.contains(&name.as_str()));
    let is_call = group.delimiter() == Delimiter::Parenthesis;
    is_log || (is_call && DETAILS.contains(&called(before).as_str()))
}

/// The function that is called: the last name, with the type's or module's before it where there is one.
fn called(before: &[String]) -> String {
    let is_part = |part: &&String| *part == ":" || part.chars().all(is_name);
    let path: Vec<&str> = before.iter().rev().take_while(is_part).map(String::as_str).collect();
    match path.as_slice() {
        [name, ":", ":", parent, ..] => format!("{parent}::{name}"),
        [name, ..] => (*name).to_owned(),
        [] => String::new(),
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text == "test"
}

/// Passes the item that an attribute stands before.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            TokenTree::Punct(mark) if mark.as_char() == ';' => return,
            _ => {}
        }
    }
}

/// The text of a literal that is a sentence: two words or more.
fn sentence(literal: &str) -> Option<String> {
    let text = literal.trim_start_matches(['r', '#']).strip_prefix('"')?.trim_end_matches('#');
    let text = text.strip_suffix('"')?;
    let words = text.split_whitespace().filter(|part| is_word(part)).count();
    let is_code = CODE.iter().any(|code| text.contains(code))
        || text.trim_end().ends_with(';')
        || text.starts_with('[');
    (words > 1 && !is_code).then(|| text.to_owned())
}

/// Letters, with a mark of punctuation before or after them maybe. What stands in braces is a value.
fn is_word(part: &str) -> bool {
    let part = part.trim_end_matches("\\n");
    if part.contains('{') {
        return false;
    }
    let letters = part.trim_matches(|c: char| c.is_ascii_punctuation());
    letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic)
}

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" {
                source_files(&path, found);
            }
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && !name.starts_with("test_") {
            found.push(path);
        }
    }
}

#[test]
fn a_sentence_in_the_code_is_found_wherever_it_stands() {
    for code in [
        r#"fn f() { complain("Foyer cannot start") }"#,
        r#"fn f() { g(format!("No {}", "display here")) }"#,
        r#"const A: &str = "Signed in";"#,
        r##"static A: &str = r#"Signed in"#;"##,
        r#"fn f() { let warn = 1; g("over there") }"#,
        r#"fn f() { page("This did not work", "", format!("{app} says why")) }"#,
    ] {
        assert!(!sentences(code).is_empty(), "{code}");
    }
    for code in [
        r#"#[error("no answer came")] struct A;"#,
        "/// Signs a person in.\nfn f() {}",
        r#"fn f() { tracing::warn!(%error, "no answer came"); }"#,
        r#"#[cfg(test)] mod tests { fn f() { g("no answer came") } }"#,
        r#"fn f() { Err(Failure::new(ErrorCode::Conflict, "another picture by now")) }"#,
        r#"fn f() { a().ok_or(Error::Internal("the answer is lost")) }"#,
        r#"fn f() { let message = "another picture by now"; }"#,
        r#"const A: &str = "<p>{title} and more</p>";"#,
        r#"const A: &str = "alter table profiles add column website text;";"#,
        r#"const A: &str = "terminal-no-display";"#,
        r#"const A: &str = "org.freedesktop.Notifications";"#,
    ] {
        assert!(sentences(code).is_empty(), "{code}");
    }
}

#[test]
fn every_sentence_that_a_person_sees_comes_from_a_locale_file() {
    let (root, mut files) = (root(), Vec::new());
    for folder in FOLDERS {
        source_files(&root.join(folder), &mut files);
    }
    let (mut broken, mut left_out) = (Vec::new(), FOR_OTHERS.map(|(place, _)| place).to_vec());
    for path in &files {
        let file = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        let found = sentences(&fs::read_to_string(path).unwrap());
        if let Some((place, _)) = FOR_OTHERS.iter().find(|(place, _)| file.starts_with(place)) {
            left_out.retain(|known| known != place || found.is_empty());
            continue;
        }
        broken.extend(found.into_iter().map(|text| format!("{file}: {text}")));
    }

    assert!(files.len() > 150, "the search finds the files: {}", files.len());
    assert!(left_out.is_empty(), "nothing has to be left out in {left_out:?}");
    assert_none("every sentence that a person sees comes from a locale file", &broken);
}
