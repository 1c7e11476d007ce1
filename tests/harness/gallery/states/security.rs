//! The security page and the settings.

use foyer_contract::doctor::{CheckConnection, CheckName, CheckResult, Finding};
use foyer_contract::security::{
    DeleteAccount, FactorEnrollment, MfaEnroll, MfaVerify, QrView, SignOutOthers, UpdateUserPassword,
};
use foyer_contract::view::{
    FactorKind, KeychainState, Protection, ProtectionView, SecurityView, SessionNoticeCode,
};
use foyer_contract::{CommandError, ErrorCode, Field, SessionErrorCode};

use super::State;
use super::ground::{EMAIL, factor, methods, security, signed_in, telling, with};

pub(super) fn all() -> Vec<State> {
    let mut all = [guarded(), forms(), settings(), checks()].concat();
    // They all begin on the account page.
    for state in &mut all {
        let target = if state.name.starts_with("settings") { "nav-settings" } else { "nav-security" };
        state.steps.insert(0, super::Step::Click(target));
    }
    all
}

fn guarded() -> Vec<State> {
    let having = |change: &dyn Fn(&mut SecurityView)| {
        let mut security = security();
        change(&mut security);
        with(signed_in(), |it| it.security = Some(security))
    };
    vec![
        State::new("security", signed_in()),
        State::new("security-loading", with(signed_in(), |it| it.security = None)),
        State::new(
            "security-factors",
            having(&|it| {
                it.factors = vec![
                    factor(Some("Phone"), FactorKind::Authenticator),
                    foyer_contract::view::FactorView { id: "2".into(), ..factor(None, FactorKind::Passkey) },
                ];
            }),
        )
        .click("open-two-factor"),
        State::new(
            "security-one-identity",
            having(&|it| {
                it.identities.truncate(1);
                it.identities[0].removable = false;
            }),
        )
        .click("open-sign-in-methods"),
        State::new("security-no-identity", having(&|it| it.identities.clear())),
        State::new(
            "security-offers",
            with(signed_in(), |it| {
                if let Some(project) = &mut it.project {
                    project.sign_in_methods = Some(methods(&["github", "google", "keycloak"]));
                }
            }),
        )
        .click("open-sign-in-methods"),
    ]
}

fn forms() -> Vec<State> {
    // A square of squares: a QR code for the eye, not for a camera.
    let path = (0..33).step_by(2).map(|at| format!("M0 {at}h33v1h-33z")).collect();
    let enrollment = FactorEnrollment {
        id: "1".into(),
        secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".into(),
        qr: QrView { size: 33, path },
    };
    let wrong = |code: SessionErrorCode, field| CommandError::new(code, "").on(field);
    let function = CommandError {
        name: Some("delete_account".into()),
        sql: Some("create function public.delete_account() returns void ...".into()),
        ..CommandError::new(ErrorCode::FunctionMissing, "")
    };
    vec![
        State::new("security-password", signed_in()).click("open-password"),
        State::new("security-password-left", signed_in())
            .click("open-password")
            .types("new-password", "correct horse battery")
            .click("open-email"),
        State::new("security-password-changed", telling(signed_in(), SessionNoticeCode::PasswordChanged))
            .gives::<UpdateUserPassword>(&())
            .click("open-password")
            .types("new-password", "correct horse battery")
            .click("change-password"),
        State::new("security-password-asks-more", signed_in())
            .fails::<UpdateUserPassword>(CommandError::new(SessionErrorCode::CurrentPasswordNeeded, ""))
            .click("open-password")
            .types("new-password", "correct horse battery")
            .click("change-password"),
        State::new("security-password-nonce", signed_in())
            .fails::<UpdateUserPassword>(CommandError::new(SessionErrorCode::NonceNeeded, ""))
            .click("open-password")
            .types("new-password", "correct horse battery")
            .click("change-password"),
        State::new("security-email-wrong", signed_in())
            .click("open-email")
            .types("new-email", "ada")
            .click("change-email"),
        State::new("security-sessions", signed_in()).click("open-sessions"),
        State::new("security-enroll", signed_in()).gives::<MfaEnroll>(&enrollment).click("mfa-enroll"),
        State::new("security-enroll-wrong", signed_in())
            .gives::<MfaEnroll>(&enrollment)
            .fails::<MfaVerify>(wrong(SessionErrorCode::CodeWrong, Field::CODE))
            .click("mfa-enroll")
            .types("mfa-code", "123456")
            .click("mfa-verify"),
        State::new("security-others-signed-out", telling(signed_in(), SessionNoticeCode::OthersSignedOut))
            .gives::<SignOutOthers>(&())
            .click("open-sessions")
            .click("sign-out-others"),
        State::new("security-delete", signed_in()).click("delete-account"),
        State::new("security-delete-no-function", signed_in())
            .fails::<DeleteAccount>(function)
            .click("delete-account")
            .types("delete-confirm", EMAIL)
            .click("delete-submit"),
    ]
}

fn settings() -> Vec<State> {
    let protected = |protection: ProtectionView| with(signed_in(), |it| it.protection = protection);
    let known = ProtectionView {
        chosen: Some(Protection::KeyFile),
        active: Some(Protection::KeyFile),
        keychain: KeychainState::Absent,
        file_modes: true,
    };
    vec![
        State::new("settings", signed_in()),
        State::new("settings-key-file", protected(known)),
        State::new("settings-no-modes", protected(ProtectionView { file_modes: false, ..known })),
        State::new(
            "settings-memory",
            protected(ProtectionView {
                chosen: Some(Protection::Memory),
                active: Some(Protection::Memory),
                ..known
            }),
        ),
        State::new(
            "settings-keychain-locked",
            protected(ProtectionView {
                keychain: KeychainState::Locked,
                active: None,
                chosen: None,
                ..known
            }),
        ),
    ]
}

/// The check of the connection: under way, with everything in order, with a line in each state, refused.
fn checks() -> Vec<State> {
    let line = |(check, finding, figure, remedy): (CheckName, Finding, Option<&str>, Option<&str>)| {
        let text = |text: Option<&str>| text.map(str::to_owned);
        CheckResult { check, finding, figure: text(figure), remedy: text(remedy) }
    };
    let in_order = CheckName::ALL.iter().map(|check| line((*check, Finding::Good, None, None)));
    let mixed = [
        (CheckName::Key, Finding::Good, None, None),
        (CheckName::Server, Finding::Good, None, None),
        (CheckName::Certificate, Finding::Good, Some("TLS 1.3, 2027-02-20"), None),
        (CheckName::Mail, Finding::MailerNotTold, None, None),
        (CheckName::Redirect, Finding::RedirectLoopback, None, Some("com.example.account://auth/callback*")),
        (
            CheckName::Profiles,
            Finding::ColumnsMissing,
            Some("website, updated_at"),
            Some("alter table public.profiles add column if not exists website text;\n"),
        ),
        (
            CheckName::BucketWriters,
            Finding::AnybodyWrites,
            None,
            Some("drop policy loose on storage.objects;"),
        ),
        (CheckName::Clock, Finding::ClockWrong, Some("-3600 s"), None),
        (CheckName::Links, Finding::LinksElsewhere, Some("Another App"), None),
    ];
    vec![
        State::new("settings-check-running", signed_in()).click("check-start"),
        State::new("settings-check-good", signed_in())
            .gives::<CheckConnection>(&Some(in_order.collect()))
            .click("check-start"),
        State::new("settings-check-mixed", signed_in())
            .gives::<CheckConnection>(&Some(mixed.map(line).to_vec()))
            .click("check-start")
            .opens("check-remedy"),
        State::new("settings-check-refused", signed_in())
            .fails::<CheckConnection>(CommandError::new(SessionErrorCode::NotConfigured, ""))
            .click("check-start"),
    ]
}
