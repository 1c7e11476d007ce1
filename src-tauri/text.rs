//! What the shell says itself, and what it gives to the page to say.

use foyer_contract::preferences::{Language, Spoken};
use foyer_text::{Sentences, Value};

/// What a page needs to speak this language.
#[must_use]
pub fn spoken(language: Language) -> Spoken {
    Spoken { language, sentences: foyer_text::source(language).to_owned() }
}

/// The sentence with this key, which has no value in it.
#[must_use]
pub fn say(language: Language, key: &str) -> String {
    Sentences::of(language).get(key)
}

/// The sentence with this key and one text in it.
#[must_use]
pub fn say_with(language: Language, key: &str, name: &str, text: &str) -> String {
    Sentences::of(language).format(key, &[(name, Value::from(text))], &|number| number.to_string())
}
