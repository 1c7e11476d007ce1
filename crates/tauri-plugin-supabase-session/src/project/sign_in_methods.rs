//! What a project's owner switched on, as the server said it last: in memory, and in a file, so that the next start shows
//! the same page at once. The server is asked at every start anyway.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use supabase_session_contract::view::SignInMethods;
use url::Url;

use super::remembered::Remembered;

/// What is known of the sign-in methods of one project.
pub(crate) struct KnownSignInMethods(Remembered<Content>);

/// What the file has beside the project.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Content {
    methods: SignInMethods,
}

impl KnownSignInMethods {
    /// What the file says of this project. A file that makes no sense counts as none: the project is asked anyway.
    pub(crate) fn remembered(file: PathBuf, project: &Url) -> Self {
        Self(Remembered::read_from(file, project))
    }

    /// The methods, if they are known.
    pub(crate) fn known(&self) -> Option<SignInMethods> {
        self.0.known().map(|it| it.methods)
    }

    /// From now on these are known, also at the next start. False where nothing is new.
    pub(crate) fn remember(&self, methods: SignInMethods) -> bool {
        self.0.remember(Content { methods })
    }
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
