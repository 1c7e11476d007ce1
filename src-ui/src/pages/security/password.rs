//! A new password.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::{Button, Weight};
use crate::components::password_fields::{new_password_fields, password_owner};
use crate::hooks::SmallFormHandle;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(super) struct PasswordCardProps {
    pub(super) form: SmallFormHandle,
    /// For password managers: whose password it is.
    pub(super) email: Option<String>,
}

/// The section for a new password.
#[component]
pub(super) fn PasswordCard(props: &PasswordCardProps) -> Html {
    let form = &props.form;

    html! {
        <form class="card" novalidate=true onsubmit={form.submit()} aria-labelledby="password-title">
            <h2 id="password-title">{ t("password") }</h2>
            <div class="form">
                { password_owner(props.email.as_deref()) }
                { new_password_fields(
                form.input(FieldName::PASSWORD),
                form.input_if_there(FieldName::CURRENT_PASSWORD),
                form.input_if_there(FieldName::NONCE),
            ) }
            </div>
            { alert("password-error", form.problem()) }
            { done("password-done", form.is_done(), t("password-done")) }
            <div class="button-row">
                <Button testid="change-password" submit=true busy={form.is_busy()}>
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
