//! Something that is done when a value becomes another one.

use yew::prelude::*;

/// Calls `changed` whenever `value` is another one than at the time before. At the start nothing has changed.
#[hook]
pub(crate) fn use_change<T: Clone + PartialEq + 'static>(value: T, changed: impl FnOnce() + 'static) {
    let last = use_mut_ref(|| value.clone());
    use_effect_with(value, move |value| {
        if last.replace(value.clone()) != *value {
            changed();
        }
    });
}
