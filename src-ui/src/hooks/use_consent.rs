//! A link that nobody here asked for: yes or no.

use foyer_contract::session::{AcceptLink, DeclineLink};
use yew::prelude::*;

use super::use_task::{TaskHandle, use_task};
use crate::model::problem::Problem;

/// The question as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ConsentHandle {
    yes: TaskHandle,
    no: TaskHandle,
}

impl ConsentHandle {
    /// Yes: the link signs in.
    pub(crate) fn accept(&self) -> Callback<MouseEvent> {
        self.yes.run(|| AcceptLink {})
    }

    /// No: the link is forgotten. From a button or a key.
    pub(crate) fn decline<E: 'static>(&self) -> Callback<E> {
        self.no.run(|| DeclineLink {})
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

/// The question, not answered yet.
#[hook]
pub(crate) fn use_consent() -> ConsentHandle {
    ConsentHandle { yes: use_task(), no: use_task() }
}
