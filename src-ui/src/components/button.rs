//! Buttons.

use yew::prelude::*;

use super::icon::spinner;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The one next step of a page.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// Takes something away.
    Danger,
    /// A side step, without a frame.
    Quiet,
}

#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    pub(crate) testid: AttrValue,
    /// The element's id, where the focus has to find the button.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// What the button does, where its words alone do not say to which of several things.
    #[prop_or_default]
    pub(crate) label: Option<String>,
    /// The ids of the elements that say the same, where they stand in the page.
    #[prop_or_default]
    pub(crate) labelled_by: Option<String>,
    /// Whether what the button opens is open; `None` for a button that opens nothing in the page.
    #[prop_or_default]
    pub(crate) expanded: Option<bool>,
    #[prop_or_default]
    pub(crate) weight: Weight,
    /// Sends the form around it instead of calling `onclick`.
    #[prop_or_default]
    pub(crate) submit: bool,
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// What the button does is under way: a ring turns in the button, which cannot be pressed.
    #[prop_or_default]
    pub(crate) busy: bool,
    /// Fills the width.
    #[prop_or_default]
    pub(crate) wide: bool,
    #[prop_or_default]
    pub(crate) onclick: Callback<MouseEvent>,
    pub(crate) children: Html,
}

/// A button with words in it.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    let weight = match props.weight {
        Weight::Primary => "button-primary",
        Weight::Plain => "button-plain",
        Weight::Danger => "button-danger",
        Weight::Quiet => "button-quiet",
    };

    html! {
        <button
            class={classes!("button", weight, props.wide.then_some("button-wide"))}
            type={if props.submit { "submit" } else { "button" }}
            id={props.id.clone()}
            data-testid={props.testid.clone()}
            aria-label={props.label.clone()}
            aria-labelledby={props.labelled_by.clone()}
            aria-expanded={props.expanded.map(|is_open| is_open.to_string())}
            disabled={props.disabled || props.busy}
            aria-busy={props.busy.then_some("true")}
            onclick={props.onclick.clone()}
        >
            if props.busy { { spinner() } }
            { props.children.clone() }
        </button>
    }
}
