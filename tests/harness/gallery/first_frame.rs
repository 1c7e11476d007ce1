//! The shell's first frame of every state, in the engine that it is made for.

use std::collections::BTreeSet;

use foyer_contract::session_contract::names::Named;
use foyer_text::{LANGUAGES, Language};
use serde_json::{Value, json};

use super::server::Server;
use super::stage::{self, Stage};
use super::states::{self, State};
use crate::deadline::until;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};

/// The states that the shell renders otherwise than the program does, with both, and how many were compared: those with
/// another view each, in English and in one of the other languages.
///
/// # Errors
/// When the page is not built, or the program cannot take a frame over.
pub async fn unequal() -> Outcome<(usize, Vec<String>)> {
    let mut views = BTreeSet::new();
    let mut states = states::all();
    states.retain(|state| state.view.as_ref().is_some_and(|view| views.insert(json!(view).to_string())));
    let mut desktop = Desktop::with_screen(stage::SCREEN).await?;
    desktop.set("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    let server = Server::start(states.clone(), &[]).await?;
    let stage = Stage::open(&desktop, &server.url, (900, 300)).await?;
    let (mut count, mut unequal) = (0, Vec::new());
    let others: Vec<_> = LANGUAGES.into_iter().filter(|language| *language != Language::English).collect();
    for (at, state) in states.iter().enumerate() {
        for language in [Language::English, others[at % others.len()]] {
            let (shell, program) = stage.compared(&address(&server, language, state.name)).await?;
            count += 1;
            let differing = shell.lines().zip(program.lines()).find(|(shell, program)| shell != program);
            if let Some((shell, program)) = differing {
                unequal.push(format!("{} ({}):\n  {shell}\n  {program}", state.name, language.name()));
            } else if shell != program {
                unequal.push(format!("{} ({}): one goes on", state.name, language.name()));
            }
        }
    }
    Ok((count, unequal))
}

fn address(server: &Server, language: Language, state: &str) -> String {
    format!("{}/state/{}/{state}", server.url, language.name())
}

/// Whether the document is there, with the shell's frame in it.
const HAS_FRAME: &str =
    "return document.readyState !== 'loading' && !!document.querySelector('[data-first-frame]')";

/// A page with the shell's first frame, without its program for as long as that is kept back.
#[derive(Debug)]
pub struct WaitingPage {
    stage: Stage,
    server: Server,
    _desktop: Desktop,
}

impl WaitingPage {
    /// The page in this state, once its first frame stands.
    ///
    /// # Errors
    /// When the page is not built, or there is no such state.
    pub async fn open(name: &str) -> Outcome<Self> {
        let states: Vec<State> = states::all().into_iter().filter(|state| state.name == name).collect();
        let desktop = Desktop::with_screen(stage::SCREEN).await?;
        let server = Server::start(states, &[]).await?;
        let stage = Stage::open(&desktop, &server.url, (900, 900)).await?;
        server.give_program(false);
        stage.go_to(&address(&server, Language::English, name)).await?;
        let page = Self { stage, server, _desktop: desktop };
        page.until(HAS_FRAME).await?;
        Ok(page)
    }

    /// Gives the page its program, and waits until that has taken the page over.
    ///
    /// # Errors
    /// When it does not.
    pub async fn give_program(&self) -> Outcome {
        self.server.give_program(true);
        self.until("return window.isReady === true").await
    }

    /// Types on the keyboard, once the focus is in the page.
    ///
    /// # Errors
    /// When nothing in it has the focus.
    pub async fn type_keys(&self, keys: &str) -> Outcome {
        self.until("return !!document.activeElement?.closest('#app')").await?;
        self.stage.type_keys(keys).await
    }

    /// Clicks on the element with this `data-testid`.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn click(&self, testid: &str) -> Outcome {
        self.stage.click(testid).await
    }

    /// What a script in the page gives.
    ///
    /// # Errors
    /// When it fails.
    pub async fn run(&self, script: &str) -> Outcome<Value> {
        self.stage.run(script, Vec::new()).await
    }

    /// Waits until a script gives `true`.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until(&self, script: &str) -> Outcome {
        let holds = until(script, async || {
            // A script that runs while the browser leaves a page for the next one ends with that page.
            Ok(self.run(script).await.is_ok_and(|answer| answer == json!(true)).then_some(()))
        })
        .await;
        match holds {
            Ok(()) => Ok(()),
            Err(fault) => {
                let page = self.run("return document.body.outerHTML").await?;
                Err(Fault::new(format!("{fault}; the page is {page}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::preferences::Spoken;
    use foyer_contract::view::Start;
    use foyer_ui::first_frame;

    use super::*;

    fn rendered(mut view: foyer_contract::view::AppView, language: Language) -> Option<String> {
        view.preferences.spoken = language;
        let spoken = Spoken { language, sentences: foyer_text::source(language).to_owned() };
        first_frame::render(Start { view, spoken }).map(|frame| frame.html().to_owned())
    }

    #[test]
    fn the_shell_renders_every_state_in_every_language() {
        for state in states::all() {
            let Some(view) = state.view else { continue };
            for language in LANGUAGES {
                let html = rendered(view.clone(), language);
                let has_page = html.is_some_and(|html| html.contains("<main"));

                assert!(has_page, "{} in {}", state.name, language.name());
            }
        }
    }

    #[test]
    fn what_a_person_is_called_is_never_taken_for_markup() {
        let hostile = "</main></script><img src=x onerror=\"alert(1)\"><!-- ' &lt;";
        let mut seen = 0;
        for state in states::all() {
            let Some(mut view) = state.view else { continue };
            let Some(account) = &mut view.account else { continue };
            account.profile.full_name = hostile.to_owned();
            account.email = Some(hostile.to_owned());
            let html = rendered(view, Language::English).unwrap_or_default();

            assert!(!html.contains("<img src=x") && !html.contains("</script>"), "{}: {html}", state.name);
            seen += usize::from(html.contains("&lt;img src=x"));
        }
        assert!(seen > 0, "no page shows the name");
    }
}
