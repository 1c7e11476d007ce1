//! Every language says all that English says, with the same values, in the forms that it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use foyer_contract::brand::NAME;
use foyer_contract::preferences::Language;
use foyer_contract::variable;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use supabase_session_contract::names::Named;
use unic_langid::LanguageIdentifier;

use super::*;

/// What stands in a message: its values, and the variants of each value that it selects by.
#[derive(Debug, Clone, Default, PartialEq)]
struct Form {
    values: BTreeSet<String>,
    variants: BTreeMap<String, BTreeSet<String>>,
}

fn fluent(language: Language) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.name());
    fs::read_to_string(path.with_extension("ftl")).unwrap()
}

/// The form of every message of a language, by key, its attributes among them.
fn forms(language: Language) -> BTreeMap<String, Form> {
    let source = fluent(language);
    let resource = fluent_syntax::parser::parse(source.as_str()).unwrap();
    let mut forms = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let values = message.value.iter().map(|value| (message.id.name.to_owned(), value));
        let attributes = message.attributes.iter();
        let attributes = attributes.map(|it| (format!("{}.{}", message.id.name, it.id.name), &it.value));
        for (key, pattern) in values.chain(attributes) {
            let mut form = Form::default();
            read(pattern, &mut form);
            forms.insert(key, form);
        }
    }
    forms
}

fn read(pattern: &Pattern<&str>, form: &mut Form) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                form.values.insert(id.name.to_owned());
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                form.values.insert(id.name.to_owned());
                for variant in variants {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                        variant.key;
                    form.variants.entry(id.name.to_owned()).or_default().insert(name.to_owned());
                    read(&variant.value, form);
                }
            }
            _ => {}
        }
    }
}

/// The plural forms of whole numbers that a language has.
fn categories(language: Language) -> BTreeSet<&'static str> {
    (0..=200).map(|number| plural(language, f64::from(number)).name()).collect()
}

fn is_category(name: &str) -> bool {
    ["zero", "one", "two", "few", "many"].contains(&name)
}

#[test]
fn every_language_has_the_sentences_of_english_with_the_same_values() {
    let english = forms(Language::English);
    for language in LANGUAGES {
        let forms = forms(language);
        let keys = |forms: &BTreeMap<String, Form>| forms.keys().cloned().collect::<BTreeSet<_>>();
        let (theirs, ours) = (keys(&english), keys(&forms));
        assert!(ours == theirs, "{language:?}: {:?}", ours.symmetric_difference(&theirs).collect::<Vec<_>>());
        for (key, form) in &english {
            assert_eq!(forms[key].values, form.values, "{language:?}: {key}");
        }
    }
}

#[test]
fn a_number_has_every_form_that_the_language_needs_for_it() {
    let of_each = LANGUAGES.map(|language| (language, forms(language)));
    let mut counted = BTreeSet::new();
    for (_, forms) in &of_each {
        for (key, form) in forms {
            let by_number =
                form.variants.iter().filter(|(_, names)| names.iter().any(|name| is_category(name)));
            counted.extend(by_number.map(|(value, _)| (key.clone(), value.clone())));
        }
    }
    assert!(counted.len() > 3, "{counted:?}");
    for (language, forms) in &of_each {
        let needed = categories(*language);
        for (key, value) in counted.iter().filter(|_| needed.len() > 1) {
            let there = forms[key].variants.get(value).cloned().unwrap_or_default();
            let missing: Vec<_> = needed.iter().filter(|name| !there.contains(**name)).collect();
            assert!(missing.is_empty(), "{language:?}: {key} has no form for {missing:?}");
        }
    }
}

#[test]
fn a_named_variant_is_one_of_english() {
    let english = forms(Language::English);
    for language in LANGUAGES {
        for (key, form) in forms(language) {
            for (value, names) in &form.variants {
                let known = english[&key].variants.get(value).cloned().unwrap_or_default();
                let of_its_own: Vec<_> = names.difference(&known).filter(|name| !is_category(name)).collect();
                assert!(
                    of_its_own.iter().all(|name| *name == "other"),
                    "{language:?}: {key}: {of_its_own:?}"
                );
            }
        }
    }
}

/// Whether the name of the app stands in the line, as a word of its own.
fn spells(line: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    line.match_indices(NAME).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + NAME.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

/// Whoever makes the app their own writes its name once.
#[test]
fn no_sentence_spells_the_name_of_the_app() {
    for language in LANGUAGES {
        let source = fluent(language);
        let spelt: Vec<_> = source
            .lines()
            .filter(|line| !line.starts_with('-'))
            .filter(|line| line.contains(variable!("")) || spells(line))
            .collect();

        assert!(spelt.is_empty(), "{language:?}: write {{ -brand }} or {{ -variables }}: {spelt:?}");
        assert!(Sentences::of(language).get("finding-captcha-asked").contains(variable!("CAPTCHA")));
    }
    // Other languages may write it in their own script.
    assert_eq!(Sentences::of(Language::English).get("app-name"), NAME);
}

/// What is written in the same way in every language, or in some of them.
const SAME: &[&str] =
    &["app-name", "connect-url-example", "connect-key-example", "window-title", "window-title-place"];

#[test]
fn nothing_is_left_in_english() {
    let english = Sentences::of(Language::English);
    for language in LANGUAGES.into_iter().filter(|language| *language != Language::English) {
        let sentences = Sentences::of(language);
        let left: Vec<_> = forms(language)
            .into_keys()
            .filter(|key| !SAME.contains(&key.as_str()))
            .filter(|key| {
                let words = english.get(key);
                words == sentences.get(key) && words.split_whitespace().count() > 2
            })
            .collect();
        assert!(left.is_empty(), "{language:?}: {left:?}");
    }
}

#[test]
fn sentences_read_as_fluent_itself_writes_them() {
    let texts = ["none", "ab.example"].map(|text| (Value::from(text), FluentValue::from(text)));
    let numbers = [0.0, 1.0, 2.0, 3.0, 5.0, 11.0, 25.0, 100.0, 101.0, 1.5];
    let numbers = numbers.map(|number| (Value::from(number), FluentValue::from(number)));
    let mut compared = 0;
    for language in LANGUAGES {
        let tag: LanguageIdentifier = language.name().parse().unwrap();
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.add_resource(FluentResource::try_new(fluent(language)).unwrap()).unwrap();
        let sentences = Sentences::of(language);
        for (key, form) in forms(language) {
            for (value, expected) in texts.iter().chain(&numbers) {
                let values: Vec<_> = form.values.iter().map(|name| (name.as_str(), value.clone())).collect();
                let ours = sentences.format(&key, &values, &|number| number.to_string());
                let mut arguments = FluentArgs::new();
                form.values.iter().for_each(|name| arguments.set(name.as_str(), expected.clone()));
                let (message, mut faults) = (bundle.get_message(&key), Vec::new());
                let pattern = message.and_then(|message| message.value()).unwrap();
                let theirs = bundle.format_pattern(pattern, Some(&arguments), &mut faults);
                assert!(faults.is_empty(), "{language:?}: {key}: {faults:?}");
                assert_eq!(ours.replace(['\u{2068}', '\u{2069}'], ""), theirs, "{language:?}: {key}");
                assert!(!ours.trim().is_empty(), "{language:?}: {key}");
                compared += 1;
            }
        }
    }
    assert!(compared > 5000, "{compared}");
}

#[test]
fn plural_forms_are_those_of_unicode() {
    for language in LANGUAGES {
        let tag: LanguageIdentifier = language.name().parse().unwrap();
        let rules = PluralRules::create(tag, PluralRuleType::CARDINAL).unwrap();
        let numbers = (0..100).map(f64::from).chain([0.5, 1.5, 2.1, 100.0, 101.0, 1000.0]);
        for number in numbers {
            let expected = match rules.select(number).unwrap() {
                PluralCategory::ZERO => Plural::Zero,
                PluralCategory::ONE => Plural::One,
                PluralCategory::TWO => Plural::Two,
                PluralCategory::FEW => Plural::Few,
                PluralCategory::MANY => Plural::Many,
                PluralCategory::OTHER => Plural::Other,
            };
            assert_eq!(plural(language, number), expected, "{language:?}: {number}");
        }
    }
}

#[test]
fn hundreds_are_counted_by_what_stands_behind_them() {
    // The library above has the rules without their remainders; these are CLDR's own examples.
    for (number, expected) in [
        (102.0, Plural::Other),
        (103.0, Plural::Few),
        (110.0, Plural::Few),
        (111.0, Plural::Many),
        (1011.0, Plural::Many),
        (200.0, Plural::Other),
    ] {
        assert_eq!(plural(Language::Arabic, number), expected, "{number}");
    }
}

#[test]
fn every_language_of_the_contract_is_there_with_a_name_of_its_own() {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")).unwrap();
    let mut found = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
        found.push(Language::from_name(&tag).unwrap());
    }

    assert_eq!(found.len(), LANGUAGES.len());
    assert!(LANGUAGES.iter().all(|language| found.contains(language)));
    assert_eq!(LANGUAGES.map(own_name).iter().collect::<BTreeSet<_>>().len(), LANGUAGES.len());
}

#[test]
fn the_first_language_that_is_known_is_taken_whatever_its_region() {
    let first = |tags: &[&str]| first_known(tags.iter().map(|tag| (*tag).to_owned()));

    assert_eq!(first(&["fr-FR", "de-AT", "en"]), Language::German);
    assert_eq!(first(&["EN_us"]), Language::English);
    assert_eq!(first(&["de@euro"]), Language::German);
    for unknown in [&["fr"][..], &["pt-BR", "C"], &["C.UTF-8"], &[""], &[]] {
        assert_eq!(first(unknown), Language::English, "{unknown:?}");
    }
}

#[test]
fn a_value_that_is_missing_and_a_key_that_is_missing_stand_for_themselves() {
    let sentences =
        Sentences::new(Language::English, "a=one {name} and {count one{one}other{{count} more}}\n");

    assert_eq!(sentences.get("a"), "one name and count more");
    assert_eq!(sentences.get("b"), "b");
}

#[test]
fn a_fluent_source_with_a_fault_is_not_compiled() {
    use super::compile::compile;
    for (faulty, said) in [
        ("a = {\n", "Expected"),
        ("a = one\na = two\n", "twice"),
        ("a = { b }\n", "no b"),
        ("a = { a }\n", "back to it"),
        ("a = { NUMBER($b) }\n", "function"),
        ("a = { \"{\" }\n", "brace"),
        ("a = { \" \" }\n", "says nothing"),
    ] {
        let fault = compile(faulty).unwrap_err();
        assert!(fault.contains(said), "{faulty}: {fault}");
    }
    let compiled =
        compile("b = { a }!\na = one\n    .title = two\n-brand = F\nc = { -brand } { $d }\n").unwrap();
    assert_eq!(compiled, "a=one\na.title=two\nb=one!\nc=F {d}\n");
}
