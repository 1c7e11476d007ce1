//! What the pages in the browser say. The sentences lie in `locales/`, one Fluent file a language; of Fluent, what is read
//! is one line a sentence with the value `{ $app }` in it. A test reads the same files with Fluent's own library.

use super::language::Language;

/// Where the app's name stands.
const APP: &str = "{ $app }";

fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../locales/en.ftl"),
        Language::German => include_str!("../../locales/de.ftl"),
        Language::Spanish => include_str!("../../locales/es.ftl"),
        Language::Japanese => include_str!("../../locales/ja.ftl"),
        Language::Arabic => include_str!("../../locales/ar.ftl"),
    }
}

/// The sentence with this key. The app's name in it is isolated (U+2068, U+2069), so that a name that is written in the
/// other direction turns nothing around. A key that there is not stands for itself.
#[must_use]
pub(crate) fn sentence(language: Language, key: &str, app_name: &str) -> String {
    let mut lines = source(language).lines().filter_map(|line| line.split_once(" = "));
    let pattern = lines.find(|(known, _)| *known == key).map_or(key, |(_, pattern)| pattern);
    pattern.replace(APP, &format!("\u{2068}{app_name}\u{2069}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
    use unic_langid::LanguageIdentifier;

    use super::*;
    use crate::callback::{LinkOutcome, page};
    use crate::captcha::Captcha;

    fn keys(language: Language) -> BTreeSet<&'static str> {
        let lines = source(language).lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.map(|line| line.split_once(" = ").unwrap().0).collect()
    }

    #[test]
    fn every_language_has_every_sentence_as_fluent_reads_it() {
        for language in Language::ALL {
            assert_eq!(keys(language), keys(Language::English), "{language:?}");
            let tag: LanguageIdentifier = language.code().parse().unwrap();
            let mut bundle = FluentBundle::new(vec![tag]);
            bundle.add_resource(FluentResource::try_new(source(language).to_owned()).unwrap()).unwrap();
            let mut values = FluentArgs::new();
            values.set("app", "Salt");
            for key in keys(language) {
                let pattern = bundle.get_message(key).and_then(|message| message.value()).unwrap();
                let mut faults = vec![];
                let expected = bundle.format_pattern(pattern, Some(&values), &mut faults);
                assert!(faults.is_empty(), "{language:?}: {key}: {faults:?}");
                assert_eq!(sentence(language, key, "Salt"), expected, "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn no_sentence_is_left_in_english() {
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            for key in keys(language) {
                let words = [language, Language::English].map(|language| sentence(language, key, "App"));
                assert_ne!(words[0], words[1], "{language:?}: {key}");
            }
        }
    }

    #[test]
    fn the_pages_say_every_sentence_in_every_language_and_say_the_language_and_its_direction() {
        let captcha: Captcha = "turnstile:key".parse().unwrap();
        for language in Language::ALL {
            let outcomes = [LinkOutcome::Done, LinkOutcome::Confirmed, LinkOutcome::NotDone];
            let mut pages = outcomes.map(|outcome| page::done("App", outcome, language).html).to_vec();
            pages.push(page::fragment("App", language).html);
            pages.push(captcha.page("App", language).0);

            let begin = format!("<html lang=\"{}\" dir=\"{}\">", language.code(), language.direction());
            assert!(pages.iter().all(|page| page.contains(&begin)), "{language:?}");
            for key in keys(language) {
                let words = sentence(language, key, "App");
                assert!(pages.iter().any(|page| page.contains(&words)), "{language:?}: nobody says {key}");
            }
            let is_left = |page: &String| page.contains("{ $") || page.contains("-title");
            assert!(!pages.iter().any(is_left), "{language:?}: {pages:?}");
        }
    }
}
