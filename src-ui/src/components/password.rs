//! A password field: hidden by default, shown on demand, with a word about caps lock.

use yew::prelude::*;

use super::field::{invalid, note, note_id, typed};
use super::icon::{Icon, icon};
use crate::model::input::Input;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct PasswordFieldProps {
    pub(crate) input: Input,
    pub(crate) label: String,
    pub(crate) autocomplete: &'static str,
    #[prop_or_default]
    pub(crate) hint: Option<String>,
    /// Stands at the end of the line under the field.
    #[prop_or_default]
    pub(crate) aside: Html,
}

/// A password field.
#[component]
pub(crate) fn PasswordField(props: &PasswordFieldProps) -> Html {
    use_language();
    let shown = use_state_eq(|| false);
    let caps_lock = use_state_eq(|| false);
    let Input { id, text, problem, on_type, .. } = &props.input;
    let (id, problem, hint) = (*id, problem.as_ref(), props.hint.as_deref());

    let look_at_caps_lock = {
        let caps_lock = caps_lock.clone();
        Callback::from(move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock")))
    };
    let on_leave = {
        let caps_lock = caps_lock.clone();
        props.input.on_leave.reform(move |_: FocusEvent| caps_lock.set(false))
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
                    value={text.clone()}
                    autocomplete={props.autocomplete}
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid={invalid(problem.is_some())}
                    aria-describedby={note_id(id, hint, problem)}
                    oninput={typed(on_type)}
                    onkeydown={look_at_caps_lock.clone()}
                    onkeyup={look_at_caps_lock}
                    onblur={on_leave}
                />
                { show_button(id, *shown, toggle) }
            </div>
            { caps_lock_word(*caps_lock) }
            { note(id, hint, problem, props.aside.clone()) }
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
