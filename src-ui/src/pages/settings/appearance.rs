//! How the window looks.

use foyer_contract::preferences::Theme;
use foyer_contract::session_contract::names::Named;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::select::{Entry, Select};
use crate::hooks::{use_app, use_theme};
use crate::sentences;
use crate::text::{language, t};

/// The section with the theme.
#[component]
pub(super) fn AppearanceSection() -> Html {
    let preferences = use_app().preferences();
    let theme = use_theme();
    let themes = [Theme::System, Theme::Light, Theme::Dark];
    let themes = themes.map(|theme| Entry {
        name: theme.name(),
        words: sentences::theme(theme),
        language: language(),
    });
    html! {
        <section class="card" aria-labelledby="appearance-title" data-testid="settings-appearance">
            <div class="card-intro">
                <h2 id="appearance-title">{ t("appearance-title") }</h2>
            </div>
            <Select
                id="theme"
                label={t("theme")}
                entries={themes.to_vec()}
                chosen={preferences.theme.name()}
                on_choose={theme.choose.clone()}
            />
            { alert("theme-error", theme.problem()) }
        </section>
    }
}
