//! A person's second factors as rows of `auth.mfa_factors`.

use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::error::AuthError;
use crate::db::{DbError, Tx};
use crate::timestamp::rfc3339;

/// A row of `auth.mfa_factors`. Serialized, as clients see the factor, the secret is left out.
#[derive(Deserialize, Serialize)]
pub(super) struct Factor {
    pub(super) id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) friendly_name: Option<String>,
    pub(super) factor_type: String,
    status: String,
    #[serde(skip_serializing)]
    pub(super) secret: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    last_challenged_at: Option<OffsetDateTime>,
}

impl Factor {
    /// The factors of the person `user`, verified or not.
    pub(super) fn of(tx: &mut Tx<'_>, user: Uuid) -> Result<Vec<Self>, DbError> {
        tx.list(
            "select to_jsonb(f) || jsonb_build_object('phone', coalesce(f.phone, '')) as row
             from auth.mfa_factors f where f.user_id = $1 order by f.created_at, f.id",
            &[json!(user)],
        )
    }

    /// The factor `id` of the person `user`.
    ///
    /// # Errors
    /// 404, when `id` is not a UUID or the person has no such factor.
    pub(super) fn find(tx: &mut Tx<'_>, user: Uuid, id: &str) -> Result<Self, AuthError> {
        let gone = || AuthError::new(404, "mfa_factor_not_found", "Factor not found");
        let id = Uuid::parse_str(id)
            .map_err(|_| AuthError::new(404, "validation_failed", "factor_id must be an UUID"))?;
        Self::of(tx, user)?.into_iter().find(|factor| factor.id == id).ok_or_else(gone)
    }

    /// Deletes everybody's factors that were begun before `since`, never verified and never challenged.
    pub(super) fn delete_abandoned(tx: &mut Tx<'_>, since: OffsetDateTime) -> Result<(), DbError> {
        tx.execute(
            "delete from auth.mfa_factors f where f.status <> 'verified' and f.created_at < $1::timestamptz
               and not exists (select from auth.mfa_challenges c where c.factor_id = f.id)",
            &[json!(rfc3339(since))],
        )?;
        Ok(())
    }

    /// Deletes the factors of the person `user` that have the type `factor_type` and are not verified.
    pub(super) fn delete_unverified(tx: &mut Tx<'_>, user: Uuid, factor_type: &str) -> Result<(), DbError> {
        tx.execute(
            "delete from auth.mfa_factors
             where user_id = $1 and factor_type::text = $2 and status <> 'verified'",
            &[json!(user), json!(factor_type)],
        )?;
        Ok(())
    }

    /// Whether a code of the factor was right once; only then does the factor protect the account.
    pub(super) fn is_verified(&self) -> bool {
        self.status == "verified"
    }
}
