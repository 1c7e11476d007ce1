//! A stand-in OAuth provider with GitHub's routes and a consent page of its own, so that a sign-in with a provider can be
//! tried without an account anywhere. `auth/external.rs` exchanges its codes in process. Which person of the project signs
//! in with an account is decided in `auth/provider_sign_in.rs`.

mod account;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use account::{Account, redeem};
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::db::DbError;
use crate::mail::{Fields, render};
use crate::state::App;

/// The consent page.
const PAGE: &str = include_str!("consent.html");

/// The picture of every account: a PNG of one pixel, in base64.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type Form = BTreeMap<String, String>;

/// The provider's routes, at the root of the server.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/login/oauth/authorize", get(consent_page).post(submit_consent))
        .route("/login/oauth/access_token", post(exchange))
        .route("/api/v3/user", get(user))
        .route("/api/v3/user/emails", get(emails))
        .route("/a.png", get(picture))
}

/// The address of the provider, without a slash at its end.
pub(crate) fn address(app: &App) -> &str {
    app.config.provider_url.as_deref().unwrap_or(&app.api_url)
}

/// `GET /login/oauth/authorize`: the consent page.
async fn consent_page(State(app): State<Arc<App>>, Query(query): Query<Form>) -> Response {
    let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    if !is_own_callback(&app, text("redirect_uri")) {
        return redirect_uri_mismatch();
    }
    let fields = Fields::from([("RedirectUri", text("redirect_uri")), ("State", text("state"))]);
    // Without `form-action`, because browsers apply that to the redirect after the form as well.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(render(PAGE, &fields))).into_response()
}

/// `POST /login/oauth/authorize`: the form of the consent page. Redirects to `redirect_uri` with a code or an error.
async fn submit_consent(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let form: Form = url::form_urlencoded::parse(&body).into_owned().collect();
    let text = |name: &str| form.get(name).cloned().unwrap_or_default();
    if !is_own_callback(&app, &text("redirect_uri")) {
        return redirect_uri_mismatch();
    }
    let mut back = vec![("state", text("state"))];
    if text("decision") == "authorize" {
        if text("login").trim().is_empty() || !text("email").contains('@') {
            return refuse("invalid_account", "An account here has a login and an e-mail address.");
        }
        let account =
            Account::new(&text("login"), &text("name"), &text("email"), form.contains_key("verified"));
        match app.transact(move |tx, app| account.grant(tx, app)).await {
            Ok(code) => back.push(("code", code)),
            Err(error) => return database_error(&error),
        }
    } else {
        back.push(("error", "access_denied".into()));
        back.push(("error_description", "The user has denied your application access.".into()));
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(back).finish();
    let location = format!("{}?{query}", text("redirect_uri"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// Whether `redirect_uri` is this server's own callback, the only one that the provider knows.
fn is_own_callback(app: &App, redirect_uri: &str) -> bool {
    redirect_uri == callback(app)
}

/// The address to which a provider redirects the browser.
pub(crate) fn callback(app: &App) -> String {
    format!("{}/auth/v1/callback", app.api_url)
}

fn redirect_uri_mismatch() -> Response {
    refuse("redirect_uri_mismatch", "The redirect_uri is not associated with this application.")
}

fn refuse(error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn database_error(error: &DbError) -> Response {
    tracing::error!(%error, "the stand-in provider cannot reach its accounts");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// `POST /login/oauth/access_token`: an access token for a code. A wrong code is answered with status 200 as well, as by
/// GitHub.
async fn exchange(State(app): State<Arc<App>>, body: Bytes) -> Response {
    let form: Form = url::form_urlencoded::parse(&body).into_owned().collect();
    let code = form.get("code").cloned().unwrap_or_default();
    let now = app.clock.now();
    match app.transact(move |tx, _| redeem(tx, now, &code)).await {
        Ok(Some(token)) => {
            Json(json!({ "access_token": token, "token_type": "bearer", "scope": "user:email" }))
                .into_response()
        }
        Ok(None) => Json(json!({
            "error": "bad_verification_code",
            "error_description": "The code passed is incorrect or expired.",
        }))
        .into_response(),
        Err(error) => database_error(&error),
    }
}

/// `GET /api/v3/user`: the account of the access token.
async fn user(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    with_account(&app, &headers, |account| {
        json!({
            "id": account.id,
            "login": account.login,
            "name": account.name,
            "email": account.email,
            "avatar_url": picture_url(&app),
        })
    })
    .await
}

/// `GET /api/v3/user/emails`: the addresses of the account.
async fn emails(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    with_account(&app, &headers, |account| {
        json!([{ "email": account.email, "verified": account.email_verified, "primary": true, "visibility": null }])
    })
    .await
}

async fn with_account(app: &Arc<App>, headers: &HeaderMap, view: impl Fn(&Account) -> Value) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = bearer.strip_prefix("Bearer ").or_else(|| bearer.strip_prefix("token ")).unwrap_or_default();
    let token = token.to_owned();
    match app.transact(move |tx, _| Account::by_access_token(tx, &token)).await {
        Ok(Some(account)) => Json(view(&account)).into_response(),
        Ok(None) => (StatusCode::UNAUTHORIZED, Json(json!({ "message": "Bad credentials" }))).into_response(),
        Err(error) => database_error(&error),
    }
}

/// The address of the picture.
pub(crate) fn picture_url(app: &App) -> String {
    format!("{}/a.png", address(app))
}

/// `GET /a.png`.
async fn picture() -> Response {
    match STANDARD.decode(PICTURE) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "image/png")], bytes).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
