//! One of several choices, of which one counts.

use yew::prelude::*;

use super::icon::{Icon, icon, spinner};

#[derive(Properties, PartialEq)]
pub(crate) struct ChoiceProps {
    pub(crate) testid: &'static str,
    pub(crate) title: String,
    /// What choosing it means.
    pub(crate) hint: String,
    /// This is the one that counts.
    pub(crate) is_chosen: bool,
    /// It is about to be the one.
    #[prop_or_default]
    pub(crate) is_busy: bool,
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A choice that counts once it is pressed. It is a button and no radio button, because the arrow keys would choose
/// everything on their way. It is never disabled, so that it keeps the focus.
#[component]
pub(crate) fn Choice(props: &ChoiceProps) -> Html {
    html! {
        <button
            class="choice"
            type="button"
            data-testid={props.testid}
            aria-pressed={props.is_chosen.to_string()}
            aria-busy={props.is_busy.then_some("true")}
            onclick={props.onclick.clone()}
        >
            <span class="choice-mark">
                if props.is_busy {
                    { spinner() }
                } else if props.is_chosen {
                    { icon(Icon::Check) }
                }
            </span>
            <span class="choice-text">
                <span class="choice-title">{ &props.title }</span>
                <span class="hint">{ &props.hint }</span>
            </span>
        </button>
    }
}
