//! The signed-in person's account: the row in `profiles` and the picture, as the window shows them.
//!
//! Here is what the rows mean and in which order they are written. No Tauri, no HTTP: the client asks, the
//! commands call.

mod at_rest;
pub mod avatar;
mod bucket_rules;
pub mod cache;
mod chosen;
pub mod deletion;
pub mod drafts;
pub mod edits;
pub mod files;
mod forget;
pub mod orphaned_objects;
pub mod pending_edits;
pub mod picture;
mod picture_change;
mod picture_source;
pub mod profile;
mod public_profile;
pub mod remote_picture;
mod removal;
#[cfg(test)]
mod rest_away_tests;
mod row_writes;
mod saving;
mod schema;
#[cfg(test)]
mod schemas_tests;
mod shown_picture;
#[cfg(test)]
mod shown_picture_tests;
pub mod sync;
#[cfg(test)]
mod test_world;
mod unwritten;
mod username;

use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use foyer_contract::view::{AccountView, Freshness, NoticeCode, ProfileView};
use supabase_session::{ApiError, Client, State, User};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::error::{Failure, signed_out};
use avatar::Avatar;
use cache::{Cache, CachedAccount};
use drafts::Drafts;
use edits::{Edit, Sent, version_of};
use files::Files;
use orphaned_objects::{OrphanedObjects, Quiet};
use pending_edits::PendingEdits;
use profile::ProfileRow;
use schema::Schema;
use shown_picture::ShownPicture;
use unwritten::{Unwritten, is_unanswered};
use username::Questions;

/// Called whenever what the window shows has changed, with a sentence to say where there is one.
pub type OnChange = Arc<dyn Fn(Option<NoticeCode>) + Send + Sync>;

/// The account of whoever is signed in.
pub struct Account {
    client: Client,
    cache: Cache,
    edits: PendingEdits,
    drafts: Drafts,
    orphans: OrphanedObjects,
    on_change: OnChange,
    shown: Mutex<Option<Shown>>,
    trouble: Mutex<Option<Failure>>,
    avatar: Avatar,
    /// Wakes the task that fetches pictures from elsewhere.
    picture_requested: Arc<Notify>,
    /// One write at a time.
    writing: tokio::sync::Mutex<()>,
    /// How often the person has dropped an edit.
    drops: AtomicU64,
    schema: Schema,
    usernames: Questions,
}

/// What is known of one user's account.
struct Shown {
    user: Uuid,
    /// `None`: nothing known yet. `Some(None)`: the user has no row.
    row: Option<Option<ProfileRow>>,
    picture: Option<ShownPicture>,
    /// What the row named as its picture when nothing was there. It is asked for again when the person asks for that.
    without_picture: Option<String>,
    /// Whether the project's Storage is about to be asked for the picture.
    is_picture_coming: bool,
    freshness: Freshness,
    /// What was edited and has not reached the server.
    edit: Option<Edit>,
    /// The writes of this process: a row that says the time of one of them is nobody else's.
    sent: Vec<Sent>,
    /// How many rows were taken over: one that was asked for before another was taken over is older than it.
    taken: u64,
    /// The moment at which the server was asked for the row, if no change of the picture was under way then.
    asked: Option<Quiet>,
}

impl Account {
    /// An account that shows nobody yet.
    #[must_use]
    pub fn new(
        client: Client,
        cache: Cache,
        edits: PendingEdits,
        orphans: OrphanedObjects,
        on_change: OnChange,
    ) -> Self {
        Self {
            client,
            cache,
            edits,
            drafts: Drafts::new(Files::in_memory(), ""),
            orphans,
            on_change,
            shown: Mutex::new(None),
            trouble: Mutex::new(None),
            avatar: Avatar::default(),
            picture_requested: Arc::default(),
            writing: tokio::sync::Mutex::default(),
            drops: AtomicU64::default(),
            schema: Schema::default(),
            usernames: Questions::default(),
        }
    }

    /// The same, with what is typed and not saved kept in these files.
    #[must_use]
    pub fn keeping(self, drafts: Drafts) -> Self {
        Self { drafts, ..self }
    }

    /// Shows what this machine knows of this user. True when the account now shows somebody else than before.
    pub fn open(&self, user: &User) -> bool {
        let mut shown = self.shown();
        if shown.as_ref().is_some_and(|shown| shown.user == user.id) {
            return false;
        }
        let cached = self.cache.account(user.id);
        let edit = self.edits.read(user.id);
        let row = cached.map(|account| account.row);
        let path = row.clone().flatten().and_then(|row| row.avatar_url);
        let picture = path.and_then(|path| {
            let bytes = self.cache.picture(user.id, &path)?;
            Some(ShownPicture::new(path, bytes))
        });
        let (freshness, sent) = (Freshness::Cached, Vec::new());
        let without_picture = None;
        let shown_now = Shown {
            user: user.id,
            row,
            picture,
            without_picture,
            is_picture_coming: false,
            freshness,
            edit,
            sent,
            taken: 0,
            asked: None,
        };
        *shown = Some(shown_now);
        self.drafts.open(user.id);
        true
    }

    /// Shows nobody, and forgets on disk what was seen. What was typed stays there, see
    /// [`drop_unsaved`](Self::drop_unsaved).
    pub fn close(&self) {
        *self.shown() = None;
        *self.trouble() = None;
        self.drafts.close();
        self.avatar.clear();
        self.cache.clear();
    }

    /// What the window shows; `None` while nothing is known.
    #[must_use]
    pub fn view(&self, email: Option<String>) -> Option<AccountView> {
        let shown = self.shown();
        let shown = shown.as_ref()?;
        let row = shown.row.as_ref()?;
        Some(AccountView {
            email,
            profile: row.as_ref().map(ProfileView::from).unwrap_or_default(),
            version: version_of(row.as_ref()),
            avatar_url: shown.picture.as_ref().map(|picture| picture.url.clone()),
            has_picture: row.as_ref().is_some_and(|row| row.avatar_url.is_some()),
            is_picture_coming: shown.is_picture_coming,
            can_restore_picture: self.avatar.removed_of(shown.user).is_some(),
            picture_limit: self.picture_limit(),
            freshness: shown.freshness,
            queued: shown.queued(),
            conflict: shown.conflict(),
            missing_schema: self.schema.view(),
            draft: self.drafts.found(),
            refused: shown.edit.as_ref().and_then(|edit| edit.refusal(row.as_ref())),
        })
    }

    /// Why the account could not be loaded, until it could.
    #[must_use]
    pub fn last_trouble(&self) -> Option<Failure> {
        self.trouble().clone()
    }

    /// The picture that is shown, for the custom scheme.
    #[must_use]
    pub fn current_picture(&self) -> Option<Arc<Vec<u8>>> {
        let shown = self.shown();
        Some(Arc::clone(&shown.as_ref()?.picture.as_ref()?.bytes))
    }

    /// The picture part: choosing, uploading, removing.
    #[must_use]
    pub fn avatar(&self) -> &Avatar {
        &self.avatar
    }

    /// Asks the server for the row and the picture, and sends what was edited offline.
    ///
    /// # Errors
    /// When the row cannot be had, or an edit cannot be sent. What is shown stays, marked as offline where that is the
    /// reason.
    pub async fn load(&self) -> Result<(), Failure> {
        let user = self.user()?;
        let outcome = match self.load_row(&user).await {
            Ok(()) => {
                // The row is shown however long its picture takes.
                let is_picture_coming =
                    self.picture_to_fetch(user.id).is_some_and(|(_, from)| from.is_object());
                self.change_shown(&user, |shown| shown.is_picture_coming = is_picture_coming);
                (self.on_change)(None);
                // A picture that cannot be had is no reason to hold an edit back.
                let edit = self.send_edit(&user).await;
                let picture = self.load_picture(user.id).await;
                self.change_shown(&user, |shown| shown.is_picture_coming = false);
                edit.and(picture.map_err(|error| self.not_had(error)))
            }
            Err(error) => Err(self.not_had(error)),
        };
        // Nothing is said of somebody who is not shown any more.
        if self.shown_of(&user, |_| ()).is_some() {
            *self.trouble() = outcome.as_ref().err().cloned();
        }
        (self.on_change)(None);
        outcome
    }

    /// What is shown is from before, where there was no answer.
    fn not_had(&self, error: ApiError) -> Failure {
        if is_unanswered(&error) {
            self.show_offline();
        }
        error.into()
    }

    async fn load_row(&self, user: &User) -> Result<(), ApiError> {
        loop {
            let before = self.shown_of(user, |shown| (shown.taken, matches!(shown.row, Some(Some(_)))));
            let asked = self.orphans.quiet();
            let row: Option<ProfileRow> = self.select(user).await?;
            let had_row = before.is_some_and(|(_, had_row)| had_row);
            if row.is_none() && had_row {
                self.ask_for_user().await?;
            }
            // An answer from before a write of ours would show the old values again.
            if self.shown_of(user, |shown| shown.taken) == before.map(|(taken, _)| taken) {
                self.accept(user.id, row, asked);
                return Ok(());
            }
        }
    }

    /// Asks the server for the user, where the user's row is gone: if the user is gone too, that ends the session with
    /// its reason.
    async fn ask_for_user(&self) -> Result<(), ApiError> {
        self.client.get_user().await.map(drop)
    }

    /// Takes over what the server answered to a question of this moment, unless somebody else is signed in by now.
    fn accept(&self, user: Uuid, row: Option<ProfileRow>, asked: Option<Quiet>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user) else { return };
        shown.taken += 1;
        shown.asked = asked;
        shown.row = Some(row);
        shown.freshness = Freshness::Fresh;
        self.keep_on_disk(shown);
    }

    /// The same for a row that was written here. An edit that waits beside it is one of this row from now on.
    fn accept_written(&self, user: Uuid, before: Option<&ProfileRow>, row: Option<ProfileRow>) {
        if let Some(shown) = self.shown().as_mut().filter(|shown| shown.user == user)
            && let Some(edit) = &mut shown.edit
        {
            edit.follow(before, row.as_ref());
        }
        self.accept(user, row, None);
    }

    fn keep_on_disk(&self, shown: &Shown) {
        if let Some(row) = shown.row.clone() {
            self.cache.keep_account(shown.user, &CachedAccount { row });
        }
    }

    /// Whether the server has to be asked, or told, something.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        let shown = self.shown();
        shown.as_ref().is_some_and(|shown| shown.freshness != Freshness::Fresh || shown.queued().is_some())
    }

    fn user(&self) -> Result<User, Failure> {
        match self.client.state() {
            State::SignedIn(signed_in) => Ok(signed_in.user),
            _ => Err(signed_out()),
        }
    }

    fn shown(&self) -> MutexGuard<'_, Option<Shown>> {
        self.shown.lock()
    }

    /// What is shown, if it is this user's.
    fn shown_of<T>(&self, user: &User, read: impl FnOnce(&Shown) -> T) -> Option<T> {
        self.shown().as_ref().filter(|shown| shown.user == user.id).map(read)
    }

    fn change_shown(&self, user: &User, change: impl FnOnce(&mut Shown)) {
        if let Some(shown) = self.shown().as_mut().filter(|shown| shown.user == user.id) {
            change(shown);
        }
    }

    fn trouble(&self) -> MutexGuard<'_, Option<Failure>> {
        self.trouble.lock()
    }
}
