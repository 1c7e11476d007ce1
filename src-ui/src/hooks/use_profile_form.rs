//! The account form, saved through the backend.

use foyer_contract::Field;
use foyer_contract::account::{ResolveEdit, Version};
use foyer_contract::view::AccountView;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::edits::form_base;
use crate::model::problem::{Problem, field_id};
use crate::model::profile_form::{Action, ProfileForm, Saving};
use crate::{browser, ipc};

/// The account form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ProfileFormHandle {
    form: UseReducerHandle<ProfileForm>,
    /// What stands in the form had waited and was refused: the backend keeps it as well.
    is_returned: bool,
}

impl ProfileFormHandle {
    /// False until a profile has arrived once.
    pub(crate) fn is_loaded(&self) -> bool {
        self.form.loaded
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> String {
        self.form.text(field).to_owned()
    }

    /// What to show at a field.
    pub(crate) fn problem(&self, field: Field) -> Option<Problem> {
        self.form.problem(field)
    }

    /// True where something would be saved.
    pub(crate) fn is_changed(&self) -> bool {
        self.form.is_changed()
    }

    /// How the last attempt to save went.
    pub(crate) fn saving(&self) -> &Saving {
        &self.form.saving
    }

    /// True where a revert can be taken back.
    pub(crate) fn can_restore(&self) -> bool {
        self.form.can_restore()
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

    /// Brings the server's state back.
    pub(crate) fn revert(&self) -> Callback<()> {
        let (form, is_returned) = (self.form.dispatcher(), self.is_returned);
        Callback::from(move |()| {
            form.dispatch(Action::Reverted);
            if is_returned {
                drop_edit(form.clone());
            }
        })
    }

    /// What was typed is saved, as the person decided beside the form.
    pub(crate) fn kept(&self) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Kept))
    }

    /// Takes the revert back.
    pub(crate) fn restore(&self) -> Callback<()> {
        let form = self.form.dispatcher();
        Callback::from(move |()| form.dispatch(Action::Restored))
    }

    /// Saves what has changed, or moves to what is wrong.
    pub(crate) fn save(&self) -> Callback<()> {
        let form = self.form.clone();
        Callback::from(move |()| save(&form))
    }
}

/// The account form, following what the server has. Ctrl+S and Cmd+S save wherever the focus is.
#[hook]
pub(crate) fn use_profile_form(account: Option<&AccountView>) -> ProfileFormHandle {
    let server = account.map(form_base);
    let refused = account.and_then(|account| account.refused.clone());
    let is_returned = refused.is_some();
    let form = {
        let server = server.clone();
        use_reducer_eq(move || ProfileForm::new(server.as_ref()))
    };
    {
        let form = form.dispatcher();
        use_effect_with(server, move |server| {
            if let Some(server) = server {
                form.dispatch(Action::Arrived(server.clone()));
            }
        });
    }
    {
        let form = form.dispatcher();
        use_effect_with(refused, move |refused| {
            if let Some(refused) = refused {
                form.dispatch(Action::Returned(refused.clone()));
            }
        });
    }
    {
        let form = form.clone();
        use_effect_with((), move |()| {
            let keys = web_sys::window().map(|window| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, "keydown", options, move |event| {
                    if event.dyn_ref().is_some_and(is_save_key) {
                        event.prevent_default();
                        save(&form);
                    }
                })
            });
            move || drop(keys)
        });
    }
    ProfileFormHandle { form, is_returned }
}

fn is_save_key(event: &web_sys::KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("s")
}

fn save(form: &UseReducerHandle<ProfileForm>) {
    if form.is_saving() {
        return;
    }
    form.dispatch(Action::Asked);
    let Saving::Running(request) = form.saving.clone() else {
        focus_first_problem(form);
        return;
    };
    let form = form.clone();
    spawn_local(async move {
        match ipc::call(request).await {
            Ok(()) => form.dispatch(Action::Saved),
            Err(error) => {
                form.dispatch(Action::Failed(error));
                focus_first_problem(&form);
            }
        }
    });
}

/// What was given up in the form is given up by the backend too.
fn drop_edit(form: UseReducerDispatcher<ProfileForm>) {
    spawn_local(async move {
        if let Err(error) = ipc::call(ResolveEdit { keep: Version::Theirs, seen: None }).await {
            form.dispatch(Action::Failed(error));
        }
    });
}

fn focus_first_problem(form: &ProfileForm) {
    if let Some(field) = form.first_problem() {
        browser::focus(field_id(field));
    }
}
