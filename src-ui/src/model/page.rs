//! Which page the window shows. The backend's view alone decides: nobody can navigate to a page they may not see.

use foyer_contract::view::{AppView, SessionView};

/// The pages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// Nothing is known yet.
    Starting,
    /// No project is configured.
    Connect,
    /// A session is on this computer whose key the system's keychain does not give.
    Locked,
    /// Nobody is signed in.
    SignIn,
    /// A sign-in waits for a mail or the browser.
    Waiting,
    /// A link that nobody here asked for wants to sign somebody in.
    Consent,
    /// Somebody came in to choose a new password.
    NewPassword,
    /// Somebody has to show their second factor first.
    SecondFactor,
    /// Somebody is signed in.
    Account,
}

/// Whose page is shown: the person and the project. What one person typed is never shown to another, even where one
/// takes the place of the other at once.
pub(crate) fn owner(view: Option<&AppView>) -> String {
    let project = view.and_then(|view| view.supabase.project.as_ref()).map_or("", |project| &project.url);
    let user = match view.map(|view| &view.supabase.session) {
        Some(SessionView::SignedIn { user }) => &user.id,
        _ => "",
    };
    format!("{user} {project}")
}

impl Page {
    /// Shows or changes what only the person themselves may.
    #[cfg(test)]
    fn is_private(self) -> bool {
        matches!(self, Self::NewPassword | Self::SecondFactor | Self::Account)
    }
}

/// The page for this view.
pub(crate) fn page(view: Option<&AppView>) -> Page {
    let Some(AppView { supabase, account, .. }) = view else { return Page::Starting };
    match &supabase.session {
        _ if supabase.project.is_none() => Page::Connect,
        // A session that waits for its key waits for the person.
        SessionView::Restoring if supabase.protection.is_key_missing() => Page::Locked,
        // The account that this machine keeps may be read while the session is being restored.
        SessionView::Restoring if account.is_some() => Page::Account,
        SessionView::Restoring => Page::Starting,
        SessionView::SignedOut { .. } if supabase.consent.is_some() => Page::Consent,
        SessionView::SignedOut { .. } if !supabase.waiting.is_empty() => Page::Waiting,
        SessionView::SignedOut { .. } => Page::SignIn,
        SessionView::SignedIn { .. } if supabase.new_password => Page::NewPassword,
        SessionView::SignedIn { user } if user.second_factor_needed => Page::SecondFactor,
        SessionView::SignedIn { .. } => Page::Account,
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{
        ConsentView, KeychainState, Protection, ProtectionView, SecurityView, UserView, WaitingKind,
    };

    use super::*;
    use crate::model::fixtures::{
        account, empty_view, signed_in, signed_out, user, waiting, with, with_project,
    };

    fn security() -> Option<SecurityView> {
        Some(SecurityView { identities: vec![], factors: vec![], new_email: None, last_sign_in_at: None })
    }

    fn consent() -> Option<ConsentView> {
        Some(ConsentView { id: "1".into(), email: None, is_checking: true, is_invitation: false })
    }

    fn needs_second_factor() -> UserView {
        UserView { second_factor_needed: true, ..user() }
    }

    #[test]
    fn without_a_view_or_while_restoring_there_is_a_skeleton_and_no_sign_in_page() {
        assert_eq!(page(None), Page::Starting);
        assert_eq!(page(Some(&with_project(SessionView::Restoring))), Page::Starting);
    }

    #[test]
    fn the_account_kept_on_this_machine_is_shown_while_the_session_is_restored() {
        let view = AppView { account: Some(account()), ..with_project(SessionView::Restoring) };

        assert_eq!(page(Some(&view)), Page::Account);
    }

    #[test]
    fn a_session_whose_key_is_missing_asks_the_person() {
        let of = |keychain, active| {
            let protection = ProtectionView { keychain, active, ..ProtectionView::default() };
            page(Some(&with(with_project(SessionView::Restoring), |it| it.protection = protection)))
        };
        assert_eq!(of(KeychainState::Locked, None), Page::Locked);
        assert_eq!(of(KeychainState::Unanswered, None), Page::Locked);

        assert_eq!(of(KeychainState::Unknown, None), Page::Starting);
        assert_eq!(of(KeychainState::Locked, Some(Protection::KeyFile)), Page::Starting);
    }

    #[test]
    fn without_a_project_there_is_only_the_connect_page() {
        let leftovers = with(AppView { account: Some(account()), ..signed_in() }, |it| {
            it.project = None;
            it.new_password = true;
            it.consent = consent();
        });

        assert_eq!(page(Some(&empty_view(1))), Page::Connect);
        assert_eq!(page(Some(&leftovers)), Page::Connect);
    }

    #[test]
    fn signed_out_means_sign_in_or_the_flow_that_is_waiting() {
        assert_eq!(page(Some(&signed_out())), Page::SignIn);

        let view = with(signed_out(), |it| it.waiting = vec![waiting(WaitingKind::SignUp)]);
        assert_eq!(page(Some(&view)), Page::Waiting);
    }

    #[test]
    fn no_private_page_opens_for_signed_out_people_whatever_else_is_left_over() {
        for (new_password, consent) in [(false, None), (true, None), (false, consent()), (true, consent())] {
            for waiting in [vec![], vec![waiting(WaitingKind::EmailChange)]] {
                let view = with(AppView { account: Some(account()), ..signed_out() }, |it| {
                    it.new_password = new_password;
                    it.consent = consent.clone();
                    it.waiting = waiting;
                    it.security = security();
                });

                assert!(!page(Some(&view)).is_private(), "{view:?}");
            }
        }
    }

    #[test]
    fn a_link_nobody_asked_for_comes_before_a_flow_that_waits() {
        let view = with(signed_out(), |it| {
            it.waiting = vec![waiting(WaitingKind::MagicLink)];
            it.consent = consent();
        });

        assert_eq!(page(Some(&view)), Page::Consent);
    }

    #[test]
    fn a_link_nobody_asked_for_is_no_question_to_somebody_who_is_signed_in() {
        let view = with(AppView { account: Some(account()), ..signed_in() }, |it| it.consent = consent());

        assert_eq!(page(Some(&view)), Page::Account);
    }

    #[test]
    fn a_new_password_comes_before_everything_else_and_then_the_second_factor() {
        let needed = with_project(SessionView::SignedIn { user: needs_second_factor() });
        let needed = AppView { account: Some(account()), ..needed };
        let both = with(needed.clone(), |it| it.new_password = true);
        assert_eq!(page(Some(&both)), Page::NewPassword);

        let factor = with(needed, |it| it.security = security());
        assert_eq!(page(Some(&factor)), Page::SecondFactor);
    }

    #[test]
    fn a_page_belongs_to_one_person_of_one_project() {
        let of = |id: &str| {
            let user = UserView { id: id.into(), ..user() };
            with_project(SessionView::SignedIn { user })
        };
        assert_eq!(owner(Some(&of("1"))), owner(Some(&with(of("1"), |it| it.new_password = true))));
        assert_ne!(owner(Some(&of("1"))), owner(Some(&of("2"))));

        let mut elsewhere = of("1");
        elsewhere.supabase.project.as_mut().unwrap().url = "https://efgh.supabase.co".into();
        assert_ne!(owner(Some(&of("1"))), owner(Some(&elsewhere)));
    }

    #[test]
    fn a_flow_that_waits_does_not_hide_the_account() {
        let view = with(signed_in(), |it| it.waiting = vec![waiting(WaitingKind::EmailChange)]);

        assert_eq!(page(Some(&view)), Page::Account);
    }
}
