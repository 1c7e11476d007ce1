//! Keys pressed on the display itself, as a keyboard does: whoever has the focus gets them.

use harness::{Fault, Outcome};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::fault;

/// What keys without a letter are called (X11/keysymdef.h).
const TAB: u32 = 0xff09;
const RETURN: u32 = 0xff0d;
const RIGHT: u32 = 0xff53;
const SHIFT: u32 = 0xffe1;
const CONTROL: u32 = 0xffe3;
const ALT: u32 = 0xffe9;

/// A key, or one with another held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// To the next field.
    Tab,
    /// To the field before.
    BackTab,
    /// Sends a form.
    Return,
    /// To the next of a list.
    Right,
    /// A letter with Control held.
    Control(char),
    /// A character with Alt held.
    Alt(char),
    /// A character of ASCII.
    Character(char),
}

/// The keys of a display, by what they are called.
#[derive(Debug)]
pub(crate) struct Keyboard {
    first: u8,
    per_key: usize,
    names: Vec<u32>,
}

impl Keyboard {
    /// Asks a display for its keys.
    ///
    /// # Errors
    /// When it does not answer.
    pub(crate) fn of(connection: &RustConnection) -> Outcome<Self> {
        let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
        let keys = connection.get_keyboard_mapping(first, last - first + 1).map_err(fault)?;
        let keys = keys.reply().map_err(fault)?;
        Ok(Self { first, per_key: usize::from(keys.keysyms_per_keycode), names: keys.keysyms })
    }

    /// Presses and releases a key, and waits until the display has taken it.
    ///
    /// # Errors
    /// When there is no such key.
    pub(crate) fn press(&self, connection: &RustConnection, key: Key) -> Outcome {
        let (held, name) = match key {
            Key::Tab => (None, TAB),
            Key::BackTab => (Some(SHIFT), TAB),
            Key::Return => (None, RETURN),
            Key::Right => (None, RIGHT),
            Key::Control(letter) => (Some(CONTROL), letter.into()),
            Key::Alt(letter) => (Some(ALT), letter.into()),
            Key::Character(letter) => (None, letter.into()),
        };
        let (code, is_shifted) = self.find(name)?;
        let held = held.or(is_shifted.then_some(SHIFT)).map(|held| self.find(held)).transpose()?;
        let held = held.map(|(code, _)| code);
        for (event, code) in [
            held.map(|held| (KEY_PRESS_EVENT, held)),
            Some((KEY_PRESS_EVENT, code)),
            Some((KEY_RELEASE_EVENT, code)),
            held.map(|held| (KEY_RELEASE_EVENT, held)),
        ]
        .into_iter()
        .flatten()
        {
            let sent = connection.xtest_fake_input(event, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0);
            sent.map_err(fault)?;
        }
        connection.sync().map_err(fault)
    }

    /// The code of a key, and whether Shift is held for it.
    fn find(&self, name: u32) -> Outcome<(u8, bool)> {
        let found = self.names.chunks(self.per_key).zip(self.first..).find_map(|(names, code)| {
            let column = names.iter().take(2).position(|other| *other == name)?;
            Some((code, column == 1))
        });
        found.ok_or_else(|| Fault::new(format!("the display's keyboard has no key {name:#x}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_found_with_and_without_shift_and_one_that_is_not_there_is_named() {
        let keyboard =
            Keyboard { first: 8, per_key: 2, names: vec![0, 0, 'a'.into(), 'A'.into(), TAB, 0xfe20] };

        assert_eq!(keyboard.find('a'.into()).expect("a key"), (9, false));
        assert_eq!(keyboard.find('A'.into()).expect("a key"), (9, true));
        assert_eq!(keyboard.find(TAB).expect("a key"), (10, false));
        assert!(keyboard.find('@'.into()).is_err());
    }
}
