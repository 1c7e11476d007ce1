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

/// The category of a number that is not negative. Spanish has another one for whole millions in newer versions of CLDR,
/// which nothing here comes to.
#[must_use]
pub fn plural(language: Language, number: f64) -> Plural {
    match language {
        Language::English | Language::German | Language::Spanish if number == 1.0 => Plural::One,
        Language::Arabic => arabic(number),
        _ => Plural::Other,
    }
}

fn arabic(number: f64) -> Plural {
    match number % 100.0 {
        _ if number.fract() != 0.0 => Plural::Other,
        _ if number == 0.0 => Plural::Zero,
        _ if number == 1.0 => Plural::One,
        _ if number == 2.0 => Plural::Two,
        3.0..=10.0 => Plural::Few,
        11.0..=99.0 => Plural::Many,
        _ => Plural::Other,
    }
}
