//! What providers are called, as their makers write it.

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

/// What people know a provider as. One that nobody here knows is capitalised.
pub(crate) fn provider_name(provider: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == provider) {
        return (*name).to_owned();
    }
    let words = provider.split(['_', '-', ' ']).filter(|word| !word.is_empty()).map(capitalised);
    words.collect::<Vec<_>>().join(" ")
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
    fn an_unknown_provider_is_capitalised() {
        assert_eq!(provider_name("acme_works"), "Acme Works");
        assert_eq!(provider_name("émile"), "Émile");
        assert_eq!(provider_name(""), "");
    }
}
