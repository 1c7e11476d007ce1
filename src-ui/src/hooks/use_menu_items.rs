//! What can be chosen in the menu: every component says what it can do, for as long as it is there.

use std::cell::RefCell;
use std::rc::Rc;

use foyer_contract::view::MenuBarItem;
use yew::prelude::*;

use crate::browser;
use crate::model::menu::{MenuItem, offered_of};

/// An item, and what presses it.
type Pressed = (MenuItem, Callback<MouseEvent>);

/// What one component can do now.
type Items = Rc<RefCell<Vec<Pressed>>>;

thread_local! {
    static OFFERED: RefCell<Vec<Items>> = const { RefCell::new(Vec::new()) };
}

/// Offers these items in the menu (`None`: not now), as they are when the component is drawn last, until it leaves the
/// document. To choose an item is to press a button: it is the same callback.
#[hook]
pub(crate) fn use_menu_items(items: Vec<Option<Pressed>>) {
    let offered: Items = use_mut_ref(Vec::new);
    *offered.borrow_mut() = items.into_iter().flatten().collect();
    use_effect_with((), move |()| {
        OFFERED.with_borrow_mut(|all| all.push(Rc::clone(&offered)));
        move || OFFERED.with_borrow_mut(|all| all.retain(|one| !Rc::ptr_eq(one, &offered)))
    });
}

/// What can be chosen now, in the menu's order.
pub(super) fn offered() -> Vec<MenuItem> {
    let mut items = Vec::new();
    OFFERED.with_borrow(|all| {
        for one in all {
            items.extend(one.borrow().iter().map(|(item, _)| *item));
        }
    });
    offered_of(items)
}

/// Does what a person chose in the system's menu bar, as the shortcut for it does.
pub(super) fn chosen_in_menu_bar(item: MenuBarItem) {
    // What is behind a dialog cannot be done before the dialog is answered.
    if !browser::has_dialog() {
        choose(match item {
            MenuBarItem::Settings => MenuItem::Settings,
            MenuBarItem::Shortcuts => MenuItem::Shortcuts,
        });
    }
}

/// Does what the item stands for, if it can be done now.
pub(super) fn choose(item: MenuItem) {
    if !offered().contains(&item) {
        return;
    }
    let mut chosen = None;
    OFFERED.with_borrow(|all| {
        for one in all {
            let items = one.borrow();
            let found = items.iter().find(|(known, _)| *known == item);
            chosen = chosen.take().or(found.map(|(_, press)| press.clone()));
        }
    });
    // What it does may change what is offered: the list is free again.
    match (chosen, MouseEvent::new("click")) {
        (Some(press), Ok(click)) => press.emit(click),
        (None, _) => {}
        (Some(_), Err(_)) => browser::report("an item of the menu could not be pressed"),
    }
}
