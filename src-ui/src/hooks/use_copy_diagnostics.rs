//! The button that copies a text for a report about a problem.

use foyer_contract::diagnostics::CopyDiagnostics;
use yew::prelude::*;

use super::use_task::{PressHandle, use_press};

/// Copies it.
#[hook]
pub(crate) fn use_copy_diagnostics() -> PressHandle {
    use_press(|| CopyDiagnostics {})
}
