//! One request that a button makes.

use foyer_contract::Command;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::model::task::Task;

/// The request as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct TaskHandle {
    task: UseStateHandle<Task>,
}

impl TaskHandle {
    /// How far the request is.
    pub(crate) fn state(&self) -> &Task {
        &self.task
    }

    /// The request is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.task.is_running()
    }

    /// Forgets what came of the last request. A request that is under way goes on.
    pub(crate) fn forget(&self) {
        if !self.task.is_running() {
            self.task.set(Task::Idle);
        }
    }

    /// A callback that sends `request`, unless one is under way.
    pub(crate) fn run<E: 'static, C: Command<Answer = ()> + 'static>(
        &self,
        request: impl Fn() -> C + 'static,
    ) -> Callback<E> {
        self.run_then(request, Callback::noop())
    }

    /// A callback that sends `request`, unless one is under way, and calls `then` with the answer of the backend.
    pub(crate) fn run_then<E: 'static, C: Command + 'static>(
        &self,
        request: impl Fn() -> C + 'static,
        then: Callback<C::Answer>,
    ) -> Callback<E> {
        let task = self.task.clone();
        Callback::from(move |_: E| {
            if task.is_running() {
                return;
            }
            task.set(Task::Running(()));
            let (task, request, then) = (task.clone(), request(), then.clone());
            spawn_local(async move {
                match ipc::call(request).await {
                    Ok(answer) => {
                        task.set(Task::Done);
                        then.emit(answer);
                    }
                    Err(error) => task.set(Task::Failed(error.into())),
                }
            });
        })
    }
}

/// A request that nobody has made yet.
#[hook]
pub(crate) fn use_task() -> TaskHandle {
    TaskHandle { task: use_state_eq(|| Task::Idle) }
}

/// A button and its request.
#[derive(Clone, PartialEq)]
pub(crate) struct PressHandle {
    /// How far the request is.
    pub(crate) task: TaskHandle,
    /// Sends it.
    pub(crate) press: Callback<MouseEvent>,
}

/// A button that sends `request`.
#[hook]
pub(crate) fn use_press<C: Command<Answer = ()> + 'static>(request: impl Fn() -> C + 'static) -> PressHandle {
    let task = use_task();
    PressHandle { press: task.run(request), task }
}
