//! Flows that wait: what the person can do about each kind.

use foyer_contract::view::{AppView, NoticeCode, SessionNoticeCode, SessionView, WaitingKind, WaitingView};

use super::page::{Page, page};

/// Whether a flow of this kind continues in a mail (else in the browser).
pub(crate) fn is_by_mail(kind: WaitingKind) -> bool {
    match kind {
        WaitingKind::SignUp | WaitingKind::MagicLink | WaitingKind::Recovery | WaitingKind::EmailChange => {
            true
        }
        WaitingKind::Provider | WaitingKind::LinkProvider | WaitingKind::Captcha => false,
    }
}

/// Whether the link of a flow can be pasted, where it came back to another place. A captcha sends no link.
pub(crate) fn takes_link(kind: WaitingKind) -> bool {
    kind != WaitingKind::Captcha
}

/// Whether a flow can be begun anew with a loopback redirect: where it has none already, and where the app still knows
/// what to begin.
pub(crate) fn can_come_by_port(waiting: &WaitingView) -> bool {
    let is_known = is_by_mail(waiting.kind) || waiting.can_open;
    !waiting.by_port && is_known && waiting.kind != WaitingKind::Captcha
}

/// Whether a flow of this kind ends with somebody signed in who was not before.
pub(crate) fn signs_in(kind: WaitingKind) -> bool {
    matches!(
        kind,
        WaitingKind::SignUp | WaitingKind::MagicLink | WaitingKind::Recovery | WaitingKind::Provider
    )
}

/// The id of the flow that the menu's items are about. They do not say which flow they mean, so they are about the one
/// that was begun last: a captcha, which something else waits for, before the flows. A question about a link comes before
/// all of them.
pub(crate) fn in_menu(view: &AppView) -> Option<&str> {
    let supabase = &view.supabase;
    let newest = supabase.captchas.last().or(supabase.waiting.last());
    newest.filter(|_| page(Some(view)) != Page::Consent).map(|flow| flow.id.as_str())
}

/// The next step that a notice offers as a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NextStep {
    /// Send the link of this flow once more.
    Resend(String),
    /// Show the form that sends a link.
    AskForLink,
}

/// The next step after a link that signed nobody in: only while signed out, and only where a step is possible.
pub(crate) fn next_step(view: &AppView) -> Option<NextStep> {
    let code = view.notice?.code;
    let is_about_a_link = matches!(
        code,
        NoticeCode::Session(SessionNoticeCode::LinkSpent)
            | NoticeCode::Session(SessionNoticeCode::LinkUnknown)
    );
    let supabase = &view.supabase;
    let is_signed_out = matches!(supabase.session, SessionView::SignedOut { .. });
    if !is_about_a_link || !is_signed_out || supabase.consent.is_some() {
        return None;
    }
    match supabase.waiting.last() {
        Some(WaitingView { id, kind, .. }) if is_by_mail(*kind) => Some(NextStep::Resend(id.clone())),
        Some(_) => None,
        None => {
            let has_mail = supabase.project.as_ref()?.sign_in_methods.as_ref()?.email;
            has_mail.then_some(NextStep::AskForLink)
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{ConsentView, Notice, SignInMethods};

    use super::*;
    use crate::model::fixtures::{signed_in, signed_out, waiting, with};

    fn with_notice(view: AppView, code: NoticeCode) -> AppView {
        AppView { notice: Some(Notice { id: 1, code }), ..view }
    }

    fn with_mail(view: AppView, email: bool) -> AppView {
        with(view, |it| {
            it.project.as_mut().unwrap().sign_in_methods =
                Some(SignInMethods { email, sign_up: true, anonymous: false, providers: vec![] });
        })
    }

    #[test]
    fn another_way_back_is_offered_for_what_waits_for_the_apps_own_links() {
        let by_browser = |can_open| WaitingView { can_open, ..waiting(WaitingKind::Provider) };

        assert!(can_come_by_port(&waiting(WaitingKind::SignUp)));
        assert!(can_come_by_port(&waiting(WaitingKind::EmailChange)));
        assert!(can_come_by_port(&by_browser(true)));
        assert!(!can_come_by_port(&by_browser(false)), "after a restart nobody knows the provider");
        assert!(!can_come_by_port(&WaitingView { by_port: true, ..waiting(WaitingKind::SignUp) }));
        assert!(!can_come_by_port(&WaitingView { can_open: true, ..waiting(WaitingKind::Captcha) }));
    }

    #[test]
    fn the_menu_is_about_the_flow_that_was_begun_last() {
        let flow = |id: &str, kind| WaitingView { id: id.into(), ..waiting(kind) };
        assert_eq!(in_menu(&signed_in()), None);

        let two = with(signed_in(), |it| {
            it.waiting = vec![flow("1", WaitingKind::LinkProvider), flow("2", WaitingKind::EmailChange)];
        });
        assert_eq!(in_menu(&two), Some("2"));

        let held_up = with(two, |it| it.captchas = vec![flow("3", WaitingKind::Captcha)]);
        assert_eq!(in_menu(&held_up), Some("3"));
    }

    #[test]
    fn the_menu_is_about_no_flow_while_there_is_a_question_about_a_link() {
        let view = with(signed_out(), |it| {
            it.captchas = vec![waiting(WaitingKind::Captcha)];
            it.consent =
                Some(ConsentView { id: "9".into(), email: None, is_checking: false, is_invitation: false });
        });

        assert_eq!(in_menu(&view), None);
    }

    #[test]
    fn a_spent_link_is_sent_again_where_its_flow_still_waits() {
        let view = with(signed_out(), |it| it.waiting = vec![waiting(WaitingKind::Recovery)]);

        let step = next_step(&with_notice(view, NoticeCode::Session(SessionNoticeCode::LinkSpent)));
        assert_eq!(step, Some(NextStep::Resend("1".into())));
    }

    #[test]
    fn without_a_flow_a_spent_link_leads_to_the_form_that_sends_one() {
        let view =
            with_notice(with_mail(signed_out(), true), NoticeCode::Session(SessionNoticeCode::LinkUnknown));

        assert_eq!(next_step(&view), Some(NextStep::AskForLink));
    }

    #[test]
    fn no_step_is_offered_that_leads_nowhere() {
        let spent = |view| next_step(&with_notice(view, NoticeCode::Session(SessionNoticeCode::LinkSpent)));
        let in_the_browser = with(signed_out(), |it| it.waiting = vec![waiting(WaitingKind::Provider)]);

        assert_eq!(spent(with_mail(signed_out(), false)), None, "no mail");
        assert_eq!(spent(in_the_browser), None, "the page shows the browser's flow");
        assert_eq!(spent(with_mail(signed_in(), true)), None, "signed in");
        assert_eq!(
            next_step(&with_notice(
                with_mail(signed_out(), true),
                NoticeCode::Session(SessionNoticeCode::LinkRefused)
            )),
            None
        );
    }
}
