//! The first frame of a window. The shell renders it to HTML from what it holds, before there is a program in the page
//! ([`render`]); the program takes the same elements over (`take_over`).
//!
//! Both sides render the same components with the same [`Start`](foyer_contract::view::Start), so nothing that is reached
//! while a component renders may ask the browser: that belongs into an effect, as the shell runs none.

#[cfg(not(target_arch = "wasm32"))]
mod index;
#[cfg(not(target_arch = "wasm32"))]
mod render;
#[cfg(target_arch = "wasm32")]
mod take_over;

#[cfg(not(target_arch = "wasm32"))]
pub use render::{FirstFrame, render};
#[cfg(target_arch = "wasm32")]
pub(crate) use take_over::take_over;

/// What the element `#app` has as long as its content is the shell's first frame, without a program behind it.
const MARK: &str = "data-first-frame";
