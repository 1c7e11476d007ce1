//! What stays of the form of the sign-in page while another page is in its place: everything but the password.

use foyer_contract::Field;

use super::{Mode, SignInForm, SignInRules};

/// What stays, and for which project it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    project: String,
    mode: Mode,
    full_name: String,
    email: String,
}

impl SignInForm {
    /// The form for the project with this address: with what was kept of the form before for the same project, else with
    /// the address that was typed last.
    pub(crate) fn begun(kept: Option<&Kept>, project: &str, last_email: &str) -> Self {
        match kept.filter(|kept| kept.project == project) {
            Some(kept) => Self::new(SignInRules { mode: kept.mode })
                .with(Field::FullName, &kept.full_name)
                .with(Field::EMAIL, &kept.email),
            None => Self::new(SignInRules::default()).with(Field::EMAIL, last_email),
        }
    }

    /// What stays of this form, which is for the project with this address.
    pub(crate) fn kept(&self, project: &str) -> Kept {
        Kept {
            project: project.to_owned(),
            mode: self.rules().mode,
            full_name: self.text(Field::FullName).to_owned(),
            email: self.text(Field::EMAIL).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "https://abcd.supabase.co";

    fn typed() -> SignInForm {
        SignInForm::new(SignInRules { mode: Mode::SignUp })
            .with(Field::FullName, "Ada Lovelace")
            .with(Field::EMAIL, "ada@example.com")
            .with(Field::PASSWORD, "secret")
    }

    #[test]
    fn the_form_begins_anew_with_all_that_was_typed_but_the_password() {
        let kept = typed().kept(PROJECT);

        let form = SignInForm::begun(Some(&kept), PROJECT, "other@example.com");
        assert_eq!(form.rules().mode, Mode::SignUp);
        assert_eq!(form.text(Field::FullName), "Ada Lovelace");
        assert_eq!(form.text(Field::EMAIL), "ada@example.com");
        assert_eq!(form.text(Field::PASSWORD), "");
    }

    #[test]
    fn what_was_typed_for_one_project_is_not_shown_for_another() {
        let kept = typed().kept(PROJECT);

        let form = SignInForm::begun(Some(&kept), "https://efgh.supabase.co", "last@example.com");
        assert_eq!(form.rules().mode, Mode::SignIn);
        assert_eq!(form.text(Field::FullName), "");
        assert_eq!(form.text(Field::EMAIL), "last@example.com");
    }

    #[test]
    fn a_form_of_which_nothing_was_kept_has_the_address_that_was_typed_last() {
        let form = SignInForm::begun(None, PROJECT, "last@example.com");

        assert_eq!((form.rules().mode, form.text(Field::EMAIL)), (Mode::SignIn, "last@example.com"));
    }
}
