//! The menu of everything that can be done at the moment, the list of shortcuts, and what comes of an item that no page
//! shows.

use foyer_contract::preferences::Theme;
use foyer_contract::session_contract::names::Named;
use yew::prelude::*;

use crate::components::banner::{Banner, Tone, alert};
use crate::components::button::{Button, Weight};
use crate::components::command_menu::{CommandMenu, command_menu};
use crate::components::dialog::Dialog;
use crate::components::keys::keys;
use crate::hooks::{MenuHandle, use_app, use_copy_diagnostics, use_menu_items, use_new_window, use_theme};
use crate::model::menu::MenuItem;
use crate::model::shortcut::SHORTCUTS;
use crate::sentences;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct MenusProps {
    pub(crate) menu: MenuHandle,
}

/// Whichever of the two is open, and the items that every page has.
#[component]
pub(crate) fn Menus(props: &MenusProps) -> Html {
    use_language();
    let menu = &props.menu;
    let copying = use_copy_diagnostics();
    let window = use_new_window();
    let theme = use_theme();
    let now = use_app().view().map(|view| view.preferences.theme);
    let other = |item, one: Theme| {
        let choose = theme.choose.reform(move |_: MouseEvent| one.name().to_owned());
        (now != Some(one)).then_some((item, choose))
    };
    use_menu_items(vec![
        Some((MenuItem::NewWindow, window.press.clone())),
        other(MenuItem::SystemTheme, Theme::System),
        other(MenuItem::LightTheme, Theme::Light),
        other(MenuItem::DarkTheme, Theme::Dark),
        Some((MenuItem::Shortcuts, menu.show_shortcuts())),
        Some((MenuItem::CopyDiagnostics, copying.press.clone())),
    ]);
    let outcome = copying.task.state();
    let problem = outcome.problem().or(window.task.state().problem()).or(theme.problem());

    html! {
        <>
            { alert("menu-error", problem) }
            <div role="status">
                if outcome.is_done() {
                    <Banner tone={Tone::Good} testid="menu-done">{ t("diagnostics-copied") }</Banner>
                }
            </div>
            if let Some(typed) = menu.typed() {
                { commands(menu, typed) }
            }
            if menu.shows_shortcuts() {
                { shortcuts(menu) }
            }
        </>
    }
}

fn commands(menu: &MenuHandle, typed: &str) -> Html {
    let items = menu.found();
    command_menu(&CommandMenu {
        typed,
        items: &items,
        active: menu.active(&items),
        on_type: menu.on_type(),
        on_key: menu.on_key(),
        on_choose: menu.on_choose(),
        on_close: menu.close(),
    })
}

fn shortcuts(menu: &MenuHandle) -> Html {
    html! {
        <Dialog testid="shortcuts" title={t("menu-shortcuts")} on_close={menu.close()}>
            <dl class="shortcuts">
                { for SHORTCUTS.iter().map(|shortcut| html! {
                    <div class="shortcut">
                        <dt>{ sentences::shortcut(shortcut.does) }</dt>
                        <dd>{ keys(shortcut) }</dd>
                    </div>
                }) }
            </dl>
            <div class="button-row">
                <Button testid="shortcuts-close" weight={Weight::Primary} onclick={menu.close().reform(|_: MouseEvent| ())}>
                    { t("close") }
                </Button>
            </div>
        </Dialog>
    }
}
