//! A password field: hidden by default, shown on demand, with a word about caps lock.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::field::{description, is_wrong, note, typed};
use crate::components::icon::{Icon, icon};
use crate::model::problem::{Problem, field_id};
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(crate) struct PasswordFieldProps {
    #[prop_or(FieldName::Password)]
    pub(crate) field: FieldName,
    /// The input's id and test id, where the field's own name is not the one.
    #[prop_or_default]
    pub(crate) id: Option<&'static str>,
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) autocomplete: &'static str,
    #[prop_or_default]
    pub(crate) hint: Option<String>,
    #[prop_or_default]
    pub(crate) problem: Option<Problem>,
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Stands at the end of the line under the field.
    #[prop_or_default]
    pub(crate) aside: Html,
    pub(crate) on_type: Callback<String>,
    pub(crate) on_leave: Callback<()>,
}

/// A password field.
#[component]
pub(crate) fn PasswordField(props: &PasswordFieldProps) -> Html {
    let shown = use_state_eq(|| false);
    let caps_lock = use_state_eq(|| false);
    let id = props.id.unwrap_or(field_id(props.field));

    let look_at_caps_lock = {
        let caps_lock = caps_lock.clone();
        Callback::from(move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock")))
    };
    let on_leave = {
        let caps_lock = caps_lock.clone();
        props.on_leave.reform(move |_: FocusEvent| caps_lock.set(false))
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };

    html! {
        <div class="field">
            <label for={id}>{ &props.label }</label>
            <div class="input-group">
                <input
                    class="input"
                    type={if *shown { "text" } else { "password" }}
                    {id}
                    name={id}
                    data-testid={id}
                    value={props.value.clone()}
                    autocomplete={props.autocomplete}
                    autocapitalize="none"
                    spellcheck="false"
                    disabled={props.disabled}
                    aria-invalid={is_wrong(props.problem.as_ref(), None)}
                    aria-describedby={description(id, None, &props.hint, props.problem.as_ref())}
                    oninput={typed(&props.on_type)}
                    onkeydown={look_at_caps_lock.clone()}
                    onkeyup={look_at_caps_lock}
                    onblur={on_leave}
                />
                { show_button(id, *shown, toggle) }
            </div>
            { caps_lock_word(*caps_lock) }
            { note(id, props.hint.as_deref(), props.problem.as_ref(), props.aside.clone()) }
        </div>
    }
}

fn caps_lock_word(is_on: bool) -> Html {
    html! {
        <div class="caps-lock" role="status">
            if is_on {
                <span data-testid="caps-lock">{ t("caps-lock") }</span>
            }
        </div>
    }
}

fn show_button(id: &str, shown: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button
            class="input-button"
            type="button"
            data-testid={format!("show-{id}")}
            aria-pressed={shown.to_string()}
            aria-label={t("show-password")}
            title={if shown { t("hide-password") } else { t("show-password") }}
            {onclick}
        >
            { icon(if shown { Icon::EyeOff } else { Icon::Eye }) }
        </button>
    }
}
