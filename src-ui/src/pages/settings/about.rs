//! The app itself: its version, its license, and those of the packages that it is made of.

use yew::prelude::*;

use super::updates::updates_part;
use crate::components::button::{Button, Weight};
use crate::hooks::{use_app, use_licenses, use_updates};
use crate::text::{t, t_with, use_language};

/// The section on the app.
#[component]
pub(super) fn AboutSection() -> Html {
    let (app, updates) = (use_app(), use_updates());
    let shows_licenses = use_state_eq(|| false);
    let toggle = {
        let shows_licenses = shows_licenses.clone();
        Callback::from(move |_: MouseEvent| shows_licenses.set(!*shows_licenses))
    };
    let version = app.view().map_or("", |view| &view.version);

    html! {
        <section class="card" aria-labelledby="about-title" data-testid="settings-about">
            <div class="card-intro">
                <h2 id="about-title">{ t("about-title") }</h2>
                <p class="lead" data-testid="about-version">{ t_with("about-version", [("version", version)]) }</p>
            </div>
            { updates_part(&updates) }
            <p>{ t("about-license") }</p>
            <div class="button-row">
                <Button testid="licenses-toggle" weight={Weight::Quiet} onclick={toggle}>
                    { if *shows_licenses { t("licenses-hide") } else { t("licenses-show") } }
                </Button>
            </div>
            if *shows_licenses {
                <Licenses />
            }
        </section>
    }
}

/// The packages of others, by license. Names of licenses and packages are the same in every language.
#[component]
fn Licenses() -> Html {
    use_language();
    let licenses = use_licenses().unwrap_or_default();
    html! {
        <dl class="licenses" dir="ltr" tabindex="0" aria-label={t("licenses-show")} data-testid="licenses">
            { for licenses.iter().map(|license| html! {
                <>
                    <dt>{ &license.name }</dt>
                    <dd>{ license.packages.join(", ") }</dd>
                </>
            }) }
        </dl>
    }
}
