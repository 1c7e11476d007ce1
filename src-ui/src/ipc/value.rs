//! What a request and an answer consist of, between the browser's values and the contract's types.
//!
//! Tauri takes and gives values of the browser. Reading them by a JSON text in between takes a parser and a writer of
//! JSON, with the tables for its numbers, and code of each type for what JSON allows and the contract never says.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A value that crosses. Its text is not shown by an error: it may be a secret.
#[derive(PartialEq)]
pub(super) enum Value {
    /// `null`, and `undefined`, which is what a command without an answer gives.
    Null,
    Bool(bool),
    /// Whole numbers are exact up to 2^53, as everywhere in a browser.
    Number(f64),
    Text(String),
    List(Vec<Value>),
    /// Names and what they stand for.
    Object(Vec<(String, Value)>),
}

/// A value is not what was expected there. It says no more: what stands in a value is nobody's but its reader's.
#[derive(Debug)]
pub(super) struct Unexpected;

impl Value {
    /// The browser's value, copied; `None` where there is something in it that is no data.
    pub(super) fn of(value: &JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() {
            Some(Self::Null)
        } else if let Some(flag) = value.as_bool() {
            Some(Self::Bool(flag))
        } else if let Some(number) = value.as_f64() {
            Some(Self::Number(number))
        } else if let Some(text) = value.as_string() {
            Some(Self::Text(text))
        } else if let Some(list) = value.dyn_ref::<Array>() {
            Some(Self::List(list.iter().map(|item| Self::of(&item)).collect::<Option<_>>()?))
        } else {
            let object = value.dyn_ref::<Object>().filter(|_| !value.is_function())?;
            let entries = Object::entries(object);
            let entries = entries
                .iter()
                .map(|entry| entry.unchecked_into::<Array>())
                .filter(|entry| !entry.get(1).is_undefined());
            let named = entries.map(|entry| Some((entry.get(0).as_string()?, Self::of(&entry.get(1))?)));
            Some(Self::Object(named.collect::<Option<_>>()?))
        }
    }

    /// The same as a value of the browser; `None` where the browser does not make it.
    pub(super) fn into_js(self) -> Option<JsValue> {
        Some(match self {
            Self::Null => JsValue::NULL,
            Self::Bool(flag) => flag.into(),
            Self::Number(number) => number.into(),
            Self::Text(text) => text.into(),
            Self::List(items) => items
                .into_iter()
                .map(Self::into_js)
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .collect::<Array>()
                .into(),
            Self::Object(named) => {
                let object = Object::new();
                for (name, value) in named {
                    Reflect::set(&object, &name.into(), &value.into_js()?).ok()?;
                }
                object.into()
            }
        })
    }
}
