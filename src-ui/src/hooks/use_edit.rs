//! An edit that the server does not have yet: sent over the server's row, or dropped.

use foyer_contract::account::{ResolveEdit, Version};
use yew::prelude::*;

use super::use_task::{TaskHandle, use_task};
use crate::model::problem::Problem;

/// The decision as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct EditHandle {
    mine: TaskHandle,
    theirs: TaskHandle,
}

impl EditHandle {
    /// Writes what was typed here over the row of the server that was seen, then calls `then`.
    pub(crate) fn keep_mine(&self, seen: String, then: Callback<()>) -> Callback<MouseEvent> {
        self.mine.run_then(move || ResolveEdit { keep: Version::Mine, seen: Some(seen.clone()) }, then)
    }

    /// Drops what was typed here, then calls `then`.
    pub(crate) fn take_theirs(&self, then: Callback<()>) -> Callback<MouseEvent> {
        self.theirs.run_then(|| ResolveEdit { keep: Version::Theirs, seen: None }, then)
    }

    /// This version is being kept.
    pub(crate) fn is_keeping(&self, version: Version) -> bool {
        match version {
            Version::Mine => self.mine.is_running(),
            Version::Theirs => self.theirs.is_running(),
        }
    }

    /// One of the two versions is being kept.
    pub(crate) fn is_busy(&self) -> bool {
        self.mine.is_running() || self.theirs.is_running()
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.mine.state().problem().or(self.theirs.state().problem())
    }
}

/// A decision that is not made yet.
#[hook]
pub(crate) fn use_edit() -> EditHandle {
    EditHandle { mine: use_task(), theirs: use_task() }
}
