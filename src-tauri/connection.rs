//! One project, connected: its client, its account, and what goes on between them and the window.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foyer_contract::view::Offers;
use foyer_contract::{ErrorCode, Field};
use supabase_session::{
    Client, HttpError, MemoryStore, Project, SessionStore, Settings, SignOutCause, State,
};
use tauri::async_runtime::JoinHandle;
use tokio::sync::Notify;
use url::Url;

use crate::account::cache::Cache;
use crate::account::kept::KeptEdits;
use crate::account::left::LeftObjects;
use crate::account::{Account, OnChange};
use crate::callback::Queue;
use crate::callback::handler::Handler;
use crate::captcha::Captcha;
use crate::config::{Folders, LOCAL_KEY, LOCAL_URL, REDIRECT_TO};
use crate::elsewhere::Elsewhere;
use crate::error::{Failure, second_factor, signed_in, signed_out};
use crate::inbox;
use crate::tasks;
use crate::way_back::WaysBack;

/// What a connection is given by the app around it.
#[derive(Clone)]
pub struct Surroundings {
    /// Where the store, the cache and what is remembered lie.
    pub folders: Folders,
    /// Where the session is kept.
    pub store: Arc<dyn SessionStore>,
    /// Where links that come back go.
    pub queue: Queue,
    /// Who opens our links.
    pub handler: Handler,
    /// Whether tokens in a link are taken for a flow of this app.
    pub implicit: bool,
    /// The captcha that the project's owner switched on.
    pub captcha: Option<Captcha>,
}

/// A project that the app talks to.
pub struct Connection {
    client: Client,
    account: Account,
    offers: Mutex<Option<Offers>>,
    inbox: Mutex<Option<Url>>,
    ways_back: WaysBack,
    elsewhere: Elsewhere,
    deep_link: Url,
    surroundings: Surroundings,
    on_change: OnChange,
    /// Wakes the task that keeps the account up to date.
    poked: Arc<Notify>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Connection {
    /// Restores the project's session from the store and starts the tasks.
    ///
    /// # Errors
    /// When our own redirect address does not parse.
    pub async fn open(
        project: Project,
        surroundings: Surroundings,
        on_change: OnChange,
    ) -> Result<Arc<Self>, Failure> {
        let cache = Cache::new(surroundings.folders.cache(), project.url().as_str());
        let edits = KeptEdits::new(surroundings.folders.edits(), project.url().as_str());
        let left = LeftObjects::new(surroundings.folders.left(), project.url().as_str());
        let ways_back = WaysBack::remembered(surroundings.folders.way_back_file(), project.url());
        let deep_link = deep_link()?;
        let client = client(project, Arc::clone(&surroundings.store), surroundings.implicit)?;
        client.restore().await;
        let account = Account::new(client.clone(), cache, edits, left, Arc::clone(&on_change));
        let connection = Arc::new(Self {
            client,
            account,
            offers: Mutex::default(),
            inbox: Mutex::default(),
            ways_back,
            elsewhere: Elsewhere::default(),
            deep_link,
            surroundings,
            on_change,
            poked: Arc::default(),
            tasks: Mutex::default(),
        });
        connection.follow_state();
        connection.reopen_ports().await;
        tasks::start(&connection);
        Ok(connection)
    }

    /// Ends the tasks. The session stays in the store.
    pub fn close(&self) {
        let tasks = std::mem::take(&mut *self.tasks());
        tasks.iter().for_each(JoinHandle::abort);
    }

    /// Ends this task with the connection. Those that have ended are forgotten.
    pub fn keep(&self, task: JoinHandle<()>) {
        let mut tasks = self.tasks();
        tasks.retain(|task| !task.inner().is_finished());
        tasks.push(task);
    }

    fn tasks(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// The server has said what the owner switched on.
    pub fn learn_offers(&self, settings: Settings) {
        *self.offers.lock().unwrap_or_else(PoisonError::into_inner) = Some(offers(settings));
        self.changed();
    }

    /// Where the mails of a project on this machine can be read, once something has answered there.
    #[must_use]
    pub fn inbox(&self) -> Option<Url> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks for it. True when there is nothing more to look for.
    pub async fn find_inbox(&self) -> bool {
        let project = self.client.project();
        if !project.is_loopback() {
            return true;
        }
        let Some(found) = inbox::find(project).await else { return false };
        *self.inbox.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        self.changed();
        true
    }

    /// How links come back.
    #[must_use]
    pub fn ways_back(&self) -> &WaysBack {
        &self.ways_back
    }

    /// Where the app's own links lead.
    #[must_use]
    pub fn deep_link(&self) -> &Url {
        &self.deep_link
    }

    /// What is known of what continues elsewhere.
    #[must_use]
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// What the app around gave.
    #[must_use]
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Whether tokens in a link are taken for a flow of this app.
    #[must_use]
    pub fn is_implicit(&self) -> bool {
        self.surroundings.implicit
    }

    /// What the window shows has changed.
    pub fn changed(&self) {
        (self.on_change)(None);
    }

    /// Looks at the account now.
    pub fn poke(&self) {
        self.poked.notify_one();
    }

    /// The same, where the account is not as the server has it.
    pub fn poke_if_behind(&self) {
        if self.account.is_behind() {
            self.poke();
        }
    }

    /// Woken by [`poke`](Self::poke).
    #[must_use]
    pub fn poked(&self) -> Arc<Notify> {
        Arc::clone(&self.poked)
    }

    /// True while somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        matches!(self.client.state(), State::SignedIn(_))
    }

    /// True while somebody is signed in whose second factor has to be shown first.
    #[must_use]
    pub fn needs_second_factor(&self) -> bool {
        self.client.assurance().is_some_and(|assurance| assurance.current < assurance.next)
    }

    /// True while private things may be shown and done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_signed_in() && !self.needs_second_factor()
    }

    /// The guard of everything that needs somebody to be signed in.
    ///
    /// # Errors
    /// `SignedOut`.
    pub fn must_be_signed_in(&self) -> Result<(), Failure> {
        if self.is_signed_in() {
            return Ok(());
        }
        Err(signed_out())
    }

    /// The guard of everything private.
    ///
    /// # Errors
    /// `SignedOut` or `SecondFactorNeeded`.
    pub fn must_be_open(&self) -> Result<(), Failure> {
        self.must_be_signed_in()?;
        if self.needs_second_factor() {
            return Err(second_factor());
        }
        Ok(())
    }

    /// The person asked to leave. What they typed and was not sent is lost, as the window has told them; where it showed
    /// nothing of it (a second factor is missing) it waits for them.
    pub fn leave(&self) {
        if self.is_open() {
            self.account.drop_edit();
        }
    }

    /// The guard of the ways in.
    ///
    /// # Errors
    /// `SignedIn`.
    pub fn must_be_signed_out(&self) -> Result<(), Failure> {
        if self.is_signed_in() {
            return Err(signed_in());
        }
        Ok(())
    }

    /// Shows the right account for the session's state. True when there is another one to load.
    pub fn follow_state(&self) -> bool {
        self.elsewhere.keep_only(&self.client.watch_pending().borrow());
        match self.client.state() {
            State::SignedIn(signed_in) => {
                self.elsewhere.drop_consent();
                self.account.open(&signed_in.user)
            }
            State::SignedOut(cause) => {
                self.elsewhere.chose_password();
                // Nobody can send it any more. After any other end its owner may come back.
                if cause == Some(SignOutCause::Deleted) {
                    self.account.drop_edit();
                }
                self.account.close();
                false
            }
            State::Restoring => false,
        }
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
/// `Offline`, `NotSupabase`, `WebPageAnswers` or `KeyInvalid` on the form's field, or another fault of the server.
pub async fn check(project: &Project) -> Result<(), Failure> {
    match client(project.clone(), Arc::new(MemoryStore::default()), false)?.settings().await {
        Ok(_) => Ok(()),
        Err(HttpError::NotSupabase) => {
            Err(Failure::new(ErrorCode::NotSupabase, "no Supabase project answers at this URL")
                .on(Field::Url))
        }
        Err(HttpError::WebPage) => {
            Err(Failure::new(ErrorCode::WebPageAnswers, "a web page answers at this URL").on(Field::Url))
        }
        Err(HttpError::KeyRefused) => {
            Err(Failure::new(ErrorCode::KeyInvalid, "the project does not accept this key").on(Field::Key))
        }
        Err(
            error @ (HttpError::Offline
            | HttpError::Timeout
            | HttpError::CertificateUntrusted
            | HttpError::Paused
            | HttpError::Restricted),
        ) => Err(Failure::from(error).on(Field::Url)),
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

fn deep_link() -> Result<Url, Failure> {
    Url::parse(REDIRECT_TO)
        .map_err(|_| Failure::new(ErrorCode::Internal, "the redirect address does not parse"))
}

fn client(project: Project, store: Arc<dyn SessionStore>, implicit: bool) -> Result<Client, Failure> {
    Ok(Client::builder(project, store)
        .redirect_to(deep_link()?)
        .implicit(implicit)
        .client_info(concat!("foyer/", env!("CARGO_PKG_VERSION")).to_owned())
        .build())
}

fn offers(settings: Settings) -> Offers {
    Offers {
        email: settings.email,
        sign_up: settings.sign_up,
        anonymous: settings.anonymous,
        providers: settings.providers,
    }
}
