//! Something that is on or off, and counts at once.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct SwitchProps {
    pub(crate) testid: &'static str,
    pub(crate) title: String,
    /// What it means that it is on.
    pub(crate) hint: String,
    pub(crate) is_on: bool,
    /// It is being switched.
    #[prop_or_default]
    pub(crate) is_busy: bool,
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A switch with its words beside it. It is never disabled, so that it keeps the focus.
#[component]
pub(crate) fn Switch(props: &SwitchProps) -> Html {
    let hint = format!("{}-hint", props.testid);
    html! {
        <button
            class="switch"
            type="button"
            role="switch"
            data-testid={props.testid}
            aria-checked={props.is_on.to_string()}
            aria-busy={props.is_busy.then_some("true")}
            aria-label={props.title.clone()}
            aria-describedby={hint.clone()}
            onclick={props.onclick.clone()}
        >
            <span class="choice-text">
                <span class="choice-title">{ &props.title }</span>
                <span class="hint" id={hint}>{ &props.hint }</span>
            </span>
            <span class="switch-track" aria-hidden="true"><span class="switch-knob"></span></span>
        </button>
    }
}
