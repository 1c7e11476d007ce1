//! A refusal is said of the text that was refused, and of no other.

use foyer_contract::CommandError;

use super::tests::{Action, form, profile, sent, typed};
use super::*;
use crate::model::problem::Problem;

fn taken() -> CommandError {
    CommandError::new(ErrorCode::UsernameTaken, "")
}

#[test]
fn a_username_that_was_corrected_while_the_old_one_was_saved_is_not_called_taken_and_can_be_saved() {
    let mut form = form([
        typed(Field::Username, "ada1"),
        Action::Asked(()),
        typed(Field::Username, "ada2"),
        Action::Failed(taken()),
    ]);
    assert_eq!(form.problem_at(Field::Username), None);
    assert_eq!(form.task().problem(), Some(&Problem::from(taken())), "whoever saved is told");

    form.on(Action::Asked(()));
    assert_eq!(sent(&form).profile.username, "ada2");
}

#[test]
fn a_refused_username_is_marked_although_something_else_was_typed_meanwhile() {
    let form = form([
        typed(Field::Username, "ada1"),
        Action::Asked(()),
        typed(Field::FullName, "Ada L"),
        Action::Failed(taken()),
    ]);

    assert_eq!(form.problem_at(Field::Username), Some(taken().into()));
}

#[test]
fn what_was_refused_after_waiting_is_not_said_of_a_username_that_was_typed_since() {
    let refused = RefusedEdit { profile: profile("Grace", "grace", "ada.example"), error: taken() };
    let form = form([typed(Field::Username, "ada2"), Action::Event(Event::Returned(refused))]);

    assert_eq!((form.text(Field::Username), form.problem_at(Field::Username)), ("ada2", None));
}
