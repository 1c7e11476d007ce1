//! The server's side of PKCE (RFC 7636): a flow is begun with a challenge, a link issues its code, and the code is
//! exchanged with the verifier.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::error::AuthError;
use super::params::Pkce;
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// How long a code can be exchanged: five minutes, the real server's default.
pub(super) const CODE_LIFE: Duration = Duration::seconds(300);

/// The method of a flow that signs in by a mailed link. The life of its code begins with the click on the link; the
/// life of every other code begins with the request for the mail.
pub(super) const MAGIC_LINK: &str = "magiclink";

/// The method of a flow that signs in with a provider.
pub(super) const OAUTH: &str = "oauth";

/// The method of a flow that changes the address.
pub(super) const EMAIL_CHANGE: &str = "email_change";

/// The method of a flow that leads to a new password.
pub(super) const RECOVERY: &str = "recovery";

/// A row of `auth.flow_state`.
#[derive(Debug, Deserialize)]
pub(super) struct Flow {
    id: Uuid,
    pub(super) user_id: Option<Uuid>,
    auth_code: String,
    code_challenge: String,
    code_challenge_method: String,
    /// The provider's access token, where the flow signed in with a provider.
    pub(super) provider_access_token: Option<String>,
    pub(super) authentication_method: String,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    auth_code_issued_at: Option<OffsetDateTime>,
}

impl Flow {
    /// Begins a flow for the person `user`. `method` becomes the method in the claim `amr`.
    ///
    /// # Errors
    /// When PostgreSQL's enum does not know the challenge's method. The real server does not check the method before
    /// either, and answers an unexpected failure.
    pub(super) fn begin(
        tx: &mut Tx<'_>,
        app: &App,
        user: Uuid,
        pkce: &Pkce,
        method: &str,
    ) -> Result<(), DbError> {
        let (id, code) = (app.random.uuid(), app.random.uuid());
        tx.execute(
            "insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge,
               provider_type, provider_access_token, provider_refresh_token, created_at, updated_at,
               authentication_method)
             values ($1, $2, $3, $4::auth.code_challenge_method, $5, 'email', '', '', $6, $6, $7)",
            &[
                json!(id),
                json!(user),
                json!(code),
                json!(pkce.method),
                json!(pkce.challenge),
                json!(rfc3339(app.clock.now())),
                json!(method),
            ],
        )?;
        Ok(())
    }

    /// The code of the newest flow of `user` with this method. The flow's link was opened just now.
    ///
    /// # Errors
    /// 404, when there is no such flow.
    pub(super) fn issue_code(
        tx: &mut Tx<'_>,
        app: &App,
        user: Uuid,
        method: &str,
    ) -> Result<String, AuthError> {
        let flow: Self = tx
            .find(
                "select to_jsonb(f) as row from auth.flow_state f
                 where f.user_id = $1 and f.authentication_method = $2 order by f.created_at desc limit 1",
                &[json!(user), json!(method)],
            )?
            .ok_or_else(not_found)?;
        tx.execute(
            "update auth.flow_state set auth_code_issued_at = $2, updated_at = $2 where id = $1",
            &[json!(flow.id), json!(rfc3339(app.clock.now()))],
        )?;
        Ok(flow.auth_code)
    }

    /// The flow whose code is `code`. A refused call changes nothing.
    ///
    /// # Errors
    /// 404, when there is no such flow; 422, when the code is too old; 400, when `verifier` does not match the flow's
    /// challenge.
    pub(super) fn redeem(tx: &mut Tx<'_>, app: &App, code: &str, verifier: &str) -> Result<Self, AuthError> {
        let sql = "select to_jsonb(f) as row from auth.flow_state f where f.auth_code = $1";
        let flow: Self = tx.find(sql, &[json!(code)])?.ok_or_else(not_found)?;
        let since = match flow.auth_code_issued_at {
            Some(issued_at) if flow.authentication_method == MAGIC_LINK => issued_at,
            _ => flow.created_at,
        };
        if app.clock.now() > since + CODE_LIFE {
            let message = "invalid flow state, flow state has expired";
            return Err(AuthError::new(422, "flow_state_expired", message));
        }
        if !flow.matches(verifier) {
            let message = "code challenge does not match previously saved code verifier";
            return Err(AuthError::new(400, "bad_code_verifier", message));
        }
        Ok(flow)
    }

    /// Deletes the flow, so that its code cannot be exchanged again.
    pub(super) fn delete(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.execute("delete from auth.flow_state where id = $1", &[json!(self.id)]).map(drop)
    }

    fn matches(&self, verifier: &str) -> bool {
        match self.code_challenge_method.as_str() {
            "s256" => BASE64.encode(Sha256::digest(verifier)) == self.code_challenge,
            _ => verifier == self.code_challenge,
        }
    }
}

fn not_found() -> AuthError {
    AuthError::new(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
}
