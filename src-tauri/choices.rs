//! What the person chooses in the settings, and what speaks and looks otherwise with it.

use foyer_contract::preferences::{Language, PreferencesView, Theme};
use supabase_session_contract::names::Named;

use crate::app::App;
use crate::error::Failure;

impl App {
    /// What the person prefers.
    #[must_use]
    pub fn preferences(&self) -> PreferencesView {
        self.preferences.view()
    }

    /// Chooses the colours of every window.
    ///
    /// # Errors
    /// `StoreUnwritable`: they count until Foyer is closed.
    pub async fn set_theme(&self, theme: Theme) -> Result<(), Failure> {
        let kept = self.preferences.set_theme(theme).await;
        self.desktop.set_theme(theme);
        self.publish();
        kept
    }

    /// Everything outside of the pages speaks the person's language.
    pub(crate) fn speak(&self) {
        let language = self.preferences().spoken;
        self.supabase().set_language(Some(language.name()));
        self.desktop.speak(language);
    }

    /// Chooses the language of every window; `None` is the system's.
    ///
    /// # Errors
    /// `StoreUnwritable`: it counts until Foyer is closed.
    pub async fn set_language(&self, language: Option<Language>) -> Result<(), Failure> {
        let kept = self.preferences.set_language(language).await;
        self.speak();
        self.publish();
        kept
    }

    /// Switches the notifications of the desktop on or off.
    ///
    /// # Errors
    /// `StoreUnwritable`: it counts until Foyer is closed.
    pub async fn set_notifications(&self, on: bool) -> Result<(), Failure> {
        let kept = self.preferences.set_notifications(on).await;
        self.publish();
        kept
    }
}
