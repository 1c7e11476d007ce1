//! Links in links: mail gateways and pages that lead on keep the link that they stand for in themselves. Pure.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::GeneralPurposeConfig;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use url::{Host, Url, form_urlencoded};

use super::text::{self, starts};

/// So many parameters and parts of a path are looked at.
const PARTS: usize = 64;

/// Gateways and senders whose links are a number in their own books.
const SEALED: [&str; 13] = [
    "mimecast.com",
    "mimecastprotect.com",
    "sendgrid.net",
    "list-manage.com",
    "mandrillapp.com",
    "hubspotlinks.com",
    "mjt.lu",
    "hornetsecurity.com",
    "avanan.click",
    "protect.checkpoint.com",
    "klclick.com",
    "sendibm1.com",
    "sparkpostmail.com",
];

/// Blanks at the end of a value are left out by most who write it.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// How Proofpoint writes the lengths of runs: `A` is 2.
const RUN_LENGTHS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The link that this one is, where it is percent-encoded as a whole.
pub(super) fn encoded(link: &str) -> Option<String> {
    let mark = link.find([':', '%'])?;
    link[mark..].starts_with('%').then(|| percent_decoded(link))
}

/// Whether the link behind this one is known to a gateway alone.
pub(super) fn is_sealed(url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else { return false };
    SEALED
        .iter()
        .any(|sealed| host.strip_suffix(sealed).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// The links in this one: those of its parameters and of its path, each from where it begins.
pub(super) fn inside(url: &Url, scheme: &str) -> Vec<String> {
    let fragment = form_urlencoded::parse(url.fragment().unwrap_or_default().as_bytes());
    let values = url.query_pairs().chain(fragment).map(|(_, value)| value.into_owned());
    let parts = url.path_segments().into_iter().flatten().map(percent_decoded);
    let texts = values.chain(parts).take(PARTS);
    let links = texts.flat_map(|text| match base64(&text) {
        Some(decoded) => links(&decoded, scheme),
        None => beginnings(&text, scheme),
    });
    links.chain(postmark(url)).collect()
}

/// Postmark's links say where they lead without its scheme: `/3s/app.example%2Fconfirm%3F../..`.
fn postmark(url: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    let (kind, rest) = url.path().strip_prefix('/')?.split_once('/')?;
    let is_postmark = host == "pstmrk.it" || host.ends_with(".pstmrk.it");
    let scheme = if kind.contains('s') { "https" } else { "http" };
    is_postmark.then(|| format!("{scheme}://{}", percent_decoded(rest.split('/').next().unwrap_or_default())))
}

/// Check Point's way to write the link that a link of theirs stands for: `/v2/___<link>___.<signature>`.
pub(super) fn between_underscores(link: &str) -> Option<String> {
    let (_, rest) = link.split_once("/v2/___")?;
    let (inner, _) = rest.rsplit_once("___.")?;
    Some(inner.to_owned())
}

/// The links of a text in which more than links stands.
fn links(text: &str, scheme: &str) -> Vec<String> {
    let text = text::tidy(text);
    beginnings(&text, scheme).iter().map(|beginning| text::link(beginning).0.to_owned()).collect()
}

fn beginnings(text: &str, scheme: &str) -> Vec<String> {
    starts(text, scheme).into_iter().take(3).map(|start| text[start..].to_owned()).collect()
}

/// A value in base64 that is a web address (`http` is `aHR0c`), as Sophos writes it, or a JSON object (`{"` is `eyJ`), as
/// Mandrill and Customer.io do.
fn base64(text: &str) -> Option<String> {
    if !["aHR0c", "eyJ"].iter().any(|beginning| text.starts_with(beginning)) {
        return None;
    }
    let engines = [GeneralPurpose::new(&URL_SAFE, LENIENT), GeneralPurpose::new(&STANDARD, LENIENT)];
    let bytes = engines.iter().find_map(|engine| engine.decode(text).ok())?;
    String::from_utf8(bytes).ok()
}

/// Proofpoint's two ways to write the link that a link of theirs stands for (their first one is a plain parameter).
pub(super) fn proofpoint(link: &str, url: &Url) -> Option<String> {
    if let Some((_, rest)) = link.split_once("/v3/__") {
        return proofpoint_3(rest);
    }
    if !url.path().starts_with("/v2/url") {
        return None;
    }
    let written = url.query_pairs().find(|(key, _)| key == "u").map(|(_, written)| written)?;
    Some(percent_decoded(&written.replace('-', "%").replace('_', "/")))
}

/// `<link>__;<base64>!`: what stands in the link as `*` is, one after the other, in the base64. `**` and a letter are a
/// run of as many of them as the letter says.
fn proofpoint_3(rest: &str) -> Option<String> {
    let (written, rest) = rest.split_once("__;")?;
    let replaced = rest.split('!').next().unwrap_or_default();
    let bytes = GeneralPurpose::new(&URL_SAFE, LENIENT).decode(replaced).ok()?;
    let replaced = String::from_utf8(bytes).ok()?;
    let mut replaced = replaced.chars();
    let (mut link, mut characters) = (String::with_capacity(written.len()), written.chars().peekable());
    while let Some(character) = characters.next() {
        if character != '*' {
            link.push(character);
        } else if characters.next_if_eq(&'*').is_some() {
            let letter = characters.next().and_then(|letter| u8::try_from(letter).ok())?;
            let length = RUN_LENGTHS.iter().position(|known| *known == letter)? + 2;
            link.extend(replaced.by_ref().take(length));
        } else {
            link.extend(replaced.next());
        }
    }
    // The gateway makes one slash of the two behind the scheme.
    let is_short = link.contains(":/") && !link.contains("://");
    Some(if is_short { link.replacen(":/", "://", 1) } else { link })
}

/// Percent-decoding alone: a plus stays a plus, and what is no encoding stays as it is.
fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [byte, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let octet = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        match octet.filter(|_| *byte == b'%') {
            Some(octet) => {
                bytes.push(octet);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
