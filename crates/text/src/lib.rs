//! Every sentence that Foyer says.
//!
//! They are written in Fluent (`locales/`), one file a language, and compiled when this crate is built. The shell has
//! all of them; the page is given those of the language that it shows.
//!
//! ```
//! use foyer_text::{Language, Sentences, Value};
//!
//! let sentences = Sentences::of(Language::English);
//! assert_eq!(sentences.get("saved"), "Saved");
//! assert_eq!(
//!     sentences.format("project-line", &[("host", Value::from("ab.example"))], &|number| number.to_string()),
//!     "Project: ab.example"
//! );
//! ```

#[cfg(test)]
#[path = "../compile.rs"]
mod compile;
mod plural;
mod sentences;
#[cfg(test)]
mod tests;
mod written;

pub use foyer_contract::preferences::Language;
pub use plural::{Plural, plural};
pub use sentences::{Sentences, Value};
use supabase_session_contract::names::Named;
pub use written::{list, number};

/// All languages, in the order in which they are offered.
pub const LANGUAGES: [Language; 5] =
    [Language::English, Language::German, Language::Spanish, Language::Japanese, Language::Arabic];

/// The first of these languages (BCP 47 or POSIX, the one that the person likes best first) that there is, whatever its
/// region; English where there is none.
#[must_use]
pub fn first_known(tags: impl IntoIterator<Item = String>) -> Language {
    let known = |tag: String| {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Language::from_name(&primary.to_ascii_lowercase())
    };
    tags.into_iter().find_map(known).unwrap_or_default()
}

/// What a language is called by those who speak it.
#[must_use]
pub fn own_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::German => "Deutsch",
        Language::Spanish => "Español",
        Language::Japanese => "日本語",
        Language::Arabic => "العربية",
    }
}

/// Whether the language is written from the right to the left.
#[must_use]
pub fn is_right_to_left(language: Language) -> bool {
    language == Language::Arabic
}

/// The compiled sentences of a language, for [`Sentences::new`].
#[must_use]
pub fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!(concat!(env!("OUT_DIR"), "/en.txt")),
        Language::German => include_str!(concat!(env!("OUT_DIR"), "/de.txt")),
        Language::Spanish => include_str!(concat!(env!("OUT_DIR"), "/es.txt")),
        Language::Japanese => include_str!(concat!(env!("OUT_DIR"), "/ja.txt")),
        Language::Arabic => include_str!(concat!(env!("OUT_DIR"), "/ar.txt")),
    }
}
