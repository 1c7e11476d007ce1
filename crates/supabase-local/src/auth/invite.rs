//! `/invite` and `/admin/generate_link`: an administrator invites a person, or gets a link to send in a mail of their
//! own. Such links have no PKCE, as no client began a flow. Only with the service key.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::AuthError;
use super::mailer::{self, Kind, OneTimeToken};
use super::params::RedirectTo;
use super::user_row::User;
use super::{caller, email_change, params, password, redirect, signup};
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

#[derive(Debug, Deserialize)]
struct Invitation {
    #[serde(default)]
    email: String,
    #[serde(default)]
    data: Option<Map<String, Value>>,
}

/// `POST /invite`: makes the person and mails an invitation. A person who has not confirmed yet is mailed again.
pub(super) async fn invite(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let given: Invitation = params::json(&body)?;
    let email = params::email(&given.email)?;
    let destination = redirect_to.destination(&app.config, &headers);
    app.transact(move |tx, app| {
        let mut user = unconfirmed_user(tx, app, &email, None, given.data)?;
        mark_invited(tx, app, &mut user)?;
        mailer::send_unchecked(tx, app, &mut user, Kind::Invite, &destination, false)?;
        Ok(Json(user.full_view(tx)?))
    })
    .await
}

#[derive(Debug, Deserialize)]
struct LinkRequest {
    #[serde(default, rename = "type")]
    link_type: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    new_email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(default)]
    redirect_to: String,
}

/// `POST /admin/generate_link`: the link, the code and the token that a mail would carry. No mail is delivered.
pub(super) async fn generate_link(
    State(app): State<Arc<App>>,
    Query(redirect_to): Query<RedirectTo>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    caller::admin_claims(&app, &headers)?;
    let request: LinkRequest = params::json(&body)?;
    let email = params::email(&request.email)?;
    let destination = if request.redirect_to.is_empty() {
        redirect_to.destination(&app.config, &headers)
    } else {
        redirect::destination(&app.config, &request.redirect_to)
    };
    let hash = match (request.link_type.as_str(), request.password.as_str()) {
        ("signup", "") => return Err(AuthError::invalid("Signup requires a valid password")),
        ("signup", secret) => {
            password::check_strength(&app.config, secret)?;
            Some(password::hash(secret.to_owned()).await?)
        }
        _ => None,
    };
    app.transact(move |tx, app| {
        let (mut user, kind) = user_and_kind(tx, app, &email, hash.as_deref(), &request)?;
        let token = mailer::issue(tx, app, &mut user, kind, &destination, false)?;
        let link_type = match (request.link_type.as_str(), kind) {
            ("magiclink", Kind::Confirmation) => "signup",
            (asked, _) => asked,
        };
        Ok(Json(link_view(user.full_view(tx)?, token, link_type, &destination)))
    })
    .await
}

/// The person whom the link is for, made if need be, and the kind of the link's token.
fn user_and_kind(
    tx: &mut Tx<'_>,
    app: &App,
    email: &str,
    hash: Option<&str>,
    request: &LinkRequest,
) -> Result<(User, Kind), AuthError> {
    let not_found = || AuthError::new(404, "user_not_found", "User with this email not found");
    let known = User::by_email(tx, email)?;
    match request.link_type.as_str() {
        "magiclink" => match known {
            Some(user) => Ok((user, Kind::MagicLink)),
            // Whoever is new signs up by the link.
            None => Ok((unconfirmed_user(tx, app, email, None, request.data.clone())?, Kind::Confirmation)),
        },
        "recovery" => Ok((known.ok_or_else(not_found)?, Kind::Recovery)),
        "signup" => Ok((unconfirmed_user(tx, app, email, hash, request.data.clone())?, Kind::Confirmation)),
        "invite" => {
            let mut user = unconfirmed_user(tx, app, email, None, request.data.clone())?;
            mark_invited(tx, app, &mut user)?;
            Ok((user, Kind::Invite))
        }
        "email_change_new" => {
            Ok((with_new_email(tx, known.ok_or_else(not_found)?, request)?, Kind::EmailChangeNew))
        }
        "email_change_current" => {
            Ok((with_new_email(tx, known.ok_or_else(not_found)?, request)?, Kind::EmailChangeCurrent))
        }
        other => Err(AuthError::invalid(format!("Invalid email action link type requested: {other}"))),
    }
}

/// `user` with the new address noted as the one to be confirmed. Of the two links of one change, the first notes it.
fn with_new_email(tx: &mut Tx<'_>, mut user: User, request: &LinkRequest) -> Result<User, AuthError> {
    let new = params::email(&request.new_email)?;
    if User::by_email(tx, &new)?.is_some() {
        return Err(email_change::email_exists());
    }
    if user.email_change.as_ref() != Some(&new) {
        tx.execute(
            "update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1",
            &[json!(user.id), json!(new)],
        )?;
        user.email_change = Some(new);
    }
    Ok(user)
}

/// The person with this address, made if need be.
///
/// # Errors
/// 422, when the address is confirmed already.
fn unconfirmed_user(
    tx: &mut Tx<'_>,
    app: &App,
    email: &str,
    hash: Option<&str>,
    metadata: Option<Map<String, Value>>,
) -> Result<User, AuthError> {
    match User::by_email(tx, email)? {
        Some(user) if user.email_confirmed_at.is_some() => Err(email_change::email_exists()),
        Some(user) => Ok(user),
        None => {
            let id = app.random.uuid();
            signup::create_by_admin(tx, app, id, email, hash, metadata.unwrap_or_default())
        }
    }
}

fn mark_invited(tx: &mut Tx<'_>, app: &App, user: &mut User) -> Result<(), DbError> {
    let now = app.clock.now();
    let sql = "update auth.users set invited_at = $2, updated_at = $2 where id = $1";
    tx.execute(sql, &[json!(user.id), json!(rfc3339(now))])?;
    user.invited_at = Some(now);
    Ok(())
}

fn link_view(mut view: Value, token: OneTimeToken, link_type: &str, destination: &str) -> Value {
    view["action_link"] = json!(token.link);
    view["email_otp"] = json!(token.code);
    view["hashed_token"] = json!(token.hash);
    view["verification_type"] = json!(link_type);
    view["redirect_to"] = json!(destination);
    view
}
