//! What stands in the fields of a form, and which of them may show a problem: those that were left, and those that the
//! server refused.

use foyer_contract::{CommandError, ErrorCode, Field, SessionErrorCode};

use crate::model::problem::{Problem, field_of};

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
pub(super) struct FieldStates {
    states: Vec<(Field, FieldState)>,
    /// The fields that the project asked for in addition.
    extras: Vec<Field>,
    /// The field that should get the keyboard, with a number that tells one request for it from the next.
    attention: Option<(u32, Field)>,
}

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

    /// The server refused no field. Texts stay.
    pub(super) fn forget_refusals(&mut self) {
        for (_, state) in &mut self.states {
            state.refused = None;
        }
    }

    /// No field was left or refused. Texts stay.
    pub(super) fn clear(&mut self) {
        for (_, state) in &mut self.states {
            state.is_left = false;
            state.refused = None;
        }
    }

    /// Empties the fields that are not to be kept.
    pub(super) fn retain_texts(&mut self, keeps: impl Fn(Field) -> bool) {
        self.states.retain(|(field, _)| keeps(*field));
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

    /// The fields that are there: those of the form, then the extras that the project asked for in addition.
    pub(super) fn present(&self, always: &[Field], extras: &[Field]) -> Vec<Field> {
        let extras = extras.iter().filter(|field| self.extras.contains(field));
        always.iter().chain(extras).copied().collect()
    }

    /// What stands in these fields.
    pub(super) fn texts(&self, fields: &[Field]) -> Vec<(Field, String)> {
        fields.iter().map(|field| (*field, self.text(*field).to_owned())).collect()
    }

    /// An extra field goes until the project asks for it anew.
    pub(super) fn drop_extra(&mut self, field: Field) {
        self.extras.retain(|extra| *extra != field);
        self.set_text(field, String::new());
    }

    /// All extra fields go.
    pub(super) fn drop_extras(&mut self) {
        self.extras.clear();
    }

    /// The field that should get the keyboard.
    pub(super) fn attention(&self) -> Option<(u32, Field)> {
        self.attention
    }

    /// The field should get the keyboard.
    pub(super) fn attend(&mut self, field: Field) {
        let number = self.attention.map_or(0, |(number, _)| number.wrapping_add(1));
        self.attention = Some((number, field));
    }

    /// Shows a failure at the field that is at fault, or the extra field that it asks for; the field, if there is one. What
    /// was said of a text that was `sent` is shown at that text only.
    pub(super) fn blame(
        &mut self,
        error: &CommandError,
        always: &[Field],
        extras: &[Field],
        is_about_fields: bool,
        sent: &[(Field, String)],
    ) -> Option<Field> {
        let asked_for = match error.code {
            ErrorCode::Session(SessionErrorCode::CurrentPasswordNeeded) => Some(Field::CURRENT_PASSWORD),
            ErrorCode::Session(SessionErrorCode::NonceNeeded) => Some(Field::NONCE),
            _ => None,
        };
        if let Some(field) = asked_for.filter(|field| extras.contains(field)) {
            self.add_extra(field, extras);
            self.forget(field);
            return Some(field);
        }
        let is_here = |field: &Field| always.contains(field) || extras.contains(field);
        let is_as_sent = |field: &Field| {
            let text = sent.iter().find(|(known, _)| known == field).map(|(_, text)| text.as_str());
            text.is_none_or(|text| text == self.text(*field))
        };
        let field = field_of(error).filter(|field| is_about_fields && is_here(field) && is_as_sent(field))?;
        self.add_extra(field, extras);
        self.refuse(field, error.clone().into());
        Some(field)
    }

    fn add_extra(&mut self, field: Field, extras: &[Field]) {
        if extras.contains(&field) && !self.extras.contains(&field) {
            self.extras.push(field);
        }
    }

    fn get(&self, field: Field) -> Option<&FieldState> {
        self.states.iter().find(|(known, _)| *known == field).map(|(_, state)| state)
    }

    fn state(&mut self, field: Field) -> &mut FieldState {
        let index = self.states.iter().position(|(known, _)| *known == field).unwrap_or_else(|| {
            self.states.push((field, FieldState::default()));
            self.states.len() - 1
        });
        &mut self.states[index].1
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
