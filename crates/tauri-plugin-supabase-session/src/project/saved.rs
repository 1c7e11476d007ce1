//! The project that was connected in the window, kept for the next start.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use supabase_session::Project;

use crate::data_dir::{DataDir, project_file};
use crate::store::file;

/// The project that was connected in the window. Its key is public by design.
#[derive(Serialize, Deserialize)]
struct SavedProject {
    url: String,
    key: String,
}

/// The project saved by [`write`]; `None` when there is none or the file makes no sense any more.
#[must_use]
pub(crate) fn read(data: &DataDir) -> Option<Project> {
    read_below(data.root())
}

/// The same for a data folder that is not to be made.
#[must_use]
pub(crate) fn read_below(data: &Path) -> Option<Project> {
    let text = match fs::read_to_string(project_file(data)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the saved project cannot be read");
            return None;
        }
    };
    let project = serde_json::from_str::<SavedProject>(&text)
        .ok()
        .and_then(|saved| Project::new(&saved.url, &saved.key).ok());
    if project.is_none() {
        tracing::warn!("the saved project makes no sense; asking for it again");
    }
    project
}

/// Keeps the project for the next start.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write(data: &DataDir, project: &Project) -> io::Result<()> {
    let saved = SavedProject { url: project.url().to_string(), key: project.key().to_owned() };
    file::replace_json(&data.project_file(), &saved)
}

/// Forgets the saved project.
///
/// # Errors
/// When the file is there and cannot be removed.
pub(crate) fn forget(data: &DataDir) -> io::Result<()> {
    file::remove(&data.project_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{LOCAL_KEY, LOCAL_URL};

    #[test]
    fn a_saved_project_comes_back_and_a_mangled_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::new(folder.path().join("data"));
        let project = Project::new(LOCAL_URL, LOCAL_KEY).unwrap();

        write(&data, &project).unwrap();
        assert_eq!(read(&data).unwrap().url(), project.url());

        fs::write(data.project_file(), "{").unwrap();
        assert!(read(&data).is_none());

        forget(&data).unwrap();
        forget(&data).unwrap();
        assert!(read(&data).is_none());
    }
}
