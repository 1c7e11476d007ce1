//! The small pages that a browser shows when it has come back through the loopback port: what became of it, in the
//! browser's language, and that the tab can be closed. They hold nothing from the outside.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;

use super::Outcome;

/// A page and the content security policy that it comes with.
pub struct Page {
    /// The whole document.
    pub html: String,
    /// For `Content-Security-Policy`.
    pub policy: String,
}

/// The languages of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// The first of the browser's languages (`Accept-Language`, RFC 9110 section 12.5.4) that there is.
#[must_use]
pub fn language(accepted: Option<&str>) -> Language {
    let wishes = accepted.unwrap_or_default().split(',').map(|wish| wish.trim().to_ascii_lowercase());
    let known = |wish: String| match wish.get(..2) {
        Some("de") => Some(Language::De),
        Some("en") => Some(Language::En),
        _ => None,
    };
    wishes.into_iter().find_map(known).unwrap_or(Language::En)
}

/// The look of every page that a browser shows.
pub const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{margin:0;min-height:100vh;display:grid;place-content:center;text-align:center;padding:24px;box-sizing:border-box}\
h1{font-size:1.5rem;margin:0 0 8px}\
p{margin:0;opacity:.75;max-width:32rem}";

/// The address in the tab holds a code that was just used: it goes out of the address bar and the history.
const TIDY: &str = "history.replaceState(null,'',location.pathname)";

/// Sends the fragment to where the page came from, and shows what that answers. The answer is a page of ours.
const SEND: &str = "\
const hash=location.hash.slice(1),to=location.pathname+location.search;\
history.replaceState(null,'',location.pathname);\
fetch(to,{method:'POST',body:hash}).then(a=>a.text()).then(text=>{\
const told=new DOMParser().parseFromString(text,'text/html');\
document.title=told.title;document.querySelector('main').replaceWith(told.querySelector('main'))})";

/// What became of it.
#[must_use]
pub fn done(outcome: Outcome, language: Language) -> Page {
    let (title, text) = match (outcome, language) {
        (Outcome::Done, Language::En) => {
            ("You are signed in", "You can close this tab and go back to Foyer.")
        }
        (Outcome::Done, Language::De) => {
            ("Du bist angemeldet", "Du kannst diesen Tab schließen und zu Foyer zurückkehren.")
        }
        (Outcome::Confirmed, Language::En) => {
            ("That is confirmed", "Foyer says what comes next. You can close this tab.")
        }
        (Outcome::Confirmed, Language::De) => {
            ("Das ist bestätigt", "Foyer sagt, wie es weitergeht. Du kannst diesen Tab schließen.")
        }
        (Outcome::NotDone, Language::En) => {
            ("This did not work", "Foyer says why and what to do. You can close this tab.")
        }
        (Outcome::NotDone, Language::De) => (
            "Das hat nicht geklappt",
            "Foyer sagt, warum, und wie es weitergeht. Du kannst diesen Tab schließen.",
        ),
    };
    page(language, title, text, TIDY)
}

/// Reads the fragment, which no server sees, and sends it here.
#[must_use]
pub fn fragment(language: Language) -> Page {
    let title = match language {
        Language::En => "One moment…",
        Language::De => "Einen Moment…",
    };
    page(language, title, "", SEND)
}

/// A value that nobody can guess, for one page.
#[must_use]
pub fn nonce() -> String {
    let mut random = [0_u8; 16];
    rand::rng().fill_bytes(&mut random);
    URL_SAFE_NO_PAD.encode(random)
}

impl Language {
    /// For `lang`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

fn page(language: Language, title: &str, text: &str, script: &str) -> Page {
    let nonce = nonce();
    let code = language.code();
    let html = format!(
        "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · Foyer</title>\
         <style nonce=\"{nonce}\">{STYLE}</style>\
         <main><h1>{title}</h1><p>{text}</p></main><script nonce=\"{nonce}\">{script}</script></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Page { html, policy }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_first_language_of_the_browser_that_it_knows() {
        assert_eq!(language(Some("fr-FR, de-AT;q=0.9, en;q=0.8")), Language::De);
        assert_eq!(language(Some("en-GB")), Language::En);
        for unknown in [None, Some(""), Some("*"), Some("é")] {
            assert_eq!(language(unknown), Language::En);
        }
    }

    #[test]
    fn each_page_has_a_nonce_of_its_own_and_lets_nothing_else_run() {
        let (one, other) = (done(Outcome::Done, Language::En), done(Outcome::Done, Language::En));

        assert_ne!(one.policy, other.policy);
        assert!(one.policy.starts_with("default-src 'none'"));
        assert!(!one.policy.contains("unsafe"));
    }
}
