//! A flow that waits: what was sent where, and everything that the person can do now. Shown on a page of its own and as
//! a card on the security page.

use foyer_contract::Field as FieldName;
use foyer_contract::view::{WaitingKind, WaitingView};
use yew::prelude::*;

use super::paste_link::PasteLink;
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::disclosure::Disclosure;
use crate::components::field::code_field;
use crate::components::icon::{Icon, icon, spinner};
use crate::components::isolated::isolated;
use crate::hooks::{WaitingHandle, use_app, use_menu_items, use_waiting};
use crate::model::menu::MenuItem;
use crate::model::waiting::{can_come_by_port, in_menu, is_by_mail, signs_in, takes_link};
use crate::sentences;
use crate::text::{t, t_with, use_language};

#[derive(Properties, PartialEq)]
pub(crate) struct WaitingContentProps {
    pub(crate) waiting: WaitingView,
}

/// Everything below the title.
#[component]
pub(crate) fn WaitingContent(props: &WaitingContentProps) -> Html {
    use_language();
    let waiting = &props.waiting;
    let flow = use_waiting(waiting);
    use_items(waiting, &flow);

    html! {
        <>
            { lead(waiting) }
            { halfway(waiting) }
            { news(waiting, &flow) }
            { next_steps(waiting, &flow) }
            if waiting.takes_code {
                { code_form(waiting, &flow) }
            }
            if takes_link(waiting.kind) {
                <PasteLink />
            }
            { another_way(waiting, &flow) }
            { alert("error", flow.problem()) }
            { buttons(waiting, &flow) }
        </>
    }
}

/// What the menu has for a flow, if the menu is about this one.
#[hook]
fn use_items(waiting: &WaitingView, flow: &WaitingHandle) {
    let app = use_app();
    let is_in_menu = app.view().and_then(in_menu) == Some(waiting.id.as_str());
    let is_free = !waiting.exchanging;
    let can_resend = is_free && is_by_mail(waiting.kind) && flow.resend_in_s() == 0;
    let can_open = is_free && waiting.can_open;
    let items = vec![
        can_resend.then(|| (MenuItem::Resend, flow.resend())),
        can_open.then(|| (MenuItem::OpenAgain, flow.open_again())),
        can_open.then(|| (MenuItem::CopyAddress, flow.copy_address())),
        waiting.local_inbox.is_some().then(|| (MenuItem::OpenInbox, flow.open_inbox())),
        Some((MenuItem::Cancel, flow.cancel())),
    ];
    use_menu_items(if is_in_menu { items } else { Vec::new() });
}

/// The icon for a kind of flow.
pub(crate) fn emblem(kind: WaitingKind) -> Icon {
    match kind {
        WaitingKind::Captcha => Icon::Shield,
        kind if is_by_mail(kind) => Icon::Mail,
        _ => Icon::Browser,
    }
}

fn lead(waiting: &WaitingView) -> Html {
    html! {
        <p class="lead">
            { sentences::waiting_lead(waiting) }
            if let Some(email) = &waiting.email {
                { " " }<strong class="address" data-testid="waiting-email">{ isolated(email) }</strong>
            }
        </p>
    }
}

/// How far a change of address is that both mailboxes have to confirm.
fn halfway(waiting: &WaitingView) -> Html {
    html! {
        <div role="status">
            if waiting.is_halfway {
                <div class="progress" data-testid="halfway">
                    <progress data-testid="halfway-progress" aria-label={t("waiting-halfway")} max="2" value="1" />
                    <span>{ t("waiting-halfway") }</span>
                </div>
            }
        </div>
    }
}

fn news(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    let arrived = if signs_in(waiting.kind) { t("waiting-exchanging") } else { t("waiting-finishing") };
    html! {
        <div role="status">
            if waiting.exchanging {
                <p class="busy-line" data-testid="exchanging">{ spinner() }{ arrived }</p>
            } else if flow.was_resent() {
                <p class="good-line" data-testid="resent">{ icon(Icon::Check) }{ resent(waiting.kind) }</p>
            } else if flow.was_copied() {
                <p class="good-line" data-testid="copied">{ icon(Icon::Check) }{ t("waiting-copied") }</p>
            }
        </div>
    }
}

/// The sentence after a mail was asked for again. For an address that is confirmed already the server sends no mail of a
/// sign-up, and does not say so.
fn resent(kind: WaitingKind) -> String {
    match kind {
        WaitingKind::SignUp => t("waiting-resent-sign-up"),
        _ => t("waiting-resent"),
    }
}

fn next_steps(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    if let Some(address) = &waiting.local_inbox {
        return html! {
            <div class="inbox" data-testid="local-inbox">
                <p>{ t("waiting-local") }</p>
                <code class="inbox-address address" dir="ltr" data-testid="local-inbox-address">{ address }</code>
                <Button testid="open-inbox" weight={Weight::Primary} wide=true onclick={flow.open_inbox()}>
                    { t("open-inbox") }
                </Button>
            </div>
        };
    }
    let begin = match (is_by_mail(waiting.kind), waiting.by_port) {
        (true, false) => t("waiting-step-open"),
        (true, true) => t("waiting-step-open-loopback"),
        (false, false) => t("waiting-step-browser"),
        (false, true) => t("waiting-step-browser-loopback"),
    };
    html! {
        <ol class="steps">
            <li>{ begin }</li>
            if !waiting.is_halfway {
                <li>{ sentences::waiting_end(waiting.kind) }</li>
            }
            if is_by_mail(waiting.kind) {
                <li>{ t("waiting-step-spam") }</li>
            }
        </ol>
    }
}

fn code_form(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    html! {
        <form class="form inline-form" novalidate=true onsubmit={flow.code.submit()}>
            { code_field(flow.code.input(FieldName::CODE), t("waiting-code"), t("code-hint")) }
            { alert("code-error", flow.code.problem()) }
            <Button
                testid="code-submit"
                weight={if waiting.local_inbox.is_some() { Weight::Plain } else { Weight::Primary }}
                submit=true
                wide=true
                disabled={waiting.exchanging}
                busy={flow.code.is_busy()}
            >
                { t("code-submit") }
            </Button>
        </form>
    }
}

/// The loopback redirect, for where a click on the link does not lead to the app.
fn another_way(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    if !can_come_by_port(waiting) {
        return Html::default();
    }
    let (lead, action) = if is_by_mail(waiting.kind) {
        (t("another-way-lead-mail"), t("another-way-mail"))
    } else {
        (t("another-way-lead-browser"), t("another-way-browser"))
    };
    html! {
        <Disclosure testid="another-way-open" label={t("another-way-open")}>
            <p class="hint">{ lead }</p>
            <Button
                testid="come-back-by-port"
                wide=true
                disabled={waiting.exchanging}
                busy={flow.is_changing_way()}
                onclick={flow.come_back_by_port()}
            >
                { action }
            </Button>
        </Disclosure>
    }
}

fn buttons(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    let has_address_to_change = is_by_mail(waiting.kind) && signs_in(waiting.kind);
    html! {
        <div class="stack">
            if waiting.can_open {
                <Button testid="open-again" wide=true disabled={waiting.exchanging} onclick={flow.open_again()}>
                    { t("open-again") }
                </Button>
                <Button testid="copy-address" wide=true disabled={waiting.exchanging} onclick={flow.copy_address()}>
                    { t("copy-address") }
                </Button>
            }
            if is_by_mail(waiting.kind) {
                { resend(waiting, flow) }
            }
            if waiting.kind == WaitingKind::SignUp {
                <Button testid="confirmed" wide=true disabled={waiting.exchanging} onclick={flow.sign_in_instead()}>
                    { t("waiting-confirmed") }
                </Button>
            }
            <Button testid="cancel" weight={Weight::Quiet} wide=true onclick={flow.cancel()}>
                { if has_address_to_change { t("waiting-cancel") } else { t("cancel") } }
            </Button>
        </div>
    }
}

fn resend(waiting: &WaitingView, flow: &WaitingHandle) -> Html {
    html! {
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
    }
}
