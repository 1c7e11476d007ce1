//! One project, connected: its client, its account, and the tasks that keep both up to date.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use foyer_contract::view::Offers;
use foyer_contract::{ErrorCode, Field};
use supabase_session::{Client, HttpError, MemoryStore, Project, SessionStore, Settings, State};
use tauri::async_runtime::JoinHandle;
use url::Url;

use crate::account::cache::Cache;
use crate::account::{Account, OnChange};
use crate::config::{Folders, LOCAL_KEY, LOCAL_URL, REDIRECT_TO};
use crate::error::Failure;

/// First pause before a failed request for the account or the project's settings is made again; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// Longest such pause: a network that returns is noticed within this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A project that the app talks to.
pub struct Connection {
    client: Client,
    account: Account,
    offers: Mutex<Option<Offers>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Connection {
    /// Restores the project's session from the store and starts the tasks.
    ///
    /// # Errors
    /// When our own redirect address does not parse.
    pub async fn open(
        project: Project,
        store: Arc<dyn SessionStore>,
        folders: &Folders,
        on_change: OnChange,
    ) -> Result<Arc<Self>, Failure> {
        let cache = Cache::new(folders.cache(), project.url().as_str());
        let client = client(project, store)?;
        let state = client.restore().await;
        let account = Account::new(client.clone(), cache, Arc::clone(&on_change));
        follow_state(&account, &state);
        let connection =
            Arc::new(Self { client, account, offers: Mutex::default(), tasks: Mutex::default() });
        connection.start(&on_change);
        Ok(connection)
    }

    fn start(self: &Arc<Self>, on_change: &OnChange) {
        let client = self.client.clone();
        let tasks = vec![
            tauri::async_runtime::spawn(async move { client.keep_fresh().await }),
            tauri::async_runtime::spawn(follow(Arc::downgrade(self), Arc::clone(on_change))),
            tauri::async_runtime::spawn(ask_offers(Arc::downgrade(self), Arc::clone(on_change))),
            tauri::async_runtime::spawn(load_account(Arc::downgrade(self))),
        ];
        *self.tasks.lock().unwrap_or_else(PoisonError::into_inner) = tasks;
    }

    /// Ends the tasks. The session stays in the store.
    pub fn close(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.iter().for_each(JoinHandle::abort);
    }

    /// The session's owner.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whoever is signed in, as the account page shows them.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What the project's owner switched on, once the server has said so.
    #[must_use]
    pub fn offers(&self) -> Option<Offers> {
        self.offers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// True while somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        matches!(self.client.state(), State::SignedIn(_))
    }

    /// The guard of everything private.
    ///
    /// # Errors
    /// `SignedOut`.
    pub fn must_be_signed_in(&self) -> Result<(), Failure> {
        if self.is_signed_in() {
            return Ok(());
        }
        Err(Failure::new(ErrorCode::SignedOut, "nobody is signed in"))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.close();
    }
}

/// Asks the project whether it is one, with this key.
///
/// # Errors
/// `Offline`, `NotSupabase` or `KeyInvalid` on the form's field, or another fault of the server.
pub async fn check(project: &Project) -> Result<(), Failure> {
    match client(project.clone(), Arc::new(MemoryStore::default()))?.settings().await {
        Ok(_) => Ok(()),
        Err(HttpError::NotSupabase) => {
            Err(Failure::new(ErrorCode::NotSupabase, "no Supabase project answers at this URL")
                .on(Field::Url))
        }
        Err(HttpError::KeyRefused) => {
            Err(Failure::new(ErrorCode::KeyInvalid, "the project does not accept this key").on(Field::Key))
        }
        Err(error @ (HttpError::Offline | HttpError::Timeout)) => Err(Failure::from(error).on(Field::Url)),
        Err(error) => Err(error.into()),
    }
}

/// The local Supabase, if one answers.
///
/// # Errors
/// `LocalNotFound`.
pub async fn local() -> Result<Project, Failure> {
    let not_found =
        || Failure::new(ErrorCode::LocalNotFound, "no local Supabase answers at http://127.0.0.1:54321");
    let project = Project::new(LOCAL_URL, LOCAL_KEY).map_err(|_| not_found())?;
    check(&project).await.map_err(|_| not_found())?;
    Ok(project)
}

fn client(project: Project, store: Arc<dyn SessionStore>) -> Result<Client, Failure> {
    let redirect_to = Url::parse(REDIRECT_TO)
        .map_err(|_| Failure::new(ErrorCode::Internal, "the redirect address does not parse"))?;
    Ok(Client::builder(project, store)
        .redirect_to(redirect_to)
        .client_info(concat!("foyer/", env!("CARGO_PKG_VERSION")).to_owned())
        .build())
}

/// Shows the right account for the session's state. True when there is a new account to load.
fn follow_state(account: &Account, state: &State) -> bool {
    match state {
        State::SignedIn(signed_in) => account.open(&signed_in.user),
        State::SignedOut(_) => {
            account.close();
            false
        }
        State::Restoring => false,
    }
}

/// Tells the windows of every change of the session, the pending flows and the store's health.
async fn follow(connection: Weak<Connection>, on_change: OnChange) {
    let Some((mut states, mut pending, mut store)) = connection.upgrade().map(|connection| {
        let client = connection.client();
        (client.watch(), client.watch_pending(), client.watch_store())
    }) else {
        return;
    };
    loop {
        let is_open = tokio::select! {
            changed = states.changed() => changed.is_ok(),
            changed = pending.changed() => changed.is_ok(),
            changed = store.changed() => changed.is_ok(),
        };
        let (Some(connection), true) = (connection.upgrade(), is_open) else {
            return;
        };
        let state = states.borrow_and_update().clone();
        if follow_state(connection.account(), &state) {
            tauri::async_runtime::spawn(load_account(Arc::downgrade(&connection)));
        }
        on_change();
    }
}

/// Loads the account of whoever is signed in; while the server cannot be reached, again and again.
async fn load_account(connection: Weak<Connection>) {
    let mut pause = FIRST_PAUSE;
    loop {
        {
            let Some(connection) = connection.upgrade().filter(|connection| connection.is_signed_in()) else {
                return;
            };
            let client = connection.client();
            // Side by side: what the server says of the user, and what the user says of themselves.
            let (user, account) = tokio::join!(client.get_user(), connection.account().load());
            if let Err(error) = user {
                tracing::debug!(%error, "the user could not be verified");
            }
            match account {
                Err(error) if error.is_passing() => {}
                _ => return,
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Asks what the project offers, until it has answered.
async fn ask_offers(connection: Weak<Connection>, on_change: OnChange) {
    let mut pause = FIRST_PAUSE;
    loop {
        {
            let Some(connection) = connection.upgrade() else { return };
            if let Ok(settings) = connection.client().settings().await {
                let offers = Some(offers(settings));
                *connection.offers.lock().unwrap_or_else(PoisonError::into_inner) = offers;
                on_change();
                return;
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn offers(settings: Settings) -> Offers {
    Offers {
        email: settings.email,
        sign_up: settings.sign_up,
        anonymous: settings.anonymous,
        providers: settings.providers,
    }
}
