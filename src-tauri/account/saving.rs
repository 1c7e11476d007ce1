//! Saving the account form: sent at once, kept while the server cannot be reached or the session is over, asked about
//! where the server's row is newer, given back where the server does not take it. Nothing that was typed is lost on the
//! way, and nothing of somebody else's is overwritten unseen.

use std::sync::atomic::Ordering::SeqCst;

use foyer_contract::SessionErrorCode;
use foyer_contract::account::{ProfileBase, ResolveEdit, SaveProfile, Version};
use foyer_contract::view::{Freshness, NoticeCode, ProfileView};
use serde_json::{Map, Value};
use supabase_session::{ApiError, User};
use time::OffsetDateTime;

use super::edits::{Edit, Meeting, remember, version_of};
use super::profile::ProfileRow;
use super::unwritten::is_unanswered;
use super::{Account, Shown, Unwritten};
use crate::error::{Failure, refused_write, signed_out};

/// How often the person had dropped an edit when something began: what they drop meanwhile is not kept again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun(u64);

impl Shown {
    /// What waits to be sent, in the form around it.
    pub(super) fn queued(&self) -> Option<ProfileView> {
        let edit = self.edit.as_ref().filter(|edit| edit.is_waiting())?;
        Some(edit.over(self.known_row()))
    }

    /// What met a newer row.
    pub(super) fn conflict(&self) -> Option<ProfileView> {
        let edit = self.edit.as_ref().filter(|edit| edit.is_conflict())?;
        Some(edit.over(self.known_row()))
    }

    fn known_row(&self) -> Option<&ProfileRow> {
        self.row.as_ref()?.as_ref()
    }

    /// The edit that the form asks for. `None` while the row is not known: there is nothing to edit then.
    fn edit_of(&self, wish: &SaveProfile) -> Option<Edit> {
        let row = self.row.as_ref()?.as_ref();
        let base = wish.base.clone().unwrap_or_else(|| ProfileBase {
            profile: row.map(ProfileView::from).unwrap_or_default(),
            version: version_of(row),
        });
        let edit = Edit::new(&base, &wish.profile);
        // One that was refused stands in the form by now, and what the form holds takes its place.
        let mut edit = match self.edit.clone().filter(|kept| !kept.is_refused()) {
            Some(kept) => kept.then(&edit),
            None => edit,
        };
        edit.remember_all(&self.sent);
        Some(edit)
    }
}

impl Account {
    /// Saves what was changed in the form. The write is guarded: a row that is newer than the one that the form was
    /// filled from is not overwritten. Offline the edit is kept, and sent by the next [`load`](Self::load) that reaches
    /// the server; so is one whose session ended on the way.
    ///
    /// # Errors
    /// A broken rule on its field, `Conflict` when the server's row is newer (it is shown from then on, and the edit is
    /// kept beside it), or why the server refused.
    pub async fn save(&self, wish: &SaveProfile) -> Result<(), Failure> {
        let (user, begun) = (self.user()?, self.begun());
        let outcome = {
            let _writing = self.writing.lock().await;
            let edit = self.shown_of(&user, |shown| shown.edit_of(wish)).flatten();
            match edit {
                Some(edit) => self.send(&user, edit, begun).await,
                None => Err(Unwritten::NotLoaded.into()),
            }
        };
        (self.on_change)(None);
        outcome
    }

    /// Decides what becomes of an edit that has not reached the server.
    ///
    /// # Errors
    /// As [`save`](Self::save), when it is to be written. `Conflict` also when the server's row is another one by now
    /// than the person saw.
    pub async fn resolve_edit(&self, wish: &ResolveEdit) -> Result<(), Failure> {
        let outcome = match wish.keep {
            Version::Mine => self.keep_mine(wish.seen.as_deref()).await,
            Version::Theirs => {
                self.drop_edit();
                Ok(())
            }
        };
        (self.on_change)(None);
        outcome
    }

    async fn keep_mine(&self, seen: Option<&str>) -> Result<(), Failure> {
        let (user, begun) = (self.user()?, self.begun());
        let _writing = self.writing.lock().await;
        let known = self.shown_of(&user, |shown| (shown.edit.clone(), shown.row.clone()));
        let Some((Some(edit), Some(row))) = known else { return Ok(()) };
        if seen.is_some_and(|seen| seen != version_of(row.as_ref())) {
            return Err(Unwritten::Newer.into());
        }
        let edit = if edit.is_conflict() { edit.rebase(row.as_ref()) } else { edit };
        self.send(&user, edit, begun).await
    }

    /// Drops the edit of whoever is shown: they asked for it. One that is being sent is not kept either.
    pub fn drop_edit(&self) {
        let mut shown = self.shown();
        self.drops.fetch_add(1, SeqCst);
        if let Some(shown) = shown.as_mut() {
            shown.edit = None;
            self.edits.drop_all(shown.user);
        }
    }

    /// Drops everything that whoever is shown has typed and that has not reached the server.
    pub fn drop_unsaved(&self) {
        self.drop_edit();
        self.drafts.clear();
    }

    /// Sends the edit that waits, if its row is still the one that it was made on.
    pub(super) async fn send_edit(&self, user: &User) -> Result<(), Failure> {
        let begun = self.begun();
        let _writing = self.writing.lock().await;
        let waiting = self.shown_of(user, |shown| shown.edit.clone().filter(Edit::is_waiting)).flatten();
        let Some(edit) = waiting else { return Ok(()) };
        let outcome = self.send(user, edit, begun).await;
        let left = self.shown_of(user, |shown| shown.edit.clone()).flatten();
        match (outcome, left) {
            (Ok(()), None) => {
                (self.on_change)(Some(NoticeCode::EditSent));
                Ok(())
            }
            // Offline again: it waits.
            (Ok(()), Some(_)) => {
                Err(Failure::new(SessionErrorCode::Offline, "the edit still waits to be sent"))
            }
            // It is shown with both versions, or in the form with the reason: the person is asked, not the server.
            (Err(_), Some(left)) if !left.is_waiting() => Ok(()),
            (Err(error), _) => Err(error),
        }
    }

    /// Writes an edit, once for each row that it may be written on.
    async fn send(&self, user: &User, mut edit: Edit, begun: Begun) -> Result<(), Failure> {
        // A row that changes while it is looked at is looked at once more.
        for _ in 0..2 {
            let Some(row) = self.shown_of(user, |shown| shown.row.clone()).flatten() else {
                return Err(Unwritten::NotLoaded.into());
            };
            match edit.meets(row.as_ref()) {
                Meeting::Base => {}
                Meeting::Aside => edit = edit.rebase(row.as_ref()),
                Meeting::Saved => return self.keep(user, None, begun),
                Meeting::Newer => break,
            }
            let changes = match edit.changes(now()) {
                Ok(Some(changes)) => changes,
                Ok(None) => return self.keep(user, None, begun),
                Err(broken) => return self.give_back(user, edit, broken, begun),
            };
            if let Some(sent) = edit.remember(&changes) {
                self.change_shown(user, |shown| remember(&mut shown.sent, sent));
            }
            match self.put_row(user, &changes).await {
                Ok(()) => return self.keep(user, None, begun),
                Err(Unwritten::Newer) => {}
                Err(Unwritten::NotLoaded) => return Err(Unwritten::NotLoaded.into()),
                Err(Unwritten::Api(error)) => return self.not_sent(user, edit, error, &changes, begun),
            }
        }
        self.keep(user, Some(edit.in_conflict()), begun)?;
        Err(Unwritten::Newer.into())
    }

    /// What becomes of an edit that the server did not write.
    fn not_sent(
        &self,
        user: &User,
        edit: Edit,
        error: ApiError,
        changes: &Map<String, Value>,
        begun: Begun,
    ) -> Result<(), Failure> {
        match error {
            // The session is over, and the edit is its owner's when they come back.
            ApiError::SignedOut => {
                self.keep(user, Some(edit), begun)?;
                Err(signed_out())
            }
            error if is_unanswered(&error) => {
                self.keep(user, Some(edit), begun)?;
                self.show_offline();
                Ok(())
            }
            ApiError::Http(error) => {
                // What stands in the form stays there; what was kept is kept on.
                if self.is_kept(user) {
                    self.keep(user, Some(edit), begun)?;
                }
                Err(error.into())
            }
            error => self.give_back(user, edit, refused_write(error, changes), begun),
        }
    }

    /// The server will not take it, however often it is sent. What stands in the form stays there; what was kept goes
    /// back there.
    fn give_back(&self, user: &User, edit: Edit, failure: Failure, begun: Begun) -> Result<(), Failure> {
        if self.is_kept(user) {
            self.keep(user, Some(edit.refused(failure.clone().into())), begun)?;
        }
        Err(failure)
    }

    /// Keeps the edit, or none any more, on disk whoever is signed in by now; unless its owner has dropped it meanwhile.
    fn keep(&self, user: &User, edit: Option<Edit>, begun: Begun) -> Result<(), Failure> {
        let mut shown = self.shown();
        if self.begun() != begun {
            return Ok(());
        }
        let written = match &edit {
            Some(edit) => self.edits.keep(user.id, edit),
            None => {
                self.edits.remove(user.id);
                Ok(())
            }
        };
        if let Some(shown) = shown.as_mut().filter(|shown| shown.user == user.id) {
            shown.edit = edit;
        }
        written.map_err(|error| {
            tracing::warn!(%error, "an edit cannot be kept on disk");
            error.into()
        })
    }

    fn is_kept(&self, user: &User) -> bool {
        self.shown_of(user, |shown| shown.edit.is_some()).unwrap_or_default()
    }

    fn begun(&self) -> Begun {
        Begun(self.drops.load(SeqCst))
    }

    pub(super) fn show_offline(&self) {
        if let Some(shown) = self.shown().as_mut() {
            shown.freshness = Freshness::Offline;
        }
    }
}

/// The time of a write. PostgreSQL keeps microseconds: what is finer would not be known again.
fn now() -> OffsetDateTime {
    let now = OffsetDateTime::now_utc();
    now.replace_microsecond(now.microsecond()).unwrap_or(now)
}

#[cfg(test)]
#[path = "saving_tests.rs"]
mod tests;
