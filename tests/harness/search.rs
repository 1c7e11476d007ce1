//! Looks for values in bytes, in every form in which something else may have written them down.

use std::collections::BTreeSet;
use std::fmt::Write;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

/// A shorter pattern is found by chance.
const SHORTEST: usize = 8;

/// What is looked for.
#[derive(Debug)]
pub(crate) struct Wanted {
    patterns: Vec<Vec<u8>>,
    /// Whether some pattern has these as its first two bytes.
    first: Vec<bool>,
    /// The same for its third and fourth.
    second: Vec<bool>,
}

impl Default for Wanted {
    /// Looks for nothing.
    fn default() -> Self {
        Self::new([])
    }
}

impl Wanted {
    /// Looks for these. One that is too short to mean anything is never found.
    pub(crate) fn new(patterns: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let patterns: Vec<Vec<u8>> = patterns.into_iter().collect();
        let (mut first, mut second) = (vec![false; 1 << 16], vec![false; 1 << 16]);
        for pattern in patterns.iter().filter(|pattern| pattern.len() >= SHORTEST) {
            first[usize::from(pattern[0]) << 8 | usize::from(pattern[1])] = true;
            second[usize::from(pattern[2]) << 8 | usize::from(pattern[3])] = true;
        }
        Self { patterns, first, second }
    }

    /// The length of the longest.
    pub(crate) fn longest(&self) -> usize {
        self.patterns.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Adds the places in the list of those that `bytes` hold.
    ///
    /// Hundreds of megabytes go through here without an optimizer: the loop calls nothing.
    pub(crate) fn find(&self, bytes: &[u8], found: &mut BTreeSet<usize>) {
        let (first, second): (&[bool], &[bool]) = (&self.first, &self.second);
        // The last four bytes.
        let (mut four, mut at) = (0_u32, 0);
        while at < bytes.len() {
            four = four << 8 | bytes[at] as u32;
            if first[(four >> 16) as usize] && second[(four & 0xffff) as usize] {
                self.compare(bytes, at, found);
            }
            at += 1;
        }
    }

    /// Compares what stands where the byte at `fourth` is the fourth.
    fn compare(&self, bytes: &[u8], fourth: usize, found: &mut BTreeSet<usize>) {
        let Some(here) = fourth.checked_sub(3).map(|begin| &bytes[begin..]) else { return };
        let patterns = self.patterns.iter().enumerate().filter(|(_, pattern)| pattern.len() >= SHORTEST);
        found.extend(patterns.filter(|(_, pattern)| here.starts_with(pattern)).map(|(place, _)| place));
    }
}

/// The forms in which a value may stand somewhere, with a name each.
pub(crate) fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = value.as_bytes();
    let mut forms = vec![("as it is", bytes.to_vec()), ("as UTF-16", utf16(value))];
    let json = serde_json::Value::from(value).to_string();
    forms.push(("as JSON", json.trim_matches('"').as_bytes().to_vec()));
    for (name, percent) in [("percent-encoded", percent(bytes)), ("in hexadecimal", hexadecimal(bytes))] {
        forms.push((name, percent.to_lowercase().into_bytes()));
        forms.push((name, percent.into_bytes()));
    }
    for shift in 0..3 {
        forms.push(("in base64", within(shift, bytes, &BASE64_NOPAD)));
        forms.push(("in base64url", within(shift, bytes, &BASE64URL_NOPAD)));
    }
    let mut seen = BTreeSet::new();
    forms.retain(|(_, form)| seen.insert(form.clone()));
    forms
}

/// WebKit keeps long texts, and all of its storage, so.
pub(crate) fn utf16(value: &str) -> Vec<u8> {
    value.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(*byte));
        } else {
            // A `String` takes every text.
            let _written = write!(text, "%{byte:02X}");
        }
        text
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    data_encoding::HEXUPPER.encode(bytes)
}

/// What base64 makes of a value that stands `shift` bytes after the beginning of a longer one: the characters that no
/// neighbour has a part in.
fn within(shift: usize, bytes: &[u8], encoding: &data_encoding::Encoding) -> Vec<u8> {
    let padded = [vec![0; shift], bytes.to_vec()].concat();
    let encoded = encoding.encode(&padded);
    let (first, last) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
    encoded.as_bytes()[first..last].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "canary+of/this\"test";

    fn is_found(text: &[u8]) -> bool {
        let mut found = BTreeSet::new();
        Wanted::new(forms(VALUE).into_iter().map(|(_, form)| form)).find(text, &mut found);
        !found.is_empty()
    }

    #[test]
    fn a_value_is_found_in_every_form_and_wherever_it_stands_in_a_longer_one() {
        for around in ["", "a", "ab", "abc", "abcd"] {
            let longer = format!("{around}{VALUE}{around}");
            let written = [
                longer.clone().into_bytes(),
                utf16(&longer),
                serde_json::json!({ "a": longer }).to_string().into_bytes(),
                url::form_urlencoded::byte_serialize(longer.as_bytes()).collect::<String>().into_bytes(),
                BASE64_NOPAD.encode(longer.as_bytes()).into_bytes(),
                BASE64URL_NOPAD.encode(longer.as_bytes()).into_bytes(),
                hexadecimal(longer.as_bytes()).to_lowercase().into_bytes(),
            ];
            for text in written {
                assert!(is_found(&text), "{}", String::from_utf8_lossy(&text));
            }
        }
        for other in ["canary", "canary+of/that\"test", &VALUE[..VALUE.len() - 1]] {
            assert!(!is_found(other.as_bytes()), "{other}");
        }
    }
}
