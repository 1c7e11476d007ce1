//! What a check of this machine asks, with or without a running app. Nothing is registered, written or unlocked.

pub(crate) mod answers;

use std::path::Path;
use std::time::Duration;

use supabase_session::Project;
pub use supabase_session_contract::protection::KeychainState;

pub use answers::{LinkOpener, SessionBus};

use crate::project::saved;
use crate::store;

/// How long each answer is waited for. Where all is well it takes milliseconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// The project that was connected in the window of an app with this data folder; `None` where there is none.
#[must_use]
pub fn saved_project(data: &Path) -> Option<Project> {
    saved::read_below(data)
}

/// With what the desktop opens links of this scheme. Only Linux tells without the app running.
#[cfg(target_os = "linux")]
pub async fn link_opener(scheme: &str) -> LinkOpener {
    let program = match std::env::var_os("APPIMAGE") {
        Some(image) => Ok(image.into()),
        None => std::env::current_exe(),
    };
    let Ok(program) = program else { return LinkOpener::Unknown };
    let asked = crate::callback::registry::opener(scheme, program);
    tokio::time::timeout(ANSWER_TIMEOUT, asked).await.unwrap_or(LinkOpener::Unknown)
}

/// With what the desktop opens links of this scheme. Only Linux tells without the app running.
#[cfg(not(target_os = "linux"))]
pub async fn link_opener(_: &str) -> LinkOpener {
    LinkOpener::Unknown
}

/// What the keychain says when it is asked for an entry of this app that was never made. Whether it takes new entries
/// shows only when one is made.
pub async fn keychain(identifier: &str) -> KeychainState {
    let identifier = identifier.to_owned();
    let asked = tauri::async_runtime::spawn_blocking(move || store::keychain_state(&identifier));
    match tokio::time::timeout(ANSWER_TIMEOUT, asked).await {
        Ok(answered) => answered.unwrap_or_default(),
        Err(_) => KeychainState::Unanswered,
    }
}

/// Whether the session bus answers.
#[cfg(target_os = "linux")]
pub async fn session_bus() -> SessionBus {
    let asked = tauri::async_runtime::spawn_blocking(crate::handover::bus::state);
    asked.await.unwrap_or(SessionBus::Silent)
}

/// Whether the session bus answers.
#[cfg(not(target_os = "linux"))]
pub async fn session_bus() -> SessionBus {
    SessionBus::NotNeeded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_dir::DataDir;
    use crate::project::{LOCAL_KEY, LOCAL_URL};

    #[test]
    fn a_saved_project_is_found_and_no_folder_is_made_for_the_question() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        assert_eq!(saved_project(&data), None);
        assert!(!data.exists());

        let project = Project::new(LOCAL_URL, LOCAL_KEY).unwrap();
        saved::write(&DataDir::new(data.clone()), &project).unwrap();

        assert_eq!(saved_project(&data), Some(project));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn links_of_a_scheme_that_no_program_has_are_opened_by_nobody() {
        assert_eq!(link_opener("scheme-that-no-program-of-this-machine-has").await, LinkOpener::Nobody);
    }
}
