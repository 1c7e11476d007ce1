//! The signed-in person's account: the row in `profiles` and the picture, as the window shows them.
//!
//! Here is what the rows mean and in which order they are written. No Tauri, no HTTP: the client asks, the
//! commands call.

pub mod avatar;
pub mod cache;
pub mod deletion;
pub mod edits;
pub mod picture;
pub mod profile;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foyer_contract::ErrorCode;
use foyer_contract::view::{AccountView, Freshness, NoticeCode, ProfileView};
use serde::Serialize;
use supabase_session::{ApiError, Client, State, User};
use uuid::Uuid;

use crate::error::{Failure, signed_out};
use avatar::Avatar;
use cache::{Cache, CachedAccount};
use edits::Edit;
use profile::{COLUMNS, ProfileRow, TABLE};

/// Called whenever what the window shows has changed, with a sentence to say where there is one.
pub type OnChange = Arc<dyn Fn(Option<NoticeCode>) + Send + Sync>;

/// The account of whoever is signed in.
pub struct Account {
    client: Client,
    cache: Cache,
    on_change: OnChange,
    shown: Mutex<Option<Shown>>,
    trouble: Mutex<Option<Failure>>,
    avatar: Avatar,
    writing: tokio::sync::Mutex<()>,
}

/// What is known of one user's account.
struct Shown {
    user: Uuid,
    /// `None`: nothing known yet. `Some(None)`: the user has no row.
    row: Option<Option<ProfileRow>>,
    picture: Option<ShownPicture>,
    freshness: Freshness,
    /// What was edited and has not reached the server.
    edit: Option<Edit>,
}

/// The picture and where it lies in the bucket.
struct ShownPicture {
    path: String,
    bytes: Arc<Vec<u8>>,
}

impl Account {
    /// An account that shows nobody yet.
    #[must_use]
    pub fn new(client: Client, cache: Cache, on_change: OnChange) -> Self {
        Self {
            client,
            cache,
            on_change,
            shown: Mutex::new(None),
            trouble: Mutex::new(None),
            avatar: Avatar::default(),
            writing: tokio::sync::Mutex::default(),
        }
    }

    /// Shows what the cache knows of this user. True when the account now shows somebody else than before.
    pub fn open(&self, user: &User) -> bool {
        let mut shown = self.shown();
        if shown.as_ref().is_some_and(|shown| shown.user == user.id) {
            return false;
        }
        let cached = self.cache.account(user.id);
        let edit = cached.as_ref().and_then(|account| account.edit.clone());
        let row = cached.map(|account| account.row);
        let path = row.clone().flatten().and_then(|row| row.avatar_url);
        let picture = path.and_then(|path| {
            let bytes = Arc::new(self.cache.picture(user.id, &path)?);
            Some(ShownPicture { path, bytes })
        });
        *shown = Some(Shown { user: user.id, row, picture, freshness: Freshness::Cached, edit });
        true
    }

    /// Shows nobody, and forgets on disk what was seen.
    pub fn close(&self) {
        *self.shown() = None;
        *self.trouble() = None;
        self.avatar.drop_preview();
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
            avatar_url: shown.picture.as_ref().map(|picture| avatar::current_url(&picture.path)),
            freshness: shown.freshness,
            queued: shown.queued(),
            conflict: shown.conflict(),
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
        let answer: Result<Option<ProfileRow>, ApiError> =
            self.client.rest().select_one(TABLE, COLUMNS, &[("id", user.id)]).await;
        let outcome = match answer {
            Ok(row) => {
                self.accept(user.id, row);
                match self.load_picture(user.id).await {
                    Ok(()) => self.send_edit(&user).await,
                    failed => failed,
                }
            }
            Err(error) => Err(Failure::from(error)),
        };
        if let Err(error) = &outcome
            && error.code() == ErrorCode::Offline
        {
            self.show_offline();
        }
        *self.trouble() = outcome.as_ref().err().cloned();
        (self.on_change)(None);
        outcome
    }

    /// Writes a change to the row as it is shown, or makes the row where there is none, and shows the outcome. One
    /// write at a time: the form and the picture must not take each other for somebody else.
    async fn write<E: Serialize + Sync>(&self, user: &User, edit: &E) -> Result<(), Failure> {
        let _writing = self.writing.lock().await;
        let known = self.shown().as_ref().and_then(|shown| shown.row.clone());
        let id = user.id.to_string();
        let Some(row) = known else {
            return Err(Failure::new(ErrorCode::Offline, "the account has not been loaded yet"));
        };
        let written = match row {
            None => Some(self.client.rest().upsert(TABLE, &WithId { id: &id, edit }).await?),
            Some(row) => {
                let guard = [("id", Some(id.as_str())), ("updated_at", row.updated_at.as_deref())];
                self.client.rest().patch_guarded(TABLE, &guard, edit).await?
            }
        };
        if written.is_some() {
            self.accept(user.id, written);
            return Ok(());
        }
        // What is newer is shown from now on; what was typed is kept.
        let newer = self.client.rest().select_one(TABLE, COLUMNS, &[("id", user.id)]).await?;
        self.accept(user.id, newer);
        self.load_picture(user.id).await?;
        Err(Failure::new(ErrorCode::Conflict, "the account was changed elsewhere meanwhile"))
    }

    /// Takes over what the server answered, unless somebody else is signed in by now.
    fn accept(&self, user: Uuid, row: Option<ProfileRow>) {
        let mut shown = self.shown();
        let Some(shown) = shown.as_mut().filter(|shown| shown.user == user) else { return };
        shown.row = Some(row);
        shown.freshness = Freshness::Fresh;
        self.keep_on_disk(shown);
    }

    fn keep_on_disk(&self, shown: &Shown) {
        if let Some(row) = shown.row.clone() {
            let edit = shown.edit.clone();
            self.cache.keep_account(shown.user, &CachedAccount { row, edit });
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
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn trouble(&self) -> MutexGuard<'_, Option<Failure>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A change together with the row's key, for an upsert.
#[derive(Serialize)]
struct WithId<'a, E> {
    id: &'a str,
    #[serde(flatten)]
    edit: &'a E,
}
