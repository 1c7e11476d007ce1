//! Something that the backend knows and a component shows.

use foyer_contract::Command;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{browser, ipc};

/// What the backend answers to `request`: asked when the component appears, and once more whenever `again` is another one.
/// `None` until it has answered.
#[hook]
pub(crate) fn use_answer<C, D>(request: fn() -> C, again: D) -> Option<C::Answer>
where
    C: Command + 'static,
    C::Answer: Clone + PartialEq + 'static,
    D: PartialEq + 'static,
{
    let answer = use_state_eq(|| None);
    {
        let answer = answer.clone();
        use_effect_with(again, move |_| {
            spawn_local(async move {
                match ipc::call(request()).await {
                    Ok(known) => answer.set(Some(known)),
                    Err(error) => browser::report(&error.message),
                }
            });
        });
    }
    (*answer).clone()
}
