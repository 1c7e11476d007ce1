//! What providers are called, as their makers write it.

use foyer_contract::names;
use foyer_contract::view::IdentityView;

/// The providers of the Auth server by the names that `/settings` lists, and what people know them as.
const NAMES: &[(&str, &str)] = &[
    ("apple", "Apple"),
    ("azure", "Microsoft"),
    ("bitbucket", "Bitbucket"),
    ("discord", "Discord"),
    ("facebook", "Facebook"),
    ("figma", "Figma"),
    ("fly", "Fly.io"),
    ("github", "GitHub"),
    ("gitlab", "GitLab"),
    ("google", "Google"),
    ("kakao", "Kakao"),
    ("keycloak", "Keycloak"),
    ("linkedin", "LinkedIn"),
    ("linkedin_oidc", "LinkedIn"),
    ("notion", "Notion"),
    ("slack", "Slack"),
    ("slack_oidc", "Slack"),
    ("snapchat", "Snapchat"),
    ("spotify", "Spotify"),
    ("twitch", "Twitch"),
    ("twitter", "X (Twitter)"),
    ("vercel_marketplace", "Vercel"),
    ("workos", "WorkOS"),
    ("x", "X"),
    ("zoom", "Zoom"),
];

/// What the Auth server puts before the names of providers that a project's owner has set up themselves.
const CUSTOM: &str = "custom:";

/// What people know a provider as. One that nobody here knows is capitalised; one of the project's own is never taken
/// for one that is known, whatever its owner calls it.
pub(crate) fn provider_name(provider: &str) -> String {
    if let Some(own) = provider.strip_prefix(CUSTOM) {
        return words(own);
    }
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == provider) {
        return (*name).to_owned();
    }
    words(provider)
}

fn words(name: &str) -> String {
    let words = name.split(['_', '-', ' ']).filter(|word| !word.is_empty()).map(capitalised);
    names::shown(&words.collect::<Vec<_>>().join(" ")).into_owned()
}

/// Whether an identity can be unlinked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Removal {
    /// The identity can be unlinked, by this id.
    Offered(String),
    /// The identity stays: it is the only one that the server lists.
    OnlyOne,
    /// The identity stays: the server gives no id for it.
    Unnamed,
}

/// Whether this identity can be unlinked.
pub(crate) fn removal(identity: &IdentityView) -> Removal {
    match &identity.id {
        _ if !identity.removable => Removal::OnlyOne,
        Some(id) => Removal::Offered(id.clone()),
        None => Removal::Unnamed,
    }
}

/// Whether the account's address may sign in though the server lists no identity by mail: with a link to it, or with a
/// password that was set later. The server lists neither. A company's single sign-on has addresses of its own.
pub(crate) fn is_address_unlisted(identities: &[IdentityView], email: Option<&str>) -> bool {
    let by_mail =
        |identity: &IdentityView| identity.provider == "email" || is_single_sign_on(&identity.provider);
    email.is_some() && !identities.is_empty() && !identities.iter().any(by_mail)
}

/// Whether the provider is a company's single sign-on.
pub(crate) fn is_single_sign_on(provider: &str) -> bool {
    provider.starts_with("sso:")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_providers_are_written_as_their_makers_do() {
        assert_eq!(provider_name("github"), "GitHub");
        assert_eq!(provider_name("linkedin_oidc"), "LinkedIn");
        assert_eq!(provider_name("azure"), "Microsoft");
    }

    #[test]
    fn a_provider_of_the_projects_own_is_called_what_its_owner_calls_it() {
        assert_eq!(provider_name("custom:acme-works"), "Acme Works");
        assert_eq!(provider_name("custom:github"), "Github");
        assert_eq!(provider_name("ac\u{202E}me"), "Ac\u{FFFD}me");
    }

    fn identity(id: Option<&str>, provider: &str, removable: bool) -> IdentityView {
        IdentityView { id: id.map(str::to_owned), provider: provider.into(), email: None, removable }
    }

    #[test]
    fn a_way_in_that_the_server_does_not_name_stays() {
        assert_eq!(removal(&identity(Some("1"), "github", true)), Removal::Offered("1".into()));
        assert_eq!(removal(&identity(Some("1"), "github", false)), Removal::OnlyOne);
        assert_eq!(removal(&identity(None, "github", true)), Removal::Unnamed);
        assert_eq!(removal(&identity(None, "github", false)), Removal::OnlyOne);
    }

    #[test]
    fn an_address_beside_a_provider_may_sign_in_too() {
        let github = || identity(Some("1"), "github", false);
        let ada = Some("ada@example.com");

        assert!(is_address_unlisted(&[github()], ada));
        assert!(!is_address_unlisted(&[github()], None));
        assert!(!is_address_unlisted(&[github(), identity(Some("2"), "email", true)], ada));
        assert!(!is_address_unlisted(&[identity(Some("1"), "sso:8f1c", false)], ada));
        assert!(!is_address_unlisted(&[], ada));
    }

    #[test]
    fn an_unknown_provider_is_capitalised() {
        assert_eq!(provider_name("acme_works"), "Acme Works");
        assert_eq!(provider_name("émile"), "Émile");
        assert_eq!(provider_name(""), "");
    }
}
