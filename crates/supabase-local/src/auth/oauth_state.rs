//! The OAuth state (RFC 6749 section 4.1.1) of a sign-in with a provider: begun when the browser goes to the provider,
//! consumed when the browser comes back with it.

use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::error::AuthError;
use super::flow::{CODE_LIFE, OAUTH};
use super::params::Pkce;
use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// A row of `auth.flow_state` whose id is the OAuth state.
#[derive(Debug, Deserialize)]
pub(super) struct OAuthState {
    id: Uuid,
    pub(super) provider_type: String,
    /// The code that the app exchanges. `None` in the implicit flow, which has no code.
    pub(super) auth_code: Option<String>,
    /// Where the browser goes in the end. It was checked against the allow list when the sign-in began.
    #[serde(rename = "referrer")]
    pub(super) destination: String,
    /// The person who gets the identity, where the request was to link one.
    #[serde(rename = "linking_target_id")]
    pub(super) linking_target: Option<Uuid>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    auth_code_issued_at: Option<OffsetDateTime>,
}

impl OAuthState {
    /// Stores a new state and answers it.
    pub(super) fn begin(
        tx: &mut Tx<'_>,
        app: &App,
        provider: &str,
        pkce: Option<&Pkce>,
        destination: &str,
        linking_target: Option<Uuid>,
    ) -> Result<Uuid, DbError> {
        let state = app.random.uuid();
        tx.execute(
            "insert into auth.flow_state (id, auth_code, code_challenge_method, code_challenge, provider_type,
               provider_access_token, provider_refresh_token, created_at, updated_at, authentication_method,
               referrer, linking_target_id)
             values ($1, $2, $3::text::auth.code_challenge_method, $4, $5, '', '', $6, $6, $7, $8, $9)",
            &[
                json!(state),
                json!(pkce.map(|_| app.random.uuid())),
                json!(pkce.map(|pkce| &pkce.method)),
                json!(pkce.map(|pkce| &pkce.challenge)),
                json!(provider),
                json!(rfc3339(app.clock.now())),
                json!(OAUTH),
                json!(destination),
                json!(linking_target),
            ],
        )?;
        Ok(state)
    }

    /// The row of `state`, which cannot be consumed again.
    ///
    /// # Errors
    /// 400, when `state` is unknown, was used before or is too old.
    pub(super) fn consume(tx: &mut Tx<'_>, app: &App, state: &str) -> Result<Self, AuthError> {
        let invalid = |message: &'static str| AuthError::new(400, "bad_oauth_state", message);
        let state = Uuid::parse_str(state).map_err(|_| invalid("OAuth state parameter is invalid"))?;
        let sql = "select to_jsonb(f) as row from auth.flow_state f
                   where f.id = $1 and f.authentication_method = $2";
        let now = app.clock.now();
        let oauth_state: Option<Self> = tx.find(sql, &[json!(state), json!(OAUTH)])?;
        let oauth_state = oauth_state
            .filter(|oauth_state| {
                oauth_state.auth_code_issued_at.is_none() && now <= oauth_state.created_at + CODE_LIFE
            })
            .ok_or_else(|| invalid("OAuth state not found or expired"))?;
        tx.execute(
            "update auth.flow_state set auth_code_issued_at = $2, updated_at = $2 where id = $1",
            &[json!(state), json!(rfc3339(now))],
        )?;
        Ok(oauth_state)
    }

    /// Notes the person who signed in and the provider's access token, for the exchange of the code.
    pub(super) fn complete(&self, tx: &mut Tx<'_>, user: Uuid, provider_token: &str) -> Result<(), DbError> {
        tx.execute(
            "update auth.flow_state set user_id = $2, provider_access_token = $3 where id = $1",
            &[json!(self.id), json!(user), json!(provider_token)],
        )?;
        Ok(())
    }
}
