//! The first time that the page renders: in the shell, and into what the shell has rendered.

use std::cell::Cell;

thread_local! {
    static IS_NOW: Cell<bool> = const { Cell::new(false) };
    static FOCUS: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// What renders from now on renders for the first time.
pub(crate) fn begin() {
    IS_NOW.set(true);
    FOCUS.set(None);
}

/// The page has rendered. The id of the element that gets the focus in its first frame.
pub(crate) fn end() -> Option<&'static str> {
    IS_NOW.set(false);
    FOCUS.take()
}

/// Whether the page renders for the first time just now.
pub(crate) fn is_now() -> bool {
    IS_NOW.get()
}

/// The element with this id gets the focus in the first frame.
pub(crate) fn focus(id: &'static str) {
    FOCUS.set(Some(id));
}
