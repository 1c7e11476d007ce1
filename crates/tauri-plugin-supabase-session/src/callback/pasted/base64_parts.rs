//! Parts of a mail's source that are base64 (RFC 2045 section 6.8), as mailers write whatever is not English. Pure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A line of base64 that is not the last of its part has at least this many characters; RFC 2045 allows 76.
const SHORTEST_LINE: usize = 40;

/// So many parts are looked at. A mail has two, and one for each file that comes with it.
const PARTS: usize = 16;

/// What the parts say, one after the other; nothing where none of them is text with a link.
pub(super) fn decoded(text: &str) -> Option<String> {
    let (mut decoded, mut part) = (String::new(), String::new());
    let mut parts = 0;
    // An empty line behind the last one ends the last part.
    for line in text.lines().map(str::trim).chain([""]) {
        let is_base64 = !line.is_empty() && line.bytes().all(is_digit);
        if is_base64 && (line.len() >= SHORTEST_LINE || !part.is_empty()) {
            part.push_str(line);
            continue;
        }
        if !part.is_empty() {
            parts += 1;
            decoded.extend(said(&part));
            decoded.push('\n');
            part.clear();
        }
        if parts == PARTS {
            break;
        }
    }
    decoded.contains("://").then_some(decoded)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The text of a part. One that was cut where it was copied says as much as is whole.
fn said(part: &str) -> Option<String> {
    let digits = part.trim_end_matches('=');
    let whole = &digits[..digits.len() - usize::from(digits.len() % 4 == 1)];
    let padded = format!("{whole}{}", "=".repeat((4 - whole.len() % 4) % 4));
    let bytes = STANDARD.decode(padded).or_else(|_| STANDARD.decode(&whole[..whole.len() / 4 * 4])).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
