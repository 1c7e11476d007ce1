//! The menu of everything that can be done, and the list of shortcuts.

use foyer_contract::diagnostics::CopyDiagnostics;

use super::State;
use super::ground::{methods, offering, signed_in, signed_out};

pub(super) fn all() -> Vec<State> {
    let menu = |name| State::new(name, signed_in()).presses("nav-account", "Control+k");
    vec![
        menu("menu"),
        menu("menu-walked")
            .presses("command-menu-field", "ArrowDown")
            .presses("command-menu-field", "ArrowDown"),
        menu("menu-searched").types("command-menu-field", "sign"),
        menu("menu-nothing").types("command-menu-field", "teleport"),
        menu("menu-copied")
            .gives::<CopyDiagnostics>(&())
            .types("command-menu-field", "diagnostics")
            .presses("command-menu-field", "Enter"),
        State::new("menu-changed", signed_in())
            .types("full-name", "Ada King")
            .presses("full-name", "Control+k"),
        State::new("menu-signed-out", offering(Some(methods(&["github"])))).presses("email", "Control+k"),
        State::new("shortcuts", signed_in()).presses("nav-account", "?"),
        State::new("shortcuts-signed-out", signed_out()).presses("sign-in-page", "?"),
    ]
}
