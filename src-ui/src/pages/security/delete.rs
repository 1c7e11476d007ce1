//! Deleting the account, after the person confirmed it by typing.

use foyer_contract::Field as FieldName;
use foyer_contract::account::OwnerSql;
use foyer_contract::view::UserView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::Field;
use crate::hooks::use_deletion_form;
use crate::pages::owner_sql::OwnerSqlCard;
use crate::text::{t, t_with};

/// What somebody without an address types to confirm. The backend asks for the same word.
const WORD: &str = "delete";

#[derive(Properties, PartialEq)]
pub(super) struct DeleteCardProps {
    pub(super) user: UserView,
}

/// The section for deleting the account.
#[component]
pub(super) fn DeleteCard(props: &DeleteCardProps) -> Html {
    let is_open = use_state_eq(|| false);
    let set_open = |open: bool| {
        let is_open = is_open.clone();
        move || is_open.set(open)
    };
    let (open, close) = (set_open(true), set_open(false));
    let expected =
        props.user.email.clone().filter(|_| !props.user.is_anonymous).unwrap_or_else(|| WORD.into());

    html! {
        <section class="card" aria-labelledby="delete-title">
            <div class="card-intro">
                <h2 id="delete-title">{ t("delete-title") }</h2>
                <p class="lead">{ t("delete-lead") }</p>
            </div>
            <div class="button-row">
                <Button testid="delete-account" weight={Weight::Danger} onclick={move |_| open()}>
                    { t("delete-account") }
                </Button>
            </div>
            if *is_open {
                <DeleteDialog {expected} on_close={Callback::from(move |()| close())} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DeleteDialogProps {
    expected: String,
    on_close: Callback<()>,
}

#[component]
fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let form = use_deletion_form(props.expected.clone());
    let stay = if form.is_busy() { Callback::noop() } else { props.on_close.clone() };

    html! {
        <Dialog
            testid="delete-dialog"
            title={t("delete-dialog-title")}
            on_close={stay.clone()}
            buttons={html! {
                <>
                    <Button
                        testid="delete-cancel"
                        disabled={form.is_busy()}
                        onclick={stay.reform(|_: MouseEvent| ())}
                    >
                        { t("cancel") }
                    </Button>
                    <Button
                        testid="delete-submit"
                        weight={Weight::Danger}
                        disabled={!form.is_ready()}
                        busy={form.is_busy()}
                        onclick={form.send()}
                    >
                        { t("delete-submit") }
                    </Button>
                </>
            }}
        >
            <p>{ t("delete-what-goes") }</p>
            <form class="form" novalidate=true onsubmit={form.submit()}>
                <Field
                    input={form.input(FieldName::Confirmation)}
                    label={t_with("delete-confirm", [("text", props.expected.clone())])}
                />
                { alert("delete-error", form.problem()) }
            </form>
            if let Some(sql) = form.problem().and_then(|problem| problem.sql.clone()) {
                <OwnerSqlCard testid="delete-sql-open" adds={OwnerSql::Deletion} {sql} />
            }
        </Dialog>
    }
}
