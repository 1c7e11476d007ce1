//! The accounts of the stand-in provider, and the codes and access tokens of their grants.

use serde::Deserialize;
use serde_json::json;
use time::{Duration, OffsetDateTime};

use crate::db::{DbError, Tx};
use crate::state::App;
use crate::timestamp::rfc3339;

/// How long a code can be exchanged: ten minutes, as at GitHub.
const CODE_LIFE: Duration = Duration::minutes(10);

/// An account at the provider.
#[derive(Debug, Deserialize)]
pub(crate) struct Account {
    #[serde(default)]
    pub(crate) id: i64,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
}

impl Account {
    /// An account with the values of the consent page. The database gives its id when the account is stored.
    pub(super) fn new(login: &str, name: &str, email: &str, email_verified: bool) -> Self {
        let owned = |text: &str| text.trim().to_owned();
        Self {
            id: 0,
            login: owned(login),
            name: owned(name),
            email: owned(email).to_lowercase(),
            email_verified,
        }
    }

    /// Stores the account and answers a code for it. An account with the same login is changed to these values.
    pub(super) fn grant(&self, tx: &mut Tx<'_>, app: &App) -> Result<String, DbError> {
        let code = app.random.uuid().simple().to_string();
        let token = format!("gho_{}", app.random.uuid().simple());
        tx.execute(
            "with account as (
               insert into supabase_local.provider_accounts (login, name, email, email_verified)
               values ($1, $2, $3, $4)
               on conflict (login) do update set name = excluded.name, email = excluded.email,
                 email_verified = excluded.email_verified
               returning id)
             insert into supabase_local.provider_grants (code, access_token, account, created_at)
             select $5, $6, id, $7::timestamptz from account",
            &[
                json!(self.login),
                json!(self.name),
                json!(self.email),
                json!(self.email_verified),
                json!(code),
                json!(token),
                json!(rfc3339(app.clock.now())),
            ],
        )?;
        Ok(code)
    }

    /// The account of this access token.
    pub(crate) fn by_access_token(tx: &mut Tx<'_>, token: &str) -> Result<Option<Self>, DbError> {
        tx.find(
            "select to_jsonb(a) as account from supabase_local.provider_accounts a
             join supabase_local.provider_grants g on g.account = a.id where g.access_token = $1 and g.spent",
            &[json!(token)],
        )
    }
}

/// The access token for `code`. `None` when the code is unknown, too old, or was exchanged before.
pub(crate) fn redeem(tx: &mut Tx<'_>, now: OffsetDateTime, code: &str) -> Result<Option<String>, DbError> {
    tx.find(
        "update supabase_local.provider_grants set spent = true
         where code = $1 and not spent and created_at >= $2::timestamptz returning access_token",
        &[json!(code), json!(rfc3339(now - CODE_LIFE))],
    )
}
