//! What the window says, by key, in the language that was handed over. The sentences themselves are in `crates/text`.

use std::cell::RefCell;
use std::rc::Rc;

use foyer_contract::preferences::{Language, Spoken};
use foyer_contract::session_contract::names::Named;
use foyer_text::{Sentences, Value};
use yew::prelude::*;

use crate::browser;

thread_local! {
    static SENTENCES: RefCell<Option<Rc<Sentences>>> = const { RefCell::new(None) };
}

/// The language of the window, as a context: a component below it is drawn anew when another language is spoken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shown(pub(crate) Language);

/// Draws the component that calls it anew when another language is spoken, with all that was typed in it. Every component
/// that says something calls this, or `use_app`; a test sees to it.
#[hook]
pub(crate) fn use_language() {
    let _drawn_with = use_context::<Shown>();
}

/// Speaks this language from now on.
pub(crate) fn speak(spoken: Spoken) {
    let Spoken { language, sentences } = spoken;
    let direction = if foyer_text::is_right_to_left(language) { "rtl" } else { "ltr" };
    browser::set_document_language(language.name(), direction);
    SENTENCES.set(Some(Rc::new(Sentences::new(language, sentences))));
}

/// The language that is spoken.
pub(crate) fn language() -> Language {
    current().language()
}

/// True where the language that is spoken is written from right to left.
pub(crate) fn is_right_to_left() -> bool {
    foyer_text::is_right_to_left(language())
}

/// The sentence with this key.
pub(crate) fn t(key: &str) -> String {
    current().get(key)
}

/// The sentence with this key and these values in it.
pub(crate) fn t_with<'a, V: Into<Value<'a>>>(
    key: &str,
    values: impl IntoIterator<Item = (&'static str, V)>,
) -> String {
    let values: Vec<_> = values.into_iter().map(|(name, value)| (name, value.into())).collect();
    let sentences = current();
    sentences.format(key, &values, &|number| foyer_text::number(sentences.language(), number))
}

/// Several things one after the other, as the language writes them.
pub(crate) fn list(things: &[String]) -> String {
    foyer_text::list(language(), things)
}

/// The locale for days of the language that is spoken. Digits are those that codes and keys are typed in, in every
/// language.
pub(crate) fn locale() -> &'static str {
    match language() {
        Language::English => "en",
        Language::German => "de",
        Language::Spanish => "es",
        Language::Japanese => "ja",
        Language::Arabic => "ar-u-nu-latn",
    }
}

/// A page without a backend has nothing to say. The one that is being developed speaks English then, and so do tests.
fn current() -> Rc<Sentences> {
    SENTENCES.with_borrow_mut(|sentences| {
        let at_first = || match cfg!(debug_assertions) {
            true => Sentences::of(Language::English),
            false => Sentences::new(Language::English, ""),
        };
        Rc::clone(sentences.get_or_insert_with(|| Rc::new(at_first())))
    })
}
