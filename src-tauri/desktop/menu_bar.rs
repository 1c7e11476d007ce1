//! The menu bar of macOS. What stands in it is said here for every system, so that it is tested wherever the tests run; only
//! macOS shows it. The items of the Edit menu are not decoration there: without them, Cmd+C and its like do nothing in a
//! webview.

use foyer_contract::view::MenuBarItem;

/// What the app does itself when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    /// Opens one more window.
    NewWindow,
    /// The page in front does it.
    Page(MenuBarItem),
}

/// What the system does by itself when it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standard {
    About,
    Services,
    Hide,
    HideOthers,
    ShowAll,
    Quit,
    CloseWindow,
    Undo,
    Redo,
    Cut,
    Copy,
    Paste,
    SelectAll,
    Minimize,
    Zoom,
    FullScreen,
    BringAllToFront,
}

/// An item of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// With the key of its words and its shortcut.
    Own(Own, &'static str, Option<&'static str>),
    /// With the key of its words. Its shortcut is the system's.
    Standard(Standard, &'static str),
    Line,
}

/// A menu: the key of its title and its items.
pub(crate) type Menu = (&'static str, &'static [Item]);

/// The menus, in the order of the bar.
pub(crate) const MENUS: [Menu; 5] = [
    (
        "app-name",
        &[
            Item::Standard(Standard::About, "menu-bar-about"),
            Item::Line,
            Item::Own(Own::Page(MenuBarItem::Settings), "menu-bar-settings", Some("Cmd+,")),
            Item::Line,
            Item::Standard(Standard::Services, "menu-bar-services"),
            Item::Line,
            Item::Standard(Standard::Hide, "menu-bar-hide"),
            Item::Standard(Standard::HideOthers, "menu-bar-hide-others"),
            Item::Standard(Standard::ShowAll, "menu-bar-show-all"),
            Item::Line,
            Item::Standard(Standard::Quit, "menu-bar-quit"),
        ],
    ),
    (
        "menu-bar-file",
        &[
            Item::Own(Own::NewWindow, "menu-new-window", Some("Cmd+N")),
            Item::Standard(Standard::CloseWindow, "menu-bar-close"),
        ],
    ),
    (
        "menu-bar-edit",
        &[
            Item::Standard(Standard::Undo, "menu-bar-undo"),
            Item::Standard(Standard::Redo, "menu-bar-redo"),
            Item::Line,
            Item::Standard(Standard::Cut, "menu-bar-cut"),
            Item::Standard(Standard::Copy, "menu-bar-copy"),
            Item::Standard(Standard::Paste, "menu-bar-paste"),
            Item::Standard(Standard::SelectAll, "menu-bar-select-all"),
        ],
    ),
    (
        WINDOW,
        &[
            Item::Standard(Standard::Minimize, "menu-bar-minimize"),
            Item::Standard(Standard::Zoom, "menu-bar-zoom"),
            Item::Standard(Standard::FullScreen, "menu-bar-full-screen"),
            Item::Line,
            Item::Standard(Standard::BringAllToFront, "menu-bar-to-front"),
        ],
    ),
    (HELP, &[Item::Own(Own::Page(MenuBarItem::Shortcuts), "menu-shortcuts", None)]),
];

/// The menu to which the system adds the open windows.
const WINDOW: &str = "menu-bar-window";

/// The menu to which the system adds its search.
const HELP: &str = "menu-bar-help";

#[cfg(target_os = "macos")]
pub(crate) use shown::{chosen, show};

#[cfg(target_os = "macos")]
mod shown {
    use foyer_text::{Language, Sentences};
    use tauri::menu::{
        AboutMetadata, HELP_SUBMENU_ID, IsMenuItem, Menu as MenuBar, MenuEvent, MenuItem, PredefinedMenuItem,
        Submenu, WINDOW_SUBMENU_ID,
    };
    use tauri::{AppHandle, Runtime};

    use super::{HELP, Item, MENUS, Menu, Own, Standard, WINDOW};

    /// Shows the menu bar in this language.
    ///
    /// # Errors
    /// When the system does not take it.
    pub(crate) fn show<R: Runtime>(app: &AppHandle<R>, language: Language) -> tauri::Result<()> {
        let sentences = Sentences::of(language);
        let bar = MenuBar::new(app)?;
        for menu in MENUS {
            bar.append(&submenu(app, &sentences, menu)?)?;
        }
        app.set_menu(bar).map(drop)
    }

    /// What the app is to do, where a person chose an item of its own.
    pub(crate) fn chosen(event: &MenuEvent) -> Option<Own> {
        MENUS.iter().flat_map(|(_, items)| items.iter()).find_map(|item| match item {
            Item::Own(own, key, _) if event.id() == key => Some(*own),
            _ => None,
        })
    }

    fn submenu<R: Runtime>(
        app: &AppHandle<R>,
        sentences: &Sentences,
        (title, items): Menu,
    ) -> tauri::Result<Submenu<R>> {
        // The system knows these two by Tauri's ids for them.
        let id = match title {
            WINDOW => WINDOW_SUBMENU_ID,
            HELP => HELP_SUBMENU_ID,
            title => title,
        };
        let submenu = Submenu::with_id(app, id, sentences.get(title), true)?;
        for item in items {
            submenu.append(built(app, sentences, *item)?.as_ref())?;
        }
        Ok(submenu)
    }

    fn built<R: Runtime>(
        app: &AppHandle<R>,
        sentences: &Sentences,
        item: Item,
    ) -> tauri::Result<Box<dyn IsMenuItem<R>>> {
        Ok(match item {
            Item::Line => Box::new(PredefinedMenuItem::separator(app)?),
            Item::Standard(standard, key) => Box::new(predefined(app, standard, &sentences.get(key))?),
            Item::Own(_, key, keys) => Box::new(MenuItem::with_id(app, key, sentences.get(key), true, keys)?),
        })
    }

    fn predefined<R: Runtime>(
        app: &AppHandle<R>,
        standard: Standard,
        words: &str,
    ) -> tauri::Result<PredefinedMenuItem<R>> {
        use PredefinedMenuItem as P;
        let words = Some(words);
        match standard {
            Standard::About => P::about(app, words, Some(about(app))),
            Standard::Services => P::services(app, words),
            Standard::Hide => P::hide(app, words),
            Standard::HideOthers => P::hide_others(app, words),
            Standard::ShowAll => P::show_all(app, words),
            Standard::Quit => P::quit(app, words),
            Standard::CloseWindow => P::close_window(app, words),
            Standard::Undo => P::undo(app, words),
            Standard::Redo => P::redo(app, words),
            Standard::Cut => P::cut(app, words),
            Standard::Copy => P::copy(app, words),
            Standard::Paste => P::paste(app, words),
            Standard::SelectAll => P::select_all(app, words),
            Standard::Minimize => P::minimize(app, words),
            Standard::Zoom => P::maximize(app, words),
            Standard::FullScreen => P::fullscreen(app, words),
            Standard::BringAllToFront => P::bring_all_to_front(app, words),
        }
    }

    fn about<R: Runtime>(app: &AppHandle<R>) -> AboutMetadata<'static> {
        let package = app.package_info();
        let name = app.config().product_name.clone().unwrap_or_else(|| package.name.clone());
        AboutMetadata {
            name: Some(name),
            version: Some(package.version.to_string()),
            ..AboutMetadata::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use foyer_text::{LANGUAGES, Sentences};

    use super::*;

    fn items() -> impl Iterator<Item = &'static Item> {
        MENUS.iter().flat_map(|(_, items)| items.iter())
    }

    #[test]
    fn what_a_webview_needs_to_copy_and_paste_is_there() {
        for needed in [Standard::Undo, Standard::Redo, Standard::Cut, Standard::Copy, Standard::Paste] {
            assert!(items().any(|item| matches!(item, Item::Standard(it, _) if *it == needed)), "{needed:?}");
        }
        assert!(items().any(|item| *item == Item::Standard(Standard::SelectAll, "menu-bar-select-all")));
        assert!(items().any(|item| *item == Item::Standard(Standard::Quit, "menu-bar-quit")));
    }

    #[test]
    fn every_menu_and_every_item_has_words_of_its_own_in_every_language() {
        let of_items = items().filter_map(|item| match item {
            Item::Own(_, key, _) | Item::Standard(_, key) => Some(*key),
            Item::Line => None,
        });
        let keys: Vec<_> = MENUS.iter().map(|(title, _)| *title).chain(of_items).collect();
        for language in LANGUAGES {
            let sentences = Sentences::of(language);
            let words: BTreeSet<_> = keys.iter().map(|key| sentences.get(key)).collect();

            assert_eq!(words.len(), keys.len(), "{language:?}: two items have the same words");
            assert!(!keys.iter().any(|key| words.contains(*key)), "{language:?}: a key has no words");
        }
    }

    #[test]
    fn lines_stand_between_items_only() {
        for (title, items) in MENUS {
            let ends = [items.first(), items.last()];
            assert!(!ends.contains(&Some(&Item::Line)), "{title}");
            assert!(!items.windows(2).any(|two| two == [Item::Line, Item::Line]), "{title}");
        }
    }
}
