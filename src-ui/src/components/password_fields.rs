//! The inputs of a new password, and what password managers look for beside them.

use yew::prelude::*;

use super::field::code_field;
use super::password::PasswordField;
use crate::model::input::Input;
use crate::text::t;

/// The address of the account that the form is about, for password managers. People read the address elsewhere.
pub(crate) fn password_owner(email: Option<&str>) -> Html {
    let Some(email) = email else { return Html::default() };
    html! {
        <input
            class="visually-hidden"
            type="text"
            autocomplete="username"
            value={email.to_owned()}
            readonly=true
            tabindex="-1"
            aria-hidden="true"
            data-testid="password-owner"
        />
    }
}

/// The inputs of a new password: the password, and what the project asks for in addition.
pub(crate) fn new_password_fields(
    password: Input,
    current_password: Option<Input>,
    nonce: Option<Input>,
) -> Html {
    html! {
        <>
            <PasswordField
                input={password}
                label={t("new-password")}
                autocomplete="new-password"
                hint={t("password-hint")}
            />
            if let Some(input) = current_password {
                <PasswordField
                    {input}
                    label={t("current-password")}
                    autocomplete="current-password"
                    hint={t("current-password-hint")}
                />
            }
            if let Some(input) = nonce {
                { code_field(input, t("nonce"), t("nonce-hint")) }
            }
        </>
    }
}
