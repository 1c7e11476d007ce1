//! Pages that a browser shows for the app: their frame, their look, and a nonce for each.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;

use super::language::Language;

/// A page and the content security policy that it comes with.
pub(crate) struct Page {
    /// The whole document.
    pub html: String,
    /// For `Content-Security-Policy`.
    pub policy: String,
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

/// A page with a title, a sentence and a script of ours. It loads nothing from elsewhere.
#[must_use]
pub(crate) fn page(app_name: &str, language: Language, title: &str, text: &str, script: &str) -> Page {
    let nonce = nonce();
    let (app_name, title, text) = (escaped(app_name), escaped(title), escaped(text));
    let begin = begin(language, &title, &app_name);
    let html = format!(
        "{begin}<style nonce=\"{nonce}\">{STYLE}</style>\
         <main><h1>{title}</h1><p>{text}</p></main><script nonce=\"{nonce}\">{script}</script></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Page { html, policy }
}

/// How every page begins, with texts that are HTML.
#[must_use]
pub(crate) fn begin(language: Language, title: &str, app_name: &str) -> String {
    let (code, direction) = (language.code(), language.direction());
    format!(
        "<!doctype html><html lang=\"{code}\" dir=\"{direction}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · {app_name}</title>"
    )
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
    fn the_name_of_an_app_is_text_and_no_markup() {
        let page = page("Salt & <Pepper>", Language::English, "Done", "Go back to Salt & <Pepper>.", "");

        assert!(
            page.html.contains("Done · Salt &amp; &lt;Pepper>") && !page.html.contains("<Pepper"),
            "{}",
            page.html
        );
    }
}
