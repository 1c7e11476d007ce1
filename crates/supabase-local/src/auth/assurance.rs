//! The authenticator assurance level of a session (`aal`): `aal2` once a second factor was used in it, else `aal1`.

use serde_json::{Value, json};
use uuid::Uuid;

use super::error::AuthError;
use super::user_row::User;
use super::{refresh, session};
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// The method in the claim `amr` for a code of an authenticator app.
const TOTP: &str = "totp";

/// Raises the session to `aal2`, as a code of `factor` was right, and answers the session's new tokens. The person's
/// other sessions that are below `aal2` end.
pub(super) fn raise(
    tx: &mut Tx<'_>,
    app: &App,
    user: &User,
    session: Uuid,
    factor: Uuid,
) -> Result<Value, AuthError> {
    session::add_method(tx, app, session, TOTP)?;
    tx.execute(
        "update auth.sessions set aal = 'aal2', factor_id = $2, updated_at = $3 where id = $1",
        &[json!(session), json!(factor), json!(rfc3339(app.clock.now()))],
    )?;
    tx.execute(
        "delete from auth.sessions where user_id = $1 and (aal is null or aal < 'aal2')",
        &[json!(user.id)],
    )?;
    let refresh_token = refresh::advance(tx, app, session)?;
    session::answer(tx, app, user, session, &refresh_token)
}

/// Lowers the sessions that `factor` had raised back to `aal1`, after the factor was removed.
pub(super) fn lower(tx: &mut Tx<'_>, app: &App, factor: Uuid) -> Result<(), DbError> {
    tx.execute(
        "delete from auth.mfa_amr_claims where authentication_method = $2
           and session_id in (select id from auth.sessions where factor_id = $1)",
        &[json!(factor), json!(TOTP)],
    )?;
    tx.execute(
        "update auth.sessions set aal = 'aal1', factor_id = null, updated_at = $2 where factor_id = $1",
        &[json!(factor), json!(rfc3339(app.clock.now()))],
    )?;
    Ok(())
}
