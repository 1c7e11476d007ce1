//! Tells the backend that the person is back, so that the backend looks at once and does not wait for its timer.

use foyer_contract::session::Wake;
use gloo_events::EventListener;
use yew::prelude::*;

use crate::{browser, ipc};

/// Tells the backend when the network is back and when the window comes to the front. Only the app itself uses this
/// hook, once.
#[hook]
pub(crate) fn use_wake() {
    use_effect_with((), |()| {
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            listeners.push(EventListener::new(&window, "online", |_| wake()));
            listeners.push(EventListener::new(&window, "focus", |_| wake()));
            if let Some(document) = window.document() {
                listeners.push(EventListener::new(&document, "visibilitychange", |_| {
                    if browser::is_visible() {
                        wake();
                    }
                }));
            }
        }
        move || drop(listeners)
    });
}

fn wake() {
    // The backend looks by itself a little later.
    ipc::tell(Wake {});
}
