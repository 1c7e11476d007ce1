//! The window. It shows what the backend says and asks what the person wants; it decides nothing about sessions.
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
mod hooks;
mod ipc;
mod model;
mod pages;
mod sentences;
mod text;

fn main() {
    if let Some(spoken) = ipc::spoken_at_start() {
        text::speak(spoken);
    }
    match browser::root() {
        Some(root) => {
            yew::Renderer::<app::App>::with_root(root).render();
        }
        None => browser::report("the page has no element #app"),
    }
}
