//! The question whether a link that nobody here asked for may sign in.

use foyer_contract::session::{AcceptLink, DeclineLink};
use yew::prelude::*;

use super::use_task::{TaskHandle, use_task};
use crate::escape::use_escape;
use crate::model::problem::Problem;

/// The question as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ConsentHandle {
    /// The id of the question.
    id: AttrValue,
    yes: TaskHandle,
    no: TaskHandle,
}

impl ConsentHandle {
    /// Yes: the link signs in.
    pub(crate) fn accept(&self) -> Callback<MouseEvent> {
        let id = self.id.clone();
        self.yes.run(move || AcceptLink { id: id.to_string() })
    }

    /// No: the link is forgotten. From a button or a key.
    pub(crate) fn decline<E: 'static>(&self) -> Callback<E> {
        let id = self.id.clone();
        self.no.run(move || DeclineLink { id: id.to_string() })
    }

    /// The link is signing in.
    pub(crate) fn is_accepting(&self) -> bool {
        self.yes.is_running()
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.yes.state().problem().or(self.no.state().problem())
    }
}

/// The question with this id, not answered yet. Escape means no, wherever the focus is.
#[hook]
pub(crate) fn use_consent(id: &AttrValue) -> ConsentHandle {
    let handle = ConsentHandle { id: id.clone(), yes: use_task(), no: use_task() };
    use_escape(true, handle.decline());
    handle
}
