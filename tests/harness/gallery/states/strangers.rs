//! What others wrote: names, addresses, providers and words of a server that try to leave their place.

use foyer_contract::account::{FindPublicProfile, SaveProfile};
use foyer_contract::view::{
    AccountView, AppView, ConsentView, FactorKind, IdentityView, ProfileView, SecurityView, WaitingKind,
    WaitingView,
};
use foyer_contract::{CommandError, ErrorCode};

use super::State;
use super::ground::{account, factor, having, methods, offering, signed_in, signed_out, waiting, with};

/// Turns what follows around.
const TURNED: &str = "\u{202E}ada@moc.elpmaxe \u{2067}nimda";

pub(super) fn all() -> Vec<State> {
    let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6);
    let heap = format!("A{}", "\u{0301}\u{0327}\u{0489}".repeat(400));
    let mut all = Vec::new();
    for (at, text) in [TURNED, word.as_str(), heap.as_str(), "عادة لوفليس (ada)"].into_iter().enumerate()
    {
        all.extend(of(NAMES[at], text));
    }
    all
}

const NAMES: [[&str; 6]; 4] = [
    [
        "turned-account",
        "turned-security",
        "turned-consent",
        "turned-waiting",
        "turned-public",
        "turned-sign-in",
    ],
    ["long-account", "long-security", "long-consent", "long-waiting", "long-public", "long-sign-in"],
    ["marks-account", "marks-security", "marks-consent", "marks-waiting", "marks-public", "marks-sign-in"],
    [
        "arabic-account",
        "arabic-security",
        "arabic-consent",
        "arabic-waiting",
        "arabic-public",
        "arabic-sign-in",
    ],
];

fn of(
    [in_account, in_security, in_consent, in_waiting, in_public, in_sign_in]: [&'static str; 6],
    text: &str,
) -> Vec<State> {
    let profile =
        ProfileView { full_name: text.into(), username: text.into(), website: format!("https://{text}") };
    let email = format!("{text}@example.com");
    let account = AccountView {
        email: Some(email.clone()),
        profile: profile.clone(),
        avatar_url: None,
        conflict: Some(ProfileView { username: format!("{text} 2"), ..profile.clone() }),
        ..account()
    };
    let words = CommandError { quoted: Some(text.into()), ..CommandError::new(ErrorCode::ProjectSays, "") };
    let security = SecurityView {
        identities: vec![IdentityView {
            id: Some("1".into()),
            provider: format!("custom:{text}"),
            email: Some(email.clone()),
            removable: true,
        }],
        factors: vec![factor(Some(text), FactorKind::Authenticator)],
        new_email: Some(email.clone()),
        last_sign_in_at: None,
    };
    let mail = WaitingView { email: Some(email.clone()), ..waiting(WaitingKind::MagicLink) };
    let consent =
        ConsentView { id: "1".into(), email: Some(email), is_checking: false, is_invitation: false };
    vec![
        State::new(in_account, having(account))
            .fails::<SaveProfile>(words)
            .types("website", "https://ada.example")
            .click("save"),
        State::new(in_security, with(signed_in(), |it| it.security = Some(security)))
            .click("nav-security")
            .click("open-sign-in-methods"),
        State::new(in_consent, with(signed_out(), |it| it.consent = Some(consent))),
        State::new(in_waiting, with(signed_out(), |it| it.waiting = vec![mail])),
        State::new(in_public, signed_out())
            .gives::<FindPublicProfile>(&Some(profile))
            .click("public-profile-open")
            .types("public-profile-username", "ada")
            .click("public-profile-submit"),
        State::new(in_sign_in, project_named(text)),
    ]
}

fn project_named(text: &str) -> AppView {
    with(offering(Some(methods(&["github", &format!("custom:{text}")]))), |it| {
        if let Some(project) = &mut it.project {
            project.host = format!("{text}.example.com");
        }
    })
}
