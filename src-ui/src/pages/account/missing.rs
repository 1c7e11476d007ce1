//! What the project has no place for: a table or columns that its owner has not made.

use foyer_contract::account::OwnerSql;
use foyer_contract::view::MissingSchema;
use yew::prelude::*;

use crate::pages::owner_sql::OwnerSqlCard;
use crate::text::{list, t, t_with};

/// What the project has no place for, and what its owner can run to change that.
pub(super) fn missing(schema: Option<&MissingSchema>) -> Html {
    let Some(schema) = schema else { return Html::default() };
    let words = if schema.table {
        t("missing-table")
    } else {
        t_with("missing-columns", [("columns", list(&schema.columns))])
    };
    html! {
        <section class="card" data-testid="missing-schema">
            <p>{ words }</p>
            <OwnerSqlCard testid="owner-sql-open" adds={OwnerSql::Profile} sql={schema.sql.clone()} />
        </section>
    }
}
