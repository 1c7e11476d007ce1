//! What holds of every link, whatever it says. The fuzzer checks it, and so do the ordinary tests, on the corpus.

use supabase_session::inspect::{self, Link};

const OURS: &str = "app.foyer.desktop://auth/callback";

/// What must never be taken from a query.
const TOKENS: [&str; 5] =
    ["access_token", "refresh_token", "provider_token", "provider_refresh_token", "id_token"];

/// Whether the link is one of ours.
///
/// # Panics
/// When something does not hold.
pub(crate) fn check(link: &str) -> bool {
    let ours = OURS.parse().expect("a URL");
    let read = inspect::link(link, &ours);
    assert_eq!(read, inspect::link(link, &ours), "the same link is read as the same");
    let flow = match &read {
        Link::Refused(_) => return false,
        Link::Code { code: word, flow } | Link::Hash { hash: word, flow, .. } => {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            assert!((1..=256).contains(&word.len()) && word.bytes().all(is_plain), "{word}");
            flow
        }
        Link::Tokens { access, refresh, flow, .. } => {
            assert!(!access.is_empty() && !refresh.is_empty());
            assert!(link.contains('#'), "tokens stand in the fragment only");
            flow
        }
        Link::Refusal { error, flow, .. } => {
            assert!(!error.is_empty());
            flow
        }
        Link::Halfway { flow } => flow,
    };
    assert!(link.len() <= 16 << 10, "a longer link is not looked at");
    let rest = link.strip_prefix(OURS).expect("it leads to our address, to the letter");
    assert!(rest.is_empty() || rest.starts_with(['?', '#']), "it leads to our address and no further");
    assert!(rest.bytes().all(|byte| byte.is_ascii_graphic()), "whatever is not plain is encoded");
    let query = rest.split('#').next().unwrap_or_default().trim_start_matches('?');
    let mut keys = query.split('&').filter_map(|pair| pair.split('=').next());
    assert!(keys.all(|key| !TOKENS.contains(&key)), "no token stands in the query");
    if let Some(flow) = flow {
        assert!((1..=256).contains(&flow.len()) && query.contains('='), "a nonce comes from the query");
    }
    true
}
