//! Values that must not be found where a page could see them.

use crate::app::App;
use crate::desktop::Desktop;
use crate::fault::{Fault, Outcome};
use crate::recorder::Crossed;

/// Values that must not be found, with a name each.
#[derive(Debug, Default)]
pub struct Canaries(Vec<(String, String)>);

impl Canaries {
    /// Looks for a value from now on, under a name that a failure says.
    ///
    /// # Errors
    /// When there is none, or one so short that it is found by chance.
    pub fn add(&mut self, name: &str, value: Option<String>) -> Outcome {
        let value = value.filter(|value| value.len() >= 12);
        let value = value.ok_or_else(|| Fault::new(format!("there is no {name} to look for")))?;
        // A token's signature alone would do harm too, should somebody cut the rest off.
        if let Some((_, signature)) = value.rsplit_once('.').filter(|_| value.starts_with("eyJ")) {
            self.0.push((format!("{name}'s signature"), signature.to_owned()));
        }
        self.0.push((name.to_owned(), value));
        Ok(())
    }

    /// Looks for what the store holds now; it must hold `wanted` at least.
    ///
    /// # Errors
    /// When it does not.
    pub fn add_stored(&mut self, desktop: &Desktop, wanted: &[&str]) -> Outcome {
        let stored = desktop.secrets()?;
        for name in wanted {
            let found = stored.iter().filter(|(path, _)| path.contains(name)).map(|(_, value)| value.clone());
            let found: Vec<String> = found.collect();
            if found.is_empty() {
                return Err(Fault::new(format!("the store holds no {name}: this test looks for nothing")));
            }
            found.into_iter().try_for_each(|value| self.add(name, Some(value)))?;
        }
        Ok(())
    }

    /// Fails if the text contains one of the values. `place` names the text.
    ///
    /// # Panics
    /// When one of the values is found there.
    pub fn not_in(&self, place: &str, text: &str) {
        for (name, value) in &self.0 {
            assert!(!text.contains(value), "{name} was found in {place}");
        }
    }

    /// Looks in the page: its source, its memory, and what crossed between page and backend. `typed` is what a person typed
    /// into the page, which has to cross once.
    ///
    /// # Errors
    /// When the page cannot be asked.
    ///
    /// # Panics
    /// When one of them is found there, or the page is not seen as it has to be.
    pub async fn not_in_page(&self, app: &App, typed: &[&str]) -> Outcome {
        let source = app.page_source().await?;
        assert!(source.contains("data-testid"), "the page's source is the page");
        self.not_in("the page", &source);
        let memory = app.page_memory().await?;
        assert!(memory.contains("__TAURI_INTERNALS__"), "the page's globals are seen");
        self.not_in("the page's memory", &memory);
        for crossed in app.crossed().await? {
            match crossed {
                Crossed::In(text) => self.not_in("an answer to the page", &text),
                Crossed::Out(text) => {
                    let sent = typed.iter().fold(text, |text, typed| text.replace(typed, ""));
                    self.not_in("a request of the page", &sent);
                }
            }
        }
        Ok(())
    }
}
