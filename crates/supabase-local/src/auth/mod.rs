//! `/auth/v1`: the API of Supabase Auth, that is people, their sessions and the mails that prove an address. A file per
//! route or group of routes; below them `user_row`, `session`, `flow` and `factor` are the rows, `mailer` the mails,
//! `caller` and `params` read a request, `error` is a refusal.

mod admin;
mod assurance;
mod caller;
mod email_change;
mod error;
mod external;
mod factor;
mod flow;
mod identities;
mod invite;
mod logout;
mod mailer;
mod mfa;
mod oauth_state;
mod page;
mod params;
mod password;
mod provider_sign_in;
mod reauthenticate;
mod redirect;
mod refresh;
mod refresh_token_v2;
mod resend;
mod session;
mod settings;
mod signup;
mod token;
mod totp;
mod unknown;
mod user;
mod user_row;
mod verify;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{delete, get, post, put};

use crate::state::App;

/// Auth's routes, below `/auth/v1`.
pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/signup", post(signup::sign_up))
        .route("/token", post(token::grant))
        // A scanner's HEAD must not use the link up. Without this handler axum would run the one of GET.
        .route("/verify", get(verify::open_link).post(verify::check).head(refuse))
        .route("/resend", post(resend::resend))
        .route("/recover", post(resend::recover))
        .route("/otp", post(resend::otp))
        .route("/user", get(user::show).put(user::update))
        .route("/authorize", get(external::authorize))
        .route("/callback", get(external::callback))
        .route("/user/identities/authorize", get(identities::authorize))
        .route("/user/identities/{id}", delete(identities::unlink))
        .route("/reauthenticate", get(reauthenticate::send_nonce))
        .route("/logout", post(logout::log_out))
        .route("/factors", post(mfa::enrol))
        .route("/factors/{id}", delete(mfa::unenrol))
        .route("/factors/{id}/challenge", post(mfa::challenge))
        .route("/factors/{id}/verify", post(mfa::verify))
        .route("/invite", post(invite::invite))
        .route("/admin/generate_link", post(invite::generate_link))
        .route("/admin/users", get(admin::list).post(admin::create))
        .route("/admin/users/{id}", put(admin::update).get(admin::show).delete(admin::delete))
        .route("/settings", get(settings::settings))
        .route("/health", get(settings::health))
        .route("/.well-known/jwks.json", get(settings::key_set))
        .fallback(unknown::route)
        .method_not_allowed_fallback(unknown::method)
        .layer(DefaultBodyLimit::max(error::LARGEST_BODY))
        .layer(from_fn(error::write_errors))
}

async fn refuse() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}
