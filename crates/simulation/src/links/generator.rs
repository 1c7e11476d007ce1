//! Makes hostile links: real ones, as servers were recorded to make them, with what somebody else would change.

use crate::seed::Rng;

const BASE: &str = "app.foyer.desktop://auth/callback";

/// Other beginnings that somebody might hope to be taken for ours.
const BASES: [&str; 22] = [
    "APP.FOYER.DESKTOP://auth/callback",
    "app.foyer.desktop://AUTH/callback",
    "app.foyer.desktop://auth/Callback",
    "app.foyer.desktop:/auth/callback",
    "app.foyer.desktop:auth/callback",
    "app.foyer.desktop:///auth/callback",
    "app.foyer.desktop://auth:443/callback",
    "app.foyer.desktop://auth:/callback",
    "app.foyer.desktop://user@auth/callback",
    "app.foyer.desktop://auth@evil.example/callback",
    "app.foyer.desktop://auth.evil.example/callback",
    "app.foyer.desktop://auth/callback/",
    "app.foyer.desktop://auth/callback/..",
    "app.foyer.desktop://auth/./callback",
    "app.foyer.desktop://auth//callback",
    "app.foyer.desktop://auth/callback%2f",
    "app.foyer.desktop://auth/%63allback",
    "app.foyer.desktop://auth\\callback",
    "app.foyer.desktop://auth/callback;x",
    "https://auth/callback",
    "http://127.0.0.1:3000/auth/callback",
    " app.foyer.desktop://auth/callback",
];

const KEYS: [&str; 16] = [
    "flow",
    "code",
    "error",
    "error_code",
    "error_description",
    "message",
    "token_hash",
    "type",
    "access_token",
    "refresh_token",
    "token_type",
    "expires_in",
    "provider_token",
    "id_token",
    "state",
    "Flow",
];

const VALUES: [&str; 20] = [
    "",
    "1",
    "3600",
    "-1",
    "99999999999999999999",
    "bearer",
    "magiclink",
    "recovery",
    "email_change",
    "invite",
    "access_denied",
    "server_error",
    "otp_expired",
    "flow_state_expired",
    "%00",
    "%0d%0aSet-Cookie:x",
    "%c0%af",
    "%e2%80%ae",
    "<img src=x onerror=alert(1)>",
    "8f14e45f-ceea-467f-a1d2-6b5b2f7c1d3e",
];

const SNIPPETS: [&str; 24] = [
    "%", "%z", "%2", "%25", "%3d", "%26", "%3f", "%23", "&", "=", "?", "#", "+", ";", "\u{0}", "\r\n", "\t",
    "\u{202e}", "\u{200d}", "ａ", "é", "𝒂", "//", "\\",
];

/// More than the client looks at (16 KiB).
const LONGEST: usize = 20 << 10;

/// Makes hostile links.
#[derive(Debug, Clone)]
pub struct LinkGenerator {
    rng: Rng,
    nonce: Option<String>,
    leaked: bool,
}

impl LinkGenerator {
    /// A generator that knows nothing of the pending flow.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::new(seed), nonce: None, leaked: false }
    }

    /// A generator of links that come close to this nonce or, if it has `leaked`, carry it.
    #[must_use]
    pub fn near(seed: u64, nonce: &str, leaked: bool) -> Self {
        Self { rng: Rng::new(seed), nonce: Some(nonce.to_owned()), leaked }
    }

    /// The next link. It does not carry the nonce, unless that has leaked.
    pub fn link(&mut self) -> String {
        loop {
            let mut link = self.real();
            for _ in 0..self.rng.below(6) {
                link = self.mutated(link);
            }
            let knows = self.nonce.as_deref().is_some_and(|nonce| carries(&link, nonce));
            if self.leaked || !knows {
                return link;
            }
        }
    }

    /// A link as a server makes it.
    fn real(&mut self) -> String {
        let flow = self.flow();
        let flow = if self.rng.chance(80) { format!("flow={flow}&") } else { String::new() };
        let code = self.word(&[8, 4, 4, 4, 12], b"0123456789abcdef");
        let hash = self.word(&[56], b"0123456789abcdef");
        let jwt = self.token();
        let refresh = self.word(&[12], b"abcdefghijklmnopqrstuvwxyz234567");
        let kind =
            *self.rng.pick(&["email", "signup", "magiclink", "recovery", "invite", "email_change", "sms"]);
        let refusal = *self.rng.pick(&[
            "error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid+or+has+expired",
            "error=server_error&error_code=unexpected_failure&error_description=x",
            "error=access_denied&error_description=The+user+denied",
            "error=invalid_request&error_code=flow_state_expired&error_description=x",
        ]);
        let message =
            "message=Confirmation+link+accepted.+Please+proceed+to+confirm+link+sent+to+the+other+email";
        let tokens = format!(
            "access_token={jwt}&expires_at=1800003600&expires_in=3600&refresh_token={refresh}&sb=&token_type=bearer&type={kind}"
        );
        match self.rng.below(6) {
            0 | 1 => format!("{BASE}?{flow}code={code}"),
            2 => format!("{BASE}?{flow}{refusal}#{refusal}&sb="),
            3 => format!("{BASE}?{flow}token_hash=pkce_{hash}&type={kind}"),
            4 => format!("{BASE}?{}#{tokens}", flow.trim_end_matches('&')),
            _ => format!("{BASE}?{flow}{message}#{message}&sb="),
        }
    }

    /// An access token. What it says of its user makes some of them long.
    fn token(&mut self) -> String {
        let claims = if self.rng.chance(95) { 80 } else { self.rng.index(LONGEST) };
        let (claims, signature) = (self.word(&[claims], b"eyJhbGciOi"), self.word(&[43], b"abcXYZ019"));
        format!("eyJhbGciOiJIUzI1NiJ9.{claims}.{signature}")
    }

    /// A nonce: anybody's, or one close to the right one.
    fn flow(&mut self) -> String {
        let Some(nonce) = self.nonce.clone().filter(|_| self.rng.chance(70)) else {
            return self.word(&[22], b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
        };
        if self.leaked {
            return nonce;
        }
        let at = self.rng.index(nonce.len());
        match self.rng.below(8) {
            0 => nonce[..at].to_owned(),
            1 => nonce[at..].to_owned(),
            2 => format!("{nonce}{}", self.rng.pick(&SNIPPETS)),
            3 => format!("{}{nonce}", self.rng.pick(&SNIPPETS)),
            4 => nonce.to_ascii_lowercase(),
            5 => nonce.to_ascii_uppercase(),
            6 => nonce.chars().rev().collect(),
            _ => {
                let other = *self.rng.pick(b"AZaz09-_");
                nonce.bytes().enumerate().map(|(i, b)| char::from(if i == at { other } else { b })).collect()
            }
        }
    }

    fn mutated(&mut self, link: String) -> String {
        let at = self.boundary(&link);
        let (head, tail) = link.split_at(at);
        match self.rng.below(18) {
            0 => format!("{head}{}", tail.chars().skip(1).collect::<String>()),
            1 => format!("{head}{}{tail}", self.rng.pick(&SNIPPETS)),
            2 => {
                let byte = char::from(u8::try_from(self.rng.below(128)).unwrap_or_default());
                format!("{head}{byte}{}", tail.chars().skip(1).collect::<String>())
            }
            3 => head.to_owned(),
            4 => format!("{head}{tail}{tail}"),
            5 => link.replacen(BASE, BASES[self.rng.index(BASES.len())], 1),
            6 => format!("{head}{}", encoded(tail, 1)),
            7 => format!("{BASE}{}", encoded(link.strip_prefix(BASE).unwrap_or(&link), usize::MAX)),
            8 => format!("{link}&{}={}", self.rng.pick(&KEYS), self.rng.pick(&VALUES)),
            9 => link.replacen('?', &format!("?{}={}&", self.rng.pick(&KEYS), self.rng.pick(&VALUES)), 1),
            10 => link.replacen('#', &format!("#{}={}&", self.rng.pick(&KEYS), self.rng.pick(&VALUES)), 1),
            11 => link.replacen('?', "#", 1),
            12 => link.replacen('#', "&", 1),
            13 => self.with_pairs(&link, |pairs, at, _| pairs.push(pairs[at].clone())),
            14 => self.with_pairs(&link, |pairs, at, _| drop(pairs.remove(at))),
            15 => self.with_pairs(&link, |pairs, at, other| pairs.swap(at, other)),
            16 => {
                let (old, new) = (*self.rng.pick(&KEYS), *self.rng.pick(&KEYS));
                link.replacen(old, new, 1)
            }
            _ => {
                // Mostly short, as many inputs are tried, and sometimes past the longest that is looked at.
                let length = if self.rng.chance(90) { self.rng.index(4000) } else { self.rng.index(LONGEST) };
                format!("{head}{}{tail}", "A".repeat(length))
            }
        }
    }

    fn with_pairs(&mut self, link: &str, change: impl FnOnce(&mut Vec<String>, usize, usize)) -> String {
        let (base, query) = link.split_once('?').unwrap_or((link, ""));
        let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
        let (at, other) = (self.rng.index(pairs.len()), self.rng.index(pairs.len()));
        change(&mut pairs, at, other);
        format!("{base}?{}", pairs.join("&"))
    }

    /// An index between two characters.
    fn boundary(&mut self, text: &str) -> usize {
        let mut at = self.rng.index(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn word(&mut self, parts: &[usize], alphabet: &[u8]) -> String {
        let part =
            |length: &usize| (0..*length).map(|_| char::from(*self.rng.pick(alphabet))).collect::<String>();
        parts.iter().map(part).collect::<Vec<_>>().join("-")
    }
}

/// The text with so many of its first characters percent-encoded.
fn encoded(text: &str, count: usize) -> String {
    let encode = |(at, byte): (usize, u8)| {
        if at < count { format!("%{byte:02X}") } else { char::from(byte).to_string() }
    };
    if text.is_ascii() { text.bytes().enumerate().map(encode).collect() } else { text.to_owned() }
}

/// Whether any value in the link is this nonce, however it is written.
fn carries(link: &str, nonce: &str) -> bool {
    link.split(['?', '&', '#', ';']).any(|pair| {
        let value = pair.split_once('=').map_or(pair, |(_, value)| value);
        url::form_urlencoded::parse(format!("v={value}").as_bytes()).any(|(_, value)| value == nonce)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_found_however_it_is_written() {
        assert!(carries("x://y?flow=abc&code=1", "abc"));
        assert!(carries("x://y?flow=%61bc", "abc"));
        assert!(!carries("x://y?flow=abcd", "abc"));
    }

    #[test]
    fn links_of_every_length_are_made_up_to_more_than_is_looked_at() {
        let mut generator = LinkGenerator::near(9, "abcdefghijklmnopqrstuv", false);
        let lengths: Vec<usize> = (0..20_000).map(|_| generator.link().len()).collect();

        for step in 0..=16 {
            let range = step << 10..(step + 1) << 10;
            assert!(lengths.iter().any(|length| range.contains(length)), "none of {step} KiB");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_links() {
        let make = || {
            let mut generator = LinkGenerator::near(9, "abcdefghijklmnopqrstuv", false);
            (0..50).map(|_| generator.link()).collect::<Vec<_>>()
        };

        assert_eq!(make(), make());
    }
}
