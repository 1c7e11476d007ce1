//! The sign-in and sign-up form, sent through the backend.

use foyer_contract::{CommandError, Field};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use crate::model::problem::{Problem, field_id};
use crate::model::sign_in_form::{Action, Mode, Request, SignInForm};
use crate::session;
use crate::{browser, ipc};

/// The form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct SignInHandle {
    app: AppHandle,
    form: UseReducerHandle<SignInForm>,
}

impl SignInHandle {
    /// Sign in or sign up.
    pub(crate) fn mode(&self) -> Mode {
        self.form.mode
    }

    /// A request is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.form.busy
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
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.form.problem.clone()
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

    /// Shows the other of the two.
    pub(crate) fn choose(&self, mode: Mode) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Chose(mode)))
    }

    /// Sends the form, or moves to what is wrong.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        let this = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if this.form.busy {
                return;
            }
            this.form.dispatch(Action::Asked);
            match this.form.request() {
                Some(request) => this.send(request),
                None => this.focus_first_problem(),
            }
        })
    }

    fn send(&self, request: Request) {
        let this = self.clone();
        this.app.dispatch(session::Action::EmailUsed(this.form.text(Field::Email).trim().to_owned()));
        spawn_local(async move {
            let outcome: Result<(), CommandError> = match request {
                Request::SignIn(request) => ipc::call(request).await,
                Request::SignUp(request) => ipc::call(request).await,
            };
            match outcome {
                Ok(()) => this.form.dispatch(Action::Done),
                Err(error) => {
                    this.form.dispatch(Action::Failed(error));
                    this.focus_first_problem();
                }
            }
        });
    }

    fn focus_first_problem(&self) {
        if let Some(field) = self.form.first_problem() {
            browser::focus(field_id(field));
        }
    }
}

/// The form, with the address that was typed last.
#[hook]
pub(crate) fn use_sign_in() -> SignInHandle {
    let app = use_app();
    let form = {
        let email = app.state().last_email.clone();
        use_reducer_eq(move || SignInForm::new(&email))
    };
    SignInHandle { app, form }
}
