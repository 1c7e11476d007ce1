//! `/verify`: the link of a mail is opened (GET, answered by a redirect), or a client sends the mail's code or token hash
//! (POST, answered by a session).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::email_change::{self, Progress};
use super::error::AuthError;
use super::flow::{self, Flow};
use super::mailer::{self, Kind};
use super::session::{self, Agent};
use super::signup::EMAIL_SIGNUP;
use super::user_row::User;
use super::{params, redirect};
use crate::db::Tx;
use crate::state::App;

/// The method in the claim `amr` for a sign-in by a code, or by a link without PKCE.
const OTP: &str = "otp";

#[derive(Debug, Deserialize)]
pub(super) struct Link {
    #[serde(default, rename = "type")]
    link_type: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    token_hash: String,
    #[serde(default)]
    redirect_to: String,
}

/// `GET /verify`: the link of a mail. Redirects to the app with a PKCE code, with tokens, or with an error.
pub(super) async fn open_link(
    State(app): State<Arc<App>>,
    Query(link): Query<Link>,
    headers: HeaderMap,
) -> Result<Response, AuthError> {
    if link.link_type.is_empty() {
        return Err(AuthError::invalid("Verify requires a verification type"));
    }
    let token = if link.token.is_empty() { link.token_hash } else { link.token };
    if token.is_empty() {
        return Err(AuthError::invalid("Verify requires a token or a token hash"));
    }
    let destination = redirect::destination(&app.config, &link.redirect_to);
    let by_pkce = mailer::is_pkce(&token);
    let base = destination.clone();
    let agent = Agent::of(&headers);
    let opened = app
        .transact(move |tx, app| {
            let (mut user, kind) = find_user(tx, app, &link.link_type, &Proof::Hash(token))?;
            if prove(tx, app, &mut user, kind)? == Progress::OneConfirmed {
                return Ok(redirect::with_message(&base, email_change::CONFIRM_OTHER, by_pkce));
            }
            if by_pkce {
                let code = Flow::issue_code(tx, app, user.id, method(kind))?;
                return Ok(redirect::with_code(&base, &code));
            }
            let answer = session::begin(tx, app, &mut user, OTP, &agent)?;
            let mut fields = implicit_fields(&answer);
            fields.push(("type".into(), link.link_type));
            Ok(redirect::with_fragment(&base, fields))
        })
        .await;
    let location = match opened {
        Ok(location) => location,
        Err(error) => redirect::with_error(&destination, &error, by_pkce),
    };
    Ok(redirect::respond(StatusCode::SEE_OTHER, &location, ""))
}

/// The fields of the fragment in which the implicit flow hands the tokens to the app.
pub(super) fn implicit_fields(answer: &Value) -> Vec<(String, String)> {
    let text = |name: &str| match &answer[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut fields: Vec<_> = ["access_token", "token_type", "expires_in", "expires_at", "refresh_token"]
        .iter()
        .map(|name| ((*name).to_owned(), text(name)))
        .collect();
    // An empty field that marks the fragment as Supabase Auth's.
    fields.push(("sb".into(), String::new()));
    fields
}

#[derive(Debug, Deserialize)]
struct VerifyRequest {
    #[serde(default, rename = "type")]
    check_type: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    token: String,
    #[serde(default)]
    token_hash: String,
}

/// `POST /verify`: a code with its address, or a token hash.
pub(super) async fn check(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, AuthError> {
    let request: VerifyRequest = params::json(&body)?;
    if request.check_type.is_empty() {
        return Err(AuthError::invalid("Verify requires a verification type"));
    }
    let proof = match (request.token.is_empty(), request.token_hash.is_empty()) {
        (true, true) => {
            return Err(AuthError::invalid("Verify requires either a token or a token hash"));
        }
        (true, false) if request.email.is_empty() => Proof::Hash(request.token_hash),
        (true, false) => {
            let message = "Only the token_hash and type should be provided";
            return Err(AuthError::invalid(message));
        }
        (false, _) => Proof::Code { email: params::email(&request.email)?, code: request.token },
    };
    let agent = Agent::of(&headers);
    app.transact(move |tx, app| {
        let (mut user, kind) = find_user(tx, app, &request.check_type, &proof)?;
        if prove(tx, app, &mut user, kind)? == Progress::OneConfirmed {
            return Ok(json!({ "code": "200", "msg": email_change::CONFIRM_OTHER }));
        }
        let mut user = user.reload(tx)?;
        session::begin(tx, app, &mut user, OTP, &agent)
    })
    .await
    .map(Json)
}

/// What a client shows to prove that the person reads a mailbox.
enum Proof {
    Hash(String),
    Code { email: String, code: String },
}

fn find_user(tx: &mut Tx<'_>, app: &App, wanted: &str, proof: &Proof) -> Result<(User, Kind), AuthError> {
    let kinds: &[Kind] = match wanted {
        "signup" | "invite" => &[Kind::Confirmation],
        "recovery" => &[Kind::Recovery],
        "magiclink" => &[Kind::MagicLink],
        "email_change" => &[Kind::EmailChangeNew, Kind::EmailChangeCurrent],
        "email" => &[Kind::Confirmation, Kind::MagicLink],
        // A code with an unknown type is answered like a wrong code.
        _ if matches!(proof, Proof::Code { .. }) => &[],
        _ => return Err(AuthError::invalid("Invalid email verification type")),
    };
    let (found, message) = match proof {
        Proof::Hash(hash) => {
            (mailer::find_by_hash(tx, app, hash, kinds)?, "Email link is invalid or has expired")
        }
        Proof::Code { email, code } => {
            (mailer::find_by_code(tx, app, email, code, kinds)?, "Token has expired or is invalid")
        }
    };
    let (user, kind) = found.ok_or_else(|| AuthError::new(403, "otp_expired", message))?;
    if user.is_banned(app.clock.now()) {
        return Err(AuthError::new(403, "user_banned", "User is banned"));
    }
    Ok((user, kind))
}

/// Carries out what the proof confirms: the address is confirmed and the person's tokens are deleted. A change of address
/// may need a second confirmation.
fn prove(tx: &mut Tx<'_>, app: &App, user: &mut User, kind: Kind) -> Result<Progress, AuthError> {
    if matches!(kind, Kind::EmailChangeNew | Kind::EmailChangeCurrent) {
        return email_change::confirm(tx, app, user, kind);
    }
    if kind == Kind::Confirmation || user.email_confirmed_at.is_none() {
        user.confirm_email(tx, app.clock.now())?;
    }
    if user.invited_at.is_some() {
        // The real server gives an invited person a random password, which clears this column.
        let sql = "update auth.users set confirmation_sent_at = null where id = $1";
        tx.execute(sql, &[json!(user.id)])?;
    }
    mailer::consume_tokens(tx, user)?;
    Ok(Progress::Changed)
}

/// The method of the flow that a mail of `kind` belongs to, as `auth.flow_state` and the claim `amr` name it.
fn method(kind: Kind) -> &'static str {
    match kind {
        Kind::Confirmation | Kind::Invite => EMAIL_SIGNUP,
        Kind::MagicLink | Kind::Reauthentication => flow::MAGIC_LINK,
        Kind::Recovery => flow::RECOVERY,
        Kind::EmailChangeNew | Kind::EmailChangeCurrent => flow::EMAIL_CHANGE,
    }
}
