//! What stands in the fields of a form, and which of them may show a problem: those that were left, and those that the
//! server refused.

use foyer_contract::{ErrorCode, Field};

use crate::model::problem::Problem;

/// What is known of one field.
#[derive(Clone, Default, PartialEq, Eq)]
struct FieldState {
    text: String,
    /// The field was left, so its mistakes are shown.
    is_left: bool,
    /// Why the server refused the text.
    refused: Option<Problem>,
}

/// What is known of the fields of one form. It has no `Debug`: what is typed is secret more often than not.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct FieldStates(Vec<(Field, FieldState)>);

impl FieldStates {
    /// What stands in a field.
    pub(super) fn text(&self, field: Field) -> &str {
        self.get(field).map_or("", |state| &state.text)
    }

    /// The field was changed, so what the server said no longer applies.
    pub(super) fn set_text(&mut self, field: Field, text: String) {
        let state = self.state(field);
        state.text = text;
        state.refused = None;
    }

    /// Another text stands in the field, which nobody typed. What was said at the field stays.
    pub(super) fn replace_text(&mut self, field: Field, text: String) {
        self.state(field).text = text;
    }

    /// The field was left: from now on it is checked while it is typed.
    pub(super) fn leave(&mut self, field: Field) {
        self.state(field).is_left = true;
    }

    /// The server refused what stands in the field.
    pub(super) fn refuse(&mut self, field: Field, problem: Problem) {
        self.state(field).refused = Some(problem);
    }

    /// The field is as if it had just appeared.
    pub(super) fn forget(&mut self, field: Field) {
        *self.state(field) = FieldState::default();
    }

    /// No field was left or refused. Texts stay.
    pub(super) fn clear(&mut self) {
        for (_, state) in &mut self.0 {
            state.is_left = false;
            state.refused = None;
        }
    }

    /// Empties the fields that are not to be kept.
    pub(super) fn retain_texts(&mut self, keeps: impl Fn(Field) -> bool) {
        self.0.retain(|(field, _)| keeps(*field));
    }

    /// What to show at a field whose check says `checked`.
    pub(super) fn shown(&self, field: Field, checked: Result<(), ErrorCode>) -> Option<Problem> {
        let state = self.get(field)?;
        match (&state.refused, checked) {
            (Some(problem), _) => Some(problem.clone()),
            (None, Err(code)) if state.is_left => Some(code.into()),
            _ => None,
        }
    }

    fn get(&self, field: Field) -> Option<&FieldState> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, state)| state)
    }

    fn state(&mut self, field: Field) -> &mut FieldState {
        let index = self.0.iter().position(|(known, _)| *known == field).unwrap_or_else(|| {
            self.0.push((field, FieldState::default()));
            self.0.len() - 1
        });
        &mut self.0[index].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: Result<(), ErrorCode> = Err(ErrorCode::UsernameTooShort);

    #[test]
    fn a_field_is_silent_until_it_is_left_and_checked_live_from_then_on() {
        let mut states = FieldStates::default();
        assert_eq!(states.shown(Field::Username, WRONG), None);

        states.leave(Field::Username);
        assert_eq!(states.shown(Field::Username, WRONG), Some(ErrorCode::UsernameTooShort.into()));
        assert_eq!(states.shown(Field::Username, Ok(())), None);
    }

    #[test]
    fn the_servers_word_stays_until_the_field_changes() {
        let mut states = FieldStates::default();
        states.refuse(Field::Username, ErrorCode::UsernameTaken.into());
        assert_eq!(states.shown(Field::Username, Ok(())), Some(ErrorCode::UsernameTaken.into()));

        states.set_text(Field::Username, "ada".into());
        assert_eq!(states.shown(Field::Username, Ok(())), None);
    }

    #[test]
    fn a_forgotten_field_is_silent_again() {
        let mut states = FieldStates::default();
        states.leave(Field::Username);
        states.forget(Field::Username);

        assert_eq!(states.shown(Field::Username, WRONG), None);
    }

    #[test]
    fn one_fields_problem_is_not_anothers() {
        let mut states = FieldStates::default();
        states.refuse(Field::Username, ErrorCode::UsernameTaken.into());

        assert_eq!(states.shown(Field::Website, Ok(())), None);
    }
}
