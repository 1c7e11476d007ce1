//! The settings: one section a subject, reachable signed in and signed out.

mod about;
mod appearance;
mod beside;
mod connection;
mod connection_check;
mod data;
mod diagnostics;
mod notifications;
mod security;
mod updates;

use yew::prelude::*;

pub(crate) use beside::BesideSettings;

use crate::components::button::{Button, Weight};
use crate::components::page_title::PageTitle;
use crate::text::{t, use_language};

/// The id of the page's title, which gets the focus when the person goes there.
pub(crate) const TITLE: &str = "settings-title";

#[derive(Properties, PartialEq)]
pub(crate) struct SettingsPageProps {
    /// Leads back to where the person came from, where no navigation stands beside the page.
    #[prop_or_default]
    pub(crate) on_back: Option<Callback<MouseEvent>>,
}

/// The settings page.
#[component]
pub(crate) fn SettingsPage(props: &SettingsPageProps) -> Html {
    use_language();
    html! {
        <div class="page" data-testid="settings-page">
            <div class="page-head">
                <PageTitle id={TITLE} text={t("settings-title")} />
                if let Some(onclick) = props.on_back.clone() {
                    <Button testid="settings-back" weight={Weight::Quiet} {onclick}>{ t("back") }</Button>
                }
            </div>
            <appearance::AppearanceSection />
            <security::SecuritySection />
            <connection::ConnectionSection />
            <connection_check::ConnectionCheckSection />
            <notifications::NotificationsSection />
            <data::DataSection />
            <diagnostics::DiagnosticsSection />
            <about::AboutSection />
        </div>
    }
}
