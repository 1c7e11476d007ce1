//! The desktop's notifications.

use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::switch::Switch;
use crate::hooks::{use_app, use_notifications};
use crate::text::t;

/// The section with the switch.
#[component]
pub(super) fn NotificationsSection() -> Html {
    let is_on = use_app().preferences().notifications;
    let notifications = use_notifications();

    html! {
        <section class="card" aria-labelledby="notifications-title" data-testid="settings-notifications">
            <h2 id="notifications-title">{ t("notifications-title") }</h2>
            <Switch
                testid="notifications"
                title={t("notifications-switch")}
                hint={t("notifications-hint")}
                {is_on}
                is_busy={notifications.is_switching()}
                onclick={notifications.switch(!is_on)}
            />
            { alert("notifications-error", notifications.problem()) }
        </section>
    }
}
