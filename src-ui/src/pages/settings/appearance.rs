//! How the window looks, and the language that it speaks.

use foyer_contract::preferences::Theme;
use foyer_contract::session_contract::names::Named;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::select::{Entry, Select};
use crate::hooks::{use_app, use_language_choice, use_theme};
use crate::sentences;
use crate::text::{language, t};

/// The name of the entry that leaves the language to the system.
const SYSTEM: &str = "system";

/// The section with theme and language.
#[component]
pub(super) fn AppearanceSection() -> Html {
    let preferences = use_app().preferences();
    let (theme, choice) = (use_theme(), use_language_choice());
    html! {
        <section class="card" aria-labelledby="appearance-title" data-testid="settings-appearance">
            <div class="card-intro">
                <h2 id="appearance-title">{ t("appearance-title") }</h2>
            </div>
            <Select
                id="theme"
                label={t("theme")}
                entries={themes()}
                chosen={preferences.theme.name()}
                on_choose={theme.choose.clone()}
            />
            { alert("theme-error", theme.problem()) }
            <Select
                id="language"
                label={t("language")}
                entries={languages()}
                chosen={preferences.language.map_or(SYSTEM, Named::name)}
                on_choose={choice.choose.clone()}
            />
            { alert("language-error", choice.problem()) }
        </section>
    }
}

fn themes() -> Vec<Entry> {
    let themes = [Theme::System, Theme::Light, Theme::Dark].into_iter();
    themes.map(|theme| entry(theme.name(), sentences::theme(theme))).collect()
}

/// Each by the name that its speakers know it by, so that somebody finds theirs who reads no other.
fn languages() -> Vec<Entry> {
    let own = foyer_text::LANGUAGES.into_iter().map(|language| Entry {
        name: language.name(),
        words: foyer_text::own_name(language).to_owned(),
        language: language.name(),
    });
    std::iter::once(entry(SYSTEM, t("language-system"))).chain(own).collect()
}

fn entry(name: &'static str, words: String) -> Entry {
    Entry { name, words, language: language().name() }
}
