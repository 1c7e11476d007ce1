//! The menu of everything that can be done at the moment, the list of shortcuts, and the keys themselves.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::use_menu_items::{choose, offered};
use crate::browser;
use crate::model::menu::{MenuItem, active, found, walked};
use crate::model::shortcut::{Does, Press, pressed};
use crate::sentences;

/// What is open.
#[derive(Debug, Clone, Default, PartialEq)]
enum Open {
    #[default]
    Nothing,
    /// The menu, with what was typed and what was walked to.
    Menu(String, Option<MenuItem>),
    /// The list of shortcuts.
    Shortcuts,
    /// Nothing any more, and this was chosen.
    Chosen(MenuItem),
}

/// The menu as a component sees it.
#[derive(Clone, PartialEq)]
pub(crate) struct MenuHandle {
    open: UseStateHandle<Open>,
}

impl MenuHandle {
    /// What was typed into the menu, if it is open.
    pub(crate) fn typed(&self) -> Option<&str> {
        match &*self.open {
            Open::Menu(typed, _) => Some(typed),
            _ => None,
        }
    }

    /// The items that fit what was typed.
    pub(crate) fn found(&self) -> Vec<MenuItem> {
        let items: Vec<_> = offered().into_iter().map(|item| (item, sentences::menu_item(item))).collect();
        found(&items, self.typed().unwrap_or_default())
    }

    /// The item that Enter chooses, among these.
    pub(crate) fn active(&self, items: &[MenuItem]) -> Option<MenuItem> {
        match *self.open {
            Open::Menu(_, walked_to) => active(items, walked_to),
            _ => None,
        }
    }

    /// The list of shortcuts is open.
    pub(crate) fn shows_shortcuts(&self) -> bool {
        *self.open == Open::Shortcuts
    }

    /// Opens the menu.
    pub(crate) fn show(&self) -> Callback<()> {
        let open = self.open.setter();
        Callback::from(move |()| open.set(Open::Menu(String::new(), None)))
    }

    /// Opens the list of shortcuts.
    pub(crate) fn show_shortcuts(&self) -> Callback<MouseEvent> {
        let open = self.open.setter();
        Callback::from(move |_| open.set(Open::Shortcuts))
    }

    /// Closes what is open.
    pub(crate) fn close(&self) -> Callback<()> {
        let open = self.open.setter();
        Callback::from(move |()| open.set(Open::Nothing))
    }

    /// The person typed.
    pub(crate) fn on_type(&self) -> Callback<String> {
        let open = self.open.setter();
        Callback::from(move |typed| open.set(Open::Menu(typed, None)))
    }

    /// The person chose an item: the menu closes, and then the item does what it stands for.
    pub(crate) fn on_choose(&self) -> Callback<MenuItem> {
        let open = self.open.setter();
        Callback::from(move |item| open.set(Open::Chosen(item)))
    }

    /// A key was pressed in the menu.
    pub(crate) fn on_key(&self) -> Callback<KeyboardEvent> {
        let this = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let items = this.found();
            let now = this.active(&items);
            if let (Some(to), Some(typed)) = (walked(&items, now, &event.key()), this.typed()) {
                event.prevent_default();
                this.open.set(Open::Menu(typed.to_owned(), Some(to)));
            } else if let Some(item) = now.filter(|_| event.key() == "Enter") {
                event.prevent_default();
                this.open.set(Open::Chosen(item));
            }
        })
    }
}

/// The menu, which listens to the shortcuts. Only the app itself uses this hook, once.
#[hook]
pub(crate) fn use_menu() -> MenuHandle {
    let open = use_state_eq(Open::default);
    let menu = MenuHandle { open };
    {
        let menu = menu.clone();
        use_effect_with((*menu.open).clone(), move |open| {
            // The menu has left the document, and the focus is back where it was: from there the item may move it.
            if let Open::Chosen(item) = *open {
                menu.open.set(Open::Nothing);
                choose(item);
            }
        });
    }
    {
        let active = menu.typed().is_some().then(|| menu.active(&menu.found())).flatten();
        use_effect_with(active, |_| browser::reveal("[role=option][aria-selected=true]"));
    }
    {
        let menu = menu.clone();
        use_effect_with(menu.typed().is_some(), move |is_open| {
            let is_open = *is_open;
            let options = EventListenerOptions::enable_prevent_default();
            let keys = web_sys::window().map(|window| {
                EventListener::new_with_options(&window, "keydown", options, move |event| {
                    if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                        on_shortcut(event, &menu, is_open);
                    }
                })
            });
            move || drop(keys)
        });
    }
    menu
}

fn on_shortcut(event: &KeyboardEvent, menu: &MenuHandle, is_open: bool) {
    let Some(does) = pressed(&press(event), browser::is_mac()).filter(|_| !event.is_composing()) else {
        return;
    };
    if does == Does::Close {
        return;
    }
    // Also where nothing comes of it: the webview has uses of its own for some of these keys.
    event.prevent_default();
    if event.repeat() {
        return;
    }
    match does {
        Does::Menu if is_open => menu.close().emit(()),
        // What is behind a dialog cannot be done before the dialog is answered.
        _ if browser::has_dialog() => {}
        Does::Menu => menu.show().emit(()),
        Does::Item(item) => choose(item),
        Does::NextPart => browser::focus_next_part(event.shift_key()),
        Does::Close => {}
    }
}

/// The keys of this event.
pub(super) fn press(event: &KeyboardEvent) -> Press {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    Press {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        meta: event.meta_key(),
        in_field: target.is_some_and(|target| browser::takes_text(&target)),
    }
}
