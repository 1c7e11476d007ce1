//! Edits that have not reached the server: made offline, or met by a newer row. They are kept on disk until they are
//! sent or the person drops them, so that nothing typed is lost.

use foyer_contract::ErrorCode;
use foyer_contract::account::Version;
use foyer_contract::view::{Freshness, NoticeCode, ProfileView};
use serde::{Deserialize, Serialize};
use supabase_session::User;
use time::OffsetDateTime;

use super::profile::{ProfileEdit, ProfileRow};
use super::{Account, Shown};
use crate::error::Failure;

/// An edit of the form that has not reached the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    form: Form,
    /// `updated_at` of the row that it was made on.
    base: Option<String>,
    /// The row on the server is newer: the person decides.
    conflict: bool,
}

/// The form's content, in words of its own: what lies on disk does not change with the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Form {
    full_name: String,
    username: String,
    website: String,
}

impl Edit {
    fn new(form: &ProfileView, row: Option<&ProfileRow>, conflict: bool) -> Self {
        let ProfileView { full_name, username, website } = form.clone();
        let base = row.and_then(|row| row.updated_at.clone());
        Self { form: Form { full_name, username, website }, base, conflict }
    }

    fn form(&self) -> ProfileView {
        let Form { full_name, username, website } = self.form.clone();
        ProfileView { full_name, username, website }
    }
}

impl Shown {
    /// What waits to be sent.
    pub(super) fn queued(&self) -> Option<ProfileView> {
        self.edit.as_ref().filter(|edit| !edit.conflict).map(Edit::form)
    }

    /// What met a newer row.
    pub(super) fn conflict(&self) -> Option<ProfileView> {
        self.edit.as_ref().filter(|edit| edit.conflict).map(Edit::form)
    }
}

impl Account {
    /// Saves the form. The write is guarded: a row that changed on the server since it was shown is not overwritten.
    /// Offline the edit is kept, and [`send_edit`](Self::send_edit) sends it later.
    ///
    /// # Errors
    /// A broken rule on its field, `Conflict` when the server's row is newer (it is shown from then on, and the edit is
    /// kept beside it), or why the server refused.
    pub async fn save(&self, form: &ProfileView) -> Result<(), Failure> {
        let user = self.user()?;
        let outcome = self.try_save(&user, form).await;
        (self.on_change)(None);
        outcome
    }

    async fn try_save(&self, user: &User, form: &ProfileView) -> Result<(), Failure> {
        let edit = ProfileEdit::new(form, OffsetDateTime::now_utc())?;
        let before = self.row();
        match self.write(user, &edit).await {
            Ok(()) => {
                self.keep_edit(user, None);
                Ok(())
            }
            Err(error) if error.code() == ErrorCode::Conflict => {
                self.keep_edit(user, Some(Edit::new(form, self.row().as_ref(), true)));
                Err(error)
            }
            // Without a row that is known there is nothing that it could be an edit of.
            Err(error) if error.code() == ErrorCode::Offline && self.knows_row() => {
                self.keep_edit(user, Some(Edit::new(form, before.as_ref(), false)));
                self.show_offline();
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Decides what becomes of an edit that has not reached the server.
    ///
    /// # Errors
    /// As [`save`](Self::save), when it is to be written.
    pub async fn resolve_edit(&self, keep: Version) -> Result<(), Failure> {
        let user = self.user()?;
        let edit = self.shown().as_ref().and_then(|shown| shown.edit.clone());
        let outcome = match (edit, keep) {
            (Some(edit), Version::Mine) => self.try_save(&user, &edit.form()).await,
            (Some(_), Version::Theirs) => {
                self.keep_edit(&user, None);
                Ok(())
            }
            (None, _) => Ok(()),
        };
        (self.on_change)(None);
        outcome
    }

    /// Sends the edit that waits, if its row is still the one that it was made on.
    pub(super) async fn send_edit(&self, user: &User) -> Result<(), Failure> {
        let waiting = self.shown().as_ref().and_then(|shown| shown.edit.clone());
        let Some(edit) = waiting.filter(|edit| !edit.conflict) else { return Ok(()) };
        let row = self.row();
        let (form, now) = (edit.form(), row.as_ref().map(ProfileView::from).unwrap_or_default());
        if now == form {
            // It had arrived, and only the answer was lost; or somebody else wrote the same.
            self.keep_edit(user, None);
            (self.on_change)(Some(NoticeCode::EditSent));
            return Ok(());
        }
        if row.as_ref().and_then(|row| row.updated_at.as_ref()) != edit.base.as_ref() {
            self.keep_edit(user, Some(Edit { conflict: true, ..edit }));
            return Ok(());
        }
        match self.try_save(user, &form).await {
            Ok(()) if self.shown().as_ref().is_some_and(|shown| shown.edit.is_none()) => {
                (self.on_change)(Some(NoticeCode::EditSent));
                Ok(())
            }
            // Offline again: it waits.
            Ok(()) => Err(Failure::new(ErrorCode::Offline, "the edit still waits to be sent")),
            // It is shown with both versions.
            Err(error) if error.code() == ErrorCode::Conflict => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn keep_edit(&self, user: &User, edit: Option<Edit>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user.id) else { return };
        shown.edit = edit;
        self.keep_on_disk(shown);
    }

    fn row(&self) -> Option<ProfileRow> {
        self.shown().as_ref()?.row.clone().flatten()
    }

    fn knows_row(&self) -> bool {
        self.shown().as_ref().is_some_and(|shown| shown.row.is_some())
    }

    pub(super) fn show_offline(&self) {
        if let Some(shown) = self.shown().as_mut() {
            shown.freshness = Freshness::Offline;
        }
    }
}
