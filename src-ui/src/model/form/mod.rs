//! A form: what stands in its fields, which mistakes are shown at them, and how far sending it is.
//!
//! All forms share one life: typed, left, sent, refused at a field or as a whole, done. A project may ask for more in
//! between (the current password, a code by mail); then the field appears and nothing typed is lost. What differs from
//! form to form is in its [`Rules`], one file each.

pub(crate) mod connect;
mod field_state;
pub(crate) mod profile;
pub(crate) mod sign_in;
pub(crate) mod small;

use std::rc::Rc;

use foyer_contract::{CommandError, ErrorCode, Field};
use yew::Reducible;

use self::field_state::FieldStates;
use super::check;
use super::problem::{Problem, field_id};
use super::task::Task;

/// What one form has of its own.
pub(crate) trait Rules: Clone + PartialEq + Sized + 'static {
    /// What the form is sent for; `()` where it is good for one thing.
    type Intent: Clone + PartialEq + 'static;
    /// What else happens to the form.
    type Event: 'static;

    /// True where what the server refused may be sent again unchanged: the answer depends on more than the fields.
    const SENDS_REFUSED_AGAIN: bool = false;
    /// True where a field that was left is checked while it is typed; else only when the form is sent.
    const CHECKS_WHILE_TYPING: bool = true;

    /// True where the server judges the fields together: what it said of one is not about that one any more when another
    /// one changes.
    fn is_judged_whole(&self) -> bool {
        false
    }

    /// The fields that are always there, in the order of the page.
    fn fields(&self) -> &'static [Field];

    /// The fields that a project may ask for in addition, in the order of the page.
    fn extras(&self) -> &'static [Field] {
        &[]
    }

    /// Whether the field has to be right before the form is sent for `intent`.
    fn is_needed(_intent: &Self::Intent, _field: Field) -> bool {
        true
    }

    /// Whether a refusal of `intent` can be the fault of a field.
    fn is_about_fields(_intent: &Self::Intent) -> bool {
        true
    }

    /// The id and test id of a field's input.
    fn id(&self, field: Field) -> &'static str {
        field_id(field)
    }

    /// What can be said of a field without asking anyone.
    fn check(&self, field: Field, text: &str) -> Result<(), ErrorCode>;

    /// Whether a field with this text counts as left. An empty one that was only passed through is not a mistake yet.
    fn is_left(text: &str) -> bool {
        !text.is_empty()
    }

    /// False where sending is pointless and no sentence would help: the button rests.
    fn is_ready(_form: &Form<Self>) -> bool {
        true
    }

    /// Whether the text of a field stays once the form was sent. Secrets do not.
    fn keeps(&self, _field: Field) -> bool {
        false
    }

    /// The person typed.
    fn on_typed(_form: &mut Form<Self>) {}

    /// The form is on its way out.
    fn on_sent(_form: &mut Form<Self>) {}

    /// The backend took what was sent.
    fn on_done(form: &mut Form<Self>) {
        form.finish();
    }

    /// Something else happened.
    fn on_event(form: &mut Form<Self>, event: Self::Event);
}

/// A form. It has no `Debug`: what is typed is secret more often than not.
#[derive(Clone, PartialEq)]
pub(crate) struct Form<R: Rules> {
    rules: R,
    states: FieldStates,
    /// How far the last attempt to send the form is.
    task: Task<R::Intent>,
    /// How often the backend did not take the form; `None` until it first did not.
    refusals: Option<u32>,
    /// What stood in the fields when the form was sent, until that is answered.
    sent: Vec<(Field, String)>,
    /// What is on its way was sent for something else than the person means by now.
    is_outdated: bool,
}

/// What happens to a form.
pub(crate) enum Action<R: Rules> {
    /// The person typed.
    Typed(Field, String),
    /// The person left a field.
    Left(Field),
    /// The person wants the form sent.
    Asked(R::Intent),
    /// The backend took it.
    Done,
    /// The backend did not take it.
    Failed(CommandError),
    /// What happens to this form only.
    Event(R::Event),
}

/// What a form sends.
pub(crate) struct Filled<R: Rules> {
    /// The form's rules when it was sent.
    pub(crate) rules: R,
    /// What the form is sent for.
    pub(crate) intent: R::Intent,
    texts: Vec<(Field, String)>,
}

impl<R: Rules> Filled<R> {
    /// What is sent for a field: passwords as they are, codes without blanks and dashes, all else trimmed.
    pub(crate) fn text(&self, field: Field) -> String {
        self.get(field).unwrap_or_default()
    }

    /// What is sent for a field; `None` where the form has no such field.
    pub(crate) fn get(&self, field: Field) -> Option<String> {
        let (_, text) = self.texts.iter().find(|(known, _)| *known == field)?;
        Some(match field {
            Field::PASSWORD | Field::CURRENT_PASSWORD => text.clone(),
            Field::CODE | Field::NONCE => check::without_gaps(text),
            _ => text.trim().to_owned(),
        })
    }
}

impl<R: Rules> Form<R> {
    /// An empty form.
    pub(crate) fn new(rules: R) -> Self {
        let (states, task) = (FieldStates::default(), Task::Idle);
        Self { rules, states, task, refusals: None, sent: Vec::new(), is_outdated: false }
    }

    /// The same form with something in a field.
    pub(crate) fn with(mut self, field: Field, text: &str) -> Self {
        self.states.set_text(field, text.to_owned());
        self
    }

    /// What the form has of its own.
    pub(crate) fn rules(&self) -> &R {
        &self.rules
    }

    /// The id and test id of a field's input.
    pub(crate) fn id(&self, field: Field) -> &'static str {
        self.rules.id(field)
    }

    /// True where the form has the field at the moment.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.fields().contains(&field)
    }

    /// What stands in a field.
    pub(crate) fn text(&self, field: Field) -> &str {
        self.states.text(field)
    }

    /// Nothing stands in any field.
    pub(crate) fn is_blank(&self) -> bool {
        self.fields().into_iter().all(|field| self.text(field).is_empty())
    }

    /// Changes each time the backend did not take the form.
    pub(crate) fn refusals(&self) -> Option<u32> {
        self.refusals
    }

    /// What to show at a field.
    pub(crate) fn problem_at(&self, field: Field) -> Option<Problem> {
        self.states.shown(field, self.check(field))
    }

    /// How far the last attempt to send the form is. Its failure is one that belongs to no field.
    pub(crate) fn task(&self) -> &Task<R::Intent> {
        &self.task
    }

    /// The field that should get the keyboard.
    pub(crate) fn attention(&self) -> Option<(u32, Field)> {
        self.states.attention()
    }

    /// False where sending is pointless.
    pub(crate) fn is_ready(&self) -> bool {
        R::is_ready(self)
    }

    /// What to send; `None` unless the form is on its way out.
    pub(crate) fn filled(&self) -> Option<Filled<R>> {
        let intent = self.task.running()?.clone();
        let texts = self.states.texts(&self.fields());
        Some(Filled { rules: self.rules.clone(), intent, texts })
    }

    /// The fields that the form has at the moment, in the order of the page.
    fn fields(&self) -> Vec<Field> {
        self.states.present(self.rules.fields(), self.rules.extras())
    }

    fn check(&self, field: Field) -> Result<(), ErrorCode> {
        self.rules.check(field, self.text(field))
    }

    fn on(&mut self, action: Action<R>) {
        match action {
            Action::Typed(field, text) => {
                self.states.set_text(field, text);
                if self.rules.is_judged_whole() {
                    self.forget_answer();
                }
                if !self.task.is_running() {
                    self.task = Task::Idle;
                }
                R::on_typed(self);
            }
            Action::Left(field) if R::is_left(self.text(field)) => self.states.leave(field),
            Action::Left(_) => {}
            Action::Asked(intent) => self.ask(intent),
            Action::Done => {
                self.sent.clear();
                R::on_done(self);
            }
            Action::Failed(error) => {
                self.refusals = Some(self.refusals.map_or(0, |number| number.wrapping_add(1)));
                if let Some(field) = self.fail(error) {
                    self.states.attend(field);
                }
            }
            Action::Event(event) => R::on_event(self, event),
        }
    }

    fn ask(&mut self, intent: R::Intent) {
        if self.task.is_running() || !self.is_ready() {
            return;
        }
        if R::SENDS_REFUSED_AGAIN {
            self.states.clear();
        }
        match self.first_mistake(&intent) {
            Some(field) => {
                self.task = Task::Idle;
                self.states.attend(field);
            }
            None => {
                self.sent = self.states.texts(&self.fields());
                self.is_outdated = false;
                self.task = Task::Running(intent);
                R::on_sent(self);
            }
        }
    }

    /// The first field that keeps the form from being sent. From now on its mistake is shown.
    fn first_mistake(&mut self, intent: &R::Intent) -> Option<Field> {
        let mut needed = self.fields();
        needed.retain(|field| R::is_needed(intent, *field));
        if R::CHECKS_WHILE_TYPING {
            needed.iter().for_each(|field| self.states.leave(*field));
            return needed.into_iter().find(|field| self.problem_at(*field).is_some());
        }
        let (field, code) =
            needed.into_iter().find_map(|field| self.check(field).err().map(|code| (field, code)))?;
        self.states.refuse(field, code.into());
        Some(field)
    }

    /// What the server said of the fields, or is about to say of them, is not about what the person means by now.
    fn forget_answer(&mut self) {
        self.states.forget_refusals();
        self.is_outdated = self.task.is_running();
    }

    /// What has served its purpose does not stay in memory.
    fn finish(&mut self) {
        let rules = &self.rules;
        self.states.retain_texts(|field| rules.keeps(field));
        self.states.clear();
        self.states.drop_extras();
        self.task = Task::Done;
    }

    /// Shows why the backend did not take the form; the field that is at fault. A text that was typed since the form was
    /// sent is not.
    fn fail(&mut self, error: CommandError) -> Option<Field> {
        let sent = std::mem::take(&mut self.sent);
        let is_outdated = std::mem::take(&mut self.is_outdated);
        let is_about_fields = !is_outdated && self.task.running().is_none_or(R::is_about_fields);
        self.task = Task::Idle;
        let (always, extras) = (self.rules.fields(), self.rules.extras());
        let field = self.states.blame(&error, always, extras, is_about_fields, &sent);
        if field.is_none() {
            self.task = Task::Failed(error.into());
        }
        field
    }
}

impl<R: Rules> Reducible for Form<R> {
    type Action = Action<R>;

    fn reduce(self: Rc<Self>, action: Action<R>) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.on(action);
        Rc::new(next)
    }
}
