//! What a project's owner switched on, as the server said it last: in memory, and in a file, so that the next start shows
//! the same page at once. The server is asked at every start anyway.

use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use supabase_session_contract::view::SignInMethods;
use url::Url;

use crate::store::file;

/// What is known of the sign-in methods of one project.
pub(crate) struct KnownSignInMethods {
    file: PathBuf,
    project: String,
    known: Mutex<Option<SignInMethods>>,
}

/// The file's content.
#[derive(Serialize, Deserialize)]
struct Remembered {
    project: String,
    methods: SignInMethods,
}

impl KnownSignInMethods {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    pub(crate) fn remembered(file: PathBuf, project: &Url) -> Self {
        let project = project.as_str().to_owned();
        let known = read(&file).filter(|it| it.project == project).map(|it| it.methods);
        Self { file, project, known: Mutex::new(known) }
    }

    /// The methods, if they are known.
    pub(crate) fn known(&self) -> Option<SignInMethods> {
        self.known.lock().clone()
    }

    /// From now on these are known, also at the next start. False where nothing is new.
    pub(crate) fn remember(&self, methods: SignInMethods) -> bool {
        let before = self.known.lock().replace(methods.clone());
        if before.as_ref() == Some(&methods) {
            return false;
        }
        let remembered = Remembered { project: self.project.clone(), methods };
        if let Err(error) = file::replace_json(&self.file, &remembered) {
            tracing::warn!(kind = %error.kind(), "the sign-in methods cannot be remembered");
        }
        true
    }
}

fn read(file: &Path) -> Option<Remembered> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_methods_are_remembered_for_their_project_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sign-in-methods.json");
        let (one, other) =
            (Url::parse("https://a.supabase.co").unwrap(), Url::parse("https://b.supabase.co").unwrap());
        let methods = |sign_up| SignInMethods {
            email: true,
            sign_up,
            anonymous: false,
            providers: vec!["github".to_owned()],
        };

        let first = KnownSignInMethods::remembered(file.clone(), &one);
        assert_eq!(first.known(), None);
        assert!(first.remember(methods(true)));
        assert!(!first.remember(methods(true)));
        assert!(first.remember(methods(false)));

        let again = |project| KnownSignInMethods::remembered(file.clone(), project).known();
        assert_eq!(again(&one), Some(methods(false)));
        assert_eq!(again(&other), None);
        std::fs::write(&file, "{").unwrap();
        assert_eq!(again(&one), None);
    }
}
