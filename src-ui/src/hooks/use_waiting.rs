//! A sign-in that continues elsewhere: sent again, or given up.

use foyer_contract::session::{CancelFlow, ResendLink};
use foyer_contract::view::WaitingView;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::use_app;
use super::use_countdown::use_countdown;
use crate::ipc;
use crate::model::problem::Problem;

/// The waiting sign-in as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct WaitingHandle {
    id: String,
    resend_in_s: u32,
    resending: UseStateHandle<Resending>,
}

/// How the last attempt to send a new link went.
#[derive(Debug, Clone, PartialEq)]
enum Resending {
    Idle,
    Running,
    Done,
    Failed(Problem),
}

impl WaitingHandle {
    /// Seconds until a new link may be asked for.
    pub(crate) fn resend_in_s(&self) -> u32 {
        self.resend_in_s
    }

    /// A new link is being asked for.
    pub(crate) fn is_resending(&self) -> bool {
        *self.resending == Resending::Running
    }

    /// A new link was sent.
    pub(crate) fn was_resent(&self) -> bool {
        *self.resending == Resending::Done
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<Problem> {
        match &*self.resending {
            Resending::Failed(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    /// Asks for a new link.
    pub(crate) fn resend(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| {
            if this.is_resending() || this.resend_in_s > 0 {
                return;
            }
            this.resending.set(Resending::Running);
            let (id, resending) = (this.id.clone(), this.resending.clone());
            spawn_local(async move {
                resending.set(match ipc::call(ResendLink { id }).await {
                    Ok(()) => Resending::Done,
                    Err(error) => Resending::Failed(error.into()),
                });
            });
        })
    }

    /// Gives the sign-in up; the sign-in page follows as a new view.
    pub(crate) fn cancel(&self) -> Callback<MouseEvent> {
        let (id, resending) = (self.id.clone(), self.resending.clone());
        Callback::from(move |_| {
            let (id, resending) = (id.clone(), resending.clone());
            spawn_local(async move {
                if let Err(error) = ipc::call(CancelFlow { id }).await {
                    resending.set(Resending::Failed(error.into()));
                }
            });
        })
    }
}

/// The sign-in that waits.
#[hook]
pub(crate) fn use_waiting(waiting: &WaitingView) -> WaitingHandle {
    let app = use_app();
    let resend_in_s = use_countdown(waiting.resend_in_s, app.state().received_at_ms);
    let resending = use_state_eq(|| Resending::Idle);
    WaitingHandle { id: waiting.id.clone(), resend_in_s, resending }
}
