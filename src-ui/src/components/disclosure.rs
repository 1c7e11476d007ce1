//! Something that most people do not need, behind a line that opens it.

use yew::prelude::*;

use super::icon::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct DisclosureProps {
    pub(crate) testid: &'static str,
    pub(crate) label: String,
    pub(crate) children: Html,
}

/// A line that opens what is under it. `details` works by keyboard and is announced without more being done.
#[component]
pub(crate) fn Disclosure(props: &DisclosureProps) -> Html {
    html! {
        <details class="disclosure">
            <summary data-testid={props.testid}>{ icon(Icon::Chevron) }{ &props.label }</summary>
            <div class="disclosure-content">{ props.children.clone() }</div>
        </details>
    }
}
