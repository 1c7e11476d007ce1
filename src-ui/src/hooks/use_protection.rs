//! Choosing what protects the session on this computer, and what to do where its key cannot be had.

use foyer_contract::session_contract::protection::{RestoreSession, SetProtection, SetSessionAside};
use foyer_contract::view::Protection;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_task::{PressHandle, use_press};
use crate::ipc;
use crate::model::problem::Problem;
use crate::model::task::Task;

/// The choice as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ProtectionHandle {
    task: UseStateHandle<Task<Protection>>,
}

impl ProtectionHandle {
    /// A choice is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.task.is_running()
    }

    /// This choice is under way.
    pub(crate) fn is_setting(&self, protection: Protection) -> bool {
        self.task.running() == Some(&protection)
    }

    /// Why the last choice was refused.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.task.problem()
    }

    /// A callback that chooses `protection`, unless a choice is under way. The new protection comes as a new view.
    pub(crate) fn set(&self, protection: Protection) -> Callback<MouseEvent> {
        let task = self.task.clone();
        Callback::from(move |_| {
            if task.is_running() {
                return;
            }
            task.set(Task::Running(protection));
            let task = task.clone();
            spawn_local(async move {
                task.set(match ipc::call(SetProtection { protection }).await {
                    Ok(()) => Task::Done,
                    Err(error) => Task::Failed(error.into()),
                });
            });
        })
    }
}

/// A choice that nobody has made yet.
#[hook]
pub(crate) fn use_protection() -> ProtectionHandle {
    ProtectionHandle { task: use_state_eq(|| Task::Idle) }
}

/// Asks the keychain for the key once more.
#[hook]
pub(crate) fn use_restore_session() -> PressHandle {
    use_press(|| RestoreSession {})
}

/// Sets the session aside whose key cannot be had.
#[hook]
pub(crate) fn use_set_session_aside() -> PressHandle {
    use_press(|| SetSessionAside {})
}
