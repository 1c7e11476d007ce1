//! A sign-in that continues elsewhere: what was sent where, and what to do now.

use foyer_contract::view::WaitingView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, icon, spinner};
use crate::hooks::{use_focus_at_start, use_waiting};
use crate::text::{t, t_with};

#[derive(Properties, PartialEq)]
pub(crate) struct WaitingPageProps {
    pub(crate) waiting: WaitingView,
}

/// The waiting page.
#[component]
pub(crate) fn WaitingPage(props: &WaitingPageProps) -> Html {
    let waiting = &props.waiting;
    let flow = use_waiting(waiting);
    use_focus_at_start("waiting-title");

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" data-testid="waiting-page" aria-busy={waiting.exchanging.to_string()}>
                <div class="emblem">{ icon(Icon::Mail) }</div>
                <h1 id="waiting-title" tabindex="-1">{ t("waiting-title") }</h1>
                <p class="lead">
                    { t("waiting-sent") }{ " " }
                    <strong class="address" data-testid="waiting-email">{ &waiting.email }</strong>
                </p>
                <div role="status">
                    if waiting.exchanging {
                        <p class="busy-line" data-testid="exchanging">{ spinner() }{ t("waiting-exchanging") }</p>
                    } else if flow.was_resent() {
                        <p class="good-line" data-testid="resent">{ icon(Icon::Check) }{ t("waiting-resent") }</p>
                    }
                </div>
                { next_steps(waiting) }
                { alert("error", flow.problem().as_ref()) }
                <div class="stack">
                    <Button
                        testid="resend"
                        wide=true
                        disabled={waiting.exchanging || flow.resend_in_s() > 0}
                        busy={flow.is_resending()}
                        onclick={flow.resend()}
                    >
                        if flow.resend_in_s() > 0 {
                            { t_with("waiting-resend-in", [("seconds", flow.resend_in_s())]) }
                        } else {
                            { t("waiting-resend") }
                        }
                    </Button>
                    <Button testid="cancel" weight={Weight::Quiet} wide=true onclick={flow.cancel()}>
                        { t("waiting-cancel") }
                    </Button>
                </div>
            </section>
        </main>
    }
}

fn next_steps(waiting: &WaitingView) -> Html {
    match &waiting.local_inbox {
        Some(address) => html! {
            <div class="inbox" data-testid="local-inbox">
                <p>{ t("waiting-local") }</p>
                <code class="inbox-address address" data-testid="local-inbox-address">{ address }</code>
            </div>
        },
        None => html! {
            <ol class="steps">
                <li>{ t("waiting-step-open") }</li>
                <li>{ t("waiting-step-click") }</li>
                <li>{ t("waiting-step-spam") }</li>
            </ol>
        },
    }
}
