//! What the backend laid down in the page before the first script ran.

use foyer_contract::preferences::Spoken;
use foyer_contract::view::Start;
use js_sys::{JSON, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::{from_js, function};
use crate::browser::{self, START};

/// What the first frame was rendered with, where there is one. It is asked for once, and does not stay in the document.
pub(crate) fn start_of_frame() -> Option<Start> {
    let text = browser::take_text(START)?;
    let value = JSON::parse(&text).ok()?;
    read(&value)
}

/// The language that the backend laid down before the first script ran, if it did.
pub(crate) fn spoken_at_start() -> Option<Spoken> {
    let value = Reflect::get(&start()?, &"spoken".into()).ok().filter(JsValue::is_object)?;
    read(&value)
}

/// What a person pressed before there was a program, if they did. It is asked for once: from then on the program hears
/// what is pressed itself.
pub(crate) fn pressed_at_start() -> Option<HtmlElement> {
    let start = start()?;
    function(&start, "pressed").ok()?.call0(&start).ok()?.dyn_into().ok()
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    match from_js(value) {
        Ok(value) => Some(value),
        Err(error) => {
            browser::report(&error.message);
            None
        }
    }
}

fn start() -> Option<JsValue> {
    let window: JsValue = web_sys::window()?.into();
    Reflect::get(&window, &"__FOYER__".into()).ok().filter(JsValue::is_object)
}
