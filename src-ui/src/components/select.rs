//! One of several, chosen out of a list that opens.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::icon::{Icon, icon};

/// One of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What is handed on when it is chosen.
    pub(crate) name: &'static str,
    pub(crate) words: String,
    /// The language of the words (BCP 47).
    pub(crate) language: &'static str,
}

#[derive(Properties, PartialEq)]
pub(crate) struct SelectProps {
    /// The element's id and `data-testid`.
    pub(crate) id: &'static str,
    pub(crate) label: String,
    pub(crate) entries: Vec<Entry>,
    /// The name of the entry that counts.
    pub(crate) chosen: &'static str,
    pub(crate) on_choose: Callback<String>,
}

/// A labelled list of which one entry counts.
#[component]
pub(crate) fn Select(props: &SelectProps) -> Html {
    let onchange = props.on_choose.reform(|event: Event| {
        let list: HtmlSelectElement = event.target_unchecked_into();
        list.value()
    });
    let list = use_node_ref();
    {
        // The list keeps what was picked in it; what counts is what is given.
        let list = list.clone();
        use_effect_with((props.chosen, props.entries.clone()), move |(chosen, _)| {
            if let Some(list) = list.cast::<HtmlSelectElement>() {
                list.set_value(chosen);
            }
        });
    }
    html! {
        <div class="field field-plain">
            <label for={props.id}>{ &props.label }</label>
            <div class="input-group">
                <select ref={list} class="input" id={props.id} data-testid={props.id} {onchange}>
                    { for props.entries.iter().map(|entry| html! {
                        <option
                            key={entry.name}
                            value={entry.name}
                            lang={entry.language}
                        >
                            { &entry.words }
                        </option>
                    }) }
                </select>
                <span class="input-sign">{ icon(Icon::Chevron) }</span>
            </div>
        </div>
    }
}
