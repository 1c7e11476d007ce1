//! The small forms: a code, a pasted link, a new address, a new password, a confirmation. All share one life: typed,
//! left, sent, refused on a field or as a whole, done. A project may ask for more in between (the password of now, a
//! code by mail); then the field appears and nothing typed is lost.

use std::rc::Rc;

use foyer_contract::{CommandError, ErrorCode, Field};
use yew::Reducible;

use super::check;
use super::marks::Marks;
use super::problem::{Problem, field_id, field_of};
use super::task::Task;

/// What a project may ask for in addition, in the order of the page.
const EXTRAS: [Field; 2] = [Field::CurrentPassword, Field::Nonce];

/// The small forms there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
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
    /// This text, typed once more, before the account goes.
    Deletion(String),
}

impl Kind {
    /// The fields that are always there, in the order of the page.
    fn fields(&self) -> &'static [Field] {
        match self {
            Self::FlowCode | Self::FactorCode => &[Field::Code],
            Self::ForeignCode => &[Field::Email, Field::Code],
            Self::Link => &[Field::Link],
            Self::NewPassword => &[Field::Password],
            Self::NewEmail => &[Field::Email],
            Self::PublicProfile => &[Field::Username],
            Self::Deletion(_) => &[Field::Confirmation],
        }
    }

    /// The id and test id of a field's input.
    pub(crate) fn id(&self, field: Field) -> &'static str {
        match (self, field) {
            (Self::NewPassword, Field::Password) => "new-password",
            (Self::NewEmail, Field::Email) => "new-email",
            (Self::FactorCode, Field::Code) => "mfa-code",
            (Self::PublicProfile, Field::Username) => "public-profile-username",
            _ => field_id(field),
        }
    }
}

/// A small form. It has no `Debug`: what is typed is secret more often than not.
#[derive(Clone, PartialEq)]
pub(crate) struct Form {
    kind: Kind,
    texts: Vec<(Field, String)>,
    /// What the project asked for in addition.
    extras: Vec<Field>,
    marks: Marks,
    task: Task,
    /// The field that should get the keyboard, with a number that tells one wish from the next.
    attention: Option<(u32, Field)>,
}

/// What happens to the form.
pub(crate) enum Action {
    /// The person typed.
    Typed(Field, String),
    /// The person left a field.
    Left(Field),
    /// The person wants it sent.
    Asked,
    /// The person wants it sent without this extra field, so that the project asks for it anew.
    AskedWithout(Field),
    /// The backend took it.
    Done,
    /// It did not.
    Failed(CommandError),
}

/// What the form sends.
pub(crate) struct Filled(Vec<(Field, String)>);

impl Filled {
    /// What is sent for a field: passwords as they are, codes without blanks and dashes, all else trimmed.
    pub(crate) fn text(&self, field: Field) -> String {
        self.get(field).unwrap_or_default()
    }

    /// The same; `None` where the form has no such field.
    pub(crate) fn get(&self, field: Field) -> Option<String> {
        let (_, text) = self.0.iter().find(|(known, _)| *known == field)?;
        Some(match field {
            Field::Password | Field::CurrentPassword => text.clone(),
            Field::Code | Field::Nonce => check::without_gaps(text),
            _ => text.trim().to_owned(),
        })
    }
}

impl Form {
    /// An empty form.
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            texts: Vec::new(),
            extras: Vec::new(),
            marks: Marks::default(),
            task: Task::Idle,
            attention: None,
        }
    }

    /// The same form with something in a field.
    pub(crate) fn with(mut self, field: Field, text: &str) -> Self {
        self.set(field, text.to_owned());
        self
    }

    /// The id and test id of a field's input.
    pub(crate) fn id(&self, field: Field) -> &'static str {
        self.kind.id(field)
    }

    /// True where the form has the field at the moment.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.kind.fields().contains(&field) || self.extras.contains(&field)
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        self.texts.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text)
    }

    /// What to show at a field.
    pub(crate) fn problem_at(&self, field: Field) -> Option<Problem> {
        self.marks.shown(field, self.check(field))
    }

    /// How far the last attempt to send it is. Its failure is one that belongs to no field.
    pub(crate) fn task(&self) -> &Task {
        &self.task
    }

    /// The field that should get the keyboard.
    pub(crate) fn attention(&self) -> Option<(u32, Field)> {
        self.attention
    }

    /// False where sending is pointless and no sentence would help: the button rests.
    pub(crate) fn is_ready(&self) -> bool {
        match &self.kind {
            Kind::Link => !self.text(Field::Link).trim().is_empty(),
            Kind::PublicProfile => !self.text(Field::Username).trim().is_empty(),
            Kind::Deletion(_) => self.check(Field::Confirmation).is_ok(),
            _ => true,
        }
    }

    /// What to send; `None` unless the form is on its way out.
    pub(crate) fn filled(&self) -> Option<Filled> {
        self.task
            .is_running()
            .then(|| Filled(self.fields().map(|field| (field, self.text(field).to_owned())).collect()))
    }

    fn fields(&self) -> impl Iterator<Item = Field> {
        let extras = EXTRAS.into_iter().filter(|field| self.extras.contains(field));
        self.kind.fields().iter().copied().chain(extras)
    }

    fn check(&self, field: Field) -> Result<(), ErrorCode> {
        let text = self.text(field);
        match (field, &self.kind) {
            (Field::Code, Kind::FactorCode) => check::factor_code(text),
            (Field::Code | Field::Nonce, _) => check::code(text),
            (Field::Email, _) => check::email(text),
            (Field::Username, Kind::PublicProfile) => check::sought_username(text),
            (Field::Password, _) => check::new_password(text),
            (Field::CurrentPassword, _) => check::password(text),
            (Field::Confirmation, Kind::Deletion(expected)) if text.trim() != expected => {
                Err(ErrorCode::ConfirmationWrong)
            }
            _ => Ok(()),
        }
    }

    fn on(&mut self, action: Action) {
        match action {
            Action::Typed(field, text) => {
                self.set(field, text);
                self.marks.accept(field);
                if !self.task.is_running() {
                    self.task = Task::Idle;
                }
            }
            // An empty field that was only passed through is not a mistake yet.
            Action::Left(field) if self.text(field).is_empty() => {}
            Action::Left(field) => self.marks.leave(field),
            Action::Asked => self.ask(),
            Action::AskedWithout(field) if !self.task.is_running() => {
                self.extras.retain(|extra| *extra != field);
                self.set(field, String::new());
                self.ask();
            }
            Action::AskedWithout(_) => {}
            Action::Done => self.done(),
            Action::Failed(error) => self.fail(error),
        }
    }

    fn ask(&mut self) {
        if self.task.is_running() || !self.is_ready() {
            return;
        }
        let fields: Vec<_> = self.fields().collect();
        fields.iter().for_each(|field| self.marks.leave(*field));
        match fields.into_iter().find(|field| self.problem_at(*field).is_some()) {
            Some(field) => {
                self.task = Task::Idle;
                self.attend(field);
            }
            None => self.task = Task::Running,
        }
    }

    /// What has served its purpose does not stay in memory; what one may want to look at again does.
    fn done(&mut self) {
        self.texts.retain(|(field, _)| match self.kind {
            Kind::PublicProfile => true,
            Kind::ForeignCode => *field == Field::Email,
            _ => false,
        });
        self.extras.clear();
        self.marks.clear();
        self.task = Task::Done;
    }

    fn fail(&mut self, error: CommandError) {
        self.task = Task::Idle;
        let asked_for = match error.code {
            ErrorCode::CurrentPasswordNeeded => Some(Field::CurrentPassword),
            ErrorCode::NonceNeeded => Some(Field::Nonce),
            _ => None,
        };
        if let Some(field) = asked_for.filter(|_| self.kind == Kind::NewPassword) {
            self.add(field);
            self.set(field, String::new());
            self.marks.forget(field);
            self.attend(field);
            return;
        }
        match field_of(&error) {
            Some(field) if self.has(field) || (self.kind == Kind::NewPassword && EXTRAS.contains(&field)) => {
                self.add(field);
                self.marks.refuse(field, error.into());
                self.attend(field);
            }
            _ => self.task = Task::Failed(error.into()),
        }
    }

    fn add(&mut self, field: Field) {
        if !self.has(field) {
            self.extras.push(field);
        }
    }

    fn attend(&mut self, field: Field) {
        let number = self.attention.map_or(0, |(number, _)| number.wrapping_add(1));
        self.attention = Some((number, field));
    }

    fn set(&mut self, field: Field, text: String) {
        self.texts.retain(|(known, _)| *known != field);
        self.texts.push((field, text));
    }
}

impl Reducible for Form {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
    }
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
