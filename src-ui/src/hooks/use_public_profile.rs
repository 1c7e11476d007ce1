//! The search for somebody's public profile.

use foyer_contract::Field;
use foyer_contract::account::FindPublicProfile;
use foyer_contract::view::ProfileView;
use yew::prelude::*;

use super::use_form::{SmallFormHandle, use_small_form};
use crate::ipc;
use crate::model::form::small::SmallForm;

/// The search as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct PublicProfileHandle {
    /// The username.
    pub(crate) form: SmallFormHandle,
    found: UseStateHandle<Option<ProfileView>>,
}

impl PublicProfileHandle {
    /// What was found last: `None` before the first search and while one is under way or failed; `Some(None)` where
    /// there is nobody of that name.
    pub(crate) fn outcome(&self) -> Option<Option<&ProfileView>> {
        self.form.is_done().then(|| self.found.as_ref())
    }
}

/// A search that has not begun.
#[hook]
pub(crate) fn use_public_profile() -> PublicProfileHandle {
    let found = use_state_eq(|| None);
    let form = {
        let found = found.clone();
        use_small_form(SmallForm::PublicProfile, move |filled| {
            let found = found.clone();
            async move {
                found.set(ipc::call(FindPublicProfile { username: filled.text(Field::Username) }).await?);
                Ok(())
            }
        })
    };
    PublicProfileHandle { form, found }
}
