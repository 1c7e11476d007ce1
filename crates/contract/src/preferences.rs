//! What a person prefers on this computer, signed in or not. Each preference has a command of its own, so that two
//! windows never undo each other's change.

use serde::{Deserialize, Serialize};
use supabase_session_contract::named;

use crate::command;

named! {
    /// Which colours the window has.
    #[derive(Default)]
    pub enum Theme {
        /// Those of the system, and they change with it.
        #[default]
        System => "system",
        /// Dark text on light ground.
        Light => "light",
        /// Light text on dark ground.
        Dark => "dark",
    }
}

named! {
    /// A language that Foyer speaks. Its name is its BCP 47 tag.
    #[derive(Default)]
    #[allow(missing_docs)]
    pub enum Language {
        #[default]
        English => "en",
        German => "de",
        Spanish => "es",
        Japanese => "ja",
        Arabic => "ar",
    }
}

/// What a person prefers, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreferencesView {
    /// Which colours the window has.
    pub theme: Theme,
    /// The language that was chosen; `None`: the system's.
    pub language: Option<Language>,
    /// The language that the window is to speak: the chosen one, or the system's first one that Foyer speaks, or English.
    pub spoken: Language,
    /// Whether the desktop is asked to show notifications.
    pub notifications: bool,
}

impl Default for PreferencesView {
    fn default() -> Self {
        let (theme, spoken) = (Theme::default(), Language::default());
        Self { theme, language: None, spoken, notifications: true }
    }
}

/// Chooses the colours of every window.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetTheme {
    /// Which.
    pub theme: Theme,
}
command!(SetTheme => "set_theme", ());

/// Chooses the language of every window.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetLanguage {
    /// Which; `None`: the system's.
    pub language: Option<Language>,
}
command!(SetLanguage => "set_language", ());

/// Switches the notifications of the desktop on or off.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetNotifications {
    /// Which.
    pub on: bool,
}
command!(SetNotifications => "set_notifications", ());

/// The sentences of a language, for a page that speaks another one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoadSentences {
    /// Which.
    pub language: Language,
}
command!(LoadSentences => "load_sentences", Spoken);

/// What a page needs to speak a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// Which.
    pub language: Language,
    /// Its sentences, as `foyer-text` compiled them.
    pub sentences: String,
}
