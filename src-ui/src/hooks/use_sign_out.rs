//! Signing out, here or everywhere, with a question before something is lost.

use foyer_contract::security::SignOutEverywhere;
use foyer_contract::session::SignOut as SignOutHere;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::model::problem::Problem;
use crate::model::sign_out::{Action, Scope, SignOut, UnsavedChanges};

/// Signing out as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct SignOutHandle {
    step: UseReducerHandle<SignOut>,
    unsaved: UnsavedChanges,
}

impl SignOutHandle {
    /// What the person is being asked about.
    pub(crate) fn question(&self) -> Option<UnsavedChanges> {
        match *self.step {
            SignOut::Asking(_, unsaved) => Some(unsaved),
            _ => None,
        }
    }

    /// A sign-out is under way.
    pub(crate) fn is_running(&self, scope: Scope) -> bool {
        *self.step == SignOut::Running(scope)
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match &*self.step {
            SignOut::Failed(problem) => Some(problem),
            _ => None,
        }
    }

    /// Signs out, or asks first.
    pub(crate) fn ask(&self, scope: Scope) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.begin(Action::Asked(scope, this.unsaved)))
    }

    /// Signs out although something is lost.
    pub(crate) fn confirm(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.begin(Action::Confirmed))
    }

    /// Closes the question and stays signed in.
    pub(crate) fn stay(&self) -> Callback<()> {
        let step = self.step.dispatcher();
        Callback::from(move |()| step.dispatch(Action::Stayed))
    }

    /// Takes a step, and sends the request if the step begins the sign-out.
    fn begin(&self, action: Action) {
        if matches!(*self.step, SignOut::Running(_)) {
            return;
        }
        self.step.dispatch(action);
        let SignOut::Running(scope) = *self.step else { return };
        let step = self.step.dispatcher();
        spawn_local(async move {
            let outcome = match scope {
                Scope::Here => ipc::call(SignOutHere {}).await,
                Scope::Everywhere => ipc::call(SignOutEverywhere {}).await,
            };
            step.dispatch(match outcome {
                Ok(()) => Action::Done,
                Err(error) => Action::Failed(error),
            });
        });
    }
}

/// Signing out, where `unsaved` would be lost.
#[hook]
pub(crate) fn use_sign_out(unsaved: UnsavedChanges) -> SignOutHandle {
    SignOutHandle { step: use_reducer_eq(SignOut::default), unsaved }
}
