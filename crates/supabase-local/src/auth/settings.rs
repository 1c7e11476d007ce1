//! `/settings`, `/health` and the key set: what the project says about itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};

use crate::state::App;

/// The OAuth providers that `/settings` lists and `/authorize` knows.
pub(super) const PROVIDERS: [&str; 21] = [
    "apple",
    "azure",
    "bitbucket",
    "discord",
    "facebook",
    "snapchat",
    "figma",
    "fly",
    "github",
    "gitlab",
    "google",
    "keycloak",
    "kakao",
    "linkedin",
    "linkedin_oidc",
    "notion",
    "spotify",
    "slack",
    "slack_oidc",
    "workos",
    "twitch",
];

/// `GET /settings`.
pub(super) async fn settings(State(app): State<Arc<App>>) -> Json<Value> {
    let config = &app.config;
    let enabled = |name: &str| config.providers.get(name).is_some_and(|provider| provider.enabled);
    let mut external: Map<String, Value> = PROVIDERS
        .iter()
        .chain(&["twitter", "zoom"])
        .map(|name| ((*name).to_owned(), json!(enabled(name))))
        .collect();
    external.insert("anonymous_users".into(), json!(config.anonymous_enabled));
    external.insert("email".into(), json!(config.email_enabled));
    external.insert("phone".into(), json!(false));
    Json(json!({
        "external": external,
        "disable_signup": !config.signup_enabled,
        "mailer_autoconfirm": config.autoconfirm,
        "phone_autoconfirm": false,
        "sms_provider": "",
        "saml_enabled": false,
        "saml_private_key_next_configured": true,
        "passkeys_enabled": false,
    }))
}

/// `GET /health`. The names are those of the real server (GoTrue), as clients look for them.
pub(super) async fn health() -> Json<Value> {
    Json(json!({
        "version": "",
        "name": "GoTrue",
        "description": "GoTrue is a user registration and authentication API",
    }))
}

/// `GET /.well-known/jwks.json`: the keys that verify access tokens (RFC 7517). Empty where tokens are signed with the
/// shared secret.
pub(super) async fn key_set(State(app): State<Arc<App>>) -> impl IntoResponse {
    let keys = json!({ "keys": app.signer.public_keys() });
    ([(header::CACHE_CONTROL, "public, max-age=600")], Json(keys))
}
