//! Which form of a word belongs to a number (Unicode CLDR's cardinal rules). A test compares them with a library's.

use crate::Language;

/// A plural category of CLDR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Plural {
    /// Its name in Fluent.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

/// The category of a number that is not negative.
#[must_use]
pub fn plural(language: Language, number: f64) -> Plural {
    match language {
        Language::English | Language::German if number == 1.0 => Plural::One,
        Language::English | Language::German => Plural::Other,
    }
}
