//! Whether the username that is being typed can be had.

use foyer_contract::account::{CheckUsername, UsernameState};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;

/// A pause in typing, after which the server is asked, in milliseconds.
const PAUSE_MS: u32 = 400;

/// Whether `username` can be had, once the server has said so; it is asked when the person pauses. `None`: nobody is asked.
#[hook]
pub(super) fn use_username_state(username: Option<String>) -> UsernameState {
    let answered = use_state_eq(|| None::<(String, UsernameState)>);
    {
        let answered = answered.clone();
        use_effect_with(username.clone(), move |username| {
            let timer = username.clone().map(|username| {
                Timeout::new(PAUSE_MS, move || {
                    spawn_local(async move {
                        // A question that fails is one without an answer: saving will tell.
                        if let Ok(state) = ipc::call(CheckUsername { username: username.clone() }).await {
                            answered.set(Some((username, state)));
                        }
                    });
                })
            });
            move || drop(timer)
        });
    }
    // An answer that comes late is about something else by now.
    match (&*answered, username) {
        (Some((asked, state)), Some(username)) if *asked == username => *state,
        _ => UsernameState::Unknown,
    }
}
