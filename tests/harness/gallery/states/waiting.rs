//! What continues in a mail or in the browser.

use foyer_contract::session::{ResendFlow, VerifyFlowCode};
use foyer_contract::view::{AppView, WaitingKind, WaitingView};
use foyer_contract::{CommandError, Field, SessionErrorCode};

use super::State;
use super::ground::{signed_in, signed_out, waiting, with};

pub(super) fn all() -> Vec<State> {
    let local = Some("http://127.0.0.1:54324".to_owned());
    let mail = || waiting(WaitingKind::SignUp);
    let browser = || waiting(WaitingKind::Provider);
    vec![
        State::new("waiting-sign-up", page(mail())),
        State::new("waiting-magic-link", page(waiting(WaitingKind::MagicLink))),
        State::new("waiting-recovery", page(waiting(WaitingKind::Recovery))),
        State::new("waiting-countdown", page(WaitingView { resend_in_s: 60, ..mail() })),
        State::new("waiting-by-port", page(WaitingView { by_port: true, ..mail() })),
        State::new("waiting-local-inbox", page(WaitingView { local_inbox: local, ..mail() })),
        State::new("waiting-exchanging", page(WaitingView { exchanging: true, ..mail() })),
        State::new("waiting-resent", page(mail())).gives::<ResendFlow>(&()).click("resend"),
        State::new("waiting-code-wrong", page(mail()))
            .types("code", "123456")
            .click("code-submit")
            .fails::<VerifyFlowCode>(CommandError::new(SessionErrorCode::CodeWrong, "").on(Field::CODE)),
        State::new("waiting-all-open", page(mail())).opens("paste-link-open").opens("another-way-open"),
        State::new("waiting-provider", page(browser())),
        State::new(
            "waiting-provider-unknown",
            page(WaitingView { provider: None, can_open: false, ..browser() }),
        ),
        State::new("captcha", with(signed_out(), |it| it.captchas = vec![waiting(WaitingKind::Captcha)])),
        State::new("security-waiting-email", beside(waiting(WaitingKind::EmailChange))).click("nav-security"),
        State::new(
            "security-waiting-halfway",
            beside(WaitingView { is_halfway: true, ..waiting(WaitingKind::EmailChange) }),
        )
        .click("nav-security"),
        State::new("security-waiting-provider", beside(waiting(WaitingKind::LinkProvider)))
            .click("nav-security"),
    ]
}

fn page(flow: WaitingView) -> AppView {
    with(signed_out(), |it| it.waiting = vec![flow])
}

fn beside(flow: WaitingView) -> AppView {
    with(signed_in(), |it| it.waiting = vec![flow])
}
