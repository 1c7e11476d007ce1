//! Edits that the server does not have yet: one that waits to be sent, and one that met a newer row.

use foyer_contract::account::ProfileBase;
use foyer_contract::view::{AccountView, ProfileView};
use foyer_contract::{Field, names};

/// One field in two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Which field.
    pub(crate) field: Field,
    /// What was typed here.
    pub(crate) mine: String,
    /// What the server has.
    pub(crate) theirs: String,
}

impl Difference {
    /// The two versions differ.
    fn is_real(&self) -> bool {
        !names::is_same(&self.mine, &self.theirs)
    }
}

/// Every field whose versions differ, in the order of the page.
pub(crate) fn differences(mine: &ProfileView, theirs: &ProfileView) -> Vec<Difference> {
    let field = |field, mine: &str, theirs: &str| Difference {
        field,
        mine: mine.trim().to_owned(),
        theirs: theirs.trim().to_owned(),
    };
    let mut fields = vec![
        field(Field::FullName, &mine.full_name, &theirs.full_name),
        field(Field::Username, &mine.username, &theirs.username),
        field(Field::Website, &mine.website, &theirs.website),
    ];
    fields.retain(Difference::is_real);
    fields
}

/// What the account form starts from: the edit that waits to be sent, so that what was typed stays in its fields;
/// else what the server has.
pub(crate) fn form_base(account: &AccountView) -> ProfileBase {
    let profile = account.queued.as_ref().unwrap_or(&account.profile).clone();
    ProfileBase { profile, version: account.version.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixtures::account;

    fn profile(full_name: &str, username: &str) -> ProfileView {
        ProfileView { full_name: full_name.into(), username: username.into(), website: String::new() }
    }

    #[test]
    fn both_versions_of_the_fields_that_differ_are_shown_and_of_no_other() {
        let found = differences(&profile("Ada", "ada "), &profile("Countess", "ada"));

        let (field, mine, theirs) = (Field::FullName, "Ada".to_owned(), "Countess".to_owned());
        assert_eq!(found, [Difference { field, mine, theirs }]);
    }

    #[test]
    fn an_edit_that_waits_stays_in_the_form() {
        let account = AccountView {
            profile: profile("Ada", "ada"),
            queued: Some(profile("Ada King", "ada")),
            ..account()
        };
        assert_eq!(form_base(&account).profile.full_name, "Ada King");

        assert_eq!(form_base(&AccountView { queued: None, ..account }).profile.full_name, "Ada");
    }
}
