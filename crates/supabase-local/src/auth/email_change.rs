//! Changing a person's address: beginning the change, and confirming the change from one mailbox or from both. An
//! anonymous person who gets an address is not anonymous any more.

use serde_json::{Map, Value, json};

use super::error::AuthError;
use super::flow::{self, Flow};
use super::mailer::{self, Kind};
use super::params::Pkce;
use super::user_row::User;
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// The message after the first of two confirmations.
pub(super) const CONFIRM_OTHER: &str =
    "Confirmation link accepted. Please proceed to confirm link sent to the other email";

/// What a confirmation led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// The other mailbox has to confirm the change as well.
    OneConfirmed,
    /// The person has the new address.
    Changed,
}

/// Begins the change of `user`'s address to `new`. Mails go to both mailboxes where the project wants both to confirm
/// and the person has an address, else to the new mailbox alone. Where the project confirms addresses without a mail,
/// the change of an anonymous person is completed at once; everybody else still proves the new address.
///
/// # Errors
/// 422, when the address is another person's; 429, when the last mail of this kind is too recent.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    new: &str,
    destination: &str,
    pkce: Option<&Pkce>,
) -> Result<(), AuthError> {
    if User::by_email(tx, new)?.is_some() {
        return Err(email_exists());
    }
    tx.execute(
        "update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1",
        &[json!(user.id), json!(new)],
    )?;
    user.email_change = Some(new.to_owned());
    if app.config.autoconfirm && user.is_anonymous {
        return Ok(complete(tx, app, user)?);
    }
    if let Some(pkce) = pkce {
        Flow::begin(tx, app, user.id, pkce, flow::EMAIL_CHANGE)?;
    }
    send_mails(tx, app, user, destination, pkce.is_some())
}

/// Sends the mails of a change that was begun.
pub(super) fn send_mails(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    destination: &str,
    pkce: bool,
) -> Result<(), AuthError> {
    mailer::check_frequency(app, user, Kind::EmailChangeNew)?;
    if app.config.secure_email_change && !user.email().is_empty() {
        mailer::send_unchecked(tx, app, user, Kind::EmailChangeCurrent, destination, pkce)?;
    }
    mailer::send_unchecked(tx, app, user, Kind::EmailChangeNew, destination, pkce)?;
    Ok(())
}

/// Notes that the mailbox confirmed which the mail of `kind` went to, and completes the change when no other
/// confirmation is needed. Where the project confirms addresses without a mail, one confirmation is enough.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    app: &App,
    user: &mut User,
    kind: Kind,
) -> Result<Progress, AuthError> {
    let needs_both = !app.config.autoconfirm && app.config.secure_email_change && !user.email().is_empty();
    if needs_both && user.email_change_confirm_status.unwrap_or_default() == 0 {
        mailer::consume_token(tx, user, kind)?;
        tx.execute(
            "update auth.users set email_change_confirm_status = 1, updated_at = $2 where id = $1",
            &[json!(user.id), json!(rfc3339(app.clock.now()))],
        )?;
        return Ok(Progress::OneConfirmed);
    }
    // Somebody may have signed up with the address since the mails were sent.
    let new = user.email_change.clone().unwrap_or_default();
    if User::by_email(tx, &new)?.is_some_and(|other| other.id != user.id) {
        return Err(email_exists());
    }
    complete(tx, app, user)?;
    Ok(Progress::Changed)
}

fn complete(tx: &mut Tx<'_>, app: &App, user: &mut User) -> Result<(), DbError> {
    let now = app.clock.now();
    let new = user.email_change.clone().unwrap_or_default();
    mailer::consume_tokens(tx, user)?;
    let updated = tx.execute(
        "update auth.identities set identity_data = identity_data || $2::jsonb, updated_at = $3
         where user_id = $1 and provider = 'email'",
        &[json!(user.id), json!({ "email": new, "email_verified": true }), json!(rfc3339(now))],
    )?;
    if updated == 0 {
        user.add_identity(tx, app.random.uuid(), "email", &claims(user, &new), now)?;
    }
    tx.execute(
        "update auth.users set email = email_change, email_change = '', email_change_confirm_status = 0,
           is_anonymous = false, updated_at = $2 where id = $1",
        &[json!(user.id), json!(rfc3339(now))],
    )?;
    if user.email_confirmed_at.is_none() {
        user.confirm_email(tx, now)?;
    }
    user.record_providers(tx)?;
    *user = user.reload(tx)?;
    Ok(())
}

/// Sets the address on behalf of an administrator, without a mail. `is_verified` says whether the identity notes the
/// address as verified.
pub(super) fn set_by_admin(
    tx: &mut Tx<'_>,
    app: &App,
    user: &User,
    email: &str,
    is_verified: bool,
) -> Result<(), AuthError> {
    if User::by_email(tx, email)?.is_some_and(|other| other.id != user.id) {
        return Err(email_exists());
    }
    let now = app.clock.now();
    let updated = tx.execute(
        "update auth.identities set identity_data = identity_data || $2::jsonb, updated_at = $3
         where user_id = $1 and provider = 'email'",
        &[json!(user.id), json!({ "email": email, "email_verified": is_verified }), json!(rfc3339(now))],
    )?;
    if updated == 0 {
        let mut claims = claims(user, email);
        claims.insert("email_verified".into(), json!(is_verified));
        user.add_identity(tx, app.random.uuid(), "email", &claims, now)?;
    }
    tx.execute("update auth.users set email = $2 where id = $1", &[json!(user.id), json!(email)])?;
    Ok(user.record_providers(tx)?)
}

/// The claims of the identity that stands for the address.
fn claims(user: &User, email: &str) -> Map<String, Value> {
    Map::from_iter([
        ("sub".to_owned(), json!(user.id)),
        ("email".to_owned(), json!(email)),
        ("email_verified".to_owned(), json!(true)),
        ("phone_verified".to_owned(), json!(false)),
    ])
}

/// The refusal of an address that another person has.
pub(super) fn email_exists() -> AuthError {
    AuthError::new(422, "email_exists", "A user with this email address has already been registered")
}
