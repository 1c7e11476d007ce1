//! The account of one connected project: it follows the session's state, and is kept up to date in the background.

use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::Duration;

use foyer_contract::account::{ResolveEdit, SaveProfile};
use foyer_contract::view::Protection;
use supabase_session::{Backoff, Client, SignOutCause, State};
use tauri::async_runtime::{JoinHandle, spawn, spawn_blocking};
use tauri_plugin_supabase_session::guards;
use tauri_plugin_supabase_session::store::SealedFiles;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::cache::Cache;
use super::drafts::Drafts;
use super::files::Files;
use super::orphaned_objects::OrphanedObjects;
use super::pending_edits::PendingEdits;
use super::remote_picture::{FetchPicture, PublicPictures, keep_remote_picture};
use super::removal::UNDO_TIME;
use super::{Account, OnChange};
use crate::desktop::folders::Folders;
use crate::error::Failure;

/// The pauses before a sync that failed is tried again. A network that returns is noticed within the longest one.
const RETRY: Backoff = Backoff::new(Duration::from_secs(2), Duration::from_secs(60));

/// How long a sign-out waits for the removal of a picture's object.
const LAST_REMOVAL: Duration = Duration::from_secs(2);

/// The account of one connected project.
pub struct ConnectedAccount {
    client: Client,
    account: Account,
    /// Wakes the task that keeps the account up to date.
    sync_requested: Arc<Notify>,
    followed: Mutex<Followed>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

/// What the account was made to show last.
#[derive(Default)]
struct Followed {
    state: Option<State>,
    is_authorized: bool,
    protection: Option<Protection>,
}

impl ConnectedAccount {
    /// The account of whoever is signed in with this client. Without `sealed` nothing is written.
    #[must_use]
    pub fn new(
        client: Client,
        folders: &Folders,
        sealed: Option<SealedFiles>,
        on_change: OnChange,
    ) -> Arc<Self> {
        Self::fetching(client, folders, sealed, on_change, Arc::new(PublicPictures::default()))
    }

    /// The same, with pictures that lie elsewhere fetched in this way.
    #[must_use]
    pub fn fetching(
        client: Client,
        folders: &Folders,
        sealed: Option<SealedFiles>,
        on_change: OnChange,
        pictures: Arc<dyn FetchPicture>,
    ) -> Arc<Self> {
        let project = client.project().url().as_str();
        let cache = Cache::new(Files::new(sealed.clone(), folders.cache()), project);
        let edits = PendingEdits::new(Files::new(sealed.clone(), folders.edits()), project);
        let drafts = Drafts::new(Files::new(sealed, folders.drafts()), project);
        let orphans = OrphanedObjects::new(folders.orphaned_objects(), project);
        let account = Account::new(client.clone(), cache, edits, orphans, on_change).keeping(drafts);
        let connected = Arc::new(Self {
            client,
            account,
            sync_requested: Arc::default(),
            followed: Mutex::default(),
            tasks: Mutex::default(),
        });
        connected.follow();
        let tasks = [
            spawn(keep_up_to_date(Arc::downgrade(&connected))),
            spawn(keep_remote_picture(Arc::downgrade(&connected), pictures)),
        ];
        connected.tasks.lock().extend(tasks);
        connected
    }

    /// The session's owner.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The account, whoever is signed in.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The account, for what only its owner may do.
    ///
    /// # Errors
    /// `SignedOut` or `SecondFactorNeeded`.
    pub fn authorized(&self) -> Result<&Account, Failure> {
        guards::require_authorized(&self.client)?;
        Ok(&self.account)
    }

    /// Whether something typed in this window is not saved, which its owner can see.
    #[must_use]
    pub fn has_draft(&self, label: &str) -> bool {
        guards::is_authorized(&self.client) && self.account.has_draft(label)
    }

    /// Shows the right account for the session's state, and has it loaded where it is another one.
    pub fn follow(&self) {
        let (state, is_authorized) = (self.client.state(), guards::is_authorized(&self.client));
        let (is_same, was_authorized) = {
            let mut followed = self.followed.lock();
            let is_same = followed.state.as_ref() == Some(&state);
            followed.state = Some(state.clone());
            (is_same, std::mem::replace(&mut followed.is_authorized, is_authorized))
        };
        let is_another = !is_same && self.show(&state);
        // Who has just shown the second factor may see what was held back.
        if is_another || (is_authorized && !was_authorized) {
            self.request_sync();
        }
    }

    /// Brings the account's files in line with what protects the session, in a task that may block. `None`: that is being
    /// found out.
    pub fn follow_protection(self: &Arc<Self>, active: Option<Protection>) {
        let Some(now) = active else { return };
        let before = self.followed.lock().protection.replace(now);
        if before == active {
            return;
        }
        let this = Arc::clone(self);
        spawn_blocking(move || this.account.follow_protection(before, now));
    }

    /// True when there is another account to load.
    fn show(&self, state: &State) -> bool {
        match state {
            State::SignedIn(signed_in) => self.account.open(&signed_in.user),
            State::SignedOut(cause) => {
                // Nobody can send it any more. After any other end its owner may come back.
                if *cause == Some(SignOutCause::Deleted) {
                    self.account.drop_unsaved();
                }
                self.account.close();
                false
            }
            State::Restoring => false,
        }
    }

    /// Loads the account now.
    pub fn request_sync(&self) {
        self.sync_requested.notify_one();
    }

    /// The same, where the account is not as the server has it.
    pub fn request_sync_if_behind(&self) {
        if self.account.is_behind() {
            self.request_sync();
        }
    }

    /// Saves what was typed; what could not be sent is tried again.
    ///
    /// # Errors
    /// See [`Account::save`].
    pub async fn save(&self, wish: &SaveProfile) -> Result<(), Failure> {
        self.authorized()?.save(wish).await?;
        self.request_sync_if_behind();
        Ok(())
    }

    /// Decides what becomes of an edit; what could not be sent is tried again.
    ///
    /// # Errors
    /// See [`Account::resolve_edit`].
    pub async fn resolve_edit(&self, wish: &ResolveEdit) -> Result<(), Failure> {
        self.authorized()?.resolve_edit(wish).await?;
        self.request_sync_if_behind();
        Ok(())
    }

    /// Uploads the prepared picture with this id and makes it the account's. What it replaces is removed afterwards: nobody
    /// waits for that.
    ///
    /// # Errors
    /// See [`Account::upload_avatar`].
    pub async fn upload_avatar(
        self: &Arc<Self>,
        preview: &str,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<(), Failure> {
        let replaced = self.authorized()?.upload_avatar(preview, progress).await?;
        let this = Arc::downgrade(self);
        spawn(async move {
            if let Some(this) = this.upgrade() {
                this.account.remove_replaced(replaced).await;
            }
        });
        Ok(())
    }

    /// Removes the account's picture, which was `seen` at this address, and its object once that cannot be undone any
    /// more.
    ///
    /// # Errors
    /// See [`Account::remove_avatar`].
    pub async fn remove_avatar(self: &Arc<Self>, seen: Option<&str>) -> Result<(), Failure> {
        let removal = self.authorized()?.remove_avatar(seen).await?;
        let this = Arc::downgrade(self);
        spawn(async move {
            tokio::time::sleep(UNDO_TIME).await;
            if let Some(this) = this.upgrade() {
                this.account.end_undo_of(removal).await;
            }
        });
        Ok(())
    }

    /// The person asked to sign out. What they typed and was not sent is lost, as the window has told them; where it
    /// showed nothing of it (a second factor is missing) it waits for them.
    pub fn leave(&self) {
        if guards::is_authorized(&self.client) {
            self.account.drop_unsaved();
        }
    }

    /// The same before a sign-out. The object of a picture that was just removed is removed first, as nobody may do it once
    /// they are signed out; if that takes too long, it is done after the next sign-in. What is typed meanwhile is dropped
    /// with the rest.
    pub async fn leave_before_sign_out(&self) {
        if timeout(LAST_REMOVAL, self.account.end_undo()).await.is_err() {
            tracing::info!("a picture that was removed keeps its object until the next sign-in");
        }
        self.leave();
    }

    /// False when it is worth to try again without being asked.
    async fn sync(&self) -> bool {
        if !guards::is_authorized(&self.client) {
            return true;
        }
        // First what is shown, over the connection that is there, and what a picture may be when all of that has come.
        let account = async {
            let has_failed = self.account.load().await.is_err_and(|error| error.is_passing());
            // Who gets no answer is not kept from the next try by a question more.
            if !has_failed {
                self.account.ask_bucket_rules().await;
            }
            has_failed
        };
        let (has_failed, user) = tokio::join!(biased; account, self.client.get_user());
        if let Err(error) = user {
            tracing::debug!(%error, "the user could not be verified");
        }
        !has_failed
    }
}

impl Drop for ConnectedAccount {
    fn drop(&mut self) {
        self.tasks.lock().drain(..).for_each(|task| task.abort());
    }
}

/// Loads the account of whoever is signed in, and sends what was edited offline; while the server cannot be reached,
/// again and again; else when it is asked for. It holds the account only while it does something.
async fn keep_up_to_date(connected: Weak<ConnectedAccount>) {
    let Some(requested) = connected.upgrade().map(|it| Arc::clone(&it.sync_requested)) else { return };
    let mut retry = RETRY;
    loop {
        let is_done = match connected.upgrade() {
            Some(connected) => connected.sync().await,
            None => return,
        };
        if is_done {
            retry.reset();
            requested.notified().await;
        } else {
            // A request says that the server may be reachable again, so the pauses begin with the short ones.
            if tokio::time::timeout(retry.pause(), requested.notified()).await.is_ok() {
                retry.reset();
            }
        }
    }
}
