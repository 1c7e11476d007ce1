//! Views for tests, with as little in them as there can be.

use foyer_contract::preferences::PreferencesView;
use foyer_contract::view::{
    AccountView, AppView, Freshness, ProfileView, ProjectView, SessionView, SupabaseView, UserView,
    WaitingKind, WaitingView,
};

/// A view with nothing in it.
pub(crate) fn empty_view(revision: u64) -> AppView {
    AppView {
        revision,
        version: "0.1.0".into(),
        supabase: SupabaseView { revision, ..SupabaseView::default() },
        account: None,
        account_error: None,
        notice: None,
        preferences: PreferencesView::default(),
        updates: None,
    }
}

/// The view with a change to what the session's plugin shows.
pub(crate) fn with(mut view: AppView, change: impl FnOnce(&mut SupabaseView)) -> AppView {
    change(&mut view.supabase);
    view
}

/// A project, and this session.
pub(crate) fn with_project(session: SessionView) -> AppView {
    let project = ProjectView {
        url: "https://abcd.supabase.co".into(),
        host: "abcd.supabase.co".into(),
        is_local: false,
        is_fixed: false,
        sign_in_methods: None,
        redirect_mode: None,
    };
    with(empty_view(1), |it| {
        it.project = Some(project);
        it.session = session;
    })
}

/// A project, and nobody signed in.
pub(crate) fn signed_out() -> AppView {
    with_project(SessionView::SignedOut { cause: None })
}

/// A project, and somebody signed in.
pub(crate) fn signed_in() -> AppView {
    with_project(SessionView::SignedIn { user: user() })
}

/// Somebody without an address or a second factor.
pub(crate) fn user() -> UserView {
    UserView { id: "1".into(), email: None, is_anonymous: false, second_factor_needed: false, verified: true }
}

/// An account with an empty profile.
pub(crate) fn account() -> AccountView {
    AccountView {
        email: None,
        profile: ProfileView::default(),
        version: String::new(),
        avatar_url: None,
        has_picture: false,
        is_picture_coming: false,
        can_restore_picture: false,
        picture_limit: None,
        freshness: Freshness::Fresh,
        queued: None,
        conflict: None,
        missing_schema: None,
        refused: None,
        draft: None,
    }
}

/// A flow that waits, with the id `1`.
pub(crate) fn waiting(kind: WaitingKind) -> WaitingView {
    WaitingView {
        id: "1".into(),
        kind,
        email: Some("ada@example.com".into()),
        provider: None,
        can_open: false,
        takes_code: true,
        is_halfway: false,
        resend_in_s: 60,
        exchanging: false,
        by_port: false,
        local_inbox: None,
    }
}
