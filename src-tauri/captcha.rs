//! A captcha that the project asks for: its maker's widget, shown by a small page on this machine in the system's
//! browser, whose token comes back to the same port. Only where the project's owner has named the site key
//! (`FOYER_CAPTCHA`); without it the window says in one sentence that it cannot show one.

use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use foyer_contract::ErrorCode;
use foyer_contract::view::NoticeCode;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode, header};
use supabase_session::{Client, PendingFlow, Secret};
use tokio::sync::oneshot;
use url::Url;
use uuid::Uuid;

use crate::app::App;
use crate::callback::page::{self, Language};
use crate::connection::Connection;
use crate::error::Failure;
use crate::port::{Port, Site, bare, body, header_text, html};

/// Longest token that is taken. Makers' have up to 2,048 characters (Turnstile), hCaptcha's somewhat more.
const LONGEST_TOKEN: usize = 8192;

/// Longest site key. Real ones have less than 40 characters.
const LONGEST_KEY: usize = 128;

/// Who makes the captcha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// hCaptcha (Intuition Machines).
    HCaptcha,
    /// Turnstile (Cloudflare).
    Turnstile,
}

/// The captcha that the project's owner switched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captcha {
    maker: Maker,
    /// Public by design.
    site_key: String,
    /// Where the widget's script is; its maker's place unless a test says otherwise.
    script: Url,
}

/// A text that names no captcha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a captcha is written as hcaptcha:<site key> or turnstile:<site key>")]
pub struct CaptchaInvalid;

impl FromStr for Captcha {
    type Err = CaptchaInvalid;

    fn from_str(text: &str) -> Result<Self, CaptchaInvalid> {
        let (maker, site_key) = text.split_once(':').ok_or(CaptchaInvalid)?;
        let maker = match maker {
            "hcaptcha" => Maker::HCaptcha,
            "turnstile" => Maker::Turnstile,
            _ => return Err(CaptchaInvalid),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !(1..=LONGEST_KEY).contains(&site_key.len()) || !site_key.bytes().all(plain) {
            return Err(CaptchaInvalid);
        }
        let script = Url::parse(maker.script()).map_err(|_| CaptchaInvalid)?;
        Ok(Self { maker, site_key: site_key.to_owned(), script })
    }
}

impl Maker {
    /// The address that the maker's documentation names, with explicit rendering.
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

    /// Where the widget comes from and goes to, for the content security policy, as the maker's documentation asks.
    fn sources(self) -> &'static str {
        match self {
            Self::HCaptcha => "https://hcaptcha.com https://*.hcaptcha.com",
            Self::Turnstile => "https://challenges.cloudflare.com",
        }
    }
}

impl Captcha {
    /// The same with a script from elsewhere, for tests with a stand-in.
    #[must_use]
    pub fn with_script(self, script: Url) -> Self {
        Self { script, ..self }
    }

    fn page(&self, language: Language) -> (String, String) {
        let nonce = page::nonce();
        let (title, text, done) = match language {
            Language::En => (
                "One check first",
                "The project asks for it before it lets anybody in.",
                "Thank you. You can close this tab and go back to Foyer.",
            ),
            Language::De => (
                "Erst eine Prüfung",
                "Das Projekt verlangt sie, bevor es jemanden einlässt.",
                "Danke. Du kannst diesen Tab schließen und zu Foyer zurückkehren.",
            ),
        };
        let (code, style, maker) = (language.code(), page::STYLE, self.maker.global());
        let (key, script) = (&self.site_key, &self.script);
        let html = format!(
            "<!doctype html><html lang=\"{code}\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · Foyer</title>\
             <style nonce=\"{nonce}\">{style}#widget{{margin-top:24px}}</style>\
             <main><h1>{title}</h1><p role=\"status\">{text}</p><div id=\"widget\"></div></main>\
             <script nonce=\"{nonce}\">function solved(token){{\
             fetch(location.pathname,{{method:'POST',body:token}}).then(answer=>{{if(!answer.ok)return;\
             document.querySelector('p').textContent='{done}';document.getElementById('widget').remove()}})}}\
             function ready(){{{maker}.render('#widget',{{sitekey:'{key}',callback:solved}})}}</script>\
             <script nonce=\"{nonce}\" src=\"{script}?onload=ready&amp;render=explicit\" async defer></script></html>"
        );
        let sources = format!("{} {}", self.maker.sources(), self.script.origin().ascii_serialization());
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' {sources}; frame-src {sources}; \
             style-src 'nonce-{nonce}' {sources}; connect-src 'self' {sources}; img-src {sources}; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        (html, policy)
    }
}

/// A captcha that waits to be solved.
#[derive(Clone)]
pub struct Asked {
    /// Names it in commands, among flows and other captchas. Not its path.
    pub id: String,
    /// What the browser opens. Its path cannot be guessed.
    pub url: Url,
    /// Given up when this is taken.
    cancel: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

impl Asked {
    /// Gives up: whoever waits for the token hears it.
    pub fn cancel(&self) {
        if let Some(cancel) = self.cancel.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // Nobody waits any more when it was solved in this moment.
            let _gone = cancel.send(());
        }
    }
}

/// The page, and the way of its token back.
struct Widget {
    captcha: Captcha,
    path: String,
    origin: String,
    token: Mutex<Option<oneshot::Sender<Secret<String>>>>,
}

#[async_trait]
impl Site for Widget {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        if request.uri().path() != self.path {
            return bare(StatusCode::NOT_FOUND);
        }
        match *request.method() {
            Method::GET => {
                let language = page::language(header_text(&request, header::ACCEPT_LANGUAGE));
                let (text, policy) = self.captcha.page(language);
                html(text, &policy)
            }
            Method::POST if header_text(&request, header::ORIGIN) == Some(&*self.origin) => {
                match body(request, LONGEST_TOKEN).await.filter(|token| !token.is_empty()) {
                    Some(token) => self.hand_over(Secret::from(token)),
                    None => bare(StatusCode::BAD_REQUEST),
                }
            }
            _ => bare(StatusCode::METHOD_NOT_ALLOWED),
        }
    }
}

impl Widget {
    /// The first token counts.
    fn hand_over(&self, token: Secret<String>) -> Response<Full<Bytes>> {
        let waiting = self.token.lock().unwrap_or_else(PoisonError::into_inner).take();
        match waiting.map(|waiting| waiting.send(token)) {
            Some(Ok(())) => bare(StatusCode::NO_CONTENT),
            _ => bare(StatusCode::CONFLICT),
        }
    }
}

impl App {
    /// Begins something that may continue elsewhere (see [`Connection::begin_flow`]), past a captcha where the project
    /// asks for one.
    ///
    /// # Errors
    /// What `begin` says, and as [`past_captcha`](Self::past_captcha).
    pub async fn begin<T, F>(
        &self,
        connection: &Arc<Connection>,
        begin: impl Fn(Client) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<(T, Option<PendingFlow>), Failure>>,
    {
        self.past_captcha(connection, |client| connection.begin_flow(client, &begin)).await
    }

    /// Tries something. Where the project asks for a captcha and its owner has named it here, the person solves it in
    /// the browser and it is tried once more.
    ///
    /// # Errors
    /// What `attempt` says; `Cancelled` when the captcha was given up.
    pub async fn past_captcha<T, F>(
        &self,
        connection: &Arc<Connection>,
        attempt: impl Fn(Client) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let client = connection.client();
        let captcha = match attempt(client.clone()).await {
            Err(error) if error.code() == ErrorCode::CaptchaRequired => {
                connection.surroundings().captcha.clone().ok_or(error)?
            }
            outcome => return outcome,
        };
        let token = self.solve(connection, captcha).await?;
        attempt(client.with_captcha(token)).await
    }

    /// Lets the person solve a captcha in the browser, and answers its token.
    async fn solve(&self, connection: &Arc<Connection>, captcha: Captcha) -> Result<Secret<String>, Failure> {
        let unavailable =
            |_| Failure::new(ErrorCode::LoopbackUnavailable, "no port can be opened for the captcha");
        let port = Port::open(0).await.map_err(unavailable)?;
        let path = format!("/captcha/{}", page::nonce());
        let url = port
            .origin()
            .join(&path)
            .map_err(|_| Failure::new(ErrorCode::Internal, "the page has no address"))?;
        let (solved, token) = oneshot::channel();
        let (cancel, cancelled) = oneshot::channel();
        let origin = port.origin().origin().ascii_serialization();
        let widget = Widget { captcha, path, origin, token: Mutex::new(Some(solved)) };
        let (over, is_over) = oneshot::channel::<()>();
        connection.keep(tauri::async_runtime::spawn(port.serve(Arc::new(widget), async {
            // Sent or dropped: either way it is over.
            drop(is_over.await);
        })));
        let id = format!("captcha-{}", Uuid::new_v4());
        let cancel = Arc::new(Mutex::new(Some(cancel)));
        connection.elsewhere().ask_captcha(Asked { id: id.clone(), url: url.clone(), cancel });
        self.publish();
        if !self.desktop().open_in_browser(&url).await {
            self.notify(NoticeCode::BrowserNotOpened);
        }
        let outcome = tokio::select! {
            token = token => token.ok(),
            _ = cancelled => None,
        };
        connection.elsewhere().drop_captcha(&id);
        drop(over);
        self.publish();
        self.raise_window();
        outcome.ok_or_else(|| Failure::new(ErrorCode::Cancelled, "the captcha was given up"))
    }
}

#[cfg(test)]
#[path = "captcha_tests.rs"]
mod tests;
