//! What a person prefers on this computer: a small file in the data folder, readable by its owner only. It holds nothing
//! of an account, so it is neither sealed nor removed when somebody signs out.
//!
//! A file that makes no sense is set aside, and a single value that makes none (one of a newer version) counts as not
//! chosen: a preference never keeps the app from starting.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foyer_contract::SessionErrorCode;
use foyer_contract::preferences::{Language, PreferencesView, Theme};
use parking_lot::Mutex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use tauri_plugin_supabase_session::store::file;

use crate::error::Failure;

/// The preferences, and the file that they are kept in. Cheap to clone.
#[derive(Clone)]
pub struct Preferences {
    file: PathBuf,
    /// The system's first language that Foyer speaks, or English.
    of_the_system: Language,
    kept: Arc<Mutex<Kept>>,
    writing: Arc<Mutex<()>>,
}

/// What lies in the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    #[serde(default, deserialize_with = "known")]
    theme: Theme,
    #[serde(default, deserialize_with = "known")]
    language: Option<Language>,
    /// `None`: they are on.
    #[serde(default, deserialize_with = "known")]
    notifications: Option<bool>,
    /// Values of other versions. They are written again as they are.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The value, or the default where this version does not know it.
fn known<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}

impl Preferences {
    /// Those in this file. `languages` are the system's, the one it likes best first (BCP 47 or POSIX).
    #[must_use]
    pub fn read(file: PathBuf, languages: impl IntoIterator<Item = String>) -> Self {
        let kept = Arc::new(Mutex::new(read(&file)));
        Self { file, of_the_system: foyer_text::first_known(languages), kept, writing: Arc::default() }
    }

    /// What the window shows of them.
    #[must_use]
    pub fn view(&self) -> PreferencesView {
        let Kept { theme, language, notifications, .. } = *self.kept.lock();
        PreferencesView {
            theme,
            language,
            spoken: language.unwrap_or(self.of_the_system),
            notifications: notifications.unwrap_or(true),
        }
    }

    /// Chooses the colours.
    ///
    /// # Errors
    /// `StoreUnwritable`: they count until Foyer is closed.
    pub async fn set_theme(&self, theme: Theme) -> Result<(), Failure> {
        self.change(move |kept| kept.theme = theme).await
    }

    /// Chooses the language; `None` is the system's.
    ///
    /// # Errors
    /// `StoreUnwritable`: it counts until Foyer is closed.
    pub async fn set_language(&self, language: Option<Language>) -> Result<(), Failure> {
        self.change(move |kept| kept.language = language).await
    }

    /// Switches the notifications of the desktop on or off.
    ///
    /// # Errors
    /// `StoreUnwritable`: it counts until Foyer is closed.
    pub async fn set_notifications(&self, on: bool) -> Result<(), Failure> {
        self.change(move |kept| kept.notifications = Some(on)).await
    }

    /// Changes them and writes them down, one change after the other, so that the last one is the one in the file. Who
    /// asks for them meanwhile waits for no disk.
    async fn change(&self, change: impl FnOnce(&mut Kept) + Send + 'static) -> Result<(), Failure> {
        let this = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let _turn = this.writing.lock();
            let kept = {
                let mut kept = this.kept.lock();
                change(&mut kept);
                kept.clone()
            };
            file::replace_json(&this.file, &kept)
        });
        let written = written.await.unwrap_or_else(|_| Err(io::ErrorKind::Interrupted.into()));
        written.map_err(|error| {
            tracing::warn!(kind = %error.kind(), "the preferences cannot be written");
            Failure::new(SessionErrorCode::StoreUnwritable, "the preferences cannot be written")
        })
    }
}

/// The language that was chosen in this file, before the app is there: nothing is set aside, and a file that makes no sense
/// chooses none.
#[must_use]
pub fn chosen_language(file: &Path) -> Option<Language> {
    serde_json::from_slice::<Kept>(&fs::read(file).ok()?).ok()?.language
}

fn read(file: &Path) -> Kept {
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(kind = %error.kind(), "the preferences cannot be read");
            }
            return Kept::default();
        }
    };
    serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        tracing::warn!("the preferences make no sense; they are set aside");
        if let Err(error) = file::set_aside(file) {
            tracing::warn!(kind = %error.kind(), "the preferences cannot be set aside");
        }
        Kept::default()
    })
}

#[cfg(test)]
mod tests {
    use foyer_contract::ErrorCode;

    use super::*;

    fn of(file: &Path) -> Preferences {
        Preferences::read(file.to_owned(), ["de_AT.UTF-8".to_owned()])
    }

    #[tokio::test]
    async fn what_was_chosen_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.json");
        let unset = PreferencesView { spoken: Language::German, ..PreferencesView::default() };
        assert!(unset.notifications);
        assert_eq!(of(&file).view(), unset);

        of(&file).set_theme(Theme::Dark).await.unwrap();
        of(&file).set_language(Some(Language::English)).await.unwrap();
        of(&file).set_notifications(false).await.unwrap();
        let chosen = PreferencesView {
            theme: Theme::Dark,
            language: Some(Language::English),
            spoken: Language::English,
            notifications: false,
        };
        assert_eq!(of(&file).view(), chosen);

        of(&file).set_language(None).await.unwrap();
        of(&file).set_notifications(true).await.unwrap();
        assert_eq!(of(&file).view(), PreferencesView { theme: Theme::Dark, ..unset });
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_file_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.json");

        of(&file).set_theme(Theme::Light).await.unwrap();

        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_makes_no_sense_is_set_aside_and_nothing_is_chosen() {
        for damaged in ["", "{", "[]", "\u{0}\u{0}", "{\"theme\": \"dark\""] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("preferences.json");
            fs::write(&file, damaged).unwrap();

            assert_eq!(of(&file).view().theme, Theme::System, "{damaged:?}");
            assert_eq!(fs::read_to_string(file::aside(&file)).unwrap(), damaged);
            assert!(!file.exists(), "{damaged:?}");
        }
    }

    #[tokio::test]
    async fn a_value_of_a_newer_version_counts_as_not_chosen_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.json");
        fs::write(&file, r#"{ "theme": "dark", "language": "tlh", "density": { "rows": 2 } }"#).unwrap();

        assert_eq!((of(&file).view().theme, of(&file).view().language), (Theme::Dark, None));

        of(&file).set_theme(Theme::Light).await.unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("\"rows\": 2"));
    }

    #[tokio::test]
    async fn what_cannot_be_written_counts_until_the_end_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let preferences = of(&folder.path().join("is not there").join("preferences.json"));

        let failure = preferences.set_theme(Theme::Dark).await.unwrap_err();

        assert_eq!(failure.code(), ErrorCode::Session(SessionErrorCode::StoreUnwritable));
        assert_eq!(preferences.view().theme, Theme::Dark);
    }

    #[test]
    fn the_chosen_language_is_known_before_the_start_and_a_file_that_makes_no_sense_is_left_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.json");
        assert_eq!(chosen_language(&file), None);

        fs::write(&file, r#"{ "theme": "dark", "language": "ja" }"#).unwrap();
        assert_eq!(chosen_language(&file), Some(Language::Japanese));
        for none in [r#"{ "language": "tlh" }"#, r#"{ "theme": "dark" }"#, "{"] {
            fs::write(&file, none).unwrap();
            assert_eq!(chosen_language(&file), None, "{none}");
            assert!(file.exists());
        }
    }
}
