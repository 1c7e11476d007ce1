//! A link that a person copied: the one that their browser came back with, or the one in the mail. People have it in
//! the clipboard as their programs gave it to them: wrapped by a mail gateway, out of the mail's source, broken over
//! lines, with text around it, or as the link of a page of the project's owner.
//!
//! Text in, text out: nothing is opened or fetched, and whatever is found is shown to the connected project alone, so it
//! does not matter to which host a link leads. Taken is only what signs in: a link that leads back here, a link of the
//! Auth server (`/verify?token=..&type=..`), or one with a `token_hash` and its `type`. The work is bounded by the number
//! of links that are looked at and by their length.

mod base64_parts;
mod text;
mod wrapped;

use supabase_session::{FlowId, PendingFlow};
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::loopback::Loopback;

/// Longest text that is read; a whole mail's source is shorter. What comes after is not looked at.
const LONGEST_TEXT: usize = 128 << 10;

/// Longest link that is looked at. The client takes no longer one.
const LONGEST_LINK: usize = 16 << 10;

/// So many links are looked at, those in links among them.
const MOST_LINKS: usize = 1_000;

/// So many wrappers are taken off. Two is what happens: a gateway around the page of the project's owner.
const LAYERS: usize = 4;

/// What a hash may be for, as the Auth server names it.
const TYPES: [&str; 6] = ["email", "signup", "magiclink", "recovery", "invite", "email_change"];

/// What a link that leads back here may say.
const ANSWERS: [&str; 6] = ["code", "error", "error_code", "message", "token_hash", "access_token"];

/// Why nothing could be made of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// No link in it signs in.
    NoLink,
    /// It holds a link of a mail gateway that keeps the link behind it to itself: only a browser gets there.
    Sealed,
    /// A link was found that lacks its `type`: the server takes it only together with that.
    NoType,
}

/// Where links may lead back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaysIn<'a> {
    /// The app's own links.
    pub deep_link: &'a Url,
    /// What waits for a link.
    pub pending: &'a [PendingFlow],
}

/// The link that the client can take, made of what was pasted. A mail's own link becomes the link that it would have led
/// to, with a `token_hash`, which the server takes without a browser. It stays with its flow, as long as that waits.
///
/// # Errors
/// What is the matter with the text.
pub(crate) fn read(text: &str, ways: &WaysIn<'_>) -> Result<String, Unusable> {
    let mut search = Search { ways, links_left: MOST_LINKS, best: None, unusable: Unusable::NoLink };
    for variant in text::variants(text::cut(text, LONGEST_TEXT)) {
        text::each_link(&variant, ways.deep_link.scheme(), &mut |link| search.link(link, LAYERS));
    }
    search.best.map(|found| found.link).ok_or(search.unusable)
}

struct Search<'a> {
    ways: &'a WaysIn<'a>,
    /// How many more links are looked at.
    links_left: usize,
    best: Option<Found>,
    unusable: Unusable,
}

/// Something that signs in.
struct Found {
    link: String,
    worth: Worth,
}

/// How sure it is that a link was read as it was meant. A broken line can be read with or without the next one, and
/// quoted-printable text as plain text: the reading that fits what waits here is the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    /// It belongs to something that waits.
    is_awaited: bool,
    /// Its code or hash has the form that today's servers give it.
    is_whole: bool,
}

impl Search<'_> {
    /// Looks at a link, and at those in it. True when there is no need to look at more.
    fn link(&mut self, link: &str, layers: usize) -> bool {
        if self.links_left == 0 {
            return true;
        }
        self.links_left -= 1;
        if link.len() > LONGEST_LINK {
            return false;
        }
        if let Some(link) = wrapped::encoded(link) {
            return layers > 0 && self.link(&link, layers - 1);
        }
        let Ok(url) = Url::parse(link) else { return false };
        // Before anything else: what such a gateway writes looks like a link of its own, and is a mangled one.
        if let Some(inner) = wrapped::proofpoint(link, &url).or_else(|| wrapped::between_underscores(link)) {
            return layers > 0 && self.link(&inner, layers - 1);
        }
        match self.found(&url) {
            Some(found) => self.keep(found),
            None => self.links_inside(&url, layers),
        }
        self.is_sure()
    }

    fn links_inside(&mut self, url: &Url, layers: usize) {
        if wrapped::is_sealed(url) && self.unusable == Unusable::NoLink {
            self.unusable = Unusable::Sealed;
        }
        if layers == 0 {
            return;
        }
        for inner in wrapped::inside(url, self.ways.deep_link.scheme()) {
            if self.link(&inner, layers - 1) {
                return;
            }
        }
    }

    fn is_sure(&self) -> bool {
        self.best.as_ref().is_some_and(|found| found.worth.is_awaited && found.worth.is_whole)
    }

    fn keep(&mut self, found: Found) {
        if self.best.as_ref().is_none_or(|best| best.worth < found.worth) {
            self.best = Some(found);
        }
    }

    /// What the link is for us, if it signs in by itself.
    fn found(&mut self, url: &Url) -> Option<Found> {
        let is_back = self.leads_back(url);
        if !is_back && !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        let pairs = pairs(url);
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let is_verify = !is_back && url.path().trim_end_matches('/').ends_with("/verify");
        let hash = value("token_hash").or_else(|| value("token").filter(|_| is_verify));
        if let Some(hash) = hash.filter(|hash| is_plain(hash)) {
            let Some(kind) = value("type") else {
                self.unusable = Unusable::NoType;
                return None;
            };
            return TYPES.contains(&kind).then(|| self.hash(url, &pairs, hash, kind));
        }
        if !is_back || !ANSWERS.iter().any(|answer| value(answer).is_some()) {
            return None;
        }
        let is_whole = value("code").is_none_or(|code| Uuid::parse_str(code).is_ok());
        let worth = Worth { is_awaited: self.flow(url).is_some(), is_whole };
        // As it was recognised: the client compares letters, and a scheme may be typed in capitals.
        Some(Found { link: url.as_str().to_owned(), worth })
    }

    /// The link with this hash that leads back here. The flow is named by the link itself or by the address that it
    /// would have led to; one that does not wait (any more) is left out, as the hash is good without it.
    fn hash(&self, url: &Url, pairs: &[(String, String)], hash: &str, kind: &str) -> Found {
        let named = pairs.iter().filter_map(|(_, value)| Url::parse(value).ok());
        let mut own = named.chain([url.clone()]).filter(|target| self.leads_back(target));
        let flow = own.find_map(|target| Some((self.flow(&target)?.clone(), nonce(&target)?)));
        let awaited = flow.and_then(|(flow, nonce)| Some((flow.redirect_to?, nonce)));
        let is_awaited = awaited.is_some();
        let mut link = match awaited {
            Some((mut target, nonce)) => {
                target.query_pairs_mut().append_pair("flow", &nonce);
                target
            }
            None => self.ways.deep_link.clone(),
        };
        link.query_pairs_mut().append_pair("token_hash", hash).append_pair("type", kind);
        Found { link: link.into(), worth: Worth { is_awaited, is_whole: is_whole_hash(hash) } }
    }

    /// Whether this URL is one that our links lead back to.
    fn leads_back(&self, url: &Url) -> bool {
        let own = self.ways.deep_link;
        let is_deep_link =
            url.scheme() == own.scheme() && url.host() == own.host() && url.path() == own.path();
        is_deep_link || Loopback::is_address(url)
    }

    /// What waits for this link.
    fn flow(&self, url: &Url) -> Option<&PendingFlow> {
        let id = FlowId::in_link(url)?;
        self.ways.pending.iter().find(|flow| flow.id == id)
    }
}

fn nonce(url: &Url) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == "flow").map(|(_, nonce)| nonce.into_owned())
}

/// The pairs of the query, then those of the fragment.
fn pairs(url: &Url) -> Vec<(String, String)> {
    // A page that keeps its own path in the fragment has a query there.
    let fragment = url.fragment().unwrap_or_default();
    let fragment = fragment.split_once('?').map_or(fragment, |(_, query)| query);
    let fragment = form_urlencoded::parse(fragment.as_bytes());
    url.query_pairs().chain(fragment).map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// Unreserved characters, as the client takes them.
fn is_plain(hash: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (1..=256).contains(&hash.len()) && hash.bytes().all(unreserved)
}

/// SHA-224 in hex, behind the mark of a PKCE flow.
fn is_whole_hash(hash: &str) -> bool {
    let digest = hash.strip_prefix("pkce_").unwrap_or(hash);
    digest.len() == 56 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
