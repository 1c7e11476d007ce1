//! What the sign-in page offers: only what the project allows.

use foyer_contract::view::SignInMethods;

use super::Mode;

/// The options in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignInOptions {
    /// The project has said what it allows; until then there is sign-in only, with room kept for the rest.
    pub(crate) is_known: bool,
    /// The forms, in the order of their tabs.
    pub(crate) modes: Vec<Mode>,
    /// The providers' names.
    pub(crate) providers: Vec<String>,
    /// Without an address.
    pub(crate) anonymous: bool,
}

impl SignInOptions {
    /// The project allows none that this version knows.
    pub(crate) fn is_none(&self) -> bool {
        self.modes.is_empty() && !self.has_others()
    }

    /// There are options in beside the forms.
    pub(crate) fn has_others(&self) -> bool {
        self.anonymous || !self.providers.is_empty()
    }

    /// There is a choice between forms.
    pub(crate) fn has_tabs(&self) -> bool {
        self.modes.len() > 1
    }
}

/// What the sign-in page offers for these sign-in methods of the project.
pub(crate) fn sign_in_options(methods: Option<&SignInMethods>) -> SignInOptions {
    let Some(methods) = methods else {
        let modes = vec![Mode::SignIn];
        return SignInOptions { is_known: false, modes, providers: Vec::new(), anonymous: false };
    };
    let modes = match (methods.email, methods.sign_up) {
        (false, _) => vec![],
        (true, true) => vec![Mode::SignIn, Mode::SignUp, Mode::MagicLink],
        (true, false) => vec![Mode::SignIn, Mode::MagicLink],
    };
    SignInOptions {
        is_known: true,
        modes,
        providers: methods.providers.clone(),
        anonymous: methods.anonymous,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn methods(email: bool, sign_up: bool) -> SignInMethods {
        SignInMethods { email, sign_up, anonymous: false, providers: vec![] }
    }

    #[test]
    fn only_the_forms_that_the_project_allows_are_offered() {
        assert_eq!(sign_in_options(None).modes, [Mode::SignIn]);
        assert_eq!(
            sign_in_options(Some(&methods(true, true))).modes,
            [Mode::SignIn, Mode::SignUp, Mode::MagicLink]
        );
        assert_eq!(sign_in_options(Some(&methods(true, false))).modes, [Mode::SignIn, Mode::MagicLink]);
        assert_eq!(sign_in_options(Some(&methods(false, true))).modes, []);
    }

    #[test]
    fn a_project_without_mail_still_lets_people_in_through_its_providers() {
        let options = sign_in_options(Some(&SignInMethods {
            providers: vec!["github".into()],
            ..methods(false, true)
        }));

        assert!(!options.is_none());
        assert!(options.has_others() && !options.has_tabs());
    }

    #[test]
    fn a_project_that_allows_nothing_is_told_apart_from_one_that_has_not_answered() {
        assert!(sign_in_options(Some(&methods(false, false))).is_none());
        assert!(!sign_in_options(None).is_none());
    }
}
