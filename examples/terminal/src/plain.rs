//! Text from outside (a profile, a server's words) as a terminal may have it. A control character in it would be an
//! order to the terminal: to move, to erase, to hide, to set the window's title, in some to type an answer.

use std::fmt::Display;

/// `text` on one line, with what controls a terminal or turns the direction of writing around shown and not obeyed.
pub(crate) fn plain(text: impl Display) -> String {
    let mut plain = String::new();
    for character in text.to_string().chars() {
        if obeys(character) { plain.extend(character.escape_default()) } else { plain.push(character) }
    }
    plain
}

/// Whether a terminal obeys the character: C0, DEL and C1 (ECMA-48), line and paragraph separators, and the marks,
/// embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9).
fn obeys(character: char) -> bool {
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}');
    character.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (text, shown) in [
            ("Ada Lovelace, Зоя, 日本, 👩‍🚀", "Ada Lovelace, Зоя, 日本, 👩‍🚀"),
            ("\u{1b}[2J\u{1b}]0;owned\u{7}", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"),
            ("\u{9b}31m\u{85}\u{7f}\0", "\\u{9b}31m\\u{85}\\u{7f}\\u{0}"),
            ("a\nSigned in as root\r\tb", "a\\nSigned in as root\\r\\tb"),
            (
                "\u{202e}gnp.exe\u{2066}\u{200f}\u{61c}\u{2028}",
                "\\u{202e}gnp.exe\\u{2066}\\u{200f}\\u{61c}\\u{2028}",
            ),
        ] {
            assert_eq!(plain(text), shown);
        }
    }

    #[test]
    fn every_control_character_is_shown_and_not_sent() {
        let shown = plain((0..=0x2fff).filter_map(char::from_u32).collect::<String>());

        assert!(shown.chars().all(|character| !character.is_control()));
    }
}
