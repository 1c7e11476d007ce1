//! Which fields of a form may show a problem: those that were left, and those that the server refused.

use foyer_contract::{ErrorCode, Field};

use super::problem::Problem;

/// The marks of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    left: Vec<Field>,
    refused: Vec<(Field, Problem)>,
}

impl Marks {
    /// The field was left with something in it: from now on it is checked while it is typed.
    pub(crate) fn leave(&mut self, field: Field) {
        if !self.left.contains(&field) {
            self.left.push(field);
        }
    }

    /// The server refused what stands in the field.
    pub(crate) fn refuse(&mut self, field: Field, problem: Problem) {
        self.accept(field);
        self.refused.push((field, problem));
    }

    /// The field was changed, so what the server said no longer applies.
    pub(crate) fn accept(&mut self, field: Field) {
        self.refused.retain(|(refused, _)| *refused != field);
    }

    /// The field is as if it had just appeared.
    pub(crate) fn forget(&mut self, field: Field) {
        self.left.retain(|left| *left != field);
        self.accept(field);
    }

    /// Nothing was left or refused.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// What to show at a field whose check says `checked`.
    pub(crate) fn shown(&self, field: Field, checked: Result<(), ErrorCode>) -> Option<Problem> {
        let refused = self.refused.iter().find(|(refused, _)| *refused == field);
        match (refused, checked) {
            (Some((_, problem)), _) => Some(problem.clone()),
            (None, Err(code)) if self.left.contains(&field) => Some(code.into()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: Result<(), ErrorCode> = Err(ErrorCode::UsernameTooShort);

    #[test]
    fn a_field_is_silent_until_it_is_left_and_checked_live_from_then_on() {
        let mut marks = Marks::default();
        assert_eq!(marks.shown(Field::Username, WRONG), None);

        marks.leave(Field::Username);
        assert_eq!(marks.shown(Field::Username, WRONG), Some(ErrorCode::UsernameTooShort.into()));
        assert_eq!(marks.shown(Field::Username, Ok(())), None);
    }

    #[test]
    fn the_servers_word_stays_until_the_field_changes() {
        let mut marks = Marks::default();
        marks.refuse(Field::Username, ErrorCode::UsernameTaken.into());
        assert_eq!(marks.shown(Field::Username, Ok(())), Some(ErrorCode::UsernameTaken.into()));

        marks.accept(Field::Username);
        assert_eq!(marks.shown(Field::Username, Ok(())), None);
    }

    #[test]
    fn a_forgotten_field_is_silent_again() {
        let mut marks = Marks::default();
        marks.leave(Field::Username);
        marks.forget(Field::Username);

        assert_eq!(marks.shown(Field::Username, WRONG), None);
    }

    #[test]
    fn one_fields_problem_is_not_anothers() {
        let mut marks = Marks::default();
        marks.refuse(Field::Username, ErrorCode::UsernameTaken.into());

        assert_eq!(marks.shown(Field::Website, Ok(())), None);
    }
}
