//! The kinds of writers, by their names on a command line.

use clap::ValueEnum;

/// Who writes to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum WriterKind {
    /// The client, on the plugin's store: what an app has
    Client,
    /// The plugin's store alone: more writes in less time
    Stored,
    /// The plugin's store alone, with another choice of what holds the keys before every third change
    Protected,
    /// tauri-plugin-store alone, its autosave off, `save()` after each change
    BareSave,
    /// tauri-plugin-store alone as it comes: `set()`, and its autosave writes 100 ms later
    BareAutosave,
}

impl WriterKind {
    /// As it is named on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Stored => "stored",
            Self::Protected => "protected",
            Self::BareSave => "bare-save",
            Self::BareAutosave => "bare-autosave",
        }
    }
}
