//! Writing the row: over the one that is shown and over no newer one, or a new one where there is none.

use serde::Serialize;
use supabase_session::{ApiError, User};

use super::profile::{ProfileRow, TABLE};
use super::schema::UPDATED_AT;
use super::{Account, Unwritten};

/// Bytes of a text that a write compares: servers take addresses of some thousand bytes, and an escaped byte takes three.
const LONGEST_GUARD: usize = 1024;

impl Account {
    /// Writes a change to the row as it is shown, or makes the row where there is none, and shows the outcome; for whoever
    /// holds `writing`: the form and the picture must not take each other for somebody else.
    pub(super) async fn put_row<E: Serialize + Sync>(&self, user: &User, edit: &E) -> Result<(), Unwritten> {
        let known = self.shown_of(user, |shown| shown.row.clone()).flatten();
        let before = known.ok_or(Unwritten::NotLoaded)?;
        let changes = self.writable(edit)?;
        if let Some(outcome) = self.put_metadata(user, &changes).await {
            return outcome;
        }
        let written = match &before {
            None => self.insert(user, &changes).await?,
            Some(row) => {
                let id = user.id.to_string();
                let mut guard = vec![("id", Some(id.as_str()))];
                let texts = row.texts().filter(|(column, _)| self.schema.has_column(column));
                // Not every app sets the time: what is written over is compared as well. Without a time in the row, the
                // whole row is.
                match self.schema.has_column(UPDATED_AT) {
                    true => {
                        guard.push((UPDATED_AT, row.updated_at.as_deref()));
                        guard.extend(
                            texts.filter(|(column, text)| changes.contains_key(*column) && fits(*text)),
                        );
                    }
                    false => guard.extend(texts),
                }
                self.client.rest().patch_guarded(TABLE, &guard, &changes).await?
            }
        };
        if written.is_some() {
            self.accept_written(user.id, before.as_ref(), written);
            return Ok(());
        }
        self.reread(user, before.as_ref()).await
    }

    /// Makes the row. `None` where there is one by now.
    async fn insert<E: Serialize + Sync>(
        &self,
        user: &User,
        edit: &E,
    ) -> Result<Option<ProfileRow>, ApiError> {
        let id = user.id.to_string();
        match self.client.rest().insert_new(TABLE, &WithId { id: &id, edit }).await {
            Err(error) if !matches!(error, ApiError::SignedOut | ApiError::Http(_)) => {
                // For a user who is gone the server refuses with an error of the table, so the user is asked for first.
                self.ask_for_user().await?;
                Err(error)
            }
            outcome => outcome,
        }
    }

    /// Finds out why nothing was written. A newer row is shown from now on.
    async fn reread(&self, user: &User, before: Option<&ProfileRow>) -> Result<(), Unwritten> {
        let asked = self.orphans.quiet();
        let now = self.select(user).await?;
        match (&now, before) {
            // The row is as it was, so it was a policy that kept it from being changed, or one from being made.
            (Some(row), Some(before)) if row == before => return Err(ApiError::Forbidden.into()),
            (None, None) => return Err(ApiError::Forbidden.into()),
            (None, Some(_)) => self.ask_for_user().await?,
            _ => {}
        }
        self.accept(user.id, now, asked);
        if let Err(error) = self.load_picture(user.id).await {
            tracing::warn!(%error, "the picture of the newer row cannot be had");
        }
        Err(Unwritten::Newer)
    }
}

/// Whether a text has room in the address of a request.
fn fits(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.len() <= LONGEST_GUARD)
}

/// A change together with the row's key, to insert it.
#[derive(Serialize)]
struct WithId<'a, E> {
    id: &'a str,
    #[serde(flatten)]
    edit: &'a E,
}
