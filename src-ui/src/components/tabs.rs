//! Tabs as the ARIA practices describe them: one stop for the tab key, arrows move between, as the tabs are laid out.

use yew::prelude::*;

use crate::{browser, text};

/// One tab. Its id is its test id.
#[derive(Clone, PartialEq)]
pub(crate) struct Tab {
    pub(crate) testid: &'static str,
    pub(crate) label: String,
    pub(crate) selected: bool,
    pub(crate) choose: Callback<()>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct TabsProps {
    pub(crate) label: String,
    /// The id of the panel that all tabs fill.
    pub(crate) panel: &'static str,
    pub(crate) tabs: Vec<Tab>,
}

/// A row of tabs.
#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let onkeydown = {
        let tabs = props.tabs.clone();
        Callback::from(move |event: KeyboardEvent| {
            let selected = tabs.iter().position(|tab| tab.selected).unwrap_or_default();
            let next = neighbour(&event.key(), selected, tabs.len(), text::is_right_to_left());
            if let Some(tab) = next.and_then(|index| tabs.get(index)) {
                event.prevent_default();
                tab.choose.emit(());
                browser::focus(tab.testid);
            }
        })
    };

    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            { for props.tabs.iter().map(|tab| tab_button(tab, props.panel)) }
        </div>
    }
}

fn tab_button(tab: &Tab, panel: &'static str) -> Html {
    html! {
        <button
            class="tab"
            type="button"
            role="tab"
            id={tab.testid}
            data-testid={tab.testid}
            aria-selected={tab.selected.to_string()}
            aria-controls={panel}
            tabindex={if tab.selected { "0" } else { "-1" }}
            onclick={tab.choose.reform(|_: MouseEvent| ())}
        >
            { &tab.label }
        </button>
    }
}

/// The tab that a key leads to. Where text is written from right to left, the next tab stands to the left.
fn neighbour(key: &str, selected: usize, count: usize, is_right_to_left: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let (next, previous) =
        if is_right_to_left { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
    match key {
        _ if key == next => Some(if selected == last { 0 } else { selected + 1 }),
        _ if key == previous => Some(selected.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_other_keys_go_nowhere() {
        let neighbour = |key, selected, count| neighbour(key, selected, count, false);
        assert_eq!(neighbour("ArrowRight", 0, 2), Some(1));
        assert_eq!(neighbour("ArrowRight", 1, 2), Some(0));
        assert_eq!(neighbour("ArrowLeft", 0, 2), Some(1));
        assert_eq!(neighbour("Home", 1, 2), Some(0));
        assert_eq!(neighbour("End", 0, 2), Some(1));
        assert_eq!(neighbour("a", 0, 2), None);
        assert_eq!(neighbour("End", 0, 0), None);
    }

    #[test]
    fn arrows_follow_a_row_that_is_laid_out_from_right_to_left() {
        assert_eq!(neighbour("ArrowLeft", 0, 3, true), Some(1));
        assert_eq!(neighbour("ArrowLeft", 2, 3, true), Some(0));
        assert_eq!(neighbour("ArrowRight", 0, 3, true), Some(2));
        assert_eq!(neighbour("Home", 2, 3, true), Some(0));
    }
}
