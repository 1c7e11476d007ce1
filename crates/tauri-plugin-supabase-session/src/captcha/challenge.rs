//! A captcha that waits to be solved: its page on a port of this machine, and the way of its token back.

use parking_lot::Mutex;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode, header};
use supabase_session::Secret;
use tokio::sync::oneshot;
use url::Url;
use uuid::Uuid;

use super::provider::Captcha;
use crate::local_server::language::PageSettings;
use crate::local_server::{Handler, bare, header_text, html};

/// Longest token that is taken. Turnstile's have up to 2,048 characters, hCaptcha's somewhat more.
const LONGEST_TOKEN: usize = 8192;

/// A captcha that waits to be solved.
#[derive(Clone)]
pub struct PendingCaptcha {
    /// Names it in commands, among flows and other captchas. Not its path.
    pub id: String,
    /// What the browser opens. Its path cannot be guessed.
    pub url: Url,
    /// Who was signed in when that began which the captcha is for; `None` for a sign-in, for example.
    pub user: Option<Uuid>,
    /// Given up when this is taken.
    cancel: Arc<Mutex<Option<oneshot::Sender<()>>>>,
}

impl PendingCaptcha {
    /// A captcha at this address, for what began while this user was signed in. `cancel` is told when it is given up.
    pub(crate) fn new(url: Url, user: Option<Uuid>, cancel: oneshot::Sender<()>) -> Self {
        let id = format!("captcha-{}", Uuid::new_v4());
        Self { id, url, user, cancel: Arc::new(Mutex::new(Some(cancel))) }
    }

    /// Gives up: whoever waits for the token hears it.
    pub fn cancel(&self) {
        if let Some(cancel) = self.cancel.lock().take() {
            // Nobody waits any more when it was solved in this moment.
            let _gone = cancel.send(());
        }
    }
}

/// The page, and the way of its token back.
pub(crate) struct Challenge {
    pages: PageSettings,
    captcha: Captcha,
    path: String,
    origin: String,
    token: Mutex<Option<oneshot::Sender<Secret<String>>>>,
}

#[async_trait]
impl Handler for Challenge {
    async fn handle(&self, request: Request<Secret<String>>) -> Response<Full<Bytes>> {
        if request.uri().path() != self.path {
            return bare(StatusCode::NOT_FOUND);
        }
        match *request.method() {
            Method::GET => {
                let language = self.pages.language(header_text(&request, header::ACCEPT_LANGUAGE));
                let (text, policy) = self.captcha.page(&self.pages.app_name, language);
                html(text, &policy)
            }
            Method::POST if header_text(&request, header::ORIGIN) == Some(&*self.origin) => {
                let token = request.into_body();
                match token.expose().len() {
                    1..=LONGEST_TOKEN => self.hand_over(token),
                    _ => bare(StatusCode::BAD_REQUEST),
                }
            }
            _ => bare(StatusCode::METHOD_NOT_ALLOWED),
        }
    }
}

impl Challenge {
    /// A page at this path of this origin, whose token goes to `solved`.
    pub(crate) fn new(
        pages: PageSettings,
        captcha: Captcha,
        path: String,
        origin: String,
        solved: oneshot::Sender<Secret<String>>,
    ) -> Self {
        Self { pages, captcha, path, origin, token: Mutex::new(Some(solved)) }
    }

    /// The first token counts.
    fn hand_over(&self, token: Secret<String>) -> Response<Full<Bytes>> {
        let waiting = self.token.lock().take();
        match waiting.map(|waiting| waiting.send(token)) {
            Some(Ok(())) => bare(StatusCode::NO_CONTENT),
            _ => bare(StatusCode::CONFLICT),
        }
    }
}
