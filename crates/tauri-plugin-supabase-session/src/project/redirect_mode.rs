//! How links come back from a project: found out without side effects, remembered, and used for every flow that
//! begins. A project that nobody set up for this app lets at least the loopback port through, and a desktop that does
//! not open our links with this app leaves no other mode.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use supabase_session_contract::view::RedirectMode;
use url::Url;

use super::remembered::Remembered;

/// What is known of the redirect mode, in memory and in a file.
pub struct RedirectModes(Remembered<Content>);

/// What the file has beside the project.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Content {
    // As the first versions called it.
    #[serde(rename = "way")]
    mode: RedirectMode,
}

impl RedirectModes {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    #[must_use]
    pub fn remembered(file: PathBuf, project: &Url) -> Self {
        Self(Remembered::read_from(file, project))
    }

    /// The mode that this project lets through, if that is known.
    #[must_use]
    pub fn known(&self) -> Option<RedirectMode> {
        self.0.known().map(|it| it.mode)
    }

    /// From now on this is known, also at the next start.
    pub(crate) fn remember(&self, mode: RedirectMode) {
        if self.0.remember(Content { mode }) {
            tracing::info!(?mode, "the redirect mode of the project is known");
        }
    }
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
    #[test]
    fn a_file_is_read_as_every_version_has_written_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("way-back.json");
        std::fs::write(&file, r#"{"project":"https://a.supabase.co/","way":"loopback"}"#).unwrap();
        let project = Url::parse("https://a.supabase.co").unwrap();

        assert_eq!(RedirectModes::remembered(file, &project).known(), Some(RedirectMode::Loopback));
    }
}
