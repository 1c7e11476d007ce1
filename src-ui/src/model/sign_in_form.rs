//! The ways in that begin on the sign-in page: three forms that share what is typed, the way to a new password,
//! providers, and none of it. One of them at a time.

use std::rc::Rc;

use foyer_contract::session::{
    Password, SendConfirmation, SendMagicLink, SendRecovery, SignIn, SignInAnonymously, SignInWithProvider,
    SignUp,
};
use foyer_contract::{CommandError, ErrorCode, Field};
use yew::Reducible;

use super::check;
use super::marks::Marks;
use super::problem::{Problem, field_of};

/// Which form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// For people who have an account.
    #[default]
    SignIn,
    /// For new people.
    SignUp,
    /// For people who would rather have a link than a password.
    MagicLink,
}

impl Mode {
    /// The fields, in the order of the page.
    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            Self::SignIn => &[Field::Email, Field::Password],
            Self::SignUp => &[Field::FullName, Field::Email, Field::Password],
            Self::MagicLink => &[Field::Email],
        }
    }
}

/// What the person wants of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Errand {
    /// What the form is for.
    Enter,
    /// A link to choose a new password, to the address in the form.
    Recover,
    /// The mail that confirms the address in the form, once more.
    Confirm,
    /// In without an address.
    Anonymous,
    /// In through this provider.
    Provider(String),
}

/// The form.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct SignInForm {
    /// Which of the forms is shown.
    pub(crate) mode: Mode,
    full_name: String,
    email: String,
    password: String,
    marks: Marks,
    /// What is under way.
    pub(crate) busy: Option<Errand>,
    /// What went wrong, and not because of one field.
    pub(crate) problem: Option<Problem>,
}

/// What happens to the form.
pub(crate) enum Action {
    /// Another tab was chosen.
    Chose(Mode),
    /// The person typed.
    Typed(Field, String),
    /// The person left a field.
    Left(Field),
    /// The person wants something.
    Asked(Errand),
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
    /// With a link.
    MagicLink(SendMagicLink),
    /// To a new password.
    Recovery(SendRecovery),
    /// To an address that is to be confirmed.
    Confirmation(SendConfirmation),
    /// Without an address.
    Anonymous(SignInAnonymously),
    /// Through a provider.
    Provider(SignInWithProvider),
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

    /// The address that was refused because nobody has confirmed it can be sent its mail again.
    pub(crate) fn can_confirm(&self) -> bool {
        let is_refused = self.problem.as_ref().is_some_and(|it| it.code == ErrorCode::EmailNotConfirmed);
        is_refused || self.busy == Some(Errand::Confirm)
    }

    /// What to send; `None` unless something is on its way out.
    pub(crate) fn request(&self) -> Option<Request> {
        let email = self.email.trim().to_owned();
        let password = Password(self.password.clone());
        Some(match (self.busy.as_ref()?, self.mode) {
            (Errand::Recover, _) => Request::Recovery(SendRecovery { email }),
            (Errand::Confirm, _) => Request::Confirmation(SendConfirmation { email }),
            (Errand::Anonymous, _) => Request::Anonymous(SignInAnonymously {}),
            (Errand::Provider(name), _) => Request::Provider(SignInWithProvider { provider: name.clone() }),
            (Errand::Enter, Mode::SignIn) => Request::SignIn(SignIn { email, password }),
            (Errand::Enter, Mode::MagicLink) => Request::MagicLink(SendMagicLink { email }),
            (Errand::Enter, Mode::SignUp) => {
                let full_name = self.full_name.trim().to_owned();
                Request::SignUp(SignUp { email, password, full_name })
            }
        })
    }

    fn check(&self, field: Field) -> Result<(), ErrorCode> {
        match (field, self.mode) {
            (Field::FullName, Mode::SignUp) => check::full_name(&self.full_name),
            (Field::Email, _) => check::email(&self.email),
            (Field::Password, Mode::SignIn) => check::password(&self.password),
            (Field::Password, Mode::SignUp) => check::new_password(&self.password),
            _ => Ok(()),
        }
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Chose(mode) if self.busy.is_none() && mode != self.mode => {
                self.mode = mode;
                self.marks.clear();
                self.problem = None;
            }
            Action::Chose(_) => {}
            Action::Typed(field, text) => self.typed(field, text),
            // An empty field that was only passed through is not a mistake yet.
            Action::Left(field) if self.text(field).is_empty() => {}
            Action::Left(field) => self.marks.leave(field),
            Action::Asked(errand) if self.busy.is_none() => self.ask(errand),
            Action::Asked(_) => {}
            Action::Done => {
                self.busy = None;
                self.password.clear();
                self.marks.clear();
            }
            Action::Failed(error) => self.fail(error),
        }
    }

    /// An errand needs the fields it uses to be right, and no others.
    fn ask(&mut self, errand: Errand) {
        let fields: &[Field] = match errand {
            Errand::Enter => self.mode.fields(),
            Errand::Recover | Errand::Confirm => &[Field::Email],
            Errand::Anonymous | Errand::Provider(_) => &[],
        };
        self.marks.clear();
        fields.iter().for_each(|field| self.marks.leave(*field));
        self.problem = None;
        self.busy = self.first_problem().is_none().then_some(errand);
    }

    fn fail(&mut self, error: CommandError) {
        let uses_fields = matches!(self.busy.take(), Some(Errand::Enter | Errand::Recover | Errand::Confirm));
        match field_of(&error).filter(|field| uses_fields && self.mode.fields().contains(field)) {
            Some(field) => self.marks.refuse(field, error.into()),
            None => self.problem = Some(error.into()),
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
#[path = "sign_in_form_tests.rs"]
mod tests;
