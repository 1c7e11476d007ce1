//! What holds of every pasted text, whatever it says. The fuzzer checks it, and so do the ordinary tests, on the corpus.

use url::Url;

const OURS: &str = "app.foyer.desktop://auth/callback";

/// Whether something in the text signs in. `read` gives the link that is made of a text, while nothing waits.
///
/// # Panics
/// When something does not hold.
pub(crate) fn check(text: &str, read: impl Fn(&str, &Url) -> Option<String>) -> bool {
    let ours = OURS.parse().expect("a URL");
    let taken = read(text, &ours);
    assert_eq!(taken, read(text, &ours), "the same text is read as the same");
    let Some(link) = taken else { return false };
    assert!(link.len() <= (16 << 10) + 512, "no longer than a link may be, and what is added to it");
    let link: Url = link.parse().expect("a link");
    let is_ours =
        (link.scheme(), link.host_str(), link.path()) == ("app.foyer.desktop", Some("auth"), "/callback");
    let is_loopback =
        (link.scheme(), link.host_str(), link.path()) == ("http", Some("127.0.0.1"), "/auth/callback");
    assert!(is_ours || is_loopback, "it leads back here: {link}");
    true
}
