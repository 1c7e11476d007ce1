//! Pages that a browser shows for the app: their language, their look, and a nonce for each.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;

/// A page and the content security policy that it comes with.
pub(crate) struct Page {
    /// The whole document.
    pub html: String,
    /// For `Content-Security-Policy`.
    pub policy: String,
}

/// The languages of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// The first of the browser's languages (`Accept-Language`, RFC 9110 section 12.5.4) that there is.
#[must_use]
pub(crate) fn language(accepted: Option<&str>) -> Language {
    let wishes = accepted.unwrap_or_default().split(',').map(|wish| wish.trim().to_ascii_lowercase());
    let known = |wish: String| match wish.get(..2) {
        Some("de") => Some(Language::De),
        Some("en") => Some(Language::En),
        _ => None,
    };
    wishes.into_iter().find_map(known).unwrap_or(Language::En)
}

/// The look of every page that a browser shows.
pub(crate) const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{margin:0;min-height:100vh;display:grid;place-content:center;text-align:center;padding:24px;box-sizing:border-box}\
h1{font-size:1.5rem;margin:0 0 8px}\
p{margin:0;opacity:.75;max-width:32rem}";

/// A value that nobody can guess, for one page.
#[must_use]
pub(crate) fn nonce() -> String {
    let mut random = [0_u8; 16];
    rand::rng().fill_bytes(&mut random);
    URL_SAFE_NO_PAD.encode(random)
}

impl Language {
    /// For `lang`.
    #[must_use]
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

/// A page with a title, a sentence and a script of ours. It loads nothing from elsewhere.
#[must_use]
pub(crate) fn page(app_name: &str, language: Language, title: &str, text: &str, script: &str) -> Page {
    let nonce = nonce();
    let (code, app_name, text) = (language.code(), escaped(app_name), escaped(text));
    let html = format!(
        "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · {app_name}</title>\
         <style nonce=\"{nonce}\">{STYLE}</style>\
         <main><h1>{title}</h1><p>{text}</p></main><script nonce=\"{nonce}\">{script}</script></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Page { html, policy }
}

/// As text in HTML.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
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
    fn the_name_of_an_app_is_text_and_no_markup() {
        let page = page("Salt & <Pepper>", Language::En, "Done", "Go back to Salt & <Pepper>.", "");

        assert!(
            page.html.contains("Done · Salt &amp; &lt;Pepper>") && !page.html.contains("<Pepper"),
            "{}",
            page.html
        );
    }
}
