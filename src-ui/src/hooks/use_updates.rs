//! The updates of the app, and what a person does about them.

use foyer_contract::updates::{ChangeUpdate, UpdateAction, UpdatesView};
use foyer_contract::view::Protection;
use yew::prelude::*;

use super::use_app::use_app;
use super::use_task::{PressHandle, use_press};
use crate::model::updates::next_action;

/// The updates as a component sees them.
pub(crate) struct UpdatesHandle {
    /// How they stand; `None` where there are none.
    pub(crate) view: Option<UpdatesView>,
    /// Somebody is signed in whose session ends with the process.
    pub(crate) ends_session: bool,
    /// What comes next.
    pub(crate) action: UpdateAction,
    /// Does it.
    pub(crate) next: PressHandle,
}

/// The updates of the app.
#[hook]
pub(crate) fn use_updates() -> UpdatesHandle {
    let app = use_app();
    let view = app.view().and_then(|view| view.updates.clone());
    let action = view.as_ref().map_or(UpdateAction::Check, |view| next_action(view.step, view.problem));
    UpdatesHandle {
        view,
        action,
        ends_session: app.protection().active == Some(Protection::Memory) && app.user().is_some(),
        next: use_press(move || ChangeUpdate { action }),
    }
}
