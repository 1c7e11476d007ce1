//! The form of the sign-in page: three modes that share what is typed, and the attempts beside it, such as a link to a
//! new password or a provider. One attempt runs at a time.

mod kept;
pub(crate) mod options;

use foyer_contract::session::{
    Password, Resend, ResetPasswordForEmail, SignInAnonymously, SignInWithOAuth, SignInWithOtp,
    SignInWithPassword, SignUp,
};
use foyer_contract::{ErrorCode, Field, SessionErrorCode};

pub(crate) use self::kept::Kept;
use super::{Filled, Form, Rules};
use crate::model::check;
use crate::model::task::Task;

/// The form of the sign-in page.
pub(crate) type SignInForm = Form<SignInRules>;

/// Which of the three forms is shown.
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

/// What the form of the sign-in page has of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SignInRules {
    /// Which of the three forms is shown.
    pub(crate) mode: Mode,
}

/// What the person wants of the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignInAttempt {
    /// What the shown form is for.
    Submit,
    /// A link to choose a new password, to the address in the form.
    Recover,
    /// The mail that confirms the address in the form, once more.
    Confirm,
    /// To sign in without an address.
    Anonymous,
    /// To sign in through this provider.
    Provider(String),
}

impl SignInAttempt {
    /// Whether the attempt sends what stands in the form.
    pub(crate) fn uses_email(&self) -> bool {
        matches!(self, Self::Submit | Self::Recover | Self::Confirm)
    }
}

/// What else happens to the form of the sign-in page.
pub(crate) enum Event {
    /// Another tab was chosen.
    Chose(Mode),
}

impl Rules for SignInRules {
    type Intent = SignInAttempt;
    type Event = Event;

    const SENDS_REFUSED_AGAIN: bool = true;

    fn fields(&self) -> &'static [Field] {
        match self.mode {
            Mode::SignIn => &[Field::EMAIL, Field::PASSWORD],
            Mode::SignUp => &[Field::FullName, Field::EMAIL, Field::PASSWORD],
            Mode::MagicLink => &[Field::EMAIL],
        }
    }

    fn is_needed(attempt: &SignInAttempt, field: Field) -> bool {
        match attempt {
            SignInAttempt::Submit => true,
            SignInAttempt::Recover | SignInAttempt::Confirm => field == Field::EMAIL,
            SignInAttempt::Anonymous | SignInAttempt::Provider(_) => false,
        }
    }

    fn is_about_fields(attempt: &SignInAttempt) -> bool {
        attempt.uses_email()
    }

    fn check(&self, field: Field, text: &str) -> Result<(), ErrorCode> {
        match (field, self.mode) {
            (Field::FullName, Mode::SignUp) => check::full_name(text),
            (Field::EMAIL, _) => check::email(text),
            (Field::PASSWORD, Mode::SignIn) => check::password(text),
            (Field::PASSWORD, Mode::SignUp) => check::new_password(text),
            _ => Ok(()),
        }
    }

    fn keeps(&self, field: Field) -> bool {
        field != Field::PASSWORD
    }

    fn on_event(form: &mut Form<Self>, Event::Chose(mode): Event) {
        if !form.task.is_running() && mode != form.rules.mode {
            form.rules.mode = mode;
            form.states.clear();
            form.task = Task::Idle;
        }
    }
}

impl SignInForm {
    /// True where the address was refused because nobody has confirmed it: its mail can be sent again.
    pub(crate) fn can_confirm(&self) -> bool {
        let is_refused = self
            .task
            .problem()
            .is_some_and(|it| it.code == ErrorCode::Session(SessionErrorCode::EmailNotConfirmed));
        is_refused || self.task.running() == Some(&SignInAttempt::Confirm)
    }
}

/// What is sent.
pub(crate) enum Request {
    /// With a password.
    SignIn(SignInWithPassword),
    /// As a new person.
    SignUp(SignUp),
    /// With a link.
    MagicLink(SignInWithOtp),
    /// To a new password.
    Recovery(ResetPasswordForEmail),
    /// To an address that is to be confirmed.
    Confirmation(Resend),
    /// Without an address.
    Anonymous(SignInAnonymously),
    /// Through a provider.
    Provider(SignInWithOAuth),
}

impl Filled<SignInRules> {
    /// What to send.
    pub(crate) fn request(&self) -> Request {
        let email = self.text(Field::EMAIL);
        let password = Password(self.text(Field::PASSWORD));
        match (&self.intent, self.rules.mode) {
            (SignInAttempt::Recover, _) => Request::Recovery(ResetPasswordForEmail { email }),
            (SignInAttempt::Confirm, _) => Request::Confirmation(Resend { email }),
            (SignInAttempt::Anonymous, _) => Request::Anonymous(SignInAnonymously {}),
            (SignInAttempt::Provider(name), _) => {
                Request::Provider(SignInWithOAuth { provider: name.clone() })
            }
            (SignInAttempt::Submit, Mode::SignIn) => Request::SignIn(SignInWithPassword { email, password }),
            (SignInAttempt::Submit, Mode::MagicLink) => {
                Request::MagicLink(SignInWithOtp { email, should_create_user: None })
            }
            (SignInAttempt::Submit, Mode::SignUp) => {
                Request::SignUp(SignUp { email, password, full_name: self.text(Field::FullName) })
            }
        }
    }
}

#[cfg(test)]
mod tests;
