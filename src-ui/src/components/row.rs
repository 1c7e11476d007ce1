//! A list of rows: what it is, how it is, and one thing that can be done about it. What is needed for that opens under
//! the row.

use yew::prelude::*;

use super::button::{Button, Weight};
use super::icon::{Icon, icon};

/// A list of rows under a title.
pub(crate) fn rows(title_id: &'static str, title: String, list: Html) -> Html {
    html! {
        <section class="rows" aria-labelledby={title_id}>
            <h2 id={title_id} class="rows-title">{ title }</h2>
            <div class="card rows-card">{ list }</div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct RowProps {
    /// What the ids of the row's parts begin with: `<name>-title`, `<name>-open`, `<name>-panel`.
    pub(crate) name: &'static str,
    pub(crate) icon: Icon,
    pub(crate) title: String,
    /// How things are, in words.
    pub(crate) state: Html,
    /// What came of the last thing that was done here. It stands in a live region.
    #[prop_or_default]
    pub(crate) result: Html,
    /// The one thing that can be done here; empty where nothing can.
    #[prop_or_default]
    pub(crate) button: Html,
    /// What is under way and continues elsewhere. It stands under the row whether it is open or not.
    #[prop_or_default]
    pub(crate) under_way: Html,
    #[prop_or_default]
    pub(crate) is_open: bool,
    /// What stands under the row while it is open.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// A row of a list.
#[component]
pub(crate) fn Row(props: &RowProps) -> Html {
    let name = props.name;
    let title_id = format!("{name}-title");
    html! {
        <section class="row" aria-labelledby={title_id.clone()} data-testid={format!("row-{name}")}>
            <div class="row-head">
                { icon(props.icon) }
                <div class="row-text">
                    <h3 id={title_id.clone()}>{ &props.title }</h3>
                    <div class="row-state" data-testid={format!("state-{name}")}>{ props.state.clone() }</div>
                </div>
                { props.button.clone() }
            </div>
            <div class="row-result" role="status">{ props.result.clone() }</div>
            if props.is_open {
                <div class="row-panel" id={format!("{name}-panel")} role="group" aria-labelledby={title_id} tabindex="-1">
                    { props.children.clone() }
                </div>
            }
            { props.under_way.clone() }
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct RowButtonProps {
    /// The row's name.
    pub(crate) name: &'static str,
    /// The test id, where it is not `open-<name>`.
    #[prop_or_default]
    pub(crate) testid: Option<&'static str>,
    /// Whether the row is open; `None` for a button that opens nothing under the row.
    #[prop_or_default]
    pub(crate) is_open: Option<bool>,
    #[prop_or_default]
    pub(crate) weight: Weight,
    #[prop_or_default]
    pub(crate) disabled: bool,
    #[prop_or_default]
    pub(crate) busy: bool,
    pub(crate) onclick: Callback<MouseEvent>,
    pub(crate) words: String,
}

/// The button of a row. Its accessible name is its words and the row's title, as all rows use the same few words.
#[component]
pub(crate) fn RowButton(props: &RowButtonProps) -> Html {
    let name = props.name;
    let id = format!("{name}-open");
    html! {
        <Button
            testid={props.testid.map_or_else(|| format!("open-{name}"), str::to_owned)}
            labelled_by={format!("{id} {name}-title")}
            {id}
            weight={props.weight}
            expanded={props.is_open}
            disabled={props.disabled}
            busy={props.busy}
            onclick={props.onclick.clone()}
        >
            { &props.words }
        </Button>
    }
}
