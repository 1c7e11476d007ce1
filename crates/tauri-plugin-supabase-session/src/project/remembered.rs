//! What is known of a project, in memory and in a file, so that the next start knows it at once.

use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::store::file;

/// Something that is known of one project.
pub(super) struct Remembered<T> {
    file: PathBuf,
    project: String,
    known: Mutex<Option<T>>,
}

/// The file's content: the project's address beside the fields of what is known.
#[derive(Serialize, Deserialize)]
struct Content<T> {
    project: String,
    #[serde(flatten)]
    known: T,
}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Remembered<T> {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    pub(super) fn read_from(file: PathBuf, project: &Url) -> Self {
        let project = project.as_str().to_owned();
        let known = read(&file).filter(|it: &Content<T>| it.project == project).map(|it| it.known);
        Self { file, project, known: Mutex::new(known) }
    }

    /// What is known, if anything is.
    pub(super) fn known(&self) -> Option<T> {
        self.known.lock().clone()
    }

    /// From now on this is known, also at the next start. False where nothing is new.
    pub(super) fn remember(&self, known: T) -> bool {
        let before = self.known.lock().replace(known.clone());
        if before.as_ref() == Some(&known) {
            return false;
        }
        let content = Content { project: self.project.clone(), known };
        if let Err(error) = file::replace_json(&self.file, &content) {
            let file = self.file.file_name();
            tracing::warn!(kind = %error.kind(), ?file, "what is known of the project cannot be remembered");
        }
        true
    }
}

fn read<T: DeserializeOwned>(file: &Path) -> Option<Content<T>> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}
