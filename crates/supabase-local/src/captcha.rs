//! A stand-in for hCaptcha and Turnstile: a script that makes the objects which those of the makers make, a box to tick,
//! and the tokens that come of it. Which calls ask for one is decided in `auth`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use time::OffsetDateTime;

use crate::server::App;

/// A token is good for so long, as the makers' are.
const LIFETIME: Duration = Duration::from_secs(120);

/// The widget: a frame of the address that the script was loaded from.
const SCRIPT: &str = include_str!("captcha.js");

/// What the frame shows. It asks for a token and hands it to the page around it.
const BOX: &str = include_str!("captcha.html");

/// The tokens that nobody has used yet.
#[derive(Debug, Default)]
pub(crate) struct Captcha(Mutex<HashMap<String, OffsetDateTime>>);

impl Captcha {
    fn issue(&self, token: String, now: OffsetDateTime) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|_, issued| now - *issued < LIFETIME);
        tokens.insert(token, now);
    }

    /// Whether this is a token that nobody has used and that is not too old. It is used now.
    pub(crate) fn take(&self, token: &str, now: OffsetDateTime) -> bool {
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
        issued.is_some_and(|issued| now - issued < LIFETIME)
    }
}

/// The stand-in's routes, at the root.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/captcha/api.js", get(script))
        .route("/captcha/box", get(tick_box))
        .route("/captcha/token", post(token))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

async fn tick_box() -> impl IntoResponse {
    // The page around it gets the token, so it must be one of this machine.
    let policy = "default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'; \
                  frame-ancestors http://127.0.0.1:* http://localhost:*";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(BOX))
}

/// `POST /captcha/token`: the box was ticked.
async fn token(State(app): State<Arc<App>>) -> String {
    let token = app.random.uuid().to_string();
    app.captcha.issue(token.clone(), app.clock.now());
    token
}
