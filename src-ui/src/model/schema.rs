//! What the project's database has a place for.

use foyer_contract::view::AccountView;

/// Whether the project has a place for this column of the table.
pub(crate) fn has(account: &AccountView, column: &str) -> bool {
    // Without the table, the full name is kept by the Auth server.
    account.missing_schema.as_ref().is_none_or(|schema| {
        if schema.table {
            column == "full_name"
        } else {
            schema.columns.iter().all(|missing| missing != column)
        }
    })
}

/// Whether the project has a place for the picture of the account, as far as one is known.
pub(crate) fn keeps_picture(account: Option<&AccountView>) -> bool {
    account.is_some_and(|account| has(account, "avatar_url"))
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::MissingSchema;

    use super::*;
    use crate::model::fixtures::account;

    fn lacking(table: bool, columns: &[&str]) -> AccountView {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let missing = MissingSchema { table, columns, sql: String::new() };
        AccountView { missing_schema: Some(missing), ..account() }
    }

    #[test]
    fn a_project_that_lacks_a_column_has_a_place_for_the_others() {
        let lacking = lacking(false, &["website"]);

        assert!(!has(&lacking, "website"));
        assert!(has(&lacking, "username") && has(&account(), "website"));
    }

    #[test]
    fn without_the_table_there_is_a_place_for_the_name_alone() {
        let lacking = lacking(true, &[]);

        assert!(has(&lacking, "full_name") && !has(&lacking, "username"));
    }

    #[test]
    fn no_picture_can_be_chosen_where_the_project_has_no_place_for_it_or_nothing_is_known() {
        assert!(keeps_picture(Some(&account())));
        assert!(!keeps_picture(Some(&lacking(false, &["avatar_url"]))));
        assert!(!keeps_picture(Some(&lacking(true, &[]))));
        assert!(!keeps_picture(None));
    }
}
