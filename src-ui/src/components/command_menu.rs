//! A menu that is searched by typing: a combobox with its listbox, as the ARIA practices describe them. The focus stays
//! in the field; the arrow keys move what Enter chooses.

use yew::prelude::*;

use super::dialog::Dialog;
use super::field::typed;
use super::keys::keys;
use crate::browser;
use crate::model::menu::MenuItem;
use crate::model::shortcut;
use crate::sentences;
use crate::text::{t, t_with};

/// The id of the listbox.
const LIST: &str = "command-menu-list";

/// What the menu shows, and what it tells.
pub(crate) struct CommandMenu<'a> {
    /// What was typed.
    pub(crate) typed: &'a str,
    /// What was found.
    pub(crate) items: &'a [MenuItem],
    /// The item that Enter chooses.
    pub(crate) active: Option<MenuItem>,
    pub(crate) on_type: Callback<String>,
    pub(crate) on_key: Callback<KeyboardEvent>,
    pub(crate) on_choose: Callback<MenuItem>,
    pub(crate) on_close: Callback<()>,
}

/// The menu, open.
pub(crate) fn command_menu(menu: &CommandMenu<'_>) -> Html {
    html! {
        <Dialog testid="command-menu" title={t("menu-title")} on_close={menu.on_close.clone()}>
            <input
                class="input"
                type="text"
                role="combobox"
                data-testid="command-menu-field"
                aria-label={t("menu-search")}
                placeholder={t("menu-search")}
                aria-expanded="true"
                aria-controls={LIST}
                aria-autocomplete="list"
                aria-activedescendant={menu.active.map(menu_item_id)}
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                value={menu.typed.to_owned()}
                oninput={typed(&menu.on_type)}
                onkeydown={menu.on_key.clone()}
            />
            <ul class="menu-list" role="listbox" id={LIST} aria-label={t("menu-title")}>
                { for menu.items.iter().map(|item| option(*item, menu)) }
            </ul>
            <p class={if menu.items.is_empty() { "menu-nothing hint" } else { "visually-hidden" }} role="status">
                { t_with("menu-count", [("count", menu.items.len())]) }
            </p>
        </Dialog>
    }
}

fn option(item: MenuItem, menu: &CommandMenu<'_>) -> Html {
    let shortcut = shortcut::of(item);
    let id = menu_item_id(item);
    // The focus stays in the field.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <li
            key={id.clone()}
            class="menu-item"
            role="option"
            id={id.clone()}
            data-testid={id}
            aria-selected={(menu.active == Some(item)).to_string()}
            aria-keyshortcuts={shortcut.map(|shortcut| shortcut.aria(browser::is_mac()))}
            {onmousedown}
            onclick={menu.on_choose.reform(move |_: MouseEvent| item)}
        >
            <span>{ sentences::menu_item(item) }</span>
            if let Some(shortcut) = shortcut {
                <span aria-hidden="true">{ keys(shortcut) }</span>
            }
        </li>
    }
}

/// The id and test id of an item.
pub(crate) fn menu_item_id(item: MenuItem) -> String {
    format!("menu-{item:?}").to_ascii_lowercase()
}
