//! The ways in that begin on the sign-in page, sent through the backend.

use foyer_contract::{CommandError, Field};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_app::{AppHandle, use_app};
use crate::model::problem::{Problem, field_id};
use crate::model::sign_in_form::{Action, Errand, Mode, Request, SignInForm};
use crate::{app_state, browser, ipc};

/// The form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct SignInHandle {
    app: AppHandle,
    form: UseReducerHandle<SignInForm>,
}

impl SignInHandle {
    /// Which form.
    pub(crate) fn mode(&self) -> Mode {
        self.form.mode
    }

    /// Something is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.form.busy.is_some()
    }

    /// This is under way.
    pub(crate) fn is_on(&self, errand: &Errand) -> bool {
        self.form.busy.as_ref() == Some(errand)
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

    /// The mail that confirms the address can be sent again.
    pub(crate) fn can_confirm(&self) -> bool {
        self.form.can_confirm()
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

    /// Shows another form.
    pub(crate) fn choose(&self, mode: Mode) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Chose(mode)))
    }

    /// Sends the form, or moves to what is wrong.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        let this = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            this.ask(Errand::Enter);
        })
    }

    /// Begins another errand, or moves to what is missing for it.
    pub(crate) fn begin(&self, errand: Errand) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.ask(errand.clone()))
    }

    fn ask(&self, errand: Errand) {
        if self.is_busy() {
            return;
        }
        let uses_email = matches!(errand, Errand::Enter | Errand::Recover | Errand::Confirm);
        self.form.dispatch(Action::Asked(errand));
        let Some(request) = self.form.request() else {
            self.focus_first_problem();
            return;
        };
        if uses_email {
            let email = self.form.text(Field::Email).trim().to_owned();
            self.app.dispatch(app_state::Action::EmailUsed(email));
        }
        let this = self.clone();
        spawn_local(async move {
            match send(request).await {
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

async fn send(request: Request) -> Result<(), CommandError> {
    match request {
        Request::SignIn(request) => ipc::call(request).await,
        Request::SignUp(request) => ipc::call(request).await,
        Request::MagicLink(request) => ipc::call(request).await,
        Request::Recovery(request) => ipc::call(request).await,
        Request::Confirmation(request) => ipc::call(request).await,
        Request::Anonymous(request) => ipc::call(request).await,
        Request::Provider(request) => ipc::call(request).await,
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
