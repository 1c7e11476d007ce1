//! The sentences of one language, and what stands in them.

use std::borrow::Cow;
use std::ops::Range;

use crate::{Language, is_right_to_left, plural, source};

/// Around a text in a sentence that is written the other way: the text turns nothing around that stands beside it
/// (U+2068 and U+2069).
const ISOLATED: [char; 2] = ['\u{2068}', '\u{2069}'];

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A text, as it is.
    Text(Cow<'a, str>),
    /// A number, in the digits and with the marks of the language; it chooses among the plural forms.
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! from_number {
    ($($number:ty),*) => {
        $(impl From<$number> for Value<'_> {
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        })*
    };
}
from_number!(f64, u8, u32, u64, usize);

/// Writes a number as the language does.
type WriteNumber<'a> = &'a dyn Fn(f64) -> String;

/// The sentences of one language.
#[derive(Debug, Clone)]
pub struct Sentences {
    language: Language,
    source: Cow<'static, str>,
    /// Key and pattern of each line, in the order of the keys.
    lines: Vec<(Range<usize>, Range<usize>)>,
}

impl Sentences {
    /// Those of a language, as they are compiled into this program.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self::new(language, source(language))
    }

    /// Those in a source that this crate compiled.
    #[must_use]
    pub fn new(language: Language, source: impl Into<Cow<'static, str>>) -> Self {
        let source = source.into();
        let mut begin = 0;
        let mut lines = Vec::new();
        for line in source.split_inclusive('\n') {
            if let Some(at) = line.find('=') {
                let end = begin + line.trim_end_matches('\n').len();
                lines.push((begin..begin + at, begin + at + 1..end));
            }
            begin += line.len();
        }
        Self { language, source, lines }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence with this key, which has no value in it. A key that there is not stands for itself.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.format(key, &[], &whole)
    }

    /// The sentence with this key and these values in it. A key that there is not stands for itself.
    #[must_use]
    pub fn format(&self, key: &str, values: &[(&str, Value<'_>)], write_number: WriteNumber<'_>) -> String {
        let Some(pattern) = self.pattern(key) else { return key.to_owned() };
        let mut writer = Writer { language: self.language, values, write_number, written: String::new() };
        writer.write(pattern);
        writer.written
    }

    fn pattern(&self, key: &str) -> Option<&str> {
        let at = self.lines.binary_search_by(|(known, _)| self.source[known.clone()].cmp(key)).ok()?;
        Some(&self.source[self.lines[at].1.clone()])
    }
}

struct Writer<'a> {
    language: Language,
    values: &'a [(&'a str, Value<'a>)],
    write_number: WriteNumber<'a>,
    written: String,
}

impl Writer<'_> {
    fn write(&mut self, pattern: &str) {
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            self.written.push_str(before);
            let (inner, behind) = braced(after);
            match inner.split_once(' ') {
                None => self.write_value(inner),
                Some((name, variants)) => self.write_variant(name, variants),
            }
            rest = behind;
        }
        self.written.push_str(rest);
    }

    fn value(&self, name: &str) -> Option<&Value<'_>> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn write_value(&mut self, name: &str) {
        let written = match self.value(name) {
            Some(Value::Number(number)) => (self.write_number)(*number),
            Some(Value::Text(text)) if is_right_to_left(self.language) => {
                format!("{}{text}{}", ISOLATED[0], ISOLATED[1])
            }
            Some(Value::Text(text)) => text.clone().into_owned(),
            None => name.to_owned(),
        };
        self.written.push_str(&written);
    }

    /// The variant that is named by the value, then the one of its plural category, else the last.
    fn write_variant(&mut self, name: &str, variants: &str) {
        let (exact, category) = match self.value(name) {
            Some(Value::Text(text)) => (text.clone().into_owned(), None),
            Some(Value::Number(number)) => (whole(*number), Some(plural(self.language, *number).name())),
            None => (String::new(), None),
        };
        let (mut of_category, mut last, mut rest) = (None, "", variants);
        while let Some((key, after)) = rest.split_once('{') {
            let (pattern, behind) = braced(after);
            if key == exact {
                return self.write(pattern);
            }
            if Some(key) == category {
                of_category = Some(pattern);
            }
            (last, rest) = (pattern, behind);
        }
        self.write(of_category.unwrap_or(last));
    }
}

/// A whole number in Western digits, without marks; of another number the part before its point.
#[allow(clippy::cast_possible_truncation)]
fn whole(number: f64) -> String {
    (number as i64).to_string()
}

/// What stands before the brace that closes what was opened before `text`, and what stands behind it.
fn braced(text: &str) -> (&str, &str) {
    let mut depth = 1_u32;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[..at], &text[at + 1..]);
        }
    }
    (text, "")
}
