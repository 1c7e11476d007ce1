//! What the states are made of.

use foyer_contract::preferences::PreferencesView;
use foyer_contract::view::{
    AccountView, AppView, FactorKind, FactorView, Freshness, IdentityView, KeychainState, Notice, NoticeCode,
    ProfileView, ProjectView, Protection, ProtectionView, RedirectMode, SecurityView, SessionView,
    SignInMethods, SignOutCause, SupabaseView, UserView, WaitingKind, WaitingView,
};

pub(super) const EMAIL: &str = "ada@example.com";

/// Nothing is connected.
pub(super) fn nothing() -> AppView {
    AppView {
        revision: 1,
        version: "0.1.0".into(),
        supabase: SupabaseView {
            revision: 1,
            session: SessionView::SignedOut { cause: None },
            protection: ProtectionView {
                active: Some(Protection::Keychain),
                keychain: KeychainState::Available,
                ..ProtectionView::default()
            },
            ..SupabaseView::default()
        },
        account: None,
        account_error: None,
        notice: None,
        preferences: PreferencesView::default(),
        updates: None,
    }
}

/// The view with a change to what the session's plugin shows.
pub(super) fn with(mut view: AppView, change: impl FnOnce(&mut SupabaseView)) -> AppView {
    change(&mut view.supabase);
    view
}

fn project() -> ProjectView {
    ProjectView {
        url: "https://abcdefghijklmnopqrst.supabase.co".into(),
        host: "abcdefghijklmnopqrst.supabase.co".into(),
        is_local: false,
        is_fixed: false,
        sign_in_methods: Some(methods(&[])),
        redirect_mode: Some(RedirectMode::DeepLink),
    }
}

pub(super) fn methods(providers: &[&str]) -> SignInMethods {
    let providers = providers.iter().map(|name| (*name).to_owned()).collect();
    SignInMethods { email: true, sign_up: true, anonymous: false, providers }
}

/// A project, and nobody signed in.
pub(super) fn signed_out() -> AppView {
    with(nothing(), |it| it.project = Some(project()))
}

/// The same, with what the project allows.
pub(super) fn offering(methods: Option<SignInMethods>) -> AppView {
    with(signed_out(), |it| {
        if let Some(project) = &mut it.project {
            project.sign_in_methods = methods;
        }
    })
}

/// The same, after a session ended.
pub(super) fn ended(cause: SignOutCause) -> AppView {
    with(signed_out(), |it| it.session = SessionView::SignedOut { cause: Some(cause) })
}

pub(super) fn user() -> UserView {
    UserView {
        id: "1".into(),
        email: Some(EMAIL.into()),
        is_anonymous: false,
        second_factor_needed: false,
        verified: true,
    }
}

/// Somebody signed in, whose account is not there yet.
pub(super) fn loading() -> AppView {
    with(signed_out(), |it| {
        it.session = SessionView::SignedIn { user: user() };
        it.security = Some(security());
    })
}

/// Somebody signed in, with this account.
pub(super) fn having(account: AccountView) -> AppView {
    AppView { account: Some(account), ..loading() }
}

/// Somebody signed in.
pub(super) fn signed_in() -> AppView {
    having(account())
}

pub(super) fn profile() -> ProfileView {
    ProfileView {
        full_name: "Ada Lovelace".into(),
        username: "ada".into(),
        website: "https://ada.example".into(),
    }
}

pub(super) fn account() -> AccountView {
    AccountView {
        email: Some(EMAIL.into()),
        profile: profile(),
        version: "1".into(),
        avatar_url: Some("/portrait.svg".into()),
        can_restore_picture: false,
        picture_limit: None,
        has_picture: true,
        is_picture_coming: false,
        freshness: Freshness::Fresh,
        queued: None,
        conflict: None,
        missing_schema: None,
        refused: None,
        draft: None,
    }
}

pub(super) fn security() -> SecurityView {
    let identity = |id: &str, provider: &str, email: &str| IdentityView {
        id: Some(id.into()),
        provider: provider.into(),
        email: Some(email.into()),
        removable: true,
    };
    SecurityView {
        identities: vec![identity("1", "email", EMAIL), identity("2", "github", "ada@users.example")],
        factors: Vec::new(),
        new_email: None,
        last_sign_in_at: Some(1_795_000_000),
    }
}

pub(super) fn factor(name: Option<&str>, kind: FactorKind) -> FactorView {
    FactorView {
        id: "1".into(),
        name: name.map(str::to_owned),
        kind,
        verified: true,
        added_at: Some(1_773_307_800),
    }
}

/// The view with a sentence above the page.
pub(super) fn telling(view: AppView, code: impl Into<NoticeCode>) -> AppView {
    AppView { notice: Some(Notice { id: 1, code: code.into() }), ..view }
}

pub(super) fn waiting(kind: WaitingKind) -> WaitingView {
    let by_mail = matches!(
        kind,
        WaitingKind::SignUp | WaitingKind::MagicLink | WaitingKind::Recovery | WaitingKind::EmailChange
    );
    WaitingView {
        id: "1".into(),
        kind,
        email: by_mail.then(|| EMAIL.into()),
        provider: (!by_mail).then(|| "github".into()),
        can_open: !by_mail,
        takes_code: by_mail,
        is_halfway: false,
        resend_in_s: 0,
        exchanging: false,
        by_port: false,
        local_inbox: None,
    }
}
