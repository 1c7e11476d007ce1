//! Every sentence of the window, by key, in the person's language. The sentences themselves are in `locales/`.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The languages there are, the fallback first: tag and Fluent source.
pub(crate) const LOCALES: &[(&str, &str)] =
    &[("en", include_str!("../locales/en.ftl")), ("de", include_str!("../locales/de.ftl"))];

thread_local! {
    static TEXT: OnceCell<Text> = const { OnceCell::new() };
}

/// Chooses the language once, before anything is drawn.
pub(crate) fn choose(preferred: &[String]) {
    TEXT.with(|text| {
        text.get_or_init(|| Text::in_language(negotiate(preferred)));
    });
}

/// The tag of the chosen language.
pub(crate) fn language() -> &'static str {
    with_text(|text| text.tag)
}

/// The sentence with this key.
pub(crate) fn t(key: &str) -> String {
    with_text(|text| text.format(key, None))
}

/// The sentence with this key and these values in it.
pub(crate) fn t_with<'a, V: Into<FluentValue<'a>>>(
    key: &str,
    values: impl IntoIterator<Item = (&'static str, V)>,
) -> String {
    let mut arguments = FluentArgs::new();
    for (name, value) in values {
        arguments.set(name, value);
    }
    with_text(|text| text.format(key, Some(&arguments)))
}

fn with_text<T>(read: impl FnOnce(&Text) -> T) -> T {
    TEXT.with(|text| read(text.get_or_init(|| Text::in_language("en"))))
}

/// The first language that both the person and the app know; English else.
fn negotiate(preferred: &[String]) -> &'static str {
    preferred
        .iter()
        .find_map(|tag| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            LOCALES.iter().map(|(known, _)| *known).find(|known| *known == primary)
        })
        .unwrap_or("en")
}

struct Text {
    tag: &'static str,
    /// The chosen language, then English for sentences that it lacks.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Text {
    fn in_language(tag: &'static str) -> Self {
        let chosen = LOCALES.iter().filter(|(known, _)| *known == tag);
        let fallback = LOCALES.iter().take(1).filter(|(known, _)| *known != tag);
        Self { tag, bundles: chosen.chain(fallback).map(|(tag, source)| bundle(tag, source)).collect() }
    }

    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        for bundle in &self.bundles {
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                let mut faults = Vec::new();
                return bundle.format_pattern(pattern, arguments, &mut faults).into_owned();
            }
        }
        key.to_owned()
    }
}

fn bundle(tag: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![language]);
    // Isolation marks help mixed scripts but end up in what is copied from the page (addresses).
    bundle.set_use_isolating(false);
    // A resource with faults still holds every sentence that has none; a test checks that there are no faults.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_taken_and_english_else() {
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();

        assert_eq!(negotiate(&tags(&["fr-FR", "de-AT", "en"])), "de");
        assert_eq!(negotiate(&tags(&["EN_us"])), "en");
        assert_eq!(negotiate(&tags(&["fr"])), "en");
        assert_eq!(negotiate(&[]), "en");
    }

    #[test]
    fn values_stand_in_the_sentence_as_they_are() {
        let text = Text::in_language("de");
        let mut arguments = FluentArgs::new();
        arguments.set("host", "ab.supabase.co");

        assert!(text.format("project-line", Some(&arguments)).contains("ab.supabase.co"));
    }
}
