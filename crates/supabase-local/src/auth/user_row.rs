//! A person's row in `auth.users` and their rows in `auth.identities`: reading and changing them, and the JSON that a
//! client sees.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::factor::Factor;
use crate::db::{DbError, Tx};
use crate::timestamp::rfc3339;

type When = Option<OffsetDateTime>;
type Metadata = Map<String, Value>;

/// The columns of `auth.users` that this server reads.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    pub(super) id: Uuid,
    pub(super) aud: Option<String>,
    pub(super) role: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) encrypted_password: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) email_confirmed_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) phone_confirmed_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) invited_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) confirmation_sent_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) confirmed_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) recovery_sent_at: When,
    pub(super) email_change: Option<String>,
    pub(super) email_change_confirm_status: Option<i16>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) email_change_sent_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) reauthentication_sent_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) last_sign_in_at: When,
    #[serde(default)]
    pub(super) raw_app_meta_data: Option<Metadata>,
    #[serde(default)]
    pub(super) raw_user_meta_data: Option<Metadata>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) created_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) updated_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) banned_until: When,
    pub(super) is_anonymous: bool,
}

/// A row of `auth.identities`: an address or a provider's account with which a person signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Identity {
    #[serde(rename(serialize = "identity_id", deserialize = "id"))]
    id: Uuid,
    #[serde(rename(serialize = "id", deserialize = "provider_id"))]
    provider_id: String,
    user_id: Uuid,
    identity_data: Metadata,
    provider: String,
    #[serde(with = "time::serde::rfc3339::option")]
    last_sign_in_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    created_at: When,
    #[serde(with = "time::serde::rfc3339::option")]
    updated_at: When,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// The values of a new row.
pub(super) struct NewUser<'a> {
    pub(super) id: Uuid,
    pub(super) email: Option<&'a str>,
    pub(super) encrypted_password: Option<&'a str>,
    pub(super) app_metadata: Value,
    pub(super) user_metadata: Value,
    pub(super) is_anonymous: bool,
    pub(super) now: OffsetDateTime,
}

const SELECT: &str = "select to_jsonb(u) as row from auth.users u";

impl User {
    pub(super) fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, DbError> {
        tx.find(&format!("{SELECT} where u.id = $1"), &[json!(id)])
    }

    pub(super) fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Self>, DbError> {
        tx.find(&format!("{SELECT} where u.email = $1 and not u.is_sso_user"), &[json!(email)])
    }

    /// At most `limit` people, the newest first, without the first `offset`.
    pub(super) fn some(tx: &mut Tx<'_>, limit: u64, offset: u64) -> Result<Vec<Self>, DbError> {
        let most = |count: u64| json!(i64::try_from(count).unwrap_or(i64::MAX));
        let page = "order by u.created_at desc, u.id limit $1 offset $2";
        tx.list(&format!("{SELECT} {page}"), &[most(limit), most(offset)])
    }

    /// The number of people.
    pub(super) fn count(tx: &mut Tx<'_>) -> Result<u64, DbError> {
        Ok(tx.find("select count(*) as count from auth.users", &[])?.unwrap_or_default())
    }

    /// Inserts the row. Empty strings stand where the real server has them, as the SQL of a project may expect them.
    pub(super) fn insert(tx: &mut Tx<'_>, new: &NewUser<'_>) -> Result<Self, DbError> {
        let row = tx.find(
            "insert into auth.users (instance_id, id, aud, role, email, encrypted_password,
               raw_app_meta_data, raw_user_meta_data, created_at, updated_at, is_anonymous,
               confirmation_token, recovery_token, email_change_token_new, email_change)
             values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, $3,
               $4::jsonb, $5::jsonb, $6, $6, $7, '', '', '', '')
             returning to_jsonb(users.*) as row",
            &[
                json!(new.id),
                json!(new.email),
                json!(new.encrypted_password),
                new.app_metadata.clone(),
                new.user_metadata.clone(),
                json!(rfc3339(new.now)),
                json!(new.is_anonymous),
            ],
        )?;
        row.ok_or(DbError::Closed)
    }

    /// The row as it is now, with the changes of triggers and generated columns.
    pub(super) fn reload(&self, tx: &mut Tx<'_>) -> Result<Self, DbError> {
        Ok(Self::by_id(tx, self.id)?.unwrap_or_else(|| self.clone()))
    }

    pub(super) fn identities(&self, tx: &mut Tx<'_>) -> Result<Vec<Identity>, DbError> {
        tx.list(
            "select to_jsonb(i) as row from auth.identities i where i.user_id = $1 order by i.created_at, i.id",
            &[json!(self.id)],
        )
    }

    /// Adds an identity of `provider`; `claims` is what the provider says about the person.
    pub(super) fn add_identity(
        &self,
        tx: &mut Tx<'_>,
        id: Uuid,
        provider: &str,
        claims: &Metadata,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        let provider_id = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        tx.execute(
            "insert into auth.identities
               (id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
             values ($1, $2, $3, $4::jsonb, $5, $6, $6, $6)",
            &[
                json!(id),
                json!(provider_id),
                json!(self.id),
                json!(claims),
                json!(provider),
                json!(rfc3339(now)),
            ],
        )?;
        Ok(())
    }

    /// Writes the providers of the person's identities to the app metadata.
    pub(super) fn record_providers(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.execute(
            "update auth.users u set raw_app_meta_data = coalesce(u.raw_app_meta_data, '{}')
               || jsonb_build_object(
                 'provider', case when p.names ? (u.raw_app_meta_data ->> 'provider')
                   then u.raw_app_meta_data -> 'provider' else p.names -> 0 end,
                 'providers', p.names)
             from (select jsonb_agg(provider order by first, provider) as names
               from (select provider, min(created_at) as first from auth.identities
                 where user_id = $1 group by provider) as one) as p
             where u.id = $1 and p.names is not null",
            &[json!(self.id)],
        )?;
        Ok(())
    }

    /// Marks the address as confirmed, in the row and in the identity that stands for the address.
    pub(super) fn confirm_email(&mut self, tx: &mut Tx<'_>, now: OffsetDateTime) -> Result<(), DbError> {
        self.confirm_email_alone(tx, now)?;
        tx.execute(
            "update auth.identities set identity_data = identity_data || $2::jsonb, updated_at = $3
             where user_id = $1 and provider = 'email'",
            &[json!(self.id), json!({ "email_verified": true }), json!(rfc3339(now))],
        )?;
        Ok(())
    }

    /// Marks the address as confirmed in the row alone, for an administrator: the person did not prove it.
    pub(super) fn confirm_email_alone(
        &mut self,
        tx: &mut Tx<'_>,
        now: OffsetDateTime,
    ) -> Result<(), DbError> {
        tx.execute(
            "update auth.users set email_confirmed_at = $2, confirmation_token = '', updated_at = $2,
               raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || $3::jsonb where id = $1",
            &[json!(self.id), json!(rfc3339(now)), json!({ "email_verified": true })],
        )?;
        self.email_confirmed_at = Some(now);
        self.updated_at = Some(now);
        self.raw_user_meta_data.get_or_insert_default().insert("email_verified".into(), json!(true));
        Ok(())
    }

    /// Stores the hash of a new password. The tokens of mails that were sent before are deleted: whoever knew the old
    /// password may have requested them.
    pub(super) fn set_password(&self, tx: &mut Tx<'_>, hash: &str, now: &str) -> Result<(), DbError> {
        tx.execute(
            "update auth.users set encrypted_password = $2, updated_at = $3,
               confirmation_token = '', confirmation_sent_at = null, recovery_token = '',
               recovery_sent_at = null, email_change_token_current = '', email_change_token_new = '',
               email_change_sent_at = null, reauthentication_token = '', reauthentication_sent_at = null
             where id = $1",
            &[json!(self.id), json!(hash), json!(now)],
        )?;
        tx.execute("delete from auth.one_time_tokens where user_id = $1", &[json!(self.id)])?;
        Ok(())
    }

    pub(super) fn is_banned(&self, now: OffsetDateTime) -> bool {
        self.banned_until.is_some_and(|until| until > now)
    }

    pub(super) fn email(&self) -> &str {
        self.email.as_deref().unwrap_or_default()
    }

    /// The person as a client sees them, without factors. Fields without a value are left out, as on the real server.
    pub(super) fn view(&self, identities: &[Identity]) -> Value {
        let mut view = json!({
            "id": self.id,
            "aud": self.aud.as_deref().unwrap_or_default(),
            "role": self.role.as_deref().unwrap_or_default(),
            "email": self.email(),
            "phone": self.phone.as_deref().unwrap_or_default(),
            "app_metadata": self.raw_app_meta_data.clone().unwrap_or_default(),
            "user_metadata": self.raw_user_meta_data.clone().unwrap_or_default(),
            "identities": identities,
            "created_at": self.created_at.map(rfc3339),
            "updated_at": self.updated_at.map(rfc3339),
            "is_anonymous": self.is_anonymous,
        });
        for (name, when) in [
            ("email_confirmed_at", self.email_confirmed_at),
            ("phone_confirmed_at", self.phone_confirmed_at),
            ("invited_at", self.invited_at),
            ("confirmation_sent_at", self.confirmation_sent_at),
            ("confirmed_at", self.confirmed_at),
            ("recovery_sent_at", self.recovery_sent_at),
            ("email_change_sent_at", self.email_change_sent_at),
            ("reauthentication_sent_at", self.reauthentication_sent_at),
            ("last_sign_in_at", self.last_sign_in_at),
            ("banned_until", self.banned_until),
        ] {
            if let Some(when) = when {
                view[name] = json!(rfc3339(when));
            }
        }
        if let Some(new_email) = self.email_change.as_deref().filter(|email| !email.is_empty()) {
            view["new_email"] = json!(new_email);
        }
        view
    }

    /// The person as a client sees them, with the identities and factors from the database.
    pub(super) fn full_view(&self, tx: &mut Tx<'_>) -> Result<Value, DbError> {
        let identities = self.identities(tx)?;
        let mut view = self.view(&identities);
        let factors = Factor::of(tx, self.id)?;
        if !factors.is_empty() {
            view["factors"] = json!(factors);
        }
        Ok(view)
    }
}
