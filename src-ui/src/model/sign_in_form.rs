//! The sign-in form and the sign-up form, which share what is typed.

use std::rc::Rc;

use foyer_contract::session::{Password, SignIn, SignUp};
use foyer_contract::{CommandError, ErrorCode, Field};
use yew::Reducible;

use super::check;
use super::marks::Marks;
use super::problem::{Problem, field_of};

/// Which of the two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For people who have an account.
    #[default]
    SignIn,
    /// For new people.
    SignUp,
}

impl Mode {
    /// The fields, in the order of the page.
    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            Self::SignIn => &[Field::Email, Field::Password],
            Self::SignUp => &[Field::FullName, Field::Email, Field::Password],
        }
    }
}

/// The form.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct SignInForm {
    /// Which of the two is shown.
    pub(crate) mode: Mode,
    full_name: String,
    email: String,
    password: String,
    marks: Marks,
    /// A request is under way.
    pub(crate) busy: bool,
    /// What went wrong, and not because of one field.
    pub(crate) problem: Option<Problem>,
}

/// What happens to the form.
pub(crate) enum Action {
    /// The other tab was chosen.
    Chose(Mode),
    /// The person typed.
    Typed(Field, String),
    /// The person left a field.
    Left(Field),
    /// The person wants in.
    Asked,
    /// The backend took it; the page changes by itself.
    Done,
    /// It did not.
    Failed(CommandError),
}

/// What is sent.
pub(crate) enum Request {
    /// With a password.
    SignIn(SignIn),
    /// As a new person.
    SignUp(SignUp),
}

impl SignInForm {
    /// With the address that was typed last.
    pub(crate) fn new(email: &str) -> Self {
        Self { email: email.to_owned(), ..Self::default() }
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        match field {
            Field::FullName => &self.full_name,
            Field::Email => &self.email,
            Field::Password => &self.password,
            _ => "",
        }
    }

    /// What to show at a field.
    pub(crate) fn problem_at(&self, field: Field) -> Option<Problem> {
        self.marks.shown(field, self.check(field))
    }

    /// The first field that shows a problem.
    pub(crate) fn first_problem(&self) -> Option<Field> {
        self.mode.fields().iter().copied().find(|field| self.problem_at(*field).is_some())
    }

    /// What to send; `None` unless the form is on its way out.
    pub(crate) fn request(&self) -> Option<Request> {
        if !self.busy {
            return None;
        }
        let email = self.email.trim().to_owned();
        let password = Password(self.password.clone());
        Some(match self.mode {
            Mode::SignIn => Request::SignIn(SignIn { email, password }),
            Mode::SignUp => {
                Request::SignUp(SignUp { email, password, full_name: self.full_name.trim().to_owned() })
            }
        })
    }

    fn check(&self, field: Field) -> Result<(), ErrorCode> {
        match (field, self.mode) {
            (Field::Email, _) => check::email(&self.email),
            (Field::Password, Mode::SignIn) => check::password(&self.password),
            (Field::Password, Mode::SignUp) => check::new_password(&self.password),
            _ => Ok(()),
        }
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Chose(mode) if !self.busy && mode != self.mode => {
                self.mode = mode;
                self.marks.clear();
                self.problem = None;
            }
            Action::Chose(_) => {}
            Action::Typed(field, text) => self.typed(field, text),
            // An empty field that was only passed through is not a mistake yet.
            Action::Left(field) if self.text(field).is_empty() => {}
            Action::Left(field) => self.marks.leave(field),
            Action::Asked if self.busy => {}
            Action::Asked => {
                self.mode.fields().iter().for_each(|field| self.marks.leave(*field));
                self.problem = None;
                self.busy = self.first_problem().is_none();
            }
            Action::Done => {
                self.busy = false;
                self.password.clear();
                self.marks.clear();
            }
            Action::Failed(error) => {
                self.busy = false;
                match field_of(&error).filter(|field| self.mode.fields().contains(field)) {
                    Some(field) => self.marks.refuse(field, error.into()),
                    None => self.problem = Some(error.into()),
                }
            }
        }
    }

    fn typed(&mut self, field: Field, text: String) {
        match field {
            Field::FullName => self.full_name = text,
            Field::Email => self.email = text,
            Field::Password => self.password = text,
            _ => return,
        }
        self.marks.accept(field);
        self.problem = None;
    }
}

impl Reducible for SignInForm {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(actions: impl IntoIterator<Item = Action>) -> SignInForm {
        let mut form = SignInForm::default();
        for action in actions {
            form.on(action);
        }
        form
    }

    fn typed(field: Field, text: &str) -> Action {
        Action::Typed(field, text.into())
    }

    fn filled() -> SignInForm {
        form([typed(Field::Email, " ada@example.com "), typed(Field::Password, " secret ")])
    }

    #[test]
    fn an_empty_form_is_not_sent_and_names_its_first_gap() {
        let form = form([Action::Asked]);

        assert!(form.request().is_none());
        assert_eq!(form.first_problem(), Some(Field::Email));
        assert_eq!(form.problem_at(Field::Password), Some(ErrorCode::PasswordMissing.into()));
    }

    #[test]
    fn passing_through_an_empty_field_is_no_mistake() {
        let form = form([Action::Left(Field::Email)]);

        assert_eq!(form.first_problem(), None);
    }

    #[test]
    fn the_address_is_trimmed_and_the_password_is_not() {
        let mut form = filled();
        form.on(Action::Asked);

        let Some(Request::SignIn(request)) = form.request() else { panic!("not sent") };
        assert_eq!((request.email.as_str(), request.password.0.as_str()), ("ada@example.com", " secret "));
    }

    #[test]
    fn nothing_typed_is_lost_by_a_failure_or_by_the_other_tab() {
        let mut form = filled();
        form.on(Action::Asked);
        form.on(Action::Failed(CommandError::new(ErrorCode::InvalidCredentials, "")));
        assert_eq!(form.problem, Some(ErrorCode::InvalidCredentials.into()));

        form.on(Action::Chose(Mode::SignUp));
        assert_eq!(form.text(Field::Email), " ada@example.com ");
        assert_eq!(form.text(Field::Password), " secret ");
        assert_eq!(form.problem, None);
    }

    #[test]
    fn a_weak_password_lands_on_its_field() {
        let mut form = form([
            Action::Chose(Mode::SignUp),
            typed(Field::Email, "ada@example.com"),
            typed(Field::Password, "123"),
            Action::Asked,
        ]);
        assert!(form.busy);

        form.on(Action::Failed(CommandError::new(ErrorCode::WeakPassword, "").on(Field::Password)));
        assert_eq!(form.first_problem(), Some(Field::Password));
        assert_eq!(form.problem, None);
    }

    #[test]
    fn a_password_over_72_bytes_is_refused_for_a_new_account_only() {
        let long = "x".repeat(73);
        let mut form =
            form([typed(Field::Email, "a@b.c"), typed(Field::Password, &long), Action::Chose(Mode::SignUp)]);
        form.on(Action::Asked);
        assert_eq!(form.problem_at(Field::Password), Some(ErrorCode::PasswordTooLong.into()));

        form.on(Action::Chose(Mode::SignIn));
        form.on(Action::Asked);
        assert!(form.busy);
    }

    #[test]
    fn the_tabs_do_not_change_while_a_request_is_under_way() {
        let mut form = filled();
        form.on(Action::Asked);
        form.on(Action::Chose(Mode::SignUp));

        assert_eq!(form.mode, Mode::SignIn);
    }

    #[test]
    fn the_password_does_not_outlive_its_use() {
        let mut form = filled();
        form.on(Action::Asked);
        form.on(Action::Done);

        assert_eq!(form.text(Field::Password), "");
        assert_eq!(form.first_problem(), None);
    }
}
