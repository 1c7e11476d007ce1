//! Which page the window shows. Decided by the backend's view alone: nobody can navigate to a page they may not see.

use foyer_contract::view::{AppView, Offers, SessionView};

/// The pages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// Nothing is known yet.
    Starting,
    /// No project is configured.
    Connect,
    /// Nobody is signed in.
    SignIn,
    /// A sign-in continues elsewhere.
    Waiting,
    /// Somebody is signed in.
    Account,
}

/// The page for this view.
pub(crate) fn page(view: Option<&AppView>) -> Page {
    let Some(view) = view else { return Page::Starting };
    match &view.session {
        _ if view.project.is_none() => Page::Connect,
        // The account that this machine keeps may be read while the session is being restored.
        SessionView::Restoring if view.account.is_some() => Page::Account,
        SessionView::Restoring => Page::Starting,
        SessionView::SignedIn { .. } => Page::Account,
        SessionView::SignedOut { .. } if view.waiting.is_empty() => Page::SignIn,
        SessionView::SignedOut { .. } => Page::Waiting,
    }
}

/// What the sign-in page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WaysIn {
    /// The project has not said yet: sign-in only, with room kept for the rest.
    Unknown,
    /// An address and a password, for people who have an account.
    SignIn,
    /// The same, and new people may sign up.
    SignInAndSignUp,
    /// None that this version knows.
    None,
}

/// What the sign-in page offers for these offers of the project.
pub(crate) fn ways_in(offers: Option<&Offers>) -> WaysIn {
    match offers {
        None => WaysIn::Unknown,
        Some(offers) if !offers.email => WaysIn::None,
        Some(offers) if offers.sign_up => WaysIn::SignInAndSignUp,
        Some(_) => WaysIn::SignIn,
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{
        AccountView, Freshness, ProfileView, ProjectView, UserView, WaitingKind, WaitingView,
    };

    use super::*;
    use crate::session::tests::empty_view;

    fn with_project(session: SessionView) -> AppView {
        let project = ProjectView {
            url: "https://abcd.supabase.co".into(),
            host: "abcd.supabase.co".into(),
            is_local: false,
            from_environment: false,
            offers: None,
        };
        AppView { project: Some(project), session, ..empty_view(1) }
    }

    fn account() -> Option<AccountView> {
        let profile = ProfileView::default();
        Some(AccountView { email: None, profile, avatar_url: None, freshness: Freshness::Cached })
    }

    fn waiting() -> WaitingView {
        WaitingView {
            id: "1".into(),
            kind: WaitingKind::SignUp,
            email: "ada@example.com".into(),
            resend_in_s: 60,
            exchanging: false,
            local_inbox: None,
        }
    }

    #[test]
    fn without_a_view_or_while_restoring_there_is_a_skeleton_and_no_sign_in_page() {
        assert_eq!(page(None), Page::Starting);
        assert_eq!(page(Some(&with_project(SessionView::Restoring))), Page::Starting);
    }

    #[test]
    fn the_account_kept_on_this_machine_is_shown_while_the_session_is_restored() {
        let view = AppView { account: account(), ..with_project(SessionView::Restoring) };

        assert_eq!(page(Some(&view)), Page::Account);
    }

    #[test]
    fn without_a_project_there_is_only_the_connect_page() {
        assert_eq!(page(Some(&empty_view(1))), Page::Connect);
    }

    #[test]
    fn signed_out_means_sign_in_or_the_flow_that_is_waiting() {
        let signed_out = with_project(SessionView::SignedOut { cause: None });
        assert_eq!(page(Some(&signed_out)), Page::SignIn);

        let view = AppView { waiting: vec![waiting()], ..signed_out };
        assert_eq!(page(Some(&view)), Page::Waiting);
    }

    #[test]
    fn an_account_that_is_left_over_does_not_open_the_account_page_while_signed_out() {
        let view = AppView { account: account(), ..with_project(SessionView::SignedOut { cause: None }) };

        assert_eq!(page(Some(&view)), Page::SignIn);
    }

    #[test]
    fn a_flow_that_waits_does_not_hide_the_account() {
        let user = UserView { email: None, verified: false };
        let view = AppView { waiting: vec![waiting()], ..with_project(SessionView::SignedIn { user }) };

        assert_eq!(page(Some(&view)), Page::Account);
    }

    #[test]
    fn only_what_the_project_allows_is_offered() {
        let offers = |email, sign_up| Offers { email, sign_up, anonymous: true, providers: vec![] };

        assert_eq!(ways_in(None), WaysIn::Unknown);
        assert_eq!(ways_in(Some(&offers(true, true))), WaysIn::SignInAndSignUp);
        assert_eq!(ways_in(Some(&offers(true, false))), WaysIn::SignIn);
        assert_eq!(ways_in(Some(&offers(false, true))), WaysIn::None);
    }
}
