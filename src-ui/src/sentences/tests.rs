//! Every sentence that the code asks for is there, and no other. That each language has the same ones is tested where they
//! are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use foyer_text::Language;

use super::{
    connection, doctor, error, factor, menu, notice, preferences, protection, session, updates, waiting,
};

/// Every key of the tables of this folder.
fn all_keys() -> impl Iterator<Item = &'static str> {
    let lists = [
        connection::REDIRECT_MODE_KEYS,
        error::ERROR_KEYS,
        error::SESSION_ERROR_KEYS,
        error::WEAK_PASSWORD_KEYS,
        error::UNIT_KEYS,
        notice::NOTICE_KEYS,
        notice::SESSION_NOTICE_KEYS,
        session::SIGN_OUT_KEYS,
        session::STORE_WARNING_KEYS,
        protection::ACTIVE_KEYS,
        protection::CHOICE_KEYS,
        protection::HINT_KEYS,
        protection::KEYCHAIN_KEYS,
        protection::LOCKED_TITLE_KEYS,
        protection::LOCKED_LEAD_KEYS,
        preferences::THEME_KEYS,
        waiting::WAITING_TITLE_KEYS,
        waiting::WAITING_LEAD_KEYS,
        waiting::WAITING_END_KEYS,
        factor::FACTOR_NAME_KEYS,
        factor::FACTOR_KIND_KEYS,
        factor::ELSEWHERE_KEYS,
        menu::MENU_KEYS,
        doctor::CHECK_STATE_KEYS,
        doctor::CHECK_KEYS,
        doctor::FINDING_KEYS,
        updates::UPDATE_STEP_KEYS,
        updates::UPDATE_PROBLEM_KEYS,
    ];
    lists.into_iter().flatten().copied()
}

/// Every key that has a sentence.
fn keys() -> BTreeSet<String> {
    let lines = foyer_text::source(Language::English).lines();
    lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.to_owned()).collect()
}

fn source_files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("sentences/tests.rs")
        {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// The functions that are given a key.
const SAYING: [&str; 3] = ["t(", "t_with(", "with_isolated("];

/// What stands behind each call of a function that has exactly this name.
fn calls<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(call).filter_map(move |(at, _)| {
        let before = code[..at].chars().next_back().unwrap_or(' ');
        let is_other = before.is_alphanumeric() || before == '_' || before == '.';
        (!is_other).then(|| code[at + call.len()..].trim_start())
    })
}

/// The keys that the code (but for this file) asks for with `t("..")`, `t_with("..", ..)` and `with_isolated("..", ..)`.
fn keys_in_code() -> BTreeSet<String> {
    let mut files = Vec::new();
    source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut keys = BTreeSet::new();
    for file in files {
        for argument in SAYING.iter().flat_map(|call| calls(&file, call)) {
            let key = argument.strip_prefix('"').and_then(|rest| rest.split('"').next());
            keys.extend(key.map(str::to_owned));
        }
    }
    keys
}

#[test]
fn every_key_in_the_code_has_a_sentence() {
    let english = keys();
    let keys = keys_in_code();
    assert!(keys.len() > 40, "the search finds the keys: {}", keys.len());

    let missing: Vec<_> = keys.iter().filter(|key| !english.contains(*key)).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn every_code_of_the_contract_has_a_sentence() {
    let english = keys();

    let missing: Vec<_> = all_keys().filter(|key| !english.contains(*key)).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

/// Whether every component in this code that says something is drawn anew when another language is spoken. Components
/// say something themselves or by a function of their file.
fn is_drawn_anew(code: &str) -> bool {
    let says = code.contains("sentences::") || SAYING.iter().any(|call| calls(code, call).next().is_some());
    let mut components = code.split("#[component]").skip(1);
    !says
        || components.all(|component| {
            let body = component.split("\n}\n").next().unwrap_or_default();
            ["use_language()", "use_app()"].iter().any(|hook| body.contains(hook))
        })
}

#[test]
fn every_component_that_says_something_is_drawn_anew_in_another_language() {
    assert!(is_drawn_anew("#[component]\nfn A() {\n  html! { { B } }\n}\n"));
    assert!(!is_drawn_anew("#[component]\nfn A() {\n  t(\"a\")\n}\n"));
    assert!(is_drawn_anew("#[component]\nfn A() {\n  use_language();\n  t(\"a\")\n}\n"));

    let mut files = Vec::new();
    source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let code = file.split("#[cfg(test)]").next().unwrap_or_default();
        let name = code.lines().next().unwrap_or_default();
        assert!(is_drawn_anew(code), "a component does not call use_language(): {name}");
    }
}

/// The keys that the shell and the doctor name, for notifications and for the terminal.
fn keys_in_the_shell() -> BTreeSet<String> {
    let (mut files, known) = (Vec::new(), keys());
    for folder in ["../src-tauri", "../crates/doctor/src"] {
        source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    let texts = files.iter().flat_map(|file| file.split('"')).filter(|text| known.contains(*text));
    texts.map(str::to_owned).collect()
}

#[test]
fn no_sentence_is_left_over() {
    let mut used = keys_in_code();
    used.extend(keys_in_the_shell());
    used.extend(all_keys().map(str::to_owned));

    let unused: Vec<_> = keys().into_iter().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// Where a text with several words is no sentence for the person: styles, drawings, the developer's console, and what
/// only logs show of an error.
const NO_SENTENCES: &[&str] =
    &["class=", "viewBox=", "d=", "viewBox={format!(", "report(", "CommandError::new(code, "];

/// Attributes whose text is read out or shown.
const SHOWN: &[&str] = &["label=", "title=", "placeholder=", "alt=", "hint=", "aria-label="];

/// Letters, with a mark of punctuation before or after them maybe.
fn is_word(part: &str) -> bool {
    let letters = part.trim_matches(|c: char| c.is_ascii_punctuation());
    letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic)
}

/// The texts in a line of code that a person would see in no other language.
fn texts_outside(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut parts = line.split('"');
    let mut before = parts.next().unwrap_or_default();
    while let (Some(text), Some(after)) = (parts.next(), parts.next()) {
        let is_several_words = text.split_whitespace().filter(|part| is_word(part)).count() > 1;
        let ends = |endings: &[&str]| endings.iter().any(|ending| before.ends_with(ending));
        let is_node = before.trim_end().ends_with('{')
            && !before.contains(['=', '?'])
            && !before.contains("else")
            && after.trim_start().starts_with('}');
        let has_letters = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        let is_shown = is_node || ends(SHOWN) || (is_several_words && !ends(NO_SENTENCES));
        if has_letters && is_shown {
            found.push(text.to_owned());
        }
        before = after;
    }
    found
}

#[test]
fn a_text_outside_of_the_locales_is_found() {
    for line in [
        r#"<p>{ "Hello" }</p>"#,
        r#"<Field label="Name" />"#,
        r#"let words = "Sign in again".to_owned();"#,
        r#"{ t("a") }{ "two" }"#,
    ] {
        assert_eq!(texts_outside(line).len(), 1, "{line}");
    }
    for line in
        [r#"<p class="card card-narrow">{ t("name") }</p>"#, r#"{ " " }"#, r#"report("no element has it");"#]
    {
        assert!(texts_outside(line).is_empty(), "{line}");
    }
}

#[test]
fn no_text_stands_in_the_code() {
    let mut files = Vec::new();
    for folder in ["pages", "components", "hooks", "sentences"] {
        source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut files);
    }
    let mut looked_at = 0;
    for file in files {
        let code = file.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            looked_at += 1;
            assert!(texts_outside(line).is_empty(), "a text stands in the code: {line}");
        }
    }
    assert!(looked_at > 2000, "the search finds the code: {looked_at}");
}
