//! Where the keyboard begins.

use yew::prelude::*;

use crate::{browser, first_render};

/// Moves the focus to the element with this id when the component appears, so that the keyboard begins there. In the first
/// frame the element has the focus before there is a program, and a person may have moved it on meanwhile: it stays there.
#[hook]
pub(crate) fn use_focus_at_start(id: &'static str) {
    let is_first = *use_memo((), move |()| {
        if first_render::is_now() {
            first_render::focus(id);
        }
        first_render::is_now()
    });
    use_effect_with((), move |()| {
        if !(is_first && browser::focused().is_some()) {
            browser::focus(id);
        }
    });
}
