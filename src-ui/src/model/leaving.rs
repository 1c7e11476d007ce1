//! Leaving the account form with something in it that is not saved: the question before it, and what the answer leads to.

use std::rc::Rc;

use yew::Reducible;

/// Where the person wants to go. `P` is a page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination<P> {
    /// Another page.
    Page(P),
    /// Out of the app: the window closes.
    Outside,
}

/// How far leaving is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Leaving<P> {
    /// Nobody wants to leave.
    #[default]
    Staying,
    /// The person is asked.
    Asking(Destination<P>),
    /// What was typed is being saved first.
    Saving(Destination<P>),
    /// The person goes there now.
    Going(Destination<P>),
}

/// What happens to it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Action<P> {
    /// The person wants to go there, and something is not saved.
    Wanted(Destination<P>),
    /// The person stays.
    Stayed,
    /// The person goes, and what was typed stays unsaved.
    Left,
    /// What was typed is to be saved first.
    SaveAsked,
    /// It is saved.
    Saved,
    /// It is not saved: the form says why.
    NotSaved,
    /// The person is there.
    Arrived,
}

impl<P> Leaving<P> {
    fn after(self, action: Action<P>) -> Self {
        match (self, action) {
            (_, Action::Wanted(to)) => Self::Asking(to),
            (Self::Asking(to), Action::Left) | (Self::Saving(to), Action::Saved) => Self::Going(to),
            (Self::Asking(to), Action::SaveAsked) => Self::Saving(to),
            (Self::Asking(_), Action::Stayed)
            | (Self::Saving(_), Action::NotSaved)
            | (Self::Going(_), Action::Arrived) => Self::Staying,
            (leaving, _) => leaving,
        }
    }
}

impl<P: Copy> Reducible for Leaving<P> {
    type Action = Action<P>;

    fn reduce(self: Rc<Self>, action: Action<P>) -> Rc<Self> {
        Rc::new((*self).after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THERE: Destination<u8> = Destination::Page(1);

    fn after(actions: impl IntoIterator<Item = Action<u8>>) -> Leaving<u8> {
        actions.into_iter().fold(Leaving::Staying, Leaving::after)
    }

    #[test]
    fn whoever_wants_to_leave_is_asked_and_goes_or_stays_as_they_say() {
        assert_eq!(after([Action::Wanted(THERE)]), Leaving::Asking(THERE));
        assert_eq!(after([Action::Wanted(THERE), Action::Stayed]), Leaving::Staying);
        assert_eq!(after([Action::Wanted(THERE), Action::Left]), Leaving::Going(THERE));
        assert_eq!(after([Action::Wanted(THERE), Action::Left, Action::Arrived]), Leaving::Staying);
    }

    #[test]
    fn what_is_saved_first_is_left_once_it_is_saved_and_not_when_it_is_refused() {
        let saving = || [Action::Wanted(THERE), Action::SaveAsked];
        assert_eq!(after(saving()), Leaving::Saving(THERE));

        assert_eq!(after(saving()).after(Action::Saved), Leaving::Going(THERE));
        assert_eq!(after(saving()).after(Action::NotSaved), Leaving::Staying);
    }

    #[test]
    fn an_answer_without_a_question_leads_nowhere() {
        for action in [Action::Left, Action::SaveAsked, Action::Saved, Action::Stayed, Action::Arrived] {
            assert_eq!(after([action]), Leaving::Staying, "{action:?}");
        }
    }

    #[test]
    fn closing_the_window_takes_the_place_of_another_question() {
        let closing = after([Action::Wanted(THERE), Action::Wanted(Destination::Outside)]);

        assert_eq!(closing, Leaving::Asking(Destination::Outside));
    }
}
