//! The page around us: focus, language, time. No request to the backend is made here (that is `ipc.rs`).
//!
//! Where the shell renders the first frame there is no page: nothing has the focus then, and no time has passed.

#[cfg(target_arch = "wasm32")]
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsCast;
#[cfg(target_arch = "wasm32")]
use web_sys::Element;
use web_sys::{
    Document, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, VisibilityState,
    Window,
};

fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The id of the element that has the [`Start`](foyer_contract::view::Start) which the first frame was rendered with.
pub(crate) const START: &str = "start-of-page";

/// The element that the app is drawn into. Until then the element holds the first frame, or the static skeleton.
#[cfg(target_arch = "wasm32")]
pub(crate) fn root() -> Option<Element> {
    document()?.get_element_by_id("app")
}

/// The text of the element with this id, which goes from the page: it is read once.
#[cfg(target_arch = "wasm32")]
pub(crate) fn take_text(id: &str) -> Option<String> {
    let element = document()?.get_element_by_id(id)?;
    element.remove();
    element.text_content()
}

/// Loads the page once more, without a first frame.
#[cfg(target_arch = "wasm32")]
pub(crate) fn load_without_first_frame() {
    let location = window().map(|window| window.location());
    if location.is_none_or(|location| location.replace("?plain").is_err()) {
        report("the page could not be loaded once more");
    }
}

/// Chooses the colours of the page: `system`, `light` or `dark`, as `styles/tokens.css` has them.
pub(crate) fn set_theme(theme: &str) {
    set_on_root("data-theme", theme);
}

/// Tells screen readers and hyphenation which language the page is in, and the layout in which direction it is written.
pub(crate) fn set_document_language(tag: &str, direction: &str) {
    set_on_root("lang", tag);
    set_on_root("dir", direction);
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

/// The day of a moment as people of this language write it, where the person is. The moment is in seconds since 1970.
#[cfg(target_arch = "wasm32")]
pub(crate) fn day(unix_s: u64, language: &str) -> String {
    let options = Object::new();
    if Reflect::set(&options, &"dateStyle".into(), &"long".into()).is_err() {
        report("a date's style could not be set");
    }
    // Exact for hundreds of thousands of years.
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&(unix_s as f64 * 1000.0).into());
    date.to_locale_date_string(language, &options).into()
}

/// The shell does not know where the person is. No first frame has a day in it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn day(_: u64, _: &str) -> String {
    String::new()
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

/// The same without scrolling. A window may be a pixel high when its page begins: what is scrolled into sight then is
/// scrolled away from where the page begins once the window has its height.
pub(crate) fn focus_in_place(element: &HtmlElement) {
    let how = FocusOptions::new();
    how.set_prevent_scroll(true);
    if element.focus_with_options(&how).is_err() {
        report("an element refused the focus");
    }
}

/// Scrolls to where the page begins.
pub(crate) fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The element that has the keyboard's focus; `None` where the focus is on nothing in particular.
pub(crate) fn focused() -> Option<HtmlElement> {
    let document = document()?;
    let element = document.active_element()?;
    let is_lost = document.body().is_some_and(|body| *body == element);
    if is_lost { None } else { element.dyn_into().ok() }
}

/// True where a dialog is open, which keeps everything behind it out of reach.
pub(crate) fn has_dialog() -> bool {
    found("dialog[open]").is_some()
}

/// True where typing puts text into this element.
pub(crate) fn takes_text(element: &HtmlElement) -> bool {
    let fields = "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select";
    element.is_content_editable() || element.matches(fields).unwrap_or(false)
}

/// Scrolls no further than needed for the first element that the selector names to be seen, if there is one.
pub(crate) fn reveal(selector: &str) {
    let Some(element) = found(selector) else { return };
    let how = ScrollIntoViewOptions::new();
    how.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}

/// Moves the focus to the next part of the window, or the one before: to the page's title, or to the page's name in the
/// navigation.
pub(crate) fn focus_next_part(backwards: bool) {
    let parts = ["nav [aria-current]", "main:not([hidden] *) h1"].map(found);
    let parts: Vec<HtmlElement> = parts.into_iter().flatten().collect();
    let now = focused();
    let has_focus = |part: &HtmlElement| {
        let around = part.closest("nav, main").ok().flatten();
        now.as_ref().is_some_and(|now| around.is_some_and(|around| around.contains(Some(now))))
    };
    let next = match parts.iter().position(has_focus) {
        Some(index) if backwards => index.checked_sub(1).unwrap_or(parts.len() - 1),
        Some(index) => (index + 1) % parts.len(),
        None => 0,
    };
    if let Some(part) = parts.get(next) {
        focus_on(part);
    }
}

/// True on a Mac, whose keys have other names.
#[cfg(target_arch = "wasm32")]
pub(crate) fn is_mac() -> bool {
    window()
        .is_some_and(|window| window.navigator().user_agent().is_ok_and(|agent| agent.contains("Macintosh")))
}

/// The shell runs where the window is.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn is_mac() -> bool {
    cfg!(target_os = "macos")
}

fn found(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// The window's title.
pub(crate) fn title() -> String {
    document().map(|document| document.title()).unwrap_or_default()
}

/// Gives the window another title. The backend gives it to the system's window as well.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the first control that can be used in the element with this id, where the focus is on nothing.
pub(crate) fn focus_if_lost(id: &str) {
    let first = document()
        .filter(|_| focused().is_none())
        .and_then(|document| document.query_selector(&format!("#{id} button:enabled")).ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        focus_on(&first);
    }
}

/// Whether the keyboard writes into a field for text.
pub(crate) fn is_typing() -> bool {
    focused().is_some_and(|element| takes_text(&element))
}

/// Says something to the developer's console, where nothing could be done for the person.
/// Callers pass codes and constants, never what was typed.
pub(crate) fn report(what: &str) {
    if window().is_some() {
        web_sys::console::error_1(&what.into());
    }
}
