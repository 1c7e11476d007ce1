//! Numbers and lists, as people who speak a language write them (Unicode CLDR). The shell and the page write the same: a
//! browser would have its own tables, and the shell has no browser. Digits are those that codes and keys are typed in, in
//! every language.

use crate::Language;

/// Marks between the thousands and before the tenths.
fn marks(language: Language) -> (char, char) {
    match language {
        Language::English | Language::Japanese | Language::Arabic => (',', '.'),
        Language::German | Language::Spanish => ('.', ','),
    }
}

/// Spanish has no mark in a number of four digits.
fn digits_without_mark(language: Language) -> usize {
    if language == Language::Spanish { 4 } else { 3 }
}

/// A number that is not negative, with tenths where they are not 0. What is smaller than a tenth is rounded.
#[must_use]
pub fn number(language: Language, number: f64) -> String {
    // Whatever is larger than all that can be counted stays the largest number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let tenths = (number * 10.0).round() as u64;
    let (thousands, point) = marks(language);
    let digits = (tenths / 10).to_string();
    let has_marks = digits.len() > digits_without_mark(language);
    let mut written = String::with_capacity(digits.len() * 4 / 3 + 2);
    for (at, digit) in digits.chars().enumerate() {
        if has_marks && at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(thousands);
        }
        written.push(digit);
    }
    match tenths % 10 {
        0 => {}
        tenth => {
            written.push(point);
            written.push_str(&tenth.to_string());
        }
    }
    written
}

/// Things one after the other, with "and" before the last one.
#[must_use]
pub fn list(language: Language, things: &[String]) -> String {
    let [first @ .., last] = things else { return String::new() };
    if first.is_empty() {
        return last.clone();
    }
    let (between, and) = match language {
        Language::English if first.len() > 1 => (", ", ", and "),
        Language::English => (", ", " and "),
        Language::German => (", ", " und "),
        Language::Spanish if begins_with_an_i(last) => (", ", " e "),
        Language::Spanish => (", ", " y "),
        Language::Japanese => ("、", "、"),
        Language::Arabic => (" و", " و"),
    };
    format!("{}{and}{last}", first.join(between))
}

/// Spanish says "e" for "y" before the same sound, but not before that of "hielo".
fn begins_with_an_i(word: &str) -> bool {
    let mut letters = word.chars().map(|letter| letter.to_ascii_lowercase());
    match (letters.next(), letters.next()) {
        (Some('i'), _) => true,
        (Some('h'), Some('i')) => !matches!(letters.next(), Some('a' | 'e')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LANGUAGES;

    #[test]
    fn a_number_has_the_marks_of_its_language() {
        let written = |value| LANGUAGES.map(|language| number(language, value));

        assert_eq!(written(0.0), ["0"; 5]);
        assert_eq!(written(999.0), ["999"; 5]);
        // As `new Intl.NumberFormat(locale).format(number)` writes them, Arabic with `ar-u-nu-latn`.
        assert_eq!(written(1234.0), ["1,234", "1.234", "1234", "1,234", "1,234"]);
        assert_eq!(written(12345.0), ["12,345", "12.345", "12.345", "12,345", "12,345"]);
        assert_eq!(
            written(1_234_567.8),
            ["1,234,567.8", "1.234.567,8", "1.234.567,8", "1,234,567.8", "1,234,567.8"]
        );
        assert_eq!(written(2.5), ["2.5", "2,5", "2,5", "2.5", "2.5"]);
        assert_eq!(written(2.96), ["3"; 5]);
    }

    #[test]
    fn a_list_is_joined_as_its_language_joins_it() {
        let written = |things: &[&str]| {
            let things: Vec<_> = things.iter().map(|thing| (*thing).to_owned()).collect();
            LANGUAGES.map(|language| list(language, &things))
        };

        assert_eq!(written(&[]), [""; 5]);
        assert_eq!(written(&["a"]), ["a"; 5]);
        // As `new Intl.ListFormat(locale).format(things)` writes them.
        assert_eq!(written(&["a", "b"]), ["a and b", "a und b", "a y b", "a、b", "a وb"]);
        assert_eq!(
            written(&["a", "b", "c"]),
            ["a, b, and c", "a, b und c", "a, b y c", "a、b、c", "a وb وc"]
        );
        let spanish = |last: &str| list(Language::Spanish, &["a".to_owned(), last.to_owned()]);
        assert_eq!(
            [spanish("id"), spanish("hilo"), spanish("hielo"), spanish("h")],
            ["a e id", "a e hilo", "a y hielo", "a y h"]
        );
    }
}
