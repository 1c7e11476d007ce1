//! What the project has no place for: a table or columns that its owner has not made.

use foyer_contract::account::OwnerSql;
use foyer_contract::view::{AccountView, Lacks};
use yew::prelude::*;

use crate::pages::owner_sql::OwnerSqlCard;
use crate::text::{list, t, t_with};

/// Whether the project has a place for this column of the table.
pub(super) fn has(account: &AccountView, column: &str) -> bool {
    // Without the table, the full name is kept by the Auth server.
    account.lacks.as_ref().is_none_or(|lacks| {
        if lacks.table {
            column == "full_name"
        } else {
            lacks.columns.iter().all(|missing| missing != column)
        }
    })
}

/// What the project has no place for, and what its owner can run to change that.
pub(super) fn missing(lacks: Option<&Lacks>) -> Html {
    let Some(lacks) = lacks else { return Html::default() };
    let words = if lacks.table {
        t("lacks-table")
    } else {
        t_with("lacks-columns", [("columns", list(&lacks.columns))])
    };
    html! {
        <section class="card" data-testid="lacks">
            <p>{ words }</p>
            <OwnerSqlCard testid="lacks-open" adds={OwnerSql::Profile} sql={lacks.sql.clone()} />
        </section>
    }
}
