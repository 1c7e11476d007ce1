//! Signing out: what would be lost, and the question before it is.

use std::rc::Rc;

use foyer_contract::CommandError;
use foyer_contract::view::{AccountView, UserView};
use yew::Reducible;

use super::problem::Problem;

/// What a sign-out would lose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum UnsavedChanges {
    /// Nothing.
    #[default]
    None,
    /// What was typed in the account form and has not reached the server.
    Profile,
    /// The account: nobody can sign in again to an account without an address.
    Account,
}

/// What a sign-out would lose now.
pub(crate) fn unsaved_changes(
    user: Option<&UserView>,
    account: Option<&AccountView>,
    has_changes: bool,
) -> UnsavedChanges {
    if user.is_some_and(|user| user.is_anonymous) {
        UnsavedChanges::Account
    } else if has_changes
        || account.is_some_and(|account| {
            account.queued.is_some() || account.conflict.is_some() || account.refused.is_some()
        })
    {
        UnsavedChanges::Profile
    } else {
        UnsavedChanges::None
    }
}

/// Where the person is signed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// On this device.
    Here,
    /// On all devices.
    Everywhere,
}

/// How far a sign-out is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum SignOut {
    /// Nobody asked.
    #[default]
    Idle,
    /// The person is asked whether this may be lost.
    Asking(Scope, UnsavedChanges),
    /// The sign-out is under way.
    Running(Scope),
    /// The sign-out failed.
    Failed(Problem),
}

/// What happens to a sign-out.
#[derive(Debug)]
pub(crate) enum Action {
    /// The person wants to sign out, and this would be lost.
    Asked(Scope, UnsavedChanges),
    /// The person signs out although something is lost.
    Confirmed,
    /// The person stays signed in.
    Stayed,
    /// The person is signed out.
    Done,
    /// The sign-out failed.
    Failed(CommandError),
}

impl SignOut {
    fn after(self, action: Action) -> Self {
        match (self, action) {
            (Self::Idle | Self::Failed(_), Action::Asked(scope, UnsavedChanges::None)) => {
                Self::Running(scope)
            }
            (Self::Idle | Self::Failed(_), Action::Asked(scope, unsaved)) => Self::Asking(scope, unsaved),
            (Self::Asking(scope, _), Action::Confirmed) => Self::Running(scope),
            (Self::Asking(..), Action::Stayed) | (Self::Running(_), Action::Done) => Self::Idle,
            (Self::Running(_), Action::Failed(error)) => Self::Failed(error.into()),
            (state, _) => state,
        }
    }
}

impl Reducible for SignOut {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{ProfileView, RefusedEdit};
    use foyer_contract::{ErrorCode, SessionErrorCode};

    use super::*;
    use crate::model::fixtures::{account, user};

    fn edited(queued: Option<ProfileView>, conflict: Option<ProfileView>) -> AccountView {
        AccountView { queued, conflict, ..account() }
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> SignOut {
        actions.into_iter().fold(SignOut::Idle, SignOut::after)
    }

    #[test]
    fn an_account_without_an_address_is_lost_whatever_else_is() {
        let anonymous = UserView { is_anonymous: true, ..user() };

        assert_eq!(unsaved_changes(Some(&anonymous), None, true), UnsavedChanges::Account);
    }

    #[test]
    fn what_has_not_reached_the_server_is_lost() {
        let edit = || Some(ProfileView::default());
        let ada = user();

        assert_eq!(unsaved_changes(Some(&ada), None, true), UnsavedChanges::Profile, "typed");
        assert_eq!(
            unsaved_changes(Some(&ada), Some(&edited(edit(), None)), false),
            UnsavedChanges::Profile,
            "waits to be sent"
        );
        assert_eq!(
            unsaved_changes(Some(&ada), Some(&edited(None, edit())), false),
            UnsavedChanges::Profile,
            "undecided"
        );
        assert_eq!(unsaved_changes(Some(&ada), Some(&account()), false), UnsavedChanges::None);
        let error = CommandError::new(ErrorCode::UsernameTaken, "");
        let refused = Some(RefusedEdit { profile: ProfileView::default(), error });
        let refused = AccountView { refused, ..account() };
        assert_eq!(unsaved_changes(Some(&ada), Some(&refused), false), UnsavedChanges::Profile, "refused");
    }

    #[test]
    fn nothing_to_lose_means_no_question() {
        assert_eq!(after([Action::Asked(Scope::Here, UnsavedChanges::None)]), SignOut::Running(Scope::Here));
    }

    #[test]
    fn something_to_lose_is_asked_about_first_and_the_answer_goes_where_was_asked() {
        let ask = || Action::Asked(Scope::Everywhere, UnsavedChanges::Account);
        assert_eq!(after([ask()]), SignOut::Asking(Scope::Everywhere, UnsavedChanges::Account));

        assert_eq!(after([ask(), Action::Stayed]), SignOut::Idle);
        assert_eq!(after([ask(), Action::Confirmed]), SignOut::Running(Scope::Everywhere));
    }

    #[test]
    fn a_yes_without_a_question_signs_nobody_out() {
        assert_eq!(after([Action::Confirmed]), SignOut::Idle);
    }

    #[test]
    fn one_sign_out_runs_at_a_time_and_after_a_failure_one_can_try_again() {
        let here = || Action::Asked(Scope::Here, UnsavedChanges::None);
        let everywhere = Action::Asked(Scope::Everywhere, UnsavedChanges::None);
        assert_eq!(after([here(), everywhere]), SignOut::Running(Scope::Here));

        let failed = [here(), Action::Failed(CommandError::new(SessionErrorCode::Internal, ""))];
        assert_eq!(after(failed).after(here()), SignOut::Running(Scope::Here));
    }
}
