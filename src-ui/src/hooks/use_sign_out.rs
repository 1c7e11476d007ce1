//! Signing out, here or everywhere, with a question before something is lost.

use foyer_contract::security::SignOutEverywhere;
use foyer_contract::session::SignOut;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::model::problem::Problem;

/// What a sign-out would lose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Nothing.
    #[default]
    None,
    /// What was typed and has not reached the server.
    Changes,
    /// The account: nobody can come back to one without an address.
    Account,
}

/// Where one is signed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// On this device.
    Here,
    /// On all devices.
    Everywhere,
}

/// Signing out as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct SignOutHandle {
    step: UseStateHandle<Step>,
    loss: Loss,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Idle,
    Asking(Scope),
    Running(Scope),
    Failed(Problem),
}

impl SignOutHandle {
    /// What the person is being asked about.
    pub(crate) fn question(&self) -> Option<Loss> {
        matches!(*self.step, Step::Asking(_)).then_some(self.loss)
    }

    /// It is under way.
    pub(crate) fn is_running(&self, scope: Scope) -> bool {
        *self.step == Step::Running(scope)
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match &*self.step {
            Step::Failed(problem) => Some(problem),
            _ => None,
        }
    }

    /// Signs out, or asks first.
    pub(crate) fn ask(&self, scope: Scope) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| match *this.step {
            Step::Running(_) => {}
            _ if this.loss == Loss::None => this.run(scope),
            _ => this.step.set(Step::Asking(scope)),
        })
    }

    /// Signs out in spite of what is lost.
    pub(crate) fn confirm(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            if let Step::Asking(scope) = *this.step {
                this.run(scope);
            }
        })
    }

    /// Stays.
    pub(crate) fn stay(&self) -> Callback<()> {
        let step = self.step.clone();
        Callback::from(move |()| step.set(Step::Idle))
    }

    fn run(&self, scope: Scope) {
        self.step.set(Step::Running(scope));
        let step = self.step.clone();
        spawn_local(async move {
            let outcome = match scope {
                Scope::Here => ipc::call(SignOut {}).await,
                Scope::Everywhere => ipc::call(SignOutEverywhere {}).await,
            };
            step.set(match outcome {
                Ok(()) => Step::Idle,
                Err(error) => Step::Failed(error.into()),
            });
        });
    }
}

/// Signing out where this would be lost.
#[hook]
pub(crate) fn use_sign_out(loss: Loss) -> SignOutHandle {
    SignOutHandle { step: use_state_eq(|| Step::Idle), loss }
}
