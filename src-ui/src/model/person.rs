//! How a person without a picture is shown, and what they are called.

use foyer_contract::names;

/// One or two letters: of the first and the last word of the name, else of the address; `None` where there is neither.
pub(crate) fn initials(full_name: &str, email: Option<&str>) -> Option<String> {
    let mut words = full_name.split_whitespace().filter_map(first_letter);
    let letters = match (words.next(), words.next_back()) {
        (Some(first), Some(last)) => format!("{first}{last}"),
        (Some(only), None) => only,
        _ => first_letter(email?)?,
    };
    Some(letters)
}

/// The name, else the address; `None` where there is neither. A name in which nothing can be seen does not count.
pub(crate) fn display_name<'a>(full_name: &'a str, email: Option<&'a str>) -> Option<&'a str> {
    let name = full_name.trim();
    if names::is_visible(name) { Some(name) } else { email }
}

fn first_letter(word: &str) -> Option<String> {
    // Fillers of Hangul count as letters.
    let letter = |c: &char| c.is_alphanumeric() && !names::is_unseen(*c);
    word.chars().find(letter).map(|letter| letter.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_word_give_the_initials() {
        assert_eq!(initials("Ada Lovelace", None).as_deref(), Some("AL"));
        assert_eq!(initials("  ada king of lovelace ", None).as_deref(), Some("AL"));
        assert_eq!(initials("Émile", None).as_deref(), Some("É"));
        assert_eq!(initials("(ada) \"lovelace\"", None).as_deref(), Some("AL"));
    }

    #[test]
    fn without_a_name_the_address_gives_one_letter() {
        assert_eq!(initials("", Some("grace@example.com")).as_deref(), Some("G"));
        assert_eq!(initials(" - ", Some("grace@example.com")).as_deref(), Some("G"));
    }

    #[test]
    fn without_both_there_are_none() {
        assert_eq!(initials("", None), None);
        assert_eq!(initials("", Some("@")), None);
    }

    #[test]
    fn a_name_that_nobody_can_see_gives_way_to_the_address() {
        for unseen in ["\u{3164}", "\u{200B}\u{200B}\u{200B}", "\u{2800}"] {
            assert_eq!(initials(unseen, Some("grace@example.com")).as_deref(), Some("G"), "{unseen:?}");
            assert_eq!(display_name(unseen, Some("a@b.c")), Some("a@b.c"), "{unseen:?}");
        }
        assert_eq!(initials("\u{3164}Ada", None).as_deref(), Some("A"));
    }

    #[test]
    fn the_name_is_shown_before_the_address() {
        assert_eq!(display_name(" Ada ", Some("a@b.c")), Some("Ada"));
        assert_eq!(display_name(" ", Some("a@b.c")), Some("a@b.c"));
        assert_eq!(display_name("", None), None);
    }
}
