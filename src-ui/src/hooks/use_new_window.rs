//! Another window on the same session.

use foyer_contract::view::OpenWindow;
use yew::prelude::*;

use super::use_task::{PressHandle, use_press};

/// Opens it.
#[hook]
pub(crate) fn use_new_window() -> PressHandle {
    use_press(|| OpenWindow {})
}
