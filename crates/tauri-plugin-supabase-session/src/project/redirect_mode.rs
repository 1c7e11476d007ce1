//! How links come back from a project: found out without side effects, remembered, and used for every flow that
//! begins. A project that nobody set up for this app lets at least the loopback port through, and a desktop that does
//! not open our links with this app leaves no other mode.

use parking_lot::Mutex;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use supabase_session_contract::view::RedirectMode;
use url::Url;

use crate::store::file;

/// What is known of the redirect mode, in memory and in a file.
pub struct RedirectModes {
    file: PathBuf,
    project: String,
    known: Mutex<Option<RedirectMode>>,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
struct Remembered {
    project: String,
    // As the first versions called it.
    #[serde(rename = "way")]
    mode: RedirectMode,
}

impl RedirectModes {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    #[must_use]
    pub fn remembered(file: PathBuf, project: &Url) -> Self {
        let project = project.as_str().to_owned();
        let mode = read(&file).filter(|it| it.project == project).map(|it| it.mode);
        Self { file, project, known: Mutex::new(mode) }
    }

    /// The mode that this project lets through, if that is known.
    #[must_use]
    pub fn known(&self) -> Option<RedirectMode> {
        *self.known.lock()
    }

    /// From now on this is known, also at the next start.
    pub(crate) fn remember(&self, mode: RedirectMode) {
        let before = self.known.lock().replace(mode);
        if before == Some(mode) {
            return;
        }
        tracing::info!(?mode, "the redirect mode of the project is known");
        let remembered = Remembered { project: self.project.clone(), mode };
        if let Err(error) = file::replace_json(&self.file, &remembered) {
            tracing::warn!(kind = %error.kind(), "the redirect mode cannot be remembered");
        }
    }
}

fn read(file: &Path) -> Option<Remembered> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_redirect_mode_is_remembered_for_its_project_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("redirect-mode.json");
        let (one, other) =
            (Url::parse("https://a.supabase.co").unwrap(), Url::parse("https://b.supabase.co").unwrap());

        let first = RedirectModes::remembered(file.clone(), &one);
        assert_eq!(first.known(), None);
        first.remember(RedirectMode::Loopback);

        assert_eq!(RedirectModes::remembered(file.clone(), &one).known(), Some(RedirectMode::Loopback));
        assert_eq!(RedirectModes::remembered(file.clone(), &other).known(), None);
        std::fs::write(&file, "{").unwrap();
        assert_eq!(RedirectModes::remembered(file, &one).known(), None);
    }
}
