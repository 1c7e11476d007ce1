//! Who makes the captcha that a project asks for, and the page that shows its widget.

use std::str::FromStr;

use url::Url;

use crate::local_server::language::Language;
use crate::local_server::page;
use crate::local_server::sentences::sentence;

/// Longest site key. Real ones have less than 40 characters.
const LONGEST_KEY: usize = 128;

/// Who makes and checks the captcha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptchaProvider {
    /// hCaptcha (Intuition Machines).
    HCaptcha,
    /// Turnstile (Cloudflare).
    Turnstile,
}

/// The captcha that the project's owner switched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captcha {
    provider: CaptchaProvider,
    /// Public by design.
    site_key: String,
    /// Where the widget's script is: at its provider's, unless a test says otherwise.
    script: Url,
}

/// A text that names no captcha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a captcha is written as hcaptcha:<site key> or turnstile:<site key>")]
pub struct CaptchaInvalid;

impl FromStr for Captcha {
    type Err = CaptchaInvalid;

    fn from_str(text: &str) -> Result<Self, CaptchaInvalid> {
        let (provider, site_key) = text.split_once(':').ok_or(CaptchaInvalid)?;
        let provider = match provider {
            "hcaptcha" => CaptchaProvider::HCaptcha,
            "turnstile" => CaptchaProvider::Turnstile,
            _ => return Err(CaptchaInvalid),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(1..=LONGEST_KEY).contains(&site_key.len()) || !site_key.bytes().all(plain) {
            return Err(CaptchaInvalid);
        }
        let script = Url::parse(provider.script()).map_err(|_| CaptchaInvalid)?;
        Ok(Self { provider, site_key: site_key.to_owned(), script })
    }
}

impl CaptchaProvider {
    /// The address that the provider's documentation names, with explicit rendering.
    fn script(self) -> &'static str {
        match self {
            Self::HCaptcha => "https://js.hcaptcha.com/1/api.js",
            Self::Turnstile => "https://challenges.cloudflare.com/turnstile/v0/api.js",
        }
    }

    /// The name of the object that the script makes.
    fn global(self) -> &'static str {
        match self {
            Self::HCaptcha => "hcaptcha",
            Self::Turnstile => "turnstile",
        }
    }

    /// The option of the script's `render` that says the widget's language.
    fn language_option(self) -> &'static str {
        match self {
            Self::HCaptcha => "hl",
            Self::Turnstile => "language",
        }
    }

    /// Where the widget comes from and goes to, for the content security policy, as the provider's documentation asks.
    fn sources(self) -> &'static str {
        match self {
            Self::HCaptcha => "https://hcaptcha.com https://*.hcaptcha.com",
            Self::Turnstile => "https://challenges.cloudflare.com",
        }
    }
}

impl Captcha {
    /// Who makes it.
    #[must_use]
    pub fn provider(&self) -> CaptchaProvider {
        self.provider
    }

    /// The same captcha with the script of a stand-in, for tests.
    #[must_use]
    pub fn with_script(self, script: Url) -> Self {
        Self { script, ..self }
    }

    /// The page with the widget, and the content security policy that it comes with.
    pub(crate) fn page(&self, app: &str, language: Language) -> (String, String) {
        let nonce = page::nonce();
        let [title, text, done] =
            ["captcha-title", "captcha", "captcha-done"].map(|key| sentence(language, key, app));
        let (title, text, app) = (page::escaped(&title), page::escaped(&text), page::escaped(app));
        let (begin, style, done) = (page::begin(language, &title, &app), page::STYLE, script_text(&done));
        let (provider, option, code) =
            (self.provider.global(), self.provider.language_option(), language.code());
        let (key, script) = (&self.site_key, &self.script);
        let html = format!(
            "{begin}<style nonce=\"{nonce}\">{style}#widget{{margin-top:24px}}</style>\
             <main><h1>{title}</h1><p role=\"status\">{text}</p><div id=\"widget\"></div></main>\
             <script nonce=\"{nonce}\">function solved(token){{\
             fetch(location.pathname,{{method:'POST',body:token}}).then(answer=>{{if(!answer.ok)return;\
             document.querySelector('p').textContent={done};document.getElementById('widget').remove()}})}}\
             function ready(){{{provider}.render('#widget',{{sitekey:'{key}',{option}:'{code}',callback:solved}})}}</script>\
             <script nonce=\"{nonce}\" src=\"{script}?onload=ready&amp;render=explicit\" async defer></script></html>"
        );
        let sources = format!("{} {}", self.provider.sources(), self.script.origin().ascii_serialization());
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' {sources}; frame-src {sources}; \
             style-src 'nonce-{nonce}' {sources}; connect-src 'self' {sources}; img-src {sources}; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        (html, policy)
    }
}

/// A text as a literal in a script that stands in a page.
fn script_text(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
}
