//! The connect form, tried through the backend, and the local project, looked for once.

use foyer_contract::Field;
use foyer_contract::project::{ConnectProject, FindLocalProject, LocalProject};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::connect_form::{Action, ConnectForm, Trying};
use crate::model::problem::{Problem, field_id};
use crate::{browser, ipc};

/// The connect form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ConnectHandle {
    form: UseReducerHandle<ConnectForm>,
    local: Option<LocalProject>,
}

impl ConnectHandle {
    /// The local project, where one answered.
    pub(crate) fn local(&self) -> Option<&LocalProject> {
        self.local.as_ref()
    }

    /// What is typed as URL.
    pub(crate) fn url(&self) -> String {
        self.form.url.clone()
    }

    /// What is typed as key.
    pub(crate) fn key(&self) -> String {
        self.form.key.clone()
    }

    /// What is being tried.
    pub(crate) fn trying(&self) -> Option<Trying> {
        self.form.trying
    }

    /// What went wrong last.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.form.problem.as_ref().map(|(_, problem)| problem.clone())
    }

    /// True where what went wrong is this field's fault.
    pub(crate) fn is_wrong(&self, field: Field) -> bool {
        self.form.wrong_field() == Some(field)
    }

    /// Takes what is typed.
    pub(crate) fn on_type(&self, field: Field) -> Callback<String> {
        let form = self.form.dispatcher();
        Callback::from(move |text| form.dispatch(Action::Typed(field, text)))
    }

    /// Tries what was typed.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        let this = self.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            this.connect(Trying::Remote);
        })
    }

    /// Tries the local project.
    pub(crate) fn use_local(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.connect(Trying::Local))
    }

    fn connect(&self, trying: Trying) {
        if self.form.trying.is_some() {
            return;
        }
        self.form.dispatch(Action::Asked(trying));
        let Some(target) = self.form.target() else {
            self.focus_wrong_field();
            return;
        };
        let this = self.clone();
        spawn_local(async move {
            match ipc::call(ConnectProject { target }).await {
                Ok(()) => this.form.dispatch(Action::Done),
                Err(error) => {
                    this.form.dispatch(Action::Failed(error));
                    this.focus_wrong_field();
                }
            }
        });
    }

    fn focus_wrong_field(&self) {
        if let Some(field) = self.form.wrong_field() {
            browser::focus(field_id(field));
        }
    }
}

/// The connect form.
#[hook]
pub(crate) fn use_connect() -> ConnectHandle {
    let form = use_reducer_eq(ConnectForm::default);
    let local = use_state_eq(|| None);
    {
        let local = local.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                match ipc::call(FindLocalProject {}).await {
                    Ok(found) => local.set(found),
                    Err(error) => browser::report(&error.message),
                }
            });
        });
    }
    ConnectHandle { form, local: (*local).clone() }
}
