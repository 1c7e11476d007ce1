//! SQL that the project's owner can run to add what the project lacks: shown, and copied.

use foyer_contract::account::OwnerSql;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::Button;
use crate::components::disclosure::Disclosure;
use crate::components::icon::{Icon, icon};
use crate::hooks::use_copy_sql;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct OwnerSqlCardProps {
    pub(crate) testid: &'static str,
    /// What it adds. The backend copies it by this.
    pub(crate) adds: OwnerSql,
    /// The SQL itself.
    pub(crate) sql: String,
}

/// The SQL behind a line that opens it, with a button that copies it.
#[component]
pub(crate) fn OwnerSqlCard(props: &OwnerSqlCardProps) -> Html {
    use_language();
    let copying = use_copy_sql(props.adds);
    let outcome = copying.task.state();
    html! {
        <Disclosure testid={props.testid} label={t("owner-sql")}>
            <textarea
                class="input"
                data-testid="owner-sql"
                aria-label={t("owner-sql")}
                rows="8"
                readonly=true
                value={props.sql.clone()}
            />
            <div class="button-row">
                <Button testid="owner-sql-copy" busy={copying.task.is_running()} onclick={copying.press.clone()}>
                    { t("copy-sql") }
                </Button>
            </div>
            <div role="status">
                if outcome.is_done() {
                    <p class="good-line" data-testid="owner-sql-copied">{ icon(Icon::Check) }{ t("copied-sql") }</p>
                }
            </div>
            { alert("owner-sql-error", outcome.problem()) }
        </Disclosure>
    }
}
