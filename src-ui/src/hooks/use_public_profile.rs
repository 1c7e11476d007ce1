//! The search for somebody's public profile.

use foyer_contract::Field;
use foyer_contract::account::{FindPublicProfile, PublicProfile, ViewPublicProfile};
use foyer_contract::view::ProfileView;
use yew::prelude::*;

use super::use_form::{SmallFormHandle, use_small_form};
use super::use_task::{TaskHandle, use_task};
use crate::ipc;
use crate::model::form::small::SmallForm;
use crate::model::problem::Problem;

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

/// What others see of whoever is signed in, as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct OwnPublicProfileHandle {
    task: TaskHandle,
    seen: UseStateHandle<Option<PublicProfile>>,
}

impl OwnPublicProfileHandle {
    /// What others see; `None` before it was asked for and where it cannot be known.
    pub(crate) fn seen(&self) -> Option<&PublicProfile> {
        self.seen.as_ref().filter(|_| self.problem().is_none())
    }

    /// The server is being asked.
    pub(crate) fn is_asking(&self) -> bool {
        self.task.is_running()
    }

    /// Why it cannot be known.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.task.state().problem()
    }

    /// Asks the server what others see now.
    pub(crate) fn look(&self) -> Callback<MouseEvent> {
        let (seen, known, has_failed) = (self.seen.clone(), self.seen.clone(), self.problem().is_some());
        let request = move || {
            // What was known before it failed is not shown while it is asked again.
            if has_failed {
                seen.set(None);
            }
            ViewPublicProfile {}
        };
        self.task.run_then(request, Callback::from(move |answer| known.set(Some(answer))))
    }

    /// Shows nothing of it any more.
    pub(crate) fn close(&self) -> Callback<MouseEvent> {
        let this = self.clone();
        Callback::from(move |_| this.seen.set(None))
    }
}

/// What others see has not been asked for.
#[hook]
pub(crate) fn use_own_public_profile() -> OwnPublicProfileHandle {
    OwnPublicProfileHandle { task: use_task(), seen: use_state_eq(|| None) }
}
