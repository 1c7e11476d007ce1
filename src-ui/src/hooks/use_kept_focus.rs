//! The focus does not get lost when the control that had it goes.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_change::use_change;
use crate::browser;

/// Whenever `step` changes and the focus went with a control that left the document, the focus moves to the first
/// control that can be used in the element with this id. At the start the focus stays where it is.
#[hook]
pub(crate) fn use_kept_focus<S: PartialEq + Clone + 'static>(id: &'static str, step: S) {
    // A dialog that closes gives the focus back first.
    use_change(step, move || spawn_local(async move { browser::focus_if_lost(id) }));
}
