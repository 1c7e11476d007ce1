//! What the backend laid down in the page before the first script ran.

use foyer_contract::preferences::Spoken;
use foyer_contract::view::AppView;
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::{from_js, function};

/// The view that the backend laid down before the first script ran, if it did.
pub(crate) fn view_at_start() -> Option<AppView> {
    at_start("view")
}

/// The language that the backend laid down before the first script ran, if it did.
pub(crate) fn spoken_at_start() -> Option<Spoken> {
    at_start("spoken")
}

/// What a person pressed before there was a program, if they did. It is asked for once: from then on the program hears
/// what is pressed itself.
pub(crate) fn pressed_at_start() -> Option<HtmlElement> {
    let start = start()?;
    function(&start, "pressed").ok()?.call0(&start).ok()?.dyn_into().ok()
}

/// A part of [`Start`](foyer_contract::view::Start).
fn at_start<T: DeserializeOwned>(part: &str) -> Option<T> {
    let value = Reflect::get(&start()?, &part.into()).ok().filter(JsValue::is_object)?;
    match from_js(&value) {
        Ok(value) => Some(value),
        Err(error) => {
            crate::browser::report(&error.message);
            None
        }
    }
}

fn start() -> Option<JsValue> {
    let window: JsValue = web_sys::window()?.into();
    Reflect::get(&window, &"__FOYER__".into()).ok().filter(JsValue::is_object)
}
