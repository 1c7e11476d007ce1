//! The shortcuts: which keys do what, and when. One table, for the window's listener, the list that `?` shows, and the
//! keys beside an item of the menu.

use super::menu::MenuItem;

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Opens the menu, or closes it.
    Menu,
    /// Chooses this item, if it can be chosen at the moment.
    Item(MenuItem),
    /// Moves the focus to the next part of the window.
    NextPart,
    /// Closes what was opened last. `escape.rs` listens to this one.
    Close,
}

/// What is held together with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Nothing,
    /// Cmd on a Mac, Ctrl elsewhere.
    Command,
    /// What leads to the pages of an app: Cmd on a Mac, where Alt types other characters, Alt elsewhere.
    Pages,
}

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shortcut {
    with: With,
    /// What the key types with the layout of the person.
    key: &'static str,
    /// Where the key is, for layouts that type other letters there (`KeyboardEvent.code`).
    code: &'static str,
    /// It is text where one types, so it holds outside of fields alone.
    is_text: bool,
    pub(crate) does: Does,
}

/// What opens the menu.
pub(crate) const MENU: Shortcut =
    Shortcut { with: With::Command, key: "k", code: "KeyK", is_text: false, does: Does::Menu };

/// All of them, in the order of the list.
pub(crate) const SHORTCUTS: [Shortcut; 9] = [
    MENU,
    item(With::Command, "s", "KeyS", MenuItem::Save),
    item(With::Pages, "1", "Digit1", MenuItem::Account),
    item(With::Pages, "2", "Digit2", MenuItem::Security),
    item(With::Command, ",", "Comma", MenuItem::Settings),
    item(With::Command, "n", "KeyN", MenuItem::NewWindow),
    Shortcut { with: With::Nothing, key: "F6", code: "F6", is_text: false, does: Does::NextPart },
    Shortcut { with: With::Nothing, key: "Escape", code: "Escape", is_text: false, does: Does::Close },
    Shortcut {
        with: With::Nothing,
        key: "?",
        code: "",
        is_text: true,
        does: Does::Item(MenuItem::Shortcuts),
    },
];

const fn item(with: With, key: &'static str, code: &'static str, item: MenuItem) -> Shortcut {
    Shortcut { with, key, code, is_text: false, does: Does::Item(item) }
}

/// A key as it was pressed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Press {
    /// `KeyboardEvent.key`.
    pub(crate) key: String,
    /// `KeyboardEvent.code`.
    pub(crate) code: String,
    pub(crate) ctrl: bool,
    pub(crate) alt: bool,
    pub(crate) meta: bool,
    /// The focus is in a field that takes text.
    pub(crate) in_field: bool,
}

/// What is printed on a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cap {
    Ctrl,
    Cmd,
    Alt,
    Esc,
    /// The same in every language.
    Sign(char),
    F6,
}

impl Shortcut {
    /// What is printed on the keys.
    pub(crate) fn caps(&self, is_mac: bool) -> Vec<Cap> {
        let key = match self.key {
            "Escape" => Some(Cap::Esc),
            "F6" => Some(Cap::F6),
            key => key.chars().next().map(|c| Cap::Sign(c.to_ascii_uppercase())),
        };
        self.held(is_mac).into_iter().chain(key).collect()
    }

    /// What is held together with the key.
    fn held(&self, is_mac: bool) -> Option<Cap> {
        match (self.with, is_mac) {
            (With::Nothing, _) => None,
            (With::Command | With::Pages, true) => Some(Cap::Cmd),
            (With::Command, false) => Some(Cap::Ctrl),
            (With::Pages, false) => Some(Cap::Alt),
        }
    }

    /// The value of `aria-keyshortcuts`.
    pub(crate) fn aria(&self, is_mac: bool) -> String {
        let names = self.caps(is_mac).into_iter().map(|cap| match cap {
            Cap::Ctrl => "Control".to_owned(),
            Cap::Cmd => "Meta".to_owned(),
            Cap::Alt => "Alt".to_owned(),
            Cap::Esc => "Escape".to_owned(),
            Cap::F6 => "F6".to_owned(),
            Cap::Sign(sign) => sign.to_string(),
        });
        names.collect::<Vec<_>>().join("+")
    }

    fn is(&self, press: &Press, is_mac: bool) -> bool {
        let wanted = [Cap::Ctrl, Cap::Alt, Cap::Cmd].map(|cap| self.held(is_mac) == Some(cap));
        let held = [press.ctrl, press.alt, press.meta];
        // A layout that types another letter of the alphabet there means that letter; one that types no letter of it at
        // all (Arabic, a digit that needs Shift) means the place.
        let is_other = !press.key.chars().all(|c| c.is_ascii_alphanumeric());
        let is_key = press.key.eq_ignore_ascii_case(self.key) || (is_other && press.code == self.code);
        held == wanted && is_key && !(self.is_text && press.in_field)
    }
}

/// Whether these keys paste. Every app has them: they stand in no list.
pub(crate) fn is_paste(press: &Press, is_mac: bool) -> bool {
    item(With::Command, "v", "KeyV", MenuItem::ChoosePicture).is(press, is_mac)
}

/// What these keys do.
pub(crate) fn pressed(press: &Press, is_mac: bool) -> Option<Does> {
    SHORTCUTS.iter().find(|shortcut| shortcut.is(press, is_mac)).map(|shortcut| shortcut.does)
}

/// The shortcut of an item of the menu.
pub(crate) fn of(item: MenuItem) -> Option<&'static Shortcut> {
    SHORTCUTS.iter().find(|shortcut| shortcut.does == Does::Item(item))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ctrl(key: &str, code: &str) -> Press {
        Press { key: key.into(), code: code.into(), ctrl: true, ..Press::default() }
    }

    fn plain(key: &str) -> Press {
        Press { key: key.into(), ..Press::default() }
    }

    #[test]
    fn the_platforms_own_key_counts_and_the_other_ones_does_not() {
        let cmd = Press { meta: true, ctrl: false, ..ctrl("k", "KeyK") };

        assert_eq!(pressed(&ctrl("k", "KeyK"), false), Some(Does::Menu));
        assert_eq!(pressed(&cmd, true), Some(Does::Menu));
        assert_eq!(pressed(&ctrl("k", "KeyK"), true), None, "on a Mac it deletes to the end of the line");
        assert_eq!(pressed(&cmd, false), None);
        assert_eq!(pressed(&Press { alt: true, ..ctrl("s", "KeyS") }, false), None, "AltGr");
        assert_eq!(pressed(&plain("k"), false), None);
    }

    #[test]
    fn a_question_mark_is_text_in_a_field() {
        let shown = Some(Does::Item(MenuItem::Shortcuts));

        assert_eq!(pressed(&plain("?"), false), shown);
        assert_eq!(pressed(&Press { in_field: true, ..plain("?") }, false), None);
        assert_eq!(
            pressed(&Press { in_field: true, ..ctrl("s", "KeyS") }, false),
            Some(Does::Item(MenuItem::Save))
        );
    }

    #[test]
    fn other_layouts_mean_their_own_letters_and_where_they_have_none_the_place() {
        assert_eq!(pressed(&ctrl("K", "KeyT"), false), Some(Does::Menu), "Dvorak, caps lock");
        assert_eq!(pressed(&ctrl("t", "KeyK"), false), None, "Dvorak");
        assert_eq!(pressed(&ctrl("ن", "KeyK"), false), Some(Does::Menu), "Arabic");
        let digit = Press { key: "&".into(), code: "Digit1".into(), alt: true, ..Press::default() };
        assert_eq!(pressed(&digit, false), Some(Does::Item(MenuItem::Account)), "French");
    }

    #[test]
    fn whatever_the_layout_what_pastes_elsewhere_pastes_here() {
        let cmd = Press { meta: true, ctrl: false, ..ctrl("v", "KeyV") };

        assert!(is_paste(&ctrl("v", "KeyV"), false) && is_paste(&cmd, true));
        assert!(is_paste(&ctrl("ر", "KeyV"), false), "Arabic");
        assert!(
            !is_paste(&ctrl("v", "KeyV"), true) && !is_paste(&cmd, false) && !is_paste(&plain("v"), false)
        );
    }

    #[test]
    fn no_two_shortcuts_have_the_same_keys() {
        for is_mac in [false, true] {
            for (index, one) in SHORTCUTS.iter().enumerate() {
                let same = |other: &Shortcut| other.caps(is_mac) == one.caps(is_mac);
                assert!(!SHORTCUTS[index + 1..].iter().any(same), "{:?}", one.caps(is_mac));
            }
        }
    }

    #[test]
    fn the_keys_are_said_as_they_are_printed() {
        let save = of(MenuItem::Save).unwrap();

        assert_eq!(save.caps(false), [Cap::Ctrl, Cap::Sign('S')]);
        assert_eq!(save.aria(true), "Meta+S");
        assert_eq!(of(MenuItem::SignOut), None);
    }
}
