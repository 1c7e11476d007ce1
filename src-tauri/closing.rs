//! The end of a window in which something typed is not saved: its page asks the person first. A page that does not answer
//! keeps no window open: the second wish to close it is followed.

use std::collections::BTreeSet;

use parking_lot::Mutex;

/// The windows whose person is being asked, by label.
#[derive(Default)]
pub struct Closing {
    asked: Mutex<BTreeSet<String>>,
}

impl Closing {
    /// Whether this window closes now, which somebody wishes. If not, its page is to ask.
    pub fn may_close(&self, label: &str, has_unsaved: bool) -> bool {
        let mut asked = self.asked.lock();
        let was_asked = asked.remove(label);
        if has_unsaved && !was_asked {
            asked.insert(label.to_owned());
            return false;
        }
        true
    }

    /// The person wants the window to stay.
    pub fn stay(&self, label: &str) {
        self.asked.lock().remove(label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_with_something_unsaved_asks_once_and_closes_at_the_second_wish() {
        let closing = Closing::default();
        assert!(closing.may_close("main", false), "nothing to ask about");

        assert!(!closing.may_close("main", true));
        assert!(!closing.may_close("other", true), "each window has a question of its own");
        assert!(closing.may_close("main", true));
    }

    #[test]
    fn whoever_stays_is_asked_again_the_next_time() {
        let closing = Closing::default();

        assert!(!closing.may_close("main", true));
        closing.stay("main");
        assert!(!closing.may_close("main", true));
        assert!(closing.may_close("main", false), "it was saved while the question was shown");
        assert!(!closing.may_close("main", true));
    }
}
