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
    pub(crate) fn is_real(&self) -> bool {
        !names::is_same(&self.mine, &self.theirs)
    }
}

/// Every field in both versions, in the order of the page.
pub(crate) fn compared(mine: &ProfileView, theirs: &ProfileView) -> Vec<Difference> {
    let field = |field, mine: &str, theirs: &str| Difference {
        field,
        mine: mine.trim().to_owned(),
        theirs: theirs.trim().to_owned(),
    };
    vec![
        field(Field::FullName, &mine.full_name, &theirs.full_name),
        field(Field::Username, &mine.username, &theirs.username),
        field(Field::Website, &mine.website, &theirs.website),
    ]
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
    use crate::model::form::profile::FIELDS;

    fn profile(full_name: &str, username: &str) -> ProfileView {
        ProfileView { full_name: full_name.into(), username: username.into(), website: String::new() }
    }

    #[test]
    fn both_versions_of_every_field_are_shown_and_real_differences_are_told_apart() {
        let rows = compared(&profile("Ada", "ada "), &profile("Countess", "ada"));

        assert_eq!(rows.iter().map(|row| row.field).collect::<Vec<_>>(), FIELDS);
        assert_eq!(rows.iter().map(Difference::is_real).collect::<Vec<_>>(), [true, false, false]);
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
