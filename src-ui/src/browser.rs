//! The page around us: focus, language, time. No request to the backend is made here (that is `ipc.rs`).

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, VisibilityState, Window};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The element that the app is drawn into. Until then the element holds the static skeleton.
pub(crate) fn root() -> Option<Element> {
    document()?.get_element_by_id("app")
}

/// The languages the person prefers, best first, as BCP 47 tags.
pub(crate) fn languages() -> Vec<String> {
    let Some(window) = window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Chooses the colours of the page: `system`, `light` or `dark`, as `styles/tokens.css` has them.
pub(crate) fn set_theme(theme: &str) {
    set_on_root("data-theme", theme);
}

/// Tells screen readers and hyphenation which language the page is in.
pub(crate) fn set_document_language(tag: &str) {
    set_on_root("lang", tag);
}

fn set_on_root(attribute: &str, value: &str) {
    let Some(element) = document().and_then(|document| document.document_element()) else { return };
    if element.set_attribute(attribute, value).is_err() {
        report("an attribute of the document could not be set");
    }
}

/// Milliseconds since the page began, on a clock that no one can set.
pub(crate) fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// True while the window can be seen.
pub(crate) fn is_visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Moves the keyboard's focus to the element with this id. Nothing happens where no element has it.
pub(crate) fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus_on(&element);
    }
}

/// Moves the keyboard's focus to this element.
pub(crate) fn focus_on(element: &HtmlElement) {
    if element.focus().is_err() {
        report("an element refused the focus");
    }
}

/// The element that has the keyboard's focus; `None` where the focus is on nothing in particular.
pub(crate) fn focused() -> Option<HtmlElement> {
    let document = document()?;
    let element = document.active_element()?;
    let is_lost = document.body().is_some_and(|body| *body == element);
    if is_lost { None } else { element.dyn_into().ok() }
}

/// Says something to the developer's console, where nothing could be done for the person.
/// Callers pass codes and constants, never what was typed.
pub(crate) fn report(what: &str) {
    web_sys::console::error_1(&what.into());
}
