//! The way to the settings from a page that has no navigation of its own.

use yew::prelude::*;

use super::{SettingsPage, TITLE};
use crate::browser;
use crate::components::button::{Button, Weight};
use crate::hooks::{use_change, use_escape, use_menu_items};
use crate::model::menu::MenuItem;
use crate::text::{t, use_language};

/// The id of the button, which gets the focus back.
const OPENER: &str = "settings-open";

#[derive(Properties, PartialEq)]
pub(crate) struct BesideSettingsProps {
    pub(crate) children: Html,
}

/// A page with a button that shows the settings in its place. The page stays in the document meanwhile, so that nothing
/// typed in it is lost. A component for another page is another one, so that the settings close when the page changes.
#[component]
pub(crate) fn BesideSettings(props: &BesideSettingsProps) -> Html {
    use_language();
    let is_open = use_state_eq(|| false);
    let show = {
        let is_open = is_open.clone();
        Callback::from(move |to: bool| is_open.set(to))
    };
    // The focus goes to the settings when they open, and back to the button when they close.
    let target = if *is_open { TITLE } else { OPENER };
    use_change(*is_open, move || browser::focus(target));
    let item = if *is_open { MenuItem::CloseSettings } else { MenuItem::Settings };
    let is_next_open = !*is_open;
    use_menu_items(vec![Some((item, show.reform(move |_: MouseEvent| is_next_open)))]);
    use_escape(*is_open, show.reform(|()| false));

    html! {
        <>
            <div class="beside" hidden={*is_open}>
                <div class="corner">
                    <Button testid="nav-settings" id={OPENER} weight={Weight::Quiet} onclick={show.reform(|_: MouseEvent| true)}>
                        { t("nav-settings") }
                    </Button>
                </div>
                { props.children.clone() }
            </div>
            if *is_open {
                <main class="content"><SettingsPage on_back={show.reform(|_: MouseEvent| false)} /></main>
            }
        </>
    }
}
