//! The focus does not get lost when the control that had it goes.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;

/// Whenever `step` changes and the focus went with a control that left the document, the focus moves to the first
/// control that can be used in the element with this id. At the start the focus stays where it is.
#[hook]
pub(crate) fn use_kept_focus<S: PartialEq + Clone + 'static>(id: &'static str, step: S) {
    let last = use_mut_ref(|| step.clone());
    use_effect_with(step, move |step| {
        if last.replace(step.clone()) != *step {
            // A dialog that closes gives the focus back first.
            spawn_local(async move { browser::focus_if_lost(id) });
        }
    });
}
