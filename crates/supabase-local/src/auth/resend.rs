//! `/resend`, `/recover` and `/otp`: mails that anybody can request for an address. The answer is the same whether or not
//! the address has an account.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::email_change;
use super::error::AuthError;
use super::flow::{self, Flow};
use super::mailer::{self, Kind};
use super::params::{self, Challenge, RedirectTo};
use super::signup::{self, EMAIL_SIGNUP};
use super::user_row::User;
use crate::db::Tx;
use crate::state::App;

#[derive(Debug, Deserialize)]
struct MailRequest {
    #[serde(default)]
    email: String,
    #[serde(default, rename = "type")]
    mail_type: String,
    #[serde(default = "default_true")]
    create_user: bool,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(flatten)]
    challenge: Challenge,
}

fn default_true() -> bool {
    true
}

/// A mail that is to be sent, if there is a person for it.
struct MailOrder {
    email: String,
    kind: Kind,
    method: &'static str,
    challenge: Challenge,
    destination: String,
}

/// `POST /resend`: sends the mail of an unconfirmed sign-up or of an unconfirmed change of address again.
pub(super) async fn resend(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    params::check_captcha(&app, &body)?;
    let request: MailRequest = params::json(&body)?;
    match request.mail_type.as_str() {
        "signup" => {}
        "email_change" => {
            return resend_change(
                Arc::clone(&app),
                &request.email,
                redirect_to.destination(&app.config, &headers),
            )
            .await;
        }
        _ => {
            let message = "Missing one of these types: signup, email_change, sms, phone_change";
            return Err(AuthError::invalid(message));
        }
    }
    let order = MailOrder {
        email: params::email(&request.email)?,
        kind: Kind::Confirmation,
        method: EMAIL_SIGNUP,
        challenge: request.challenge,
        destination: redirect_to.destination(&app.config, &headers),
    };
    send(app, order, |user| user.email_confirmed_at.is_none()).await
}

/// Sends the mails of a change of address again, to the person whose present address is `email`.
async fn resend_change(app: Arc<App>, email: &str, destination: String) -> Result<Json<Value>, AuthError> {
    let email = params::email(email)?;
    app.transact(move |tx, app| {
        let waits = |user: &User| user.email_change.as_ref().is_some_and(|email| !email.is_empty());
        if let Some(mut user) = User::by_email(tx, &email)?.filter(waits) {
            email_change::send_mails(tx, app, &mut user, &destination, false)?;
        }
        Ok(Json(json!({})))
    })
    .await
}

/// `POST /recover`: mails a link to a new password.
pub(super) async fn recover(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    params::check_captcha(&app, &body)?;
    let request: MailRequest = params::json(&body)?;
    if !app.config.email_enabled {
        return Err(AuthError::new(400, "email_provider_disabled", "Email logins are disabled"));
    }
    let order = MailOrder {
        email: params::email(&request.email)?,
        kind: Kind::Recovery,
        method: flow::RECOVERY,
        challenge: request.challenge,
        destination: redirect_to.destination(&app.config, &headers),
    };
    send(app, order, |_| true).await
}

/// `POST /otp`: mails a link and a code to sign in with. A new person is made when `create_user` is true.
pub(super) async fn otp(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    params::check_captcha(&app, &body)?;
    let request: MailRequest = params::json(&body)?;
    let email = params::email(&request.email)?;
    let known = {
        let email = email.clone();
        app.transact(move |tx, _| User::by_email(tx, &email)).await?
    };
    if !request.create_user && (known.is_none() || !app.config.email_enabled) {
        return Err(AuthError::new(422, "otp_disabled", "Signups not allowed for otp"));
    }
    if !app.config.email_enabled {
        return Err(AuthError::new(422, "email_provider_disabled", "Email logins are disabled"));
    }
    let confirmed = known.as_ref().is_some_and(|user| user.email_confirmed_at.is_some());
    if known.is_none() {
        signup::check_enabled(&app)?;
    }
    if !confirmed {
        let email = email.clone();
        let metadata = request.data.unwrap_or_default();
        app.transact(move |tx, app| sign_up(tx, app, known, &email, metadata)).await?;
    }
    // A person with an unconfirmed address gets the mail that confirms the address. It signs them in as well.
    let (kind, method) = if confirmed || app.config.autoconfirm {
        (Kind::MagicLink, flow::MAGIC_LINK)
    } else {
        (Kind::Confirmation, EMAIL_SIGNUP)
    };
    let order = MailOrder {
        email,
        kind,
        method,
        challenge: request.challenge,
        destination: redirect_to.destination(&app.config, &headers),
    };
    send(app, order, |_| true).await
}

/// Makes the person with this address, without a password, where there is none yet. The address is confirmed at once where
/// the project confirms addresses without a mail.
fn sign_up(
    tx: &mut Tx<'_>,
    app: &App,
    known: Option<User>,
    email: &str,
    metadata: Map<String, Value>,
) -> Result<(), AuthError> {
    let mut user = match known {
        Some(user) => user,
        None => signup::create(tx, app, email, None, metadata)?,
    };
    if app.config.autoconfirm {
        user.confirm_email(tx, app.clock.now())?;
    }
    Ok(())
}

/// Sends the mail when a person has the address and `wanted_by` accepts them. The answer is the same either way.
async fn send(
    app: Arc<App>,
    order: MailOrder,
    wanted_by: impl Fn(&User) -> bool + Send + 'static,
) -> Result<Json<Value>, AuthError> {
    let pkce = order.challenge.check()?;
    app.transact(move |tx, app| {
        let user = User::by_email(tx, &order.email)?.filter(|user| wanted_by(user));
        let Some(mut user) = user else { return Ok(Json(json!({}))) };
        if let Some(pkce) = &pkce {
            Flow::begin(tx, app, user.id, pkce, order.method)?;
        }
        mailer::send(tx, app, &mut user, order.kind, &order.destination, pkce.is_some())?;
        Ok(Json(json!({})))
    })
    .await
}
