//! Other devices, and how the session is kept on this one.

use foyer_contract::view::ProtectionView;
use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::Button;
use crate::hooks::{SignOutHandle, use_sign_out_others};
use crate::model::sign_out::Scope;
use crate::sentences;
use crate::text::t;

#[derive(Properties, PartialEq)]
pub(super) struct DevicesCardProps {
    pub(super) protection: ProtectionView,
    pub(super) sign_out: SignOutHandle,
}

/// The section for devices.
#[component]
pub(super) fn DevicesCard(props: &DevicesCardProps) -> Html {
    let others = use_sign_out_others();
    let sign_out = &props.sign_out;

    html! {
        <section class="card" aria-labelledby="devices-title">
            <div class="card-intro">
                <h2 id="devices-title">{ t("devices-title") }</h2>
                <p class="lead">{ t("devices-lead") }</p>
            </div>
            { alert("devices-error", others.task.state().problem()) }
            { done("others-done", others.task.state().is_done(), t("notice-others-signed-out")) }
            <div class="button-row">
                <Button testid="sign-out-others" busy={others.task.is_running()} onclick={others.press}>
                    { t("sign-out-others") }
                </Button>
                <Button
                    testid="sign-out-everywhere"
                    busy={sign_out.is_running(Scope::Everywhere)}
                    onclick={sign_out.ask(Scope::Everywhere)}
                >
                    { t("sign-out-everywhere") }
                </Button>
            </div>
            <p class="hint" data-testid="session-protection">{ sentences::protection(&props.protection) }</p>
        </section>
    }
}
