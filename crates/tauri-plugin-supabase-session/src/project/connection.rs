//! A connected project: its client, and what the windows are told of it.

use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;

use supabase_session::{Client, Project, SessionStore, Settings, State};
use supabase_session_contract::view::SignInMethods;
use tauri::async_runtime::JoinHandle;
use tokio::sync::watch;
use url::Url;
use uuid::Uuid;

use super::flow_state::FlowState;
use super::redirect_mode::RedirectModes;
use super::sign_in_methods::KnownSignInMethods;
use crate::callback::Queue;
use crate::callback::handler::Handler;
use crate::captcha::Captcha;
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::guards;
use crate::local_server::language::PageSettings;
use crate::store::{SealedFiles, SealedStore};

/// Called whenever what a window shows has changed.
pub(crate) type OnChange = Arc<dyn Fn() + Send + Sync>;

/// What a connection is given by the app around it.
#[derive(Clone)]
pub struct ConnectionContext {
    /// Where the store and what is remembered lie.
    pub data: DataDir,
    /// The app's name, which authenticators show too, and the language of its pages in the browser.
    pub(crate) pages: PageSettings,
    /// What the client calls itself, for example `foyer/0.1.0`.
    pub client_info: String,
    /// Where the app's own links lead.
    pub deep_link: Url,
    /// Where the session is kept.
    pub store: Arc<dyn SessionStore>,
    /// The same store, where it seals, and the app's own files beside it.
    pub(crate) sealed: Option<(Arc<dyn SealedStore>, SealedFiles)>,
    /// Where links that come back go.
    pub queue: Queue,
    /// Who opens our links.
    pub handler: Handler,
    /// Whether tokens in a link are taken for a flow of this app.
    pub implicit: bool,
    /// The captcha that the project's owner switched on.
    pub captcha: Option<Captcha>,
}

impl ConnectionContext {
    /// A client of this project that keeps its session in this store.
    pub(super) fn client(&self, project: Project, store: Arc<dyn SessionStore>) -> Client {
        Client::builder(project, store)
            .redirect_to(self.deep_link.clone())
            .implicit(self.implicit)
            .client_info(self.client_info.clone())
            .build()
    }
}

/// A project that the app talks to.
pub struct Connection {
    client: Client,
    sign_in_methods: KnownSignInMethods,
    inbox: Mutex<Option<Url>>,
    redirect_modes: RedirectModes,
    flow_state: FlowState,
    context: ConnectionContext,
    on_change: OnChange,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    again: watch::Sender<()>,
    closed: watch::Sender<bool>,
}

impl Connection {
    /// A connection of this client, without any background task yet.
    pub(super) fn new(client: Client, context: ConnectionContext, on_change: OnChange) -> Self {
        let file = context.data.redirect_mode_file();
        let redirect_modes = RedirectModes::remembered(file, client.project().url());
        let file = context.data.sign_in_methods_file();
        let sign_in_methods = KnownSignInMethods::remembered(file, client.project().url());
        Self {
            client,
            sign_in_methods,
            inbox: Mutex::default(),
            redirect_modes,
            flow_state: FlowState::default(),
            context,
            on_change,
            tasks: Mutex::default(),
            again: watch::Sender::default(),
            closed: watch::Sender::default(),
        }
    }

    /// Ends the tasks, and every sign-in that is on its way: what the server issues for such a sign-in is ended there. The
    /// session that there is stays in the store.
    fn close(&self) {
        self.client.close();
        self.closed.send_replace(true);
        let tasks = std::mem::take(&mut *self.tasks());
        tasks.iter().for_each(JoinHandle::abort);
    }

    /// Closes the connection, whose place another one (or none) has taken. Whoever has signed in at the last moment is signed
    /// out: nothing would show the session any more, and it would come back with the project.
    pub(crate) fn leave(&self) {
        self.close();
        if self.is_signed_in() {
            let client = self.client.clone();
            tauri::async_runtime::spawn(async move {
                let report = client.sign_out().await;
                tracing::info!(server = ?report.server, "somebody had signed in to a project that was left");
            });
        }
    }

    /// Waits until the session was read from the store. `false`: the connection was closed before that.
    pub(crate) async fn restored(&self) -> bool {
        let (mut states, mut closings) = (self.client.watch(), self.closed.subscribe());
        let restored = async { drop(states.wait_for(|state| *state != State::Restoring).await) };
        let closed = async { drop(closings.wait_for(|closed| *closed).await) };
        tokio::select! {
            () = restored => true,
            () = closed => false,
        }
    }

    /// Ends this task with the connection. Those that have ended are forgotten.
    pub fn keep(&self, task: JoinHandle<()>) {
        let mut tasks = self.tasks();
        tasks.retain(|task| !task.inner().is_finished());
        tasks.push(task);
    }

    fn tasks(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.tasks.lock()
    }

    /// The client, which owns the session.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What the project's owner switched on, once the server has said so, at this start or at an earlier one.
    #[must_use]
    pub fn sign_in_methods(&self) -> Option<SignInMethods> {
        self.sign_in_methods.known()
    }

    /// Remembers what the project's owner switched on, also for the next start.
    pub fn set_sign_in_methods(&self, settings: Settings) {
        if self.sign_in_methods.remember(methods(settings)) {
            self.changed();
        }
    }

    /// Where the mails of a project on this machine can be read, once something has answered there.
    #[must_use]
    pub fn inbox(&self) -> Option<Url> {
        self.inbox.lock().clone()
    }

    /// Remembers where the mails can be read.
    pub(super) fn set_inbox(&self, found: Url) {
        *self.inbox.lock() = Some(found);
        self.changed();
    }

    /// How links come back.
    #[must_use]
    pub fn redirect_modes(&self) -> &RedirectModes {
        &self.redirect_modes
    }

    /// Where the app's own links lead.
    #[must_use]
    pub fn deep_link(&self) -> &Url {
        &self.context.deep_link
    }

    /// Whether the app was told which captcha the project's owner has switched on.
    #[must_use]
    pub fn has_captcha(&self) -> bool {
        self.context.captcha.is_some()
    }

    /// What is known of pending flows beside what the client keeps.
    #[must_use]
    pub fn flow_state(&self) -> &FlowState {
        &self.flow_state
    }

    /// What the app has given to this connection.
    #[must_use]
    pub fn context(&self) -> &ConnectionContext {
        &self.context
    }

    /// What the server has not answered yet is asked now: things may be better than they were.
    pub fn ask_again(&self) {
        self.again.send_replace(());
    }

    /// Changes with each [`ask_again`](Self::ask_again).
    pub(super) fn asks_again(&self) -> watch::Receiver<()> {
        self.again.subscribe()
    }

    /// To be called when what a window shows has changed.
    pub fn changed(&self) {
        (self.on_change)();
    }

    /// See [`guards::is_signed_in`].
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        guards::is_signed_in(&self.client)
    }

    /// See [`guards::user_id`].
    #[must_use]
    pub fn user_id(&self) -> Option<Uuid> {
        guards::user_id(&self.client)
    }

    /// See [`guards::needs_second_factor`].
    #[must_use]
    pub fn needs_second_factor(&self) -> bool {
        guards::needs_second_factor(&self.client)
    }

    /// See [`guards::require_signed_in`].
    ///
    /// # Errors
    /// [`Error::SignedOut`].
    pub fn require_signed_in(&self) -> Result<(), Error> {
        guards::require_signed_in(&self.client)
    }

    /// See [`guards::require_authorized`].
    ///
    /// # Errors
    /// [`Error::SignedOut`] or [`Error::SecondFactorNeeded`].
    pub fn require_authorized(&self) -> Result<(), Error> {
        guards::require_authorized(&self.client)
    }

    /// See [`guards::require_signed_out`].
    ///
    /// # Errors
    /// [`Error::SignedIn`].
    pub fn require_signed_out(&self) -> Result<(), Error> {
        guards::require_signed_out(&self.client)
    }

    /// See [`guards::require_same_user`].
    ///
    /// # Errors
    /// [`Error::SignedIn`] or [`Error::SignedOut`].
    pub fn require_same_user(&self, before: Option<Uuid>) -> Result<(), Error> {
        guards::require_same_user(&self.client, before)
    }

    /// Forgets what is over, now that the session's state has changed.
    pub(super) fn follow_state(&self) {
        self.flow_state.keep_only(&self.client.watch_pending().borrow());
        self.flow_state.keep_captchas_of(self.user_id());
        match self.client.state() {
            State::SignedIn(_) => self.flow_state.drop_consent(),
            State::SignedOut(_) => self.flow_state.chose_password(),
            State::Restoring => {}
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.close();
    }
}

fn methods(settings: Settings) -> SignInMethods {
    SignInMethods {
        email: settings.email,
        sign_up: settings.sign_up,
        anonymous: settings.anonymous,
        providers: settings.providers,
    }
}
