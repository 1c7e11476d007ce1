//! What a name may be. The page says it on the field while it is typed, the backend has the word before anything is sent.
//!
//! Two names that look the same have to be the same for the server, and a name has to be something that people can see:
//! * A name is in Unicode's composed form (NFC), and white space (Unicode's) around it does not count.
//! * Characters that nobody can see are refused and never taken out in silence: what is left would be a name that nobody
//!   typed. These are control and format characters (the bidirectional ones and tags among them), fillers and other
//!   default-ignorable characters, private ones, noncharacters, and the few that are drawn as nothing. Characters that no
//!   version of Unicode has assigned yet are let through: a newer system draws them.
//! * A full name may hold joiners and variation selectors where they change what is seen: within an emoji, within a word
//!   of a script that is written with them, after an ideograph.
//! * A username may not, and its inner white space is one plain blank: it is unique, so nothing may tell two of them
//!   apart that cannot be seen.
//! * Lengths count code points of the composed form, as the database's `char_length` does.
//!
//! What a server holds already is not judged by this: it is shown ([`shown`]).

use std::borrow::Cow;

use crate::ErrorCode;

/// `username_length` in our migration.
const SHORTEST_USERNAME: usize = 3;

/// Longer input is a mistake (a whole text pasted), not a name.
const LONGEST_NAME: usize = 256;

/// Stands where a character cannot be shown.
const REPLACEMENT: char = '\u{FFFD}';

/// The full name as it is sent; `None` for an empty one.
///
/// # Errors
/// `UnseenCharacters` or `TextTooLong`.
pub fn full_name(text: &str) -> Result<Option<String>, ErrorCode> {
    let name = composed(text.trim());
    if has_unseen(&name, Setting::FullName) {
        return Err(ErrorCode::UnseenCharacters);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(ErrorCode::TextTooLong);
    }
    Ok((!name.is_empty()).then(|| name.into_owned()))
}

/// The username as it is sent; `None` for an empty one.
///
/// # Errors
/// `UnseenCharacters`, `UsernameTooShort` or `TextTooLong`.
pub fn username(text: &str) -> Result<Option<String>, ErrorCode> {
    let name = sought_username(text)?;
    match name.chars().count() {
        0 => Ok(None),
        count if count < SHORTEST_USERNAME => Err(ErrorCode::UsernameTooShort),
        count if count > LONGEST_NAME => Err(ErrorCode::TextTooLong),
        _ => Ok(Some(name)),
    }
}

/// The username of somebody who is looked for. It may be of any length: other projects have other rules.
///
/// # Errors
/// `UnseenCharacters`.
pub fn sought_username(text: &str) -> Result<String, ErrorCode> {
    let text = line(text)?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Any other text of one line as it is sent, a web address for example.
///
/// # Errors
/// `UnseenCharacters`.
pub fn line(text: &str) -> Result<String, ErrorCode> {
    let text = composed(text.trim());
    if has_unseen(&text, Setting::Plain) { Err(ErrorCode::UnseenCharacters) } else { Ok(text.into_owned()) }
}

/// Whether the two are the same text, in whichever form they were typed.
#[must_use]
pub fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || composed(a) == composed(b)
}

/// Whether there is something to see in it.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_unseen(c))
}

/// A name as it can be shown, whatever it holds: white space that is none in a line is a blank, and what cannot be seen
/// (or turns around what stands beside it) is the replacement character. So a name that was made to look like another
/// does not.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !has_unseen(text, Setting::FullName) {
        return Cow::Borrowed(text);
    }
    let seen = in_context(text).map(|(before, c, after)| match c {
        c if !is_unseen(c) || is_needed(before, c, after) => c,
        c if c.is_whitespace() => ' ',
        _ => REPLACEMENT,
    });
    Cow::Owned(seen.collect())
}

/// Whether nobody can see this character for itself.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    // Every plane ends with two noncharacters.
    if u32::from(c) & 0xFFFE == 0xFFFE {
        return true;
    }
    UNSEEN
        .binary_search_by(|(first, last)| {
            if *last < c {
                std::cmp::Ordering::Less
            } else if *first > c {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// The composed form (NFC). A page has it from its browser, so that it need not carry tables of its own (78 KB).
#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(js_sys::JsString::from(text).normalize("NFC").into())
}

/// The composed form (NFC).
#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> Cow<'_, str> {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// Joiners and variation selectors may do their work.
    FullName,
    /// They may not.
    Plain,
}

fn has_unseen(text: &str, setting: Setting) -> bool {
    in_context(text).any(|(before, c, after)| {
        is_unseen(c) && !(setting == Setting::FullName && is_needed(before, c, after))
    })
}

/// Every character with its neighbours. A variation selector belongs to what stands before it and is passed over; a
/// second one belongs to nothing.
fn in_context(text: &str) -> impl Iterator<Item = (Option<char>, char, Option<char>)> {
    let (mut before, mut is_varied) = (None, false);
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = characters.next()?;
        let is_selector = matches!(c, '\u{FE0E}' | '\u{FE0F}');
        let context = (before.filter(|_| !(is_selector && is_varied)), c, characters.peek().copied());
        if !is_selector {
            before = Some(c);
        }
        is_varied = is_selector;
        Some(context)
    })
}

/// Whether an unseen character changes what is seen of its neighbours.
fn is_needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    let joins = |kind: fn(char) -> bool| kind(before) && after.is_some_and(kind);
    match c {
        '\u{200C}' => joins(is_joining),
        '\u{200D}' => joins(is_joining) || joins(is_pictograph),
        '\u{FE0E}' | '\u{FE0F}' if matches!(before, '0'..='9' | '#' | '*') => after == Some('\u{20E3}'),
        '\u{FE0E}' | '\u{FE0F}' => is_pictograph(before),
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => is_ideograph(before),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(before, '\u{1820}'..='\u{18AA}'),
        _ => false,
    }
}

/// Of a script whose letters take other forms beside each other: from Arabic to Myanmar, Khmer and Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}') && !is_unseen(c)
}

fn is_pictograph(c: char) -> bool {
    let pictograph = matches!(c, '\u{A9}' | '\u{AE}' | '\u{203C}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}'
        | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}');
    pictograph && !c.is_whitespace() && !is_unseen(c)
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
        && !is_unseen(c)
}

/// What nobody can see, in Unicode 17: the general categories Cc, Cf, Co, Zl and Zp, `Default_Ignorable_Code_Point`,
/// noncharacters (those at the end of a plane are told by their number), and what is drawn as nothing or as a
/// placeholder: the blank of Braille, a note without a head, Khitan's filler, the object replacement. A test compares it
/// with the Unicode tables of a library that is too large for the page.
const UNSEEN: &[(char, char)] = &[
    ('\u{0}', '\u{1F}'),
    ('\u{7F}', '\u{9F}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{600}', '\u{605}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{6DD}', '\u{6DD}'),
    ('\u{70F}', '\u{70F}'),
    ('\u{890}', '\u{891}'),
    ('\u{8E2}', '\u{8E2}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{2028}', '\u{202E}'),
    ('\u{2060}', '\u{206F}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{E000}', '\u{F8FF}'),
    ('\u{FDD0}', '\u{FDEF}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFC}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1343F}'),
    ('\u{16FE4}', '\u{16FE4}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D159}', '\u{1D159}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'),
    ('\u{F0000}', '\u{10FFFF}'),
];

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
