//! Leaving the account form with something in it that is not saved, by another page or by closing the window.

use foyer_contract::view::AnswerClose;
use yew::prelude::*;

use super::use_app::use_app;
use super::use_change::use_change;
use super::use_profile_form::ProfileFormHandle;
use crate::ipc;
use crate::model::leaving::{Action, Destination, Leaving};
use crate::model::task::Task;

/// Leaving as a component sees it. `P` is a page of the app.
#[derive(Clone, PartialEq)]
pub(crate) struct LeavingHandle<P: Copy + PartialEq + 'static> {
    leaving: UseReducerHandle<Leaving<P>>,
    form: ProfileFormHandle,
}

impl<P: Copy + PartialEq + 'static> LeavingHandle<P> {
    /// Where the person wants to go, while they are being asked.
    pub(crate) fn question(&self) -> Option<Destination<P>> {
        match *self.leaving {
            Leaving::Asking(to) => Some(to),
            _ => None,
        }
    }

    /// Asks before the person goes to this page.
    pub(crate) fn want(&self, page: P) {
        self.leaving.dispatch(Action::Wanted(Destination::Page(page)));
    }

    /// Closes the question; the person stays.
    pub(crate) fn stay(&self) -> Callback<()> {
        let this = self.clone();
        Callback::from(move |()| {
            if this.question() == Some(Destination::Outside) {
                answer_close(false);
            }
            this.leaving.dispatch(Action::Stayed);
        })
    }

    /// Goes, and leaves what was typed as it is.
    pub(crate) fn leave(&self) -> Callback<MouseEvent> {
        let leaving = self.leaving.dispatcher();
        Callback::from(move |_| leaving.dispatch(Action::Left))
    }

    /// Saves what was typed, and goes once it is saved.
    pub(crate) fn save(&self) -> Callback<MouseEvent> {
        let (leaving, send) = (self.leaving.dispatcher(), self.form.send());
        Callback::from(move |event| {
            leaving.dispatch(Action::SaveAsked);
            send.emit(event);
        })
    }
}

/// Nobody wants to leave yet. `go` brings them to a page.
#[hook]
pub(crate) fn use_leaving<P: Copy + PartialEq + 'static>(
    form: &ProfileFormHandle,
    go: Callback<P>,
) -> LeavingHandle<P> {
    let app = use_app();
    let leaving = use_reducer_eq(Leaving::default);
    {
        let (leaving, is_changed) = (leaving.dispatcher(), form.is_changed());
        use_change(app.state().close_asked, move || match is_changed {
            true => leaving.dispatch(Action::Wanted(Destination::Outside)),
            false => answer_close(true),
        });
    }
    {
        let dispatcher = leaving.dispatcher();
        use_effect_with((*leaving, form.saving().clone()), move |(leaving, saving)| {
            match (leaving, saving) {
                (Leaving::Saving(_), Task::Done) => dispatcher.dispatch(Action::Saved),
                (Leaving::Saving(to), Task::Idle | Task::Failed(_)) => {
                    if *to == Destination::Outside {
                        answer_close(false);
                    }
                    dispatcher.dispatch(Action::NotSaved);
                }
                (Leaving::Going(to), _) => {
                    match to {
                        Destination::Page(page) => go.emit(*page),
                        Destination::Outside => answer_close(true),
                    }
                    dispatcher.dispatch(Action::Arrived);
                }
                _ => {}
            }
        });
    }
    LeavingHandle { leaving, form: form.clone() }
}

/// Tells the backend whether the window closes.
fn answer_close(close: bool) {
    ipc::tell(AnswerClose { close });
}
