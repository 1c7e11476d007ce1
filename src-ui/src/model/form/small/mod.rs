//! The small forms: a code, a pasted link, a new address, a new password, a confirmation.

use foyer_contract::{ErrorCode, Field};

use super::{Form, Rules};
use crate::model::check;
use crate::model::problem::field_id;
use crate::model::task::Task;

/// The small forms there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SmallForm {
    /// The code from the mail of a flow that waits.
    FlowCode,
    /// A code from a mail that nobody here asked for, with the address that it came to.
    ForeignCode,
    /// A link from a mail or a browser.
    Link,
    /// A new password.
    NewPassword,
    /// A new address.
    NewEmail,
    /// A code from an authenticator.
    FactorCode,
    /// Somebody's username.
    PublicProfile,
    /// The text that has to be typed once more before the account is deleted.
    Deletion(String),
}

/// What else happens to a small form.
pub(crate) enum Event {
    /// The person wants the form sent without this extra field, so that the project asks for it anew.
    AskedWithout(Field),
    /// The code is to be sent for another factor.
    FactorChanged,
    /// The person closed the form: what was typed goes. A request that is under way goes on.
    Closed,
}

impl Rules for SmallForm {
    type Intent = ();
    type Event = Event;

    /// A code is right or wrong for the address, or the factor, that it is sent with.
    fn is_judged_whole(&self) -> bool {
        matches!(self, Self::ForeignCode | Self::FactorCode)
    }

    fn fields(&self) -> &'static [Field] {
        match self {
            Self::FlowCode | Self::FactorCode => &[Field::CODE],
            Self::ForeignCode => &[Field::EMAIL, Field::CODE],
            Self::Link => &[Field::Link],
            Self::NewPassword => &[Field::PASSWORD],
            Self::NewEmail => &[Field::EMAIL],
            Self::PublicProfile => &[Field::Username],
            Self::Deletion(_) => &[Field::Confirmation],
        }
    }

    fn extras(&self) -> &'static [Field] {
        match self {
            Self::NewPassword => &[Field::CURRENT_PASSWORD, Field::NONCE],
            _ => &[],
        }
    }

    fn id(&self, field: Field) -> &'static str {
        match (self, field) {
            (Self::NewPassword, Field::PASSWORD) => "new-password",
            (Self::NewEmail, Field::EMAIL) => "new-email",
            (Self::FactorCode, Field::CODE) => "mfa-code",
            (Self::PublicProfile, Field::Username) => "public-profile-username",
            _ => field_id(field),
        }
    }

    fn check(&self, field: Field, text: &str) -> Result<(), ErrorCode> {
        match (field, self) {
            (Field::CODE, Self::FactorCode) => check::factor_code(text),
            (Field::CODE | Field::NONCE, _) => check::code(text),
            (Field::EMAIL, _) => check::email(text),
            (Field::Username, Self::PublicProfile) => check::sought_username(text),
            (Field::PASSWORD, _) => check::new_password(text),
            (Field::CURRENT_PASSWORD, _) => check::password(text),
            (Field::Confirmation, Self::Deletion(expected)) if text.trim() != expected => {
                Err(ErrorCode::ConfirmationWrong)
            }
            _ => Ok(()),
        }
    }

    fn is_ready(form: &Form<Self>) -> bool {
        match form.rules {
            Self::Link => !form.text(Field::Link).trim().is_empty(),
            Self::PublicProfile => !form.text(Field::Username).trim().is_empty(),
            Self::Deletion(_) => form.check(Field::Confirmation).is_ok(),
            _ => true,
        }
    }

    fn keeps(&self, field: Field) -> bool {
        match self {
            Self::PublicProfile => true,
            Self::ForeignCode => field == Field::EMAIL,
            _ => false,
        }
    }

    fn on_event(form: &mut Form<Self>, event: Event) {
        match event {
            Event::FactorChanged => {
                form.forget_answer();
                if !form.task.is_running() {
                    form.task = Task::Idle;
                }
            }
            _ if form.task.is_running() => {}
            Event::AskedWithout(field) => {
                form.states.drop_extra(field);
                form.ask(());
            }
            Event::Closed => *form = Form::new(form.rules.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
