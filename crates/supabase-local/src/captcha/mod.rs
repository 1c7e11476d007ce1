//! A stand-in for the captcha providers hCaptcha and Turnstile: a script with the same JavaScript objects as theirs, a
//! box to tick, and a token for each tick. Which calls need a token is decided in `auth`.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};

use crate::state::App;

/// The script that a page loads. It shows the box in a frame.
const SCRIPT: &str = include_str!("api.js");

/// The page in that frame. It asks for a token and posts the token to the page around it.
const BOX: &str = include_str!("box.html");

/// The stand-in's routes, at the root of the server.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/captcha/api.js", get(script))
        .route("/captcha/box", get(tick_box))
        .route("/captcha/token", post(token))
}

/// `GET /captcha/api.js`.
async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

/// `GET /captcha/box`.
async fn tick_box() -> impl IntoResponse {
    // The page around the frame gets the token, so only pages of this machine may frame the box.
    let policy = "default-src 'none'; script-src 'unsafe-inline'; connect-src 'self'; \
                  frame-ancestors http://127.0.0.1:* http://localhost:*";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(BOX))
}

/// `POST /captcha/token`: the box was ticked. Answers a new token.
async fn token(State(app): State<Arc<App>>) -> String {
    let token = app.random.uuid().to_string();
    app.captcha_tokens.issue(token.clone(), app.clock.now());
    token
}
