//! Every sentence that the code asks for is there, in every language, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::{connection, doctor, error, factor, menu, notice, preferences, protection, session, waiting};
use crate::text::LOCALES;

/// Every key of the tables of this folder.
fn all_keys() -> impl Iterator<Item = &'static str> {
    let lists = [
        connection::REDIRECT_MODE_KEYS,
        error::ERROR_KEYS,
        error::SESSION_ERROR_KEYS,
        error::WEAK_PASSWORD_KEYS,
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
    ];
    lists.into_iter().flatten().copied()
}

/// Every key of a Fluent source with the names of the values it uses.
fn sentences_of(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = FluentResource::try_new(source.to_owned());
    assert!(resource.is_ok(), "faulty Fluent source: {:?}", resource.err().map(|(_, faults)| faults));

    let mut sentences = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines() {
        if let Some((name, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_alphabetic()))
        {
            key = name.trim().to_owned();
            assert!(sentences.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands there twice");
        }
        for part in line.split('$').skip(1) {
            let name = part.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            sentences.entry(key.clone()).or_default().insert(name);
        }
    }
    sentences
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

/// The keys that the code (but for this file) asks for with `t("..")`, `t_with("..", ..)` and `with_isolated("..", ..)`.
fn keys_in_code() -> BTreeSet<String> {
    let mut files = Vec::new();
    source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut keys = BTreeSet::new();
    for file in files {
        for call in ["t(", "t_with(", "with_isolated("] {
            for (at, _) in file.match_indices(call) {
                let before = file[..at].chars().next_back().unwrap_or(' ');
                let argument = file[at + call.len()..].trim_start();
                if before.is_alphanumeric() || before == '_' || before == '.' || !argument.starts_with('"') {
                    continue;
                }
                keys.extend(argument[1..].split('"').next().map(str::to_owned));
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_values() {
    let english = sentences_of(LOCALES[0].1);

    for (tag, source) in &LOCALES[1..] {
        assert_eq!(sentences_of(source), english, "{tag} differs from English");
    }
}

#[test]
fn every_key_in_the_code_has_a_sentence() {
    let english = sentences_of(LOCALES[0].1);
    let keys = keys_in_code();
    assert!(keys.len() > 40, "the search finds the keys: {}", keys.len());

    let missing: Vec<_> = keys.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn every_code_of_the_contract_has_a_sentence() {
    let english = sentences_of(LOCALES[0].1);

    let missing: Vec<_> = all_keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn no_sentence_is_left_over() {
    let mut used = keys_in_code();
    used.extend(all_keys().map(str::to_owned));

    let unused: Vec<_> = sentences_of(LOCALES[0].1).into_keys().filter(|key| !used.contains(key)).collect();
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
