//! A form, sent through the backend.

use std::future::Future;
use std::pin::Pin;

use foyer_contract::{CommandError, Field};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::model::form::small::{Event, SmallForm};
use crate::model::form::{Action, Filled, Form, Rules};
use crate::model::input::Input;
use crate::model::problem::Problem;
use crate::model::task::Task;

/// The request of a form.
type Sending = Pin<Box<dyn Future<Output = Result<(), CommandError>>>>;

/// A form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct FormHandle<R: Rules> {
    form: UseReducerHandle<Form<R>>,
    send: Callback<Filled<R>, Sending>,
}

/// A small form as a component sees it.
pub(crate) type SmallFormHandle = FormHandle<SmallForm>;

impl<R: Rules> FormHandle<R> {
    /// Everything that is known of the form.
    pub(super) fn form(&self) -> &Form<R> {
        &self.form
    }

    /// What a component needs to show the input of a field.
    pub(crate) fn input(&self, field: Field) -> Input {
        let (on_type, on_leave) = (self.form.dispatcher(), self.form.dispatcher());
        Input {
            field,
            id: self.form.id(field),
            text: self.text(field),
            problem: self.form.problem_at(field),
            on_type: Callback::from(move |text| on_type.dispatch(Action::Typed(field, text))),
            on_leave: Callback::from(move |()| on_leave.dispatch(Action::Left(field))),
        }
    }

    /// The input of a field, where the form has it at the moment.
    pub(crate) fn input_if_there(&self, field: Field) -> Option<Input> {
        self.form.has(field).then(|| self.input(field))
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> String {
        self.form.text(field).to_owned()
    }

    /// How far the last attempt to send the form is.
    pub(crate) fn task(&self) -> &Task<R::Intent> {
        self.form.task()
    }

    /// What went wrong, and not because of one field.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.form.task().problem()
    }

    /// A request is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.form.task().is_running()
    }

    /// A request for this is under way.
    pub(crate) fn is_on(&self, intent: &R::Intent) -> bool {
        self.form.task().running() == Some(intent)
    }

    /// The backend took the form, and nothing was typed since.
    pub(crate) fn is_done(&self) -> bool {
        self.form.task().is_done()
    }

    /// Nothing stands in any field.
    pub(crate) fn is_blank(&self) -> bool {
        self.form.is_blank()
    }

    /// Changes each time the backend did not take the form.
    pub(super) fn refusals(&self) -> Option<u32> {
        self.form.refusals()
    }

    /// False where sending is pointless.
    pub(crate) fn is_ready(&self) -> bool {
        self.form.is_ready()
    }

    /// Sends the form for `intent`, or moves to what is wrong.
    pub(crate) fn submit_for(&self, intent: R::Intent) -> Callback<SubmitEvent> {
        self.send_for::<()>(intent).reform(|event: SubmitEvent| event.prevent_default())
    }

    /// Sends the form for `intent` from something else than its own button.
    pub(crate) fn send_for<E: 'static>(&self, intent: R::Intent) -> Callback<E> {
        let this = self.clone();
        Callback::from(move |_| this.ask(Action::Asked(intent.clone())))
    }

    /// Tells the form what happened.
    pub(super) fn tell(&self, event: impl Fn() -> R::Event + 'static) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Event(event())))
    }

    /// Takes the step that may send the form, and sends it if it does.
    pub(super) fn ask(&self, action: Action<R>) {
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

    /// Takes the failure of something beside the form.
    pub(super) fn fail(&self, error: CommandError) {
        self.form.dispatch(Action::Failed(error));
    }
}

impl<R: Rules<Intent = ()>> FormHandle<R> {
    /// Sends the form, or moves to what is wrong.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        self.submit_for(())
    }

    /// Sends the form from a button outside of it or once something else was done.
    pub(crate) fn send<E: 'static>(&self) -> Callback<E> {
        self.send_for(())
    }
}

impl SmallFormHandle {
    /// Sends the form without an extra field, so that the project asks for it anew.
    pub(crate) fn send_without(&self, field: Field) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.ask(Action::Event(Event::AskedWithout(field))))
    }

    /// Drops what was typed, unless a request is under way.
    pub(super) fn close(&self) -> Callback<()> {
        self.tell(|| Event::Closed)
    }
}

/// The form that `begin` makes, sent by `send`. The keyboard goes where the form asks for it.
#[hook]
pub(crate) fn use_form<R, S>(
    begin: impl FnOnce() -> Form<R>,
    send: impl Fn(Filled<R>) -> S + 'static,
) -> FormHandle<R>
where
    R: Rules,
    S: Future<Output = Result<(), CommandError>> + 'static,
{
    let form = use_reducer_eq(begin);
    {
        let id = form.attention().map(|(_, field)| form.id(field));
        use_effect_with(form.attention(), move |_| id.map_or((), browser::focus));
    }
    FormHandle { form, send: Callback::from(move |filled| Box::pin(send(filled)) as Sending) }
}

/// A small form, sent by `send`.
#[hook]
pub(crate) fn use_small_form<S>(
    kind: SmallForm,
    send: impl Fn(Filled<SmallForm>) -> S + 'static,
) -> SmallFormHandle
where
    S: Future<Output = Result<(), CommandError>> + 'static,
{
    use_form(|| Form::new(kind), send)
}
