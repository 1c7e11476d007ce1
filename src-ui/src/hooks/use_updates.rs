//! The updates of the app, and what a person does about them.

use foyer_contract::updates::{ChangeUpdate, UpdateAction, UpdatesView};
use foyer_contract::view::Protection;
use yew::prelude::*;

use super::use_app::use_app;
use super::use_task::{PressHandle, use_press};
use crate::model::updates::next_action;

/// The updates as a component sees them.
#[derive(Clone, PartialEq)]
pub(crate) struct UpdatesHandle {
    /// How they stand.
    pub(crate) view: UpdatesView,
    /// Somebody is signed in whose session ends with the process.
    pub(crate) ends_session: bool,
    /// Does what comes next.
    pub(crate) next: PressHandle,
    /// Asks once more whether there is a newer version.
    pub(crate) check: PressHandle,
}

/// The updates of the app; `None` where there are none.
#[hook]
pub(crate) fn use_updates() -> Option<UpdatesHandle> {
    let app = use_app();
    let view = app.view().and_then(|view| view.updates.clone());
    let step = view.as_ref().map(|view| view.step).unwrap_or_default();
    let next = use_action(next_action(step));
    let check = use_action(UpdateAction::Check);
    let is_in_memory = app.protection().active == Some(Protection::Memory);
    Some(UpdatesHandle { view: view?, ends_session: is_in_memory && app.user().is_some(), next, check })
}

#[hook]
fn use_action(action: UpdateAction) -> PressHandle {
    use_press(move || ChangeUpdate { action })
}
