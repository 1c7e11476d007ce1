//! The language of the window: chosen in its settings, seen in the document.

use foyer_contract::preferences::Language;
use foyer_text::Sentences;
use serde_json::json;
use thirtyfour::{By, WebElement};

use crate::app::App;
use crate::deadline::until;
use crate::fault::{Fault, Outcome};

/// The sentence with this key, as the language says it.
#[must_use]
pub fn said(language: Language, key: &str) -> String {
    Sentences::of(language).get(key)
}

impl App {
    /// Chooses an entry of a list, as a person does who opens it.
    ///
    /// # Errors
    /// When the list or the entry is not there.
    pub async fn choose(&self, id: &str, name: &str) -> Outcome {
        let entry = By::Css(format!("option[value=\"{name}\"]"));
        self.with(id, async |list: WebElement| list.find(entry.clone()).await?.click().await).await
    }

    /// Waits until the document is in this language and direction.
    ///
    /// # Errors
    /// When it does not come to be.
    pub async fn wait_language(&self, language: &str, direction: &str) -> Outcome {
        let script = "const { lang, dir } = document.documentElement; return [lang, dir]";
        let wanted = json!([language, direction]);
        let found =
            until("the language", async || Ok((self.run(script, vec![]).await? == wanted).then_some(())));
        match found.await {
            Ok(()) => Ok(()),
            Err(fault) => Err(Fault::new(format!("{fault}; it is {}", self.run(script, vec![]).await?))),
        }
    }
}
