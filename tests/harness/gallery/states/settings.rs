//! The settings: connection, notifications, data, about.

use foyer_contract::desktop::{
    CheckRedirects, ClearCache, CopyRedirectEntry, DataFolder, FindDataFolder, FindLicenses, FindRedirects,
    License, OpenFolder, RedirectsView,
};
use foyer_contract::diagnostics::CopyDiagnostics;
use foyer_contract::doctor::{CheckName, CheckResult, Finding};
use foyer_contract::preferences::{Language, SetLanguage, SetNotifications, SetTheme, Theme};
use foyer_contract::session_contract::protection::{RestoreSession, SetProtection};
use foyer_contract::view::{AppView, KeychainState, Protection, ProtectionView, RedirectMode};
use foyer_contract::{CommandError, ErrorCode, Message, SessionErrorCode};

use super::ground::{signed_in, signed_out, with};
use super::{State, Step};

pub(super) fn all() -> Vec<State> {
    let mut all = [connection(), others(), choices(), check_under_way()].concat();
    for state in &mut all {
        // The button stands on the page of somebody who is not signed in, too.
        state.steps.insert(0, Step::Click("nav-settings"));
        *state = std::mem::replace(state, State::silent(""))
            .gives::<FindDataFolder>(&DataFolder { path: "~/.local/share/com.example.account".into() });
    }
    all
}

/// A view whose project uses this mode, which lets this much through.
fn coming_back(view: AppView, used: Option<RedirectMode>) -> AppView {
    with(view, |it| {
        if let Some(project) = &mut it.project {
            project.redirect_mode = used;
        }
    })
}

fn redirects(allowed: RedirectMode, opens_links: bool) -> RedirectsView {
    let entry = "com.example.account://auth/callback*".into();
    RedirectsView { allowed: Some(allowed), opens_links: Some(opens_links), entry }
}

fn connection() -> Vec<State> {
    use RedirectMode::{BareDeepLink, DeepLink, Loopback};
    let missing = redirects(Loopback, true);
    let by_port = |name| State::new(name, coming_back(signed_in(), Some(Loopback)));
    let fixed = with(signed_in(), |it| {
        if let Some(project) = &mut it.project {
            project.is_fixed = true;
        }
    });
    vec![
        by_port("settings-redirect-missing").gives::<FindRedirects>(&missing),
        by_port("settings-redirect-copied")
            .gives::<FindRedirects>(&missing)
            .gives::<CopyRedirectEntry>(&())
            .click("redirect-entry-copy"),
        by_port("settings-redirect-desktop").gives::<FindRedirects>(&redirects(DeepLink, false)),
        State::new("settings-redirect-narrow", coming_back(signed_in(), Some(BareDeepLink)))
            .gives::<FindRedirects>(&redirects(BareDeepLink, true)),
        State::new("settings-redirect-unknown", coming_back(signed_in(), None)),
        by_port("settings-redirect-checking").gives::<FindRedirects>(&missing).click("redirect-check"),
        by_port("settings-redirect-checked")
            .gives::<FindRedirects>(&missing)
            .gives::<CheckRedirects>(&missing)
            .click("redirect-check"),
        by_port("settings-redirect-offline")
            .gives::<FindRedirects>(&missing)
            .fails::<CheckRedirects>(CommandError::new(SessionErrorCode::Offline, ""))
            .click("redirect-check"),
        State::new("settings-project-fixed", fixed),
        State::new("settings-project-leave", signed_in()).click("project-leave"),
        State::new("settings-signed-out", signed_out()),
        State::new("settings-signed-out-project-leave", signed_out()).click("project-leave"),
    ]
}

fn others() -> Vec<State> {
    let mut quiet = signed_in();
    quiet.preferences.notifications = false;
    let license = |name: &str, packages: &[&str]| License {
        name: name.into(),
        packages: packages.iter().map(|package| (*package).to_owned()).collect(),
    };
    let licenses = vec![
        license("MIT", &["tokio 1.48.0", "tracing 0.1.44", "zbus 5.19.0"]),
        license("MIT OR Apache-2.0", &["serde 1.0.228", "tauri 2.12.5", "url 2.5.7", "yew 0.23.0"]),
        license("Unicode-3.0", &["icu_collections 2.1.1", "icu_locale_core 2.1.1"]),
    ];
    let unopened = CommandError::new(ErrorCode::FolderNotOpened, "");
    vec![
        State::new("settings-notifications-off", quiet),
        State::new("settings-cache-cleared", signed_in()).gives::<ClearCache>(&()).click("clear-cache"),
        State::new("settings-folder-unopened", signed_in()).fails::<OpenFolder>(unopened).click("open-data"),
        State::new("settings-licenses", signed_in())
            .gives::<FindLicenses>(&licenses)
            .click("licenses-toggle"),
    ]
}

/// What is chosen, under way and refused.
fn choices() -> Vec<State> {
    let refused = |code: SessionErrorCode| CommandError::new(code, "");
    let mut chosen = signed_in();
    chosen.preferences.theme = Theme::Dark;
    chosen.preferences.language = Some(Language::Arabic);
    let unanswered = with(signed_in(), |it| {
        it.protection = ProtectionView { active: None, keychain: KeychainState::Unanswered, ..it.protection };
    });
    let absent = with(signed_in(), |it| {
        let active = Some(Protection::KeyFile);
        it.protection =
            ProtectionView { active, chosen: active, keychain: KeychainState::Absent, file_modes: true };
    });
    vec![
        // What cannot be written counts until the app ends.
        State::new("settings-theme-refused", chosen.clone())
            .fails::<SetTheme>(refused(SessionErrorCode::StoreUnwritable))
            .types("theme", "dark"),
        State::new("settings-language-refused", chosen.clone())
            .fails::<SetLanguage>(refused(SessionErrorCode::StoreUnwritable))
            .types("language", "ar"),
        State::new("settings-chosen", chosen),
        State::new("settings-protection-changing", signed_in()).click("protection-memory"),
        State::new("settings-protection-refused", absent)
            .fails::<SetProtection>(refused(SessionErrorCode::KeychainUnavailable))
            .click("protection-keychain"),
        State::new("settings-keychain-unanswered", unanswered)
            .fails::<RestoreSession>(refused(SessionErrorCode::KeychainUnavailable)),
        State::new("settings-notifications-refused", signed_in())
            .fails::<SetNotifications>(refused(SessionErrorCode::StoreUnwritable))
            .click("notifications"),
        State::new("settings-diagnostics-copied", signed_in())
            .gives::<CopyDiagnostics>(&())
            .click("copy-diagnostics"),
        State::new("settings-diagnostics-refused", signed_in())
            .fails::<CopyDiagnostics>(refused(SessionErrorCode::ClipboardUnavailable))
            .click("copy-diagnostics"),
    ]
}

/// The check of the connection, of which a few lines are there.
fn check_under_way() -> Vec<State> {
    let line =
        |check, finding| Message::Check(Box::new(CheckResult { check, finding, figure: None, remedy: None }));
    vec![
        State::new("settings-check-some", signed_in())
            .click("check-start")
            .then_hears(&line(CheckName::Key, Finding::Good))
            .then_hears(&line(CheckName::Server, Finding::Good))
            .then_hears(&line(CheckName::Captcha, Finding::CaptchaAsked)),
    ]
}
