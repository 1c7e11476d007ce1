//! The window. It shows what the backend says and asks what the person wants; it decides nothing about sessions.
//!
//! It is built twice: as the program of the page, and for the shell, which renders the first frame with it
//! ([`first_frame`]).
//!
//! * [`app`] the one switch between pages,
//! * [`app_state`] what is known of the backend, as state and actions,
//! * [`model`] the rules of forms, pictures and countdowns, without a browser,
//! * [`hooks`] what joins the rules to the backend,
//! * [`pages`], [`components`] what is seen,
//! * [`ipc`] the only door to the backend, [`browser`] the only door to the page around us,
//! * [`escape`] what Escape closes,
//! * [`text`], [`sentences`] every sentence, by key and by code.

mod app;
mod app_state;
mod browser;
mod components;
mod escape;
pub mod first_frame;
mod first_render;
mod hooks;
mod ipc;
mod model;
mod pages;
mod sentences;
mod text;

/// Runs the page, as long as it lives.
#[cfg(target_arch = "wasm32")]
pub fn run() {
    let (view, spoken) = match ipc::start_of_frame() {
        Some(start) => (Some(start.view), Some(start.spoken)),
        None => (None, ipc::spoken_at_start()),
    };
    if let Some(spoken) = spoken {
        text::speak(spoken);
    }
    match browser::root() {
        Some(root) => first_frame::take_over(root, app::AppProps { view }),
        None => browser::report("the page has no element #app"),
    }
}
