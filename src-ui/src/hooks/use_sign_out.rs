//! Signing out, with a question before unsaved changes are lost.

use foyer_contract::session::SignOut;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::model::problem::Problem;

/// Signing out as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct SignOutHandle {
    step: UseStateHandle<Step>,
    has_changes: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Idle,
    Asking,
    Running,
    Failed(Problem),
}

impl SignOutHandle {
    /// The person is being asked what to do with unsaved changes.
    pub(crate) fn is_asking(&self) -> bool {
        *self.step == Step::Asking
    }

    /// It is under way.
    pub(crate) fn is_running(&self) -> bool {
        *self.step == Step::Running
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<Problem> {
        match &*self.step {
            Step::Failed(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    /// Signs out, or asks first.
    pub(crate) fn ask(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            if this.is_running() {
                return;
            }
            if this.has_changes { this.step.set(Step::Asking) } else { this.run() }
        })
    }

    /// Signs out in spite of unsaved changes.
    pub(crate) fn confirm(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.run())
    }

    /// Stays.
    pub(crate) fn stay(&self) -> Callback<()> {
        let step = self.step.clone();
        Callback::from(move |()| step.set(Step::Idle))
    }

    fn run(&self) {
        self.step.set(Step::Running);
        let step = self.step.clone();
        spawn_local(async move {
            step.set(match ipc::call(SignOut {}).await {
                Ok(()) => Step::Idle,
                Err(error) => Step::Failed(error.into()),
            });
        });
    }
}

/// Signing out of an account page that may have unsaved changes.
#[hook]
pub(crate) fn use_sign_out(has_changes: bool) -> SignOutHandle {
    SignOutHandle { step: use_state_eq(|| Step::Idle), has_changes }
}
