//! The e-mail address; for somebody without one, the first one, with which the account can be kept.

use foyer_contract::Field as FieldName;
use foyer_contract::view::{UserView, WaitingKind};
use yew::prelude::*;

use super::{result, row_button, waiting_card};
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::{Content, Field};
use crate::components::icon::Icon;
use crate::components::isolated::{isolated, with_isolated};
use crate::components::row::Row;
use crate::hooks::{SecurityHandle, SmallFormHandle, use_app};
use crate::model::security_rows::Row as Name;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(super) struct EmailRowProps {
    pub(super) security: SecurityHandle,
    pub(super) user: UserView,
    /// The address that the person wants to change to.
    pub(super) new_email: Option<String>,
}

/// The row for the address, with a change that waits for its mail.
#[component]
pub(super) fn EmailRow(props: &EmailRowProps) -> Html {
    let app = use_app();
    let (security, user) = (&props.security, &props.user);
    let (state, words, submit) = match &user.email {
        Some(email) if !user.is_anonymous => {
            (html! { <span class="address">{ isolated(email) }</span> }, t("change"), t("change-email"))
        }
        None if !user.is_anonymous => (html! { { t("email-state-none") } }, t("add"), t("change-email")),
        _ => (html! { { t("keep-account-lead") } }, t("keep-account"), t("keep-account")),
    };
    let state = html! {
        <>
            { state }
            if let Some(new_email) = &props.new_email {
                <div data-testid="email-changing">{ with_isolated("email-state-changing", "email", new_email) }</div>
            }
        </>
    };
    html! {
        <Row
            name={Name::Email.name()}
            icon={Icon::Mail}
            title={t("email-address")}
            {state}
            result={result(&app, Name::Email)}
            button={row_button(security, Name::Email, words)}
            is_open={security.rows.is_open(Name::Email)}
            under_way={waiting_card(&app, WaitingKind::EmailChange)}
        >
            { form(&security.email, submit) }
        </Row>
    }
}

fn form(form: &SmallFormHandle, submit: String) -> Html {
    html! {
        <form class="row-form" novalidate=true onsubmit={form.submit()} aria-labelledby="email-title">
            <p class="hint">{ t("change-email-lead") }</p>
            <div class="form">
                <Field
                    input={form.input(FieldName::EMAIL)}
                    label={t("new-email")}
                    content={Content::Email}
                    autocomplete="email"
                />
            </div>
            { alert("email-error", form.problem()) }
            <div class="button-row">
                <Button testid="change-email" weight={Weight::Primary} submit=true busy={form.is_busy()}>
                    { submit }
                </Button>
            </div>
        </form>
    }
}
