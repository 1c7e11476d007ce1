//! Choosing what a person prefers. A choice counts at once, in every window, and comes back as a new view.

use foyer_contract::Command;
use foyer_contract::preferences::{Language, SetLanguage, SetTheme, Theme};
use foyer_contract::session_contract::names::Named;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::model::problem::Problem;

/// A choice as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct ChoiceHandle {
    problem: UseStateHandle<Option<Problem>>,
    /// Chooses what has this name.
    pub(crate) choose: Callback<String>,
}

impl ChoiceHandle {
    /// Why the last choice will not be there after a restart.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}

/// Chooses the theme.
#[hook]
pub(crate) fn use_theme() -> ChoiceHandle {
    use_choice(|name| SetTheme { theme: Theme::from_name(name).unwrap_or_default() })
}

/// Chooses the language. A name that is none of a language is the system's choice.
#[hook]
pub(crate) fn use_language_choice() -> ChoiceHandle {
    use_choice(|name| SetLanguage { language: Language::from_name(name) })
}

/// A choice that nobody has made yet. One that follows another does not wait for it: the last one counts.
#[hook]
fn use_choice<C: Command<Answer = ()> + 'static>(request: fn(&str) -> C) -> ChoiceHandle {
    let problem = use_state_eq(|| None);
    let choose = {
        let problem = problem.clone();
        Callback::from(move |name: String| {
            let (problem, request) = (problem.clone(), request(&name));
            spawn_local(async move { problem.set(ipc::call(request).await.err().map(Problem::from)) });
        })
    };
    ChoiceHandle { problem, choose }
}
