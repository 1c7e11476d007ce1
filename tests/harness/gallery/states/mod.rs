//! Every page in every state that it can be in: what the backend says, what it answers, and what a person does then.

mod account;
mod entry;
mod ground;
mod menu;
mod picture;
mod security;
mod settings;
mod strangers;
mod updates;
mod waiting;

use foyer_contract::view::AppView;
use foyer_contract::{Command, CommandError, Message};
use serde_json::{Value, json};

/// A page in a state.
#[derive(Debug, Clone)]
pub struct State {
    /// Names its pictures: page, then state.
    pub name: &'static str,
    /// What the backend shows; `None`: it has not answered.
    pub view: Option<AppView>,
    answers: Vec<(&'static str, Value)>,
    messages: Vec<Value>,
    steps: Vec<Step>,
}

/// What a person does in the page, by `data-testid`.
#[derive(Debug, Clone)]
enum Step {
    Click(&'static str),
    Type(&'static str, String),
    /// Opens the disclosure whose line this is.
    Open(&'static str),
    /// Presses keys on an element, for example `Control+k`.
    Press(&'static str, &'static str),
    /// The backend tells the page this then.
    Hear(Value),
}

impl State {
    fn new(name: &'static str, view: AppView) -> Self {
        Self { name, view: Some(view), answers: Vec::new(), messages: Vec::new(), steps: Vec::new() }
    }

    fn silent(name: &'static str) -> Self {
        Self { name, view: None, answers: Vec::new(), messages: Vec::new(), steps: Vec::new() }
    }

    /// The command succeeds with this answer. One that is not named never answers.
    fn gives<C: Command>(mut self, answer: &C::Answer) -> Self {
        self.answers.push((C::NAME, json!({ "gives": answer })));
        self
    }

    /// The command fails.
    fn fails<C: Command>(mut self, error: CommandError) -> Self {
        self.answers.push((C::NAME, json!({ "fails": error })));
        self
    }

    /// The command fails once, and is under way from then on.
    fn fails_once<C: Command>(mut self, error: CommandError) -> Self {
        self.answers.push((C::NAME, json!({ "failsOnce": error })));
        self
    }

    /// The backend tells the page this once the page watches.
    fn hears(mut self, message: &Message) -> Self {
        self.messages.push(json!(message));
        self
    }

    /// The backend tells the page this after the steps before.
    fn then_hears(mut self, message: &Message) -> Self {
        self.steps.push(Step::Hear(json!(message)));
        self
    }

    fn click(mut self, testid: &'static str) -> Self {
        self.steps.push(Step::Click(testid));
        self
    }

    fn types(mut self, testid: &'static str, text: &str) -> Self {
        self.steps.push(Step::Type(testid, text.to_owned()));
        self
    }

    fn opens(mut self, testid: &'static str) -> Self {
        self.steps.push(Step::Open(testid));
        self
    }

    fn presses(mut self, testid: &'static str, keys: &'static str) -> Self {
        self.steps.push(Step::Press(testid, keys));
        self
    }

    /// What each command answers, for the stand-in.
    pub(super) fn answers(&self) -> Value {
        self.answers.iter().map(|(name, answer)| ((*name).to_owned(), answer.clone())).collect()
    }

    /// What the backend tells on its channel, for the stand-in.
    pub(super) fn messages(&self) -> Value {
        json!(self.messages)
    }

    /// What is done in the page, for the stage.
    pub(super) fn steps(&self) -> Value {
        let steps = self.steps.iter().map(|step| match step {
            Step::Click(testid) => json!(["click", testid]),
            Step::Type(testid, text) => json!(["type", testid, text]),
            Step::Open(testid) => json!(["open", testid]),
            Step::Press(testid, keys) => json!(["press", testid, keys]),
            Step::Hear(message) => json!(["hear", message]),
        });
        steps.collect()
    }
}

/// All of them.
#[must_use]
pub fn all() -> Vec<State> {
    [
        entry::all(),
        waiting::all(),
        account::all(),
        picture::all(),
        menu::all(),
        security::all(),
        settings::all(),
        strangers::all(),
        updates::all(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_name_is_given_once() {
        let names: BTreeSet<_> = all().iter().map(|state| state.name).collect();

        assert_eq!(names.len(), all().len());
    }
}
