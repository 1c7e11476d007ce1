//! From the first start to somebody signed in: starting, connect, sign-in, consent, new password, second factor.

use foyer_contract::account::FindPublicProfile;
use foyer_contract::project::{ConnectProject, FindLocalProject, LocalProject};
use foyer_contract::session::{SignInWithPassword, SignUp, VerifyOtp};
use foyer_contract::view::{
    ConsentView, FactorKind, KeychainState, SessionNoticeCode, SessionView, SignOutCause, StoreWarning,
    UserView, WatchApp,
};
use foyer_contract::{CommandError, Field, SessionErrorCode};

use super::State;
use super::ground::{
    EMAIL, ended, factor, methods, nothing, offering, profile, security, signed_out, telling, user, with,
};

pub(super) fn all() -> Vec<State> {
    [first_start(), sign_in(), signed_out_with_a_reason(), before_the_account()].concat()
}

fn failure(code: SessionErrorCode) -> CommandError {
    CommandError::new(code, "")
}

fn first_start() -> Vec<State> {
    let local = LocalProject { url: "http://127.0.0.1:54321".into() };
    let locked = |keychain| {
        with(signed_out(), |it| {
            it.session = SessionView::Restoring;
            it.protection.active = None;
            it.protection.keychain = keychain;
        })
    };
    vec![
        State::silent("starting"),
        State::silent("starting-failed").fails::<WatchApp>(failure(SessionErrorCode::Internal)),
        State::new("locked", locked(KeychainState::Locked)),
        State::new("locked-unanswered", locked(KeychainState::Unanswered)),
        State::new("connect", nothing()),
        State::new("connect-local", nothing()).gives::<FindLocalProject>(&Some(local)),
        State::new("connect-wrong", nothing())
            .types("connect-url", "abcd.supabase.co")
            .types("connect-key", "sb_secret_1234567890")
            .click("connect-submit")
            .fails::<ConnectProject>(failure(SessionErrorCode::KeySecret).on(Field::KEY)),
        State::new("connect-web-page", nothing())
            .types("connect-url", "abcd.supabase.co")
            .types("connect-key", "sb_publishable_1234567890")
            .click("connect-submit")
            .fails::<ConnectProject>(failure(SessionErrorCode::WebPageAnswers).on(Field::URL)),
        State::new("connect-busy", nothing())
            .types("connect-url", "abcd.supabase.co")
            .types("connect-key", "sb_publishable_1234567890")
            .click("connect-submit"),
    ]
}

fn sign_in() -> Vec<State> {
    let many = methods(&["github", "google", "apple", "azure", "keycloak"]);
    let none = foyer_contract::view::SignInMethods { email: false, sign_up: false, ..methods(&[]) };
    let providers_alone = foyer_contract::view::SignInMethods {
        email: false,
        anonymous: true,
        ..methods(&["github", "google"])
    };
    let refused = |code| {
        State::new("", signed_out())
            .types("email", EMAIL)
            .types("password", "hunter2")
            .click("submit")
            .fails::<SignInWithPassword>(failure(code))
    };
    vec![
        State::new("sign-in", signed_out()),
        State::new("sign-in-unknown-project", offering(None)),
        State::new("sign-in-providers", offering(Some(methods(&["github", "google"])))),
        State::new("sign-in-many-providers", offering(Some(many))),
        State::new("sign-in-providers-alone", offering(Some(providers_alone))),
        State::new("sign-in-no-way", offering(Some(none))),
        State::new("sign-in-empty-submitted", signed_out()).click("submit"),
        State { name: "sign-in-refused", ..refused(SessionErrorCode::InvalidCredentials) },
        State { name: "sign-in-unconfirmed", ..refused(SessionErrorCode::EmailNotConfirmed) },
        State { name: "sign-in-intercepted", ..refused(SessionErrorCode::Intercepted) },
        State::new("sign-in-busy", signed_out())
            .types("email", EMAIL)
            .types("password", "hunter2")
            .click("submit"),
        State::new("sign-in-password-shown", signed_out())
            .types("password", "correct horse battery staple")
            .click("show-password"),
        State::new("sign-up", signed_out()).click("tab-sign-up"),
        State::new("sign-up-weak", signed_out())
            .click("tab-sign-up")
            .types("full-name", "Ada Lovelace")
            .types("email", EMAIL)
            .types("password", "hunter2")
            .click("submit")
            .fails::<SignUp>(failure(SessionErrorCode::WeakPassword)),
        State::new("sign-in-magic-link", signed_out()).click("tab-magic-link"),
        State::new("sign-in-code", signed_out()).click("have-code"),
        State::new("sign-in-code-wrong", signed_out())
            .click("have-code")
            .types("email", EMAIL)
            .types("code", "123456")
            .click("code-submit")
            .fails::<VerifyOtp>(failure(SessionErrorCode::CodeWrong).on(Field::CODE)),
        State::new("public-profile", signed_out()).click("public-profile-open"),
        State::new("public-profile-found", signed_out())
            .click("public-profile-open")
            .types("public-profile-username", "ada")
            .click("public-profile-submit")
            .gives::<FindPublicProfile>(&Some(profile())),
        State::new("public-profile-nobody", signed_out())
            .click("public-profile-open")
            .types("public-profile-username", "ada")
            .click("public-profile-submit")
            .gives::<FindPublicProfile>(&None),
    ]
}

fn signed_out_with_a_reason() -> Vec<State> {
    vec![
        State::new("signed-out-asked", ended(SignOutCause::Asked)),
        State::new("signed-out-elsewhere", ended(SignOutCause::Elsewhere)),
        State::new("signed-out-expired", ended(SignOutCause::Expired)),
        State::new("signed-out-banned", ended(SignOutCause::Banned)),
        State::new("signed-out-deleted", ended(SignOutCause::Deleted)),
        State::new("signed-out-store-lost", ended(SignOutCause::StoreLost)),
        State::new("notice-link-spent", telling(signed_out(), SessionNoticeCode::LinkSpent)),
        State::new("notice-link-sealed", telling(signed_out(), SessionNoticeCode::LinkSealed)),
        State::new(
            "store-warning-not-removed",
            with(ended(SignOutCause::Asked), |it| it.store_warning = Some(StoreWarning::NotRemoved)),
        ),
    ]
}

fn before_the_account() -> Vec<State> {
    let consent = |email: Option<&str>, is_checking, is_invitation| {
        with(signed_out(), |it| {
            let email = email.map(str::to_owned);
            it.consent = Some(ConsentView { id: "1".into(), email, is_checking, is_invitation });
        })
    };
    let needs = |factors: Vec<_>| {
        with(signed_out(), |it| {
            it.session = SessionView::SignedIn { user: UserView { second_factor_needed: true, ..user() } };
            it.security = Some(foyer_contract::view::SecurityView { factors, ..security() });
        })
    };
    let new_password = with(super::ground::loading(), |it| it.new_password = true);
    vec![
        State::new("consent-checking", consent(None, true, false)),
        State::new("consent", consent(Some(EMAIL), false, false)),
        State::new("consent-invitation", consent(Some(EMAIL), false, true)),
        State::new("consent-unknown", consent(None, false, false)),
        State::new("new-password", new_password),
        State::new("second-factor", needs(vec![factor(Some("Phone"), FactorKind::Authenticator)])),
        State::new(
            "second-factor-choice",
            needs(vec![
                factor(Some("Phone"), FactorKind::Authenticator),
                foyer_contract::view::FactorView {
                    id: "2".into(),
                    ..factor(None, FactorKind::Authenticator)
                },
            ]),
        ),
        State::new("second-factor-elsewhere", needs(vec![factor(None, FactorKind::Passkey)])),
    ]
}
