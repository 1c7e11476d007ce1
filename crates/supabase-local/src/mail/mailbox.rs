//! The mails as rows of `supabase_local.mails`.

use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::db::{DbError, Tx};

/// A row of `supabase_local.mails`: a mail with its link and code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mail {
    pub(crate) id: Uuid,
    pub(crate) to: String,
    pub(crate) subject: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) sent_at: OffsetDateTime,
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) link: Option<String>,
    pub(crate) code: Option<String>,
}

/// Stores `mail`, in the transaction that caused the mail.
pub(crate) fn deliver(tx: &mut Tx<'_>, mail: &Mail) -> Result<(), DbError> {
    tx.execute(
        "insert into supabase_local.mails (id, \"to\", subject, html, text, link, code, sent_at)
         select id, \"to\", subject, html, text, link, code, sent_at
         from jsonb_populate_record(null::supabase_local.mails, $1::jsonb)",
        &[json!(mail)],
    )?;
    Ok(())
}

/// The mails, the newest first. With an address `to`, only the mails to that address.
pub(crate) fn list(tx: &mut Tx<'_>, to: Option<&str>) -> Result<Vec<Mail>, DbError> {
    tx.list(
        "select to_jsonb(m) as mail from supabase_local.mails m
         where $1::text is null or lower(m.\"to\") = lower($1::text) order by m.\"order\" desc",
        &[json!(to)],
    )
}

/// Removes every mail.
pub(crate) fn clear(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute("delete from supabase_local.mails", &[]).map(drop)
}
