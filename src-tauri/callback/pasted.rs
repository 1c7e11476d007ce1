//! A link that a person copied: the one that their browser came back with, or the one in the mail itself.

use supabase_session::Project;
use url::Url;

use super::loopback::Loopback;

/// What the client can take: a mail's own link (`<project>/auth/v1/verify?token=...&type=...&redirect_to=...`) is
/// written as the link that it would have led to with a `token_hash`, which the server takes without a browser.
/// Anything else is left as it is.
#[must_use]
pub fn as_callback(text: &str, project: &Project, redirect_to: &str) -> String {
    let text = text.trim();
    mail_link(text, project, redirect_to).unwrap_or_else(|| text.to_owned())
}

fn mail_link(text: &str, project: &Project, redirect_to: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let base = project.url().path().trim_end_matches('/');
    if url.origin() != project.url().origin() || url.path() != format!("{base}/auth/v1/verify") {
        return None;
    }
    let value =
        |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    let (token, kind) = (value("token")?, value("type")?);
    let mut callback = Url::parse(redirect_to).ok()?;
    // Where it would have led to counts only if that is a way back of ours; with it comes the flow.
    if let Some(own) =
        value("redirect_to").and_then(|to| Url::parse(&to).ok()).filter(|to| is_ours(to, &callback))
    {
        callback = own;
    }
    callback.query_pairs_mut().append_pair("token_hash", &token).append_pair("type", &kind);
    Some(callback.into())
}

fn is_ours(url: &Url, deep_link: &Url) -> bool {
    let is_deep_link = url.scheme() == deep_link.scheme()
        && url.host() == deep_link.host()
        && url.path() == deep_link.path();
    is_deep_link || Loopback::is_address(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REDIRECT: &str = "app.foyer.desktop://auth/callback";

    fn taken(text: &str) -> String {
        let project = Project::new("https://abcd.supabase.co", "sb_publishable_x").unwrap();
        as_callback(text, &project, REDIRECT)
    }

    #[test]
    fn a_mails_link_becomes_the_link_with_its_hash_and_its_flow() {
        let mail = "https://abcd.supabase.co/auth/v1/verify?token=pkce_0a1b&type=signup&redirect_to=app.foyer.desktop%3A%2F%2Fauth%2Fcallback%3Fflow%3DN0nce";

        assert_eq!(
            taken(&format!(" {mail}\n")),
            format!("{REDIRECT}?flow=N0nce&token_hash=pkce_0a1b&type=signup")
        );
    }

    #[test]
    fn a_mails_link_without_a_flow_has_none_afterwards() {
        let invitation =
            "https://abcd.supabase.co/auth/v1/verify?token=0a1b&type=invite&redirect_to=https://example.com";

        assert_eq!(taken(invitation), format!("{REDIRECT}?token_hash=0a1b&type=invite"));
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "app.foyer.desktop://auth/callback?code=c&flow=n",
            "https://evil.example/auth/v1/verify?token=t&type=signup",
            "https://abcd.supabase.co/auth/v1/verify?type=signup",
            "nonsense",
            "",
        ] {
            assert_eq!(taken(text), text);
        }
    }
}
