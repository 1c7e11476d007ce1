//! Something that most people do not need, behind a line that opens it.

use web_sys::{HtmlDetailsElement, HtmlElement};
use yew::prelude::*;

use super::icon::{Icon, icon};
use crate::browser;
use crate::escape::use_escape;

#[derive(Properties, PartialEq)]
pub(crate) struct DisclosureProps {
    pub(crate) testid: &'static str,
    pub(crate) label: String,
    pub(crate) children: Html,
}

/// A line that opens what is under it. `details` works by keyboard and is announced without more being done; Escape
/// closes it as everything else that was opened.
#[component]
pub(crate) fn Disclosure(props: &DisclosureProps) -> Html {
    let element = use_node_ref();
    let line = use_node_ref();
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let (element, is_open) = (element.clone(), is_open.clone());
        Callback::from(move |_: Event| {
            is_open.set(element.cast::<HtmlDetailsElement>().is_some_and(|details| details.open()));
        })
    };
    let close = {
        let (element, line) = (element.clone(), line.clone());
        Callback::from(move |()| {
            let Some(details) = element.cast::<HtmlDetailsElement>() else { return };
            // The focus does not stay on something that cannot be seen any more.
            if browser::focused().is_some_and(|focused| details.contains(Some(&focused)))
                && let Some(line) = line.cast::<HtmlElement>()
            {
                browser::focus_on(&line);
            }
            details.set_open(false);
        })
    };
    use_escape(*is_open, close);

    html! {
        <details class="disclosure" ref={element} {ontoggle}>
            <summary ref={line} data-testid={props.testid}>{ icon(Icon::Chevron) }{ &props.label }</summary>
            <div class="disclosure-content">{ props.children.clone() }</div>
        </details>
    }
}
