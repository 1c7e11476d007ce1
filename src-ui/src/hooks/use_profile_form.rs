//! The account form, saved through the backend.

use foyer_contract::account::{ResolveEdit, UsernameState, Version};
use foyer_contract::view::AccountView;
use foyer_contract::{CommandError, Field};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_draft::{use_draft, use_own_draft};
use super::use_form::{FormHandle, use_form};
use super::use_username_state::use_username_state;
use crate::ipc;
use crate::model::form::Filled;
use crate::model::form::profile::edits::form_base;
use crate::model::form::profile::{Event, ProfileForm, ProfileRules};
use crate::model::input::Input;
use crate::model::task::Task;

/// The account form as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ProfileFormHandle {
    form: FormHandle<ProfileRules>,
    /// What stands in the form had waited to be sent and was refused: the backend keeps it as well.
    is_returned: bool,
    /// Whether the username that is being typed can be had.
    username: UsernameState,
    /// Has what is typed now kept without a pause.
    keep_draft: Callback<()>,
}

impl ProfileFormHandle {
    /// False until a profile has arrived once.
    pub(crate) fn is_loaded(&self) -> bool {
        self.form.form().is_loaded()
    }

    /// What a component needs to show the input of a field.
    pub(crate) fn input(&self, field: Field) -> Input {
        let mut input = self.form.input(field);
        let (on_leave, keep_draft) = (input.on_leave.clone(), self.keep_draft.clone());
        input.on_leave = Callback::from(move |()| {
            on_leave.emit(());
            keep_draft.emit(());
        });
        input
    }

    /// Whether the username that is being typed can be had.
    pub(crate) fn username(&self) -> UsernameState {
        self.username
    }

    /// True while what was typed before the app ended stands in the form as it came back.
    pub(crate) fn is_restored(&self) -> bool {
        self.form.form().is_restored()
    }

    /// True where something would be saved.
    pub(crate) fn is_changed(&self) -> bool {
        self.form.form().is_changed()
    }

    /// How the last attempt to save went.
    pub(crate) fn saving(&self) -> &Task {
        self.form.task()
    }

    /// True where a revert can be taken back.
    pub(crate) fn can_restore(&self) -> bool {
        self.form.form().can_restore()
    }

    /// Brings the server's state back.
    pub(crate) fn revert(&self) -> Callback<()> {
        let (form, is_returned) = (self.form.clone(), self.is_returned);
        let revert = form.tell(|| Event::Reverted);
        Callback::from(move |()| {
            revert.emit(());
            if is_returned {
                drop_edit(form.clone());
            }
        })
    }

    /// What was typed is saved, as the person decided beside the form.
    pub(crate) fn kept(&self) -> Callback<()> {
        self.form.tell(|| Event::Kept)
    }

    /// Takes the revert back.
    pub(crate) fn restore(&self) -> Callback<()> {
        self.form.tell(|| Event::Restored)
    }

    /// Saves what has changed, or moves to what is wrong.
    pub(crate) fn submit(&self) -> Callback<SubmitEvent> {
        self.form.submit()
    }

    /// The same from outside of the form.
    pub(crate) fn send(&self) -> Callback<MouseEvent> {
        self.form.send()
    }
}

/// The account form, following what the server has.
#[hook]
pub(crate) fn use_profile_form(account: Option<&AccountView>) -> ProfileFormHandle {
    let server = account.map(form_base);
    let refused = account.and_then(|account| account.refused.clone());
    let is_returned = refused.is_some();
    let own = use_own_draft(account.is_some());
    let found = own.or_else(|| account.and_then(|account| account.draft.clone()));
    let form = {
        let (server, found, refused) = (server.clone(), found.clone(), refused.clone());
        let begin = move || ProfileForm::of(server.as_ref(), found.as_ref()).with_returned(refused.as_ref());
        use_form(begin, save)
    };
    {
        let form = form.clone();
        use_effect_with(server, move |server| {
            if let Some(server) = server.clone() {
                form.tell(move || Event::Arrived(server.clone())).emit(());
            }
        });
    }
    {
        let form = form.clone();
        use_effect_with(refused, move |refused| {
            if let Some(refused) = refused.clone() {
                form.tell(move || Event::Returned(refused.clone())).emit(());
            }
        });
    }
    {
        let form = form.clone();
        use_effect_with(found.clone(), move |found| {
            if let Some(found) = found.clone().filter(|found| !form.form().has_taken(found)) {
                form.tell(move || Event::Found(found.clone())).emit(());
            }
        });
    }
    let has_taken = found.as_ref().is_none_or(|found| form.form().has_taken(found));
    let keep_draft = use_draft(form.form().draft_to_keep(), found, has_taken);
    let username = use_username_state(form.form().username_to_check());
    ProfileFormHandle { form, is_returned, username, keep_draft }
}

async fn save(filled: Filled<ProfileRules>) -> Result<(), CommandError> {
    match filled.rules.sent {
        Some(request) => ipc::call(request).await,
        None => Ok(()),
    }
}

/// The backend drops the edit that the person dropped in the form.
fn drop_edit(form: FormHandle<ProfileRules>) {
    spawn_local(async move {
        if let Err(error) = ipc::call(ResolveEdit { keep: Version::Theirs, seen: None }).await {
            form.fail(error);
        }
    });
}
