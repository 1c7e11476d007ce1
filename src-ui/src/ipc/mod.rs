//! The door to the backend: the only module that touches `window.__TAURI_INTERNALS__`.
//!
//! `invoke` and `transformCallback` are looked up by name, so that no binding code is generated. What the backend
//! tells comes on one channel; the page listens to no Tauri events. Nothing here knows what a command means.
//!
//! `start` reads what the backend laid down before the first script, [`value`] is what crosses, [`read`] and [`write`] turn
//! it into the contract's types and back.

// An error is large where an address has 64 bits. In a page an address has 32, and the shell calls nothing of this.
#![cfg_attr(not(target_arch = "wasm32"), allow(clippy::result_large_err))]

mod read;
#[cfg(target_arch = "wasm32")]
mod start;
#[cfg(test)]
mod tests;
mod value;
mod write;

#[cfg(target_arch = "wasm32")]
pub(crate) use start::{pressed_at_start, spoken_at_start, start_of_frame};

use std::pin::Pin;

use foyer_contract::view::{AppView, WatchApp};
use foyer_contract::{Command, CommandError, Message, SessionErrorCode};
use js_sys::{Function, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use self::value::Value;
use crate::model::in_order::{Envelope, InOrder};

/// A question that is on its way.
type Asked = Pin<Box<dyn Future<Output = Result<JsValue, CommandError>>>>;

/// Asks the backend and waits for the answer.
///
/// # Errors
/// What the command says; [`SessionErrorCode::Internal`] where there is no backend or it speaks another language.
pub(crate) async fn call<C: Command>(request: C) -> Result<C::Answer, CommandError> {
    #[derive(Serialize)]
    struct Arguments<C> {
        request: C,
    }

    let arguments = to_js(&Arguments { request });
    from_js(&ask(C::NAME, arguments).await?)
}

/// Tells the backend something of which nobody hears when it fails: no person has asked for it.
pub(crate) fn tell<C: Command<Answer = ()> + 'static>(request: C) {
    spawn_local(async move {
        if let Err(error) = call(request).await {
            crate::browser::report(&error.message);
        }
    });
}

/// Sends what was written, if it could be. One future for all commands: each of its own would be code of its own.
fn ask(name: &'static str, arguments: Result<JsValue, CommandError>) -> Asked {
    Box::pin(async move { invoke(name, &arguments?).await.map_err(|refusal| from_refusal(&refusal)) })
}

/// Asks for the whole state, and calls `hear` with every message from then on, as long as the page lives.
///
/// # Errors
/// [`SessionErrorCode::Internal`] where there is no backend or it does not let the page watch.
pub(crate) async fn watch(hear: impl Fn(Message) + 'static) -> Result<AppView, CommandError> {
    #[derive(Serialize)]
    struct Arguments {
        request: WatchApp,
        channel: String,
    }

    let mut in_order = InOrder::default();
    let heard = Closure::<dyn FnMut(JsValue)>::new(move |envelope: JsValue| {
        for message in in_order.take(from_js::<Envelope>(&envelope)) {
            match message {
                Ok(message) => hear(message),
                Err(error) => crate::browser::report(&error.message),
            }
        }
    });
    let internals = internals()?;
    let id = function(&internals, "transformCallback")?
        .call1(&internals, heard.as_ref())
        .ok()
        .and_then(|id| id.as_f64())
        .ok_or_else(|| internal("a channel could not be opened"))?;
    // The page listens until it is gone, so the closure lives as long as the page.
    heard.forget();

    let arguments = to_js(&Arguments { request: WatchApp {}, channel: format!("__CHANNEL__:{id}") });
    from_js(&ask(WatchApp::NAME, arguments).await?)
}

async fn invoke(name: &str, arguments: &JsValue) -> Result<JsValue, JsValue> {
    let internals = internals().map_err(|error| JsValue::from_str(&error.message))?;
    let invoke = function(&internals, "invoke").map_err(|error| JsValue::from_str(&error.message))?;
    let promise: Promise = invoke.call2(&internals, &name.into(), arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn internals() -> Result<JsValue, CommandError> {
    let window: JsValue = web_sys::window().ok_or_else(|| internal("there is no window"))?.into();
    let internals = Reflect::get(&window, &"__TAURI_INTERNALS__".into()).unwrap_or(JsValue::UNDEFINED);
    if internals.is_object() { Ok(internals) } else { Err(internal("the page runs without its backend")) }
}

fn function(of: &JsValue, name: &str) -> Result<Function, CommandError> {
    let function = Reflect::get(of, &name.into()).ok().and_then(|value| value.dyn_into().ok());
    function.ok_or_else(|| internal("the backend's interface is not the one expected"))
}

fn to_js(data: &impl Serialize) -> Result<JsValue, CommandError> {
    let value = write::write(data).ok().and_then(Value::into_js);
    value.ok_or_else(|| internal("a request could not be written"))
}

fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, CommandError> {
    let read = Value::of(value).and_then(|value| read::read(value).ok());
    read.ok_or_else(|| internal("an answer of the backend could not be read"))
}

/// A rejection is a [`CommandError`], or a string where the command was not found or not permitted.
fn from_refusal(refusal: &JsValue) -> CommandError {
    from_js(refusal).unwrap_or_else(|_| {
        internal(&refusal.as_string().unwrap_or_else(|| "the backend refused a request".to_owned()))
    })
}

fn internal(message: &str) -> CommandError {
    CommandError::new(SessionErrorCode::Internal, message)
}
