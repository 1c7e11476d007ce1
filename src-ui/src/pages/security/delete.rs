//! Deleting the account, after the person confirmed it by typing.

use foyer_contract::Field as FieldName;
use foyer_contract::account::OwnerSql;
use foyer_contract::view::UserView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::row::{Row, RowButton};
use crate::hooks::use_deletion_form;
use crate::pages::owner_sql::OwnerSqlCard;
use crate::text::{t, t_with, use_language};

/// What somebody without an address types to confirm. The backend asks for the same word.
const WORD: &str = "delete";

#[derive(Properties, PartialEq)]
pub(super) struct DeleteRowProps {
    pub(super) user: UserView,
}

/// The row for deleting the account. Its button asks in a dialog.
#[component]
pub(super) fn DeleteRow(props: &DeleteRowProps) -> Html {
    use_language();
    let is_open = use_state_eq(|| false);
    let set_open = |open: bool| {
        let is_open = is_open.clone();
        move || is_open.set(open)
    };
    let (open, close) = (set_open(true), set_open(false));
    let expected =
        props.user.email.clone().filter(|_| !props.user.is_anonymous).unwrap_or_else(|| WORD.into());

    html! {
        <Row
            name="delete"
            icon={Icon::Trash}
            title={t("delete-title")}
            state={html! { { t("delete-lead") } }}
            button={html! {
                <RowButton
                    name="delete"
                    testid="delete-account"
                    weight={Weight::Danger}
                    words={t("delete-account")}
                    onclick={move |_| open()}
                />
            }}
            under_way={if *is_open {
                html! { <DeleteDialog {expected} on_close={Callback::from(move |()| close())} /> }
            } else {
                Html::default()
            }}
        />
    }
}

#[derive(Properties, PartialEq)]
struct DeleteDialogProps {
    expected: String,
    on_close: Callback<()>,
}

#[component]
fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    use_language();
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
