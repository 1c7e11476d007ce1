//! Links in a text, as people have it in the clipboard: out of a mail's source, with invisible characters in it, broken
//! over lines, in brackets, quotes or Markdown. Pure; what a link is for is decided elsewhere.

use super::LONGEST_LINK;
use super::base64_parts;

/// So many further words may belong to a link: it is broken over that many lines.
const BREAKS: usize = 12;

/// What a link does not contain and what may stand right behind it.
const ENDS: [char; 9] = ['<', '>', '"', '`', '\\', '^', '{', '}', '|'];

/// What ends a sentence or closes what the link stands in. None of it is the last character of a link that signs in.
const TRAILING: [char; 11] = ['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '$'];

/// The beginning of the text, up to this many bytes.
pub(super) fn cut(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The text as it stands there, and as it was before it was made fit for a mail (quoted-printable), where that differs:
/// in two readings, as digits behind a soft break whose line end is lost look like an octet; and its parts in base64.
pub(super) fn variants(text: &str) -> Vec<String> {
    let mut variants = vec![tidy(text)];
    for reading in [octet, equals_sign] {
        let decoded = tidy(&quoted_printable(text, reading));
        if !variants.contains(&decoded) {
            variants.push(decoded);
        }
    }
    variants.extend(base64_parts::decoded(text).map(|decoded| tidy(&decoded)));
    variants
}

/// Gives each link of the text, and each way to read one that goes on after a break, to `visit`, until that has enough.
pub(super) fn each_link(text: &str, scheme: &str, visit: &mut dyn FnMut(&str) -> bool) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        for start in starts(word, scheme) {
            let (beginning, mut is_over) = link(cut(&word[start..], LONGEST_LINK + 1));
            let mut whole = beginning.to_owned();
            if visit(whole.trim_end_matches(TRAILING)) {
                return;
            }
            // The marks of a quoted mail stand at the beginning of each of its lines.
            let further = words[at + 1..].iter().map(|word| word.trim_start_matches(['>', '|']));
            for next in further.filter(|next| !next.is_empty()).take(BREAKS) {
                if is_over || next.contains("://") {
                    break;
                }
                let (rest, ends) = link(next);
                is_over = ends;
                whole.push_str(rest);
                if visit(whole.trim_end_matches(TRAILING)) {
                    return;
                }
            }
        }
    }
}

/// Where in the text links begin, percent-encoded ones too.
pub(super) fn starts(text: &str, scheme: &str) -> Vec<usize> {
    let small = text.to_ascii_lowercase();
    let mut starts = Vec::new();
    for name in ["http", "https", scheme] {
        let begins = |at: &usize| {
            let rest = &small[at + name.len()..];
            ["://", "%3a%2f%2f", "%253a%252f%252f"].iter().any(|mark| rest.starts_with(mark))
        };
        starts.extend(small.match_indices(name).map(|(at, _)| at).filter(begins));
    }
    starts.sort_unstable();
    starts
}

/// The link that the text begins with, and whether something that is no part of it follows.
pub(super) fn link(text: &str) -> (&str, bool) {
    // Markdown's `[link](link)`.
    let markdown = text.find("](");
    let other = text.find(|character: char| !character.is_ascii_graphic() || ENDS.contains(&character));
    let end = [markdown, other].into_iter().flatten().min();
    (&text[..end.unwrap_or(text.len())], end.is_some())
}

/// Without HTML's and JSON's escapes, Markdown's backslashes and what nobody sees.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character == '\\' && rest.peek() == Some(&'u') {
            let digits: String = rest.clone().skip(1).take(4).collect();
            let is_whole = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let number = u32::from_str_radix(&digits, 16).ok().filter(|_| is_whole);
            if let Some(escaped) = number.and_then(char::from_u32) {
                rest.nth(4);
                tidy.push(escaped);
                continue;
            }
        }
        let is_escape = character == '\\' && rest.peek().is_some_and(char::is_ascii_punctuation);
        if !is_escape && !is_invisible(character) {
            tidy.push(character);
        }
    }
    // Twice: what was escaped is escaped again when a mail is shown in a web page's source.
    unescaped(&unescaped(&tidy))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // The longest of them is `&#x00026;`.
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            Some((end, character)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16)?,
                None => number(digits, 10)?,
            }
        }
    })
}

/// What stands behind a `=` for an octet, where it does; the bytes before the `=` are given as well.
type Reading = fn(&[u8], &[u8]) -> Option<u8>;

/// RFC 2045 section 6.7. The line end of a soft break may be lost by then: a `=` that begins nothing is one.
fn quoted_printable(text: &str, reading: Reading) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'=' {
            bytes.push(*byte);
            continue;
        }
        match reading(&bytes, rest) {
            Some(octet) => {
                bytes.push(octet);
                rest = &rest[2..];
            }
            None => rest = after_break(rest),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The two digits, which are capitals, where they stand for something that one can read and that a mailer encodes. Nobody
/// encodes letters and digits: such a `=` is a soft break whose line end is lost.
fn octet(_: &[u8], text: &[u8]) -> Option<u8> {
    let digit = |at: usize| {
        let digit =
            text.get(at).copied().filter(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(byte));
        digit.and_then(|digit| char::from(digit).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(0)? << 4 | digit(1)?)
        .filter(|octet| *octet >= b' ' && *octet != 0x7f && !octet.is_ascii_alphanumeric())
}

/// The one octet that mailers encode in every link: the `=` itself. It is none behind a `%`, encoded or not, where digits
/// have to follow.
fn equals_sign(before: &[u8], text: &[u8]) -> Option<u8> {
    let is_cut = before.ends_with(b"%") || before.ends_with(b"%25");
    (text.starts_with(b"3D") && !is_cut).then_some(b'=')
}

/// What follows a soft line break; blanks may stand before its line end.
fn after_break(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    match text.get(blanks) {
        Some(b'\n') => &text[blanks + 1..],
        _ => text,
    }
}
