//! The password.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use super::{result, row_button};
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::icon::Icon;
use crate::components::password_fields::{new_password_fields, password_owner};
use crate::components::row::Row;
use crate::hooks::{SecurityHandle, SmallFormHandle, use_app};
use crate::model::security_rows::Row as Name;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(super) struct PasswordRowProps {
    pub(super) security: SecurityHandle,
    /// For password managers: whose password it is.
    pub(super) email: Option<String>,
    /// A password counts only together with an address.
    pub(super) is_anonymous: bool,
}

/// The row for the password. No server says whether there is one.
#[component]
pub(super) fn PasswordRow(props: &PasswordRowProps) -> Html {
    let app = use_app();
    let security = &props.security;
    let state = if props.is_anonymous { t("password-state-anonymous") } else { t("password-state-unknown") };
    html! {
        <Row
            name={Name::Password.name()}
            icon={Icon::Lock}
            title={t("password")}
            state={html! { { state } }}
            result={result(&app, Name::Password)}
            button={if props.is_anonymous {
                Html::default()
            } else {
                row_button(security, Name::Password, t("change"))
            }}
            is_open={security.rows.is_open(Name::Password)}
        >
            { form(&security.password, props.email.as_deref()) }
        </Row>
    }
}

fn form(form: &SmallFormHandle, email: Option<&str>) -> Html {
    html! {
        <form class="row-form" novalidate=true onsubmit={form.submit()} aria-labelledby="password-title">
            <div class="form">
                { password_owner(email) }
                { new_password_fields(
                form.input(FieldName::PASSWORD),
                form.input_if_there(FieldName::CURRENT_PASSWORD),
                form.input_if_there(FieldName::NONCE),
            ) }
            </div>
            { alert("password-error", form.problem()) }
            <div class="button-row">
                <Button testid="change-password" weight={Weight::Primary} submit=true busy={form.is_busy()}>
                    { t("change-password") }
                </Button>
                if form.input_if_there(FieldName::NONCE).is_some() {
                    <Button
                        testid="nonce-again"
                        weight={Weight::Quiet}
                        disabled={form.is_busy()}
                        onclick={form.send_without(FieldName::NONCE)}
                    >
                        { t("nonce-again") }
                    </Button>
                }
            </div>
        </form>
    }
}
