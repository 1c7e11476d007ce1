//! A small form, sent through the backend.

use std::future::Future;
use std::pin::Pin;

use foyer_contract::{CommandError, Field};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::model::form::{Action, Filled, Form};
use crate::model::problem::Problem;
use crate::model::task::Task;

/// A form on its way.
type Sending = Pin<Box<dyn Future<Output = Result<(), CommandError>>>>;

/// The form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct FormHandle {
    form: UseReducerHandle<Form>,
    send: Callback<Filled, Sending>,
}

impl FormHandle {
    /// The id and test id of a field's input.
    pub(crate) fn id(&self, field: Field) -> &'static str {
        self.form.id(field)
    }

    /// True where the form has the field at the moment.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.form.has(field)
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> String {
        self.form.text(field).to_owned()
    }

    /// What to show at a field.
    pub(crate) fn problem_at(&self, field: Field) -> Option<Problem> {
        self.form.problem_at(field)
    }

    /// What went wrong, and not because of one field.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.form.task().problem()
    }

    /// A request is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.form.task().is_running()
    }

    /// The backend took it, and nothing was typed since.
    pub(crate) fn is_done(&self) -> bool {
        *self.form.task() == Task::Done
    }

    /// False where sending is pointless.
    pub(crate) fn is_ready(&self) -> bool {
        self.form.is_ready()
    }

    /// Takes what is typed.
    pub(crate) fn on_type(&self, field: Field) -> Callback<String> {
        let form = self.form.dispatcher();
        Callback::from(move |text| form.dispatch(Action::Typed(field, text)))
    }

    /// Notices that a field was left.
    pub(crate) fn on_leave(&self, field: Field) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Left(field)))
    }

    /// Sends the form, or moves to what is wrong.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        let this = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            this.ask(Action::Asked);
        })
    }

    /// The same, from a button outside the form or once something else was done.
    pub(crate) fn send<E: 'static>(&self) -> Callback<E> {
        let this = self.clone();
        Callback::from(move |_| this.ask(Action::Asked))
    }

    /// Sends the form without an extra field, so that the project asks for it anew.
    pub(crate) fn send_without(&self, field: Field) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.ask(Action::AskedWithout(field)))
    }

    fn ask(&self, action: Action) {
        if self.is_busy() {
            return;
        }
        self.form.dispatch(action);
        let Some(filled) = self.form.filled() else { return };
        let (form, sending) = (self.form.clone(), self.send.emit(filled));
        spawn_local(async move {
            form.dispatch(match sending.await {
                Ok(()) => Action::Done,
                Err(error) => Action::Failed(error),
            });
        });
    }
}

/// The form that `begin` makes, sent by `send`. The keyboard goes where the form asks for it.
#[hook]
pub(crate) fn use_form<S>(begin: impl FnOnce() -> Form, send: impl Fn(Filled) -> S + 'static) -> FormHandle
where
    S: Future<Output = Result<(), CommandError>> + 'static,
{
    let form = use_reducer_eq(begin);
    {
        let id = form.attention().map(|(_, field)| form.id(field));
        use_effect_with(form.attention(), move |_| id.map_or((), browser::focus));
    }
    FormHandle { form, send: Callback::from(move |filled| Box::pin(send(filled)) as Sending) }
}
