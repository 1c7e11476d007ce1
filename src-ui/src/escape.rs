//! What Escape does: it closes what was opened last and is still open (a menu, a dialog, a disclosure, the form of a
//! row). Where nothing is open, the key goes on to the element with the focus, and a form may revert.
//!
//! It stands beside `browser.rs` and not in `hooks/`, because components that open something take part as well.

use std::cell::RefCell;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::browser;
use crate::model::escape_stack::EscapeStack;

thread_local! {
    static STACK: RefCell<EscapeStack<Callback<()>>> = RefCell::default();
}

/// While `is_open`, Escape calls `close`, wherever the focus is, unless something else was opened later. When it has
/// closed, by Escape or otherwise, the focus goes back to where it was before, if it would be lost.
#[hook]
pub(crate) fn use_escape(is_open: bool, close: Callback<()>) {
    let newest = use_mut_ref(Callback::noop);
    *newest.borrow_mut() = close;
    // Asked while the opening is drawn: later, what has opened may have taken the focus.
    let opener = use_memo(is_open, |is_open| is_open.then(browser::focused).flatten());
    use_effect_with(is_open, move |is_open| {
        let opened = is_open.then(|| {
            let close = Callback::from(move |()| {
                let close = newest.borrow().clone();
                close.emit(());
            });
            let id = STACK.with_borrow_mut(|stack| stack.push(close));
            Opened { id, opener: (*opener).clone() }
        });
        move || drop(opened)
    });
}

/// Listens to the key. Only the app itself uses this hook, once.
#[hook]
pub(crate) fn use_escape_key() {
    use_effect_with((), |()| {
        // Before any element hears of the key.
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", options, |event| {
                if event.dyn_ref().is_some_and(is_escape) && close_last() {
                    event.prevent_default();
                    event.stop_propagation();
                }
            })
        });
        move || drop(listener)
    });
}

/// Something that is open, until it is dropped.
struct Opened {
    id: u64,
    /// What had the focus before.
    opener: Option<HtmlElement>,
}

impl Drop for Opened {
    fn drop(&mut self) {
        STACK.with_borrow_mut(|stack| stack.remove(self.id));
        let Some(opener) = self.opener.take() else { return };
        // Only once the elements have left the document is it known whether the focus went with them.
        spawn_local(async move {
            if browser::focused().is_none() && opener.is_connected() {
                browser::focus_on(&opener);
            }
        });
    }
}

/// An input method uses the same key to leave what it proposes.
fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.is_composing()
}

/// Closes what was opened last. False where nothing is open.
fn close_last() -> bool {
    // The callback may open or close something: the stack is free again before it runs.
    let close = STACK.with_borrow(|stack| stack.last().cloned());
    close.map(|close| close.emit(())).is_some()
}
