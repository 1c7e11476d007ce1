//! The pieces of a small form: its fields by what they hold, and its failure.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::field::Field;
use crate::components::password::PasswordField;
use crate::hooks::FormHandle;
use crate::text::t;

/// A field for text.
pub(crate) fn text_field(
    form: &FormHandle,
    field: FieldName,
    label: String,
    autocomplete: &'static str,
    hint: Option<String>,
) -> Html {
    html! {
        <Field
            {field}
            id={form.id(field)}
            {label}
            kind={if field == FieldName::Email { "email" } else { "text" }}
            {autocomplete}
            {hint}
            value={form.text(field)}
            problem={form.problem_at(field)}
            on_type={form.on_type(field)}
            on_leave={form.on_leave(field)}
        />
    }
}

/// A field for text that may have several lines.
pub(crate) fn long_text_field(
    form: &FormHandle,
    field: FieldName,
    label: String,
    hint: Option<String>,
) -> Html {
    html! {
        <Field
            {field}
            id={form.id(field)}
            {label}
            is_text=true
            autocomplete="off"
            {hint}
            value={form.text(field)}
            problem={form.problem_at(field)}
            on_type={form.on_type(field)}
            on_leave={form.on_leave(field)}
        />
    }
}

/// A field for a code of digits. What is pasted may have gaps.
pub(crate) fn code_field(form: &FormHandle, field: FieldName, label: String, hint: Option<String>) -> Html {
    html! {
        <Field
            {field}
            id={form.id(field)}
            {label}
            is_code=true
            autocomplete="one-time-code"
            {hint}
            value={form.text(field)}
            problem={form.problem_at(field)}
            on_type={form.on_type(field)}
            on_leave={form.on_leave(field)}
        />
    }
}

/// A field for a password.
pub(crate) fn password_field(
    form: &FormHandle,
    field: FieldName,
    label: String,
    autocomplete: &'static str,
    hint: Option<String>,
) -> Html {
    html! {
        <PasswordField
            {field}
            id={form.id(field)}
            {label}
            {autocomplete}
            {hint}
            value={form.text(field)}
            problem={form.problem_at(field)}
            on_type={form.on_type(field)}
            on_leave={form.on_leave(field)}
        />
    }
}

/// A failure of the form as a whole.
pub(crate) fn form_alert(id: &'static str, form: &FormHandle) -> Html {
    alert(id, form.problem())
}

/// For password managers: whose password the form is about. Not for people, who can read it elsewhere.
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

/// The fields of a new password: itself, and what the project asks for in addition.
pub(crate) fn new_password_fields(form: &FormHandle) -> Html {
    html! {
        <>
            { password_field(form, FieldName::Password, t("new-password"), "new-password", Some(t("password-hint"))) }
            if form.has(FieldName::CurrentPassword) {
                { password_field(
                    form,
                    FieldName::CurrentPassword,
                    t("current-password"),
                    "current-password",
                    Some(t("current-password-hint")),
                ) }
            }
            if form.has(FieldName::Nonce) {
                { code_field(form, FieldName::Nonce, t("nonce"), Some(t("nonce-hint"))) }
            }
        </>
    }
}
