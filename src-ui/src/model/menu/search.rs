//! The search in the menu, by the words of the language that the menu is in.

use super::MenuItem;

/// The items whose words hold every word that was typed, in any order. Those in which every word begins as typed come
/// first; within that the order stays.
pub(crate) fn found(items: &[(MenuItem, String)], typed: &str) -> Vec<MenuItem> {
    let typed = folded(typed);
    let typed: Vec<&str> = typed.split_whitespace().collect();
    let (mut found, mut found_inside) = (Vec::new(), Vec::new());
    for (item, words) in items {
        let words = folded(words);
        if typed.iter().all(|part| words.contains(part)) {
            let begins = typed.iter().all(|part| begins_a_word(&words, part));
            if begins { found.push(*item) } else { found_inside.push(*item) }
        }
    }
    found.append(&mut found_inside);
    found
}

fn begins_a_word(words: &str, part: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(part))
}

/// The text as it is compared: in lower case, and without the marks that are often left out while typing.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_mark).collect()
}

/// A letter without its mark, for the languages that Foyer speaks.
fn without_mark(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(items: &[(MenuItem, &str)], typed: &str) -> Vec<MenuItem> {
        let items: Vec<_> = items.iter().map(|(item, words)| (*item, (*words).to_owned())).collect();
        found(&items, typed)
    }

    const ENGLISH: [(MenuItem, &str); 4] = [
        (MenuItem::Restore, "Take back what was reverted"),
        (MenuItem::ChangePassword, "Change password"),
        (MenuItem::SignOutOthers, "Sign out on other devices"),
        (MenuItem::SignOut, "Sign out"),
    ];

    #[test]
    fn nothing_typed_finds_everything_in_its_order() {
        assert_eq!(search(&ENGLISH, "  ").len(), ENGLISH.len());
        assert_eq!(search(&ENGLISH, "")[0], MenuItem::Restore);
    }

    #[test]
    fn every_word_counts_in_any_order_and_any_case() {
        assert_eq!(search(&ENGLISH, "OUT sign"), [MenuItem::SignOutOthers, MenuItem::SignOut]);
        assert_eq!(search(&ENGLISH, "out dev"), [MenuItem::SignOutOthers]);
        assert_eq!(search(&ENGLISH, "out password"), []);
    }

    #[test]
    fn a_word_that_begins_so_comes_before_one_that_holds_it() {
        let items = [(MenuItem::Save, "Unpin word"), (MenuItem::Revert, "Pin word")];

        assert_eq!(search(&items, "pin"), [MenuItem::Revert, MenuItem::Save]);
    }

    #[test]
    fn marks_may_be_left_out_and_words_without_gaps_are_searched_inside() {
        assert_eq!(
            search(&[(MenuItem::Revert, "Änderungen zurücknehmen")], "andeRUNGEN zuruck"),
            [MenuItem::Revert]
        );
        assert_eq!(search(&[(MenuItem::SignOut, "Cerrar sesión")], "sesion"), [MenuItem::SignOut]);
        assert_eq!(
            search(&[(MenuItem::ChangePassword, "パスワードを変更")], "変更"),
            [MenuItem::ChangePassword]
        );
        assert_eq!(search(&[(MenuItem::Settings, "الإعدادات")], "الاعدادات"), [MenuItem::Settings]);
    }
}
