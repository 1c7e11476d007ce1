//! The accent: one token, from which the page's stylesheets make the rest.

use std::path::PathBuf;

use super::places::Change;
use crate::contrast::sheet::Tokens;
use crate::contrast::{ACCENT, CONTROL, MORE, TEXT, too_faint};
use crate::fault::Fault;

/// The stylesheet with the tokens.
pub(super) const TOKENS: &str = "src-ui/src/styles/tokens.css";

/// The stylesheet `tokens` with another accent.
///
/// # Errors
/// When it is no colour, or text in it could not be read; then with the pairs of colours, as the test of the stylesheets
/// names them.
pub(super) fn change(tokens: &str, accent: &str) -> Result<Change, Fault> {
    let digits = accent.strip_prefix('#').filter(|digits| digits.len() == 6);
    if !digits.is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_hexdigit())) {
        return Err(Fault::new(format!("the accent `{accent}` is no colour like #0b6b5c")));
    }
    let everybody = Tokens::read(tokens).with(ACCENT, accent);
    let more = Tokens::read_with_more_contrast(tokens).with(ACCENT, accent);
    let faint = [too_faint(&everybody, TEXT, CONTROL), too_faint(&more, MORE, TEXT)].concat();
    if !faint.is_empty() {
        return Err(Fault::new(format!("with the accent {accent}\n  {}", faint.join("\n  "))));
    }
    let declared = Tokens::read(tokens);
    let old = declared.get(ACCENT).ok_or_else(|| Fault::new(format!("{TOKENS} has no {ACCENT}")))?;
    let text = tokens.replace(&format!("{ACCENT}: {old};"), &format!("{ACCENT}: {accent};"));
    Ok(Change { path: PathBuf::from(TOKENS), new_path: PathBuf::from(TOKENS), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> String {
        let root = crate::layout::Layout::find().expect("a checkout").root;
        std::fs::read_to_string(root.join(TOKENS)).expect("the tokens")
    }

    #[test]
    fn an_accent_is_one_value() {
        let before = tokens();
        // Another one than this checkout has, which may have been renamed.
        let is_new = |accent: &&str| Tokens::read(&before).get(ACCENT) != Some(*accent);
        let accent = ["#7c3aed", "#2563eb"].into_iter().find(is_new).expect("another accent");

        let change = change(&before, accent).expect("an accent");

        assert_eq!(Tokens::read(&change.text).get(ACCENT), Some(accent));
        assert_eq!(before.lines().zip(change.text.lines()).filter(|(one, two)| one != two).count(), 1);
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for accent in ["red", "#12345", "#1234567", "#12345g", "0b6b5c", ""] {
            let refused = change(&tokens(), accent).expect_err("no colour").to_string();

            assert!(refused.contains("no colour like"), "{refused}");
        }
    }

    /// The stylesheets bend every accent until it can be read. Where somebody takes that out, a faint one is refused.
    #[test]
    fn an_accent_that_cannot_be_read_is_refused_in_the_words_of_the_styles_test() {
        let unbent = format!("{}\n:root {{ --accent: var(--accent-base); }}", tokens());

        let refused = change(&unbent, "#ffff00").expect_err("a faint accent").to_string();

        assert!(refused.starts_with("with the accent #ffff00"), "{refused}");
        assert!(refused.contains("--accent on --surface (Light): 1."), "{refused}");
        assert!(refused.contains("needs 4.5"), "{refused}");
    }
}
