//! The check of the connection, begun, followed line by line, ended and copied.

use foyer_contract::doctor::{CheckConnection, CheckName, CheckResult, CopyCheck, CopyRemedy};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use super::use_task::{PressHandle, use_press};
use crate::app_state::Action;
use crate::ipc;
use crate::model::problem::Problem;

/// The check as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ConnectionCheckHandle {
    app: AppHandle,
    /// Copies the lines as text.
    pub(crate) copy: PressHandle,
}

impl ConnectionCheckHandle {
    /// The lines that are there.
    pub(crate) fn lines(&self) -> &[CheckResult] {
        &self.app.state().check_lines
    }

    /// The check is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.app.state().check.is_running()
    }

    /// Every line is there.
    pub(crate) fn is_done(&self) -> bool {
        self.app.state().check.is_done()
    }

    /// Why there was no check.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.app.state().check.problem()
    }

    /// Begins a check, unless one is under way.
    pub(crate) fn start(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            if this.is_running() {
                return;
            }
            this.app.dispatch(Action::CheckBegan);
            this.copy.task.forget();
            let app = this.app.clone();
            spawn_local(async move {
                app.dispatch(match ipc::call(CheckConnection {}).await {
                    Ok(lines) => Action::CheckEnded(lines),
                    Err(error) => Action::CheckRefused(error),
                });
            });
        })
    }

    /// Gives the check up. What it has found stays.
    pub(crate) fn cancel(&self) -> Callback<MouseEvent> {
        self.app.cancel_check()
    }
}

/// The check of the connected project and of this machine.
#[hook]
pub(crate) fn use_connection_check() -> ConnectionCheckHandle {
    let (app, copy) = (use_app(), use_press(|| CopyCheck {}));
    ConnectionCheckHandle { app, copy }
}

/// A button that copies what the check proposes for this line.
#[hook]
pub(crate) fn use_copy_remedy(check: CheckName) -> PressHandle {
    use_press(move || CopyRemedy { check })
}
