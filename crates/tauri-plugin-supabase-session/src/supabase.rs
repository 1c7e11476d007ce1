//! The session as the app and its windows see it: which project, who is signed in, what a window is told.
//!
//! Everything that a window shows comes from [`Supabase::view`]; every change ends in [`Supabase::publish`].

use parking_lot::{Mutex, MutexGuard};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use supabase_session::{Bucket, Client, Project, Rest, State};
use supabase_session_contract::project::ProjectTarget;
use supabase_session_contract::view::{Notice, NoticeCode, RedirectMode, SupabaseView};
use tauri::ipc::Channel;

use crate::callback::LinkOutcome;
use crate::callback::handler::Handler;
use crate::channel::WindowChannels;
use crate::desktop::Desktop;
use crate::error::Error;
use crate::local_server::language::Language;
use crate::project::{Connection, ConnectionContext, OnChange, saved};
use crate::view;

/// The session that the plugin keeps. Cheap to clone; all clones are the same session.
#[derive(Clone)]
pub struct Supabase(Arc<Inner>);

/// A [`Supabase`] that does not keep the session alive.
#[derive(Clone)]
pub(crate) struct WeakSupabase(Weak<Inner>);

struct Inner {
    context: ConnectionContext,
    on_change: OnChange,
    desktop: Arc<dyn Desktop>,
    channels: WindowChannels<SupabaseView>,
    /// The desktop is to be asked who opens our links, once a window has its page.
    asks_desktop: AtomicBool,
    /// The app or its environment names the project: a window cannot change it.
    is_fixed: bool,
    state: Mutex<SharedState>,
    listeners: Mutex<Vec<Listener>>,
    /// Whether files of other people would be lost with their key.
    files_of_others: Mutex<Option<FilesOfOthers>>,
}

type FilesOfOthers = Arc<dyn Fn() -> bool + Send + Sync>;

type Listener = Arc<dyn Fn(Change) + Send + Sync>;

/// What a listener of the app's own is told ([`Supabase::on_change`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The view is another one.
    View,
    /// The view is another one, and this notice is new in it.
    Notice(NoticeCode),
    /// A link came back, and this came of it. What the view says of it was told before.
    Link(LinkOutcome),
}

/// How links may come back to the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirects {
    /// What the project lets through; `None` before it has answered once.
    pub allowed: Option<RedirectMode>,
    /// Whether the desktop opens the app's links with this app; `None` before it was asked.
    pub opens_links: Option<bool>,
    /// What the project's owner adds to the redirect URLs, so that the app's own links are let through.
    pub entry: String,
}

#[derive(Default)]
struct SharedState {
    revision: u64,
    connection: Option<Arc<Connection>>,
    notice: Option<Notice>,
    notices: u64,
}

impl WeakSupabase {
    pub(crate) fn upgrade(&self) -> Option<Supabase> {
        self.0.upgrade().map(Supabase)
    }
}

impl Supabase {
    /// A session without a project. `is_fixed`: the app or its environment names the project.
    #[must_use]
    pub(crate) fn new(context: ConnectionContext, desktop: Arc<dyn Desktop>, is_fixed: bool) -> Self {
        Self(Arc::new_cyclic(|this: &Weak<Inner>| {
            // Tasks of the connection hold this closure, which must not keep the session alive.
            let this = WeakSupabase(this.clone());
            let on_change: OnChange = Arc::new(move || {
                if let Some(supabase) = this.upgrade() {
                    supabase.publish();
                }
            });
            Inner {
                context,
                on_change,
                desktop,
                channels: WindowChannels::default(),
                asks_desktop: AtomicBool::new(false),
                is_fixed,
                state: Mutex::default(),
                listeners: Mutex::default(),
                files_of_others: Mutex::default(),
            }
        }))
    }

    /// Chooses the language of the pages that the browser shows for the app, by its BCP 47 tag. `None`, and a language that
    /// they are not written in, is the browser's. They are written in `ar`, `de`, `en`, `es` and `ja`.
    pub fn set_language(&self, tag: Option<&str>) {
        self.0.context.pages.choose(tag.and_then(Language::from_tag));
    }

    /// The client of the project that is connected.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn client(&self) -> Result<Client, Error> {
        Ok(self.connection()?.client().clone())
    }

    /// The project's tables, as whoever is signed in may see them.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn rest(&self) -> Result<Rest, Error> {
        Ok(self.connection()?.client().rest())
    }

    /// A bucket of the project's Storage, as whoever is signed in may see it.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn storage(&self, bucket: &str) -> Result<Bucket, Error> {
        Ok(self.connection()?.client().storage(bucket))
    }

    /// Who is signed in; signed out while no project is connected.
    #[must_use]
    pub fn state(&self) -> State {
        self.connection().map_or(State::SignedOut(None), |connection| connection.client().state())
    }

    /// Calls `listener` with every change from now on, on the thread that made the change: it must not block.
    pub fn on_change(&self, listener: impl Fn(Change) + Send + Sync + 'static) {
        self.0.listeners.lock().push(Arc::new(listener));
    }

    /// Has `keeps` asked before the person's choice that nothing is kept on this machine: true where sealed files of the app
    /// would be lost that belong to somebody else. The choice is refused then ([`Error::FilesOfOthers`]). It may block.
    pub fn keeps_files_of_others(&self, keeps: impl Fn() -> bool + Send + Sync + 'static) {
        *self.0.files_of_others.lock() = Some(Arc::new(keeps));
    }

    /// What was given to [`keeps_files_of_others`](Self::keeps_files_of_others).
    pub(crate) fn files_of_others(&self) -> Option<FilesOfOthers> {
        self.0.files_of_others.lock().clone()
    }

    /// Opens a project: restores its session and begins to keep it fresh. No network is waited for.
    pub(crate) async fn open(&self, project: Project) {
        let context = self.0.context.clone();
        let connection = Connection::open(project, context, Arc::clone(&self.0.on_change)).await;
        let old = self.shared().connection.replace(connection);
        if let Some(old) = old {
            old.leave();
        }
        self.publish();
    }

    /// Asks the project's server whether URL and key are right, opens the project and keeps it for the next start.
    ///
    /// # Errors
    /// Why the project cannot be used.
    pub async fn connect(&self, project: Project) -> Result<(), Error> {
        self.require_changeable()?;
        self.0.context.check(&project).await?;
        // Somebody may have signed in while the server was asked.
        self.require_changeable()?;
        saved::write(&self.0.context.data, &project).map_err(Error::data_dir)?;
        self.open(project).await;
        Ok(())
    }

    /// Forgets the project. Only while nobody is signed in, as a session must not be left behind in the store.
    ///
    /// # Errors
    /// [`Error::SignedIn`], [`Error::ProjectFixed`], or when the file cannot be removed.
    pub fn disconnect(&self) -> Result<(), Error> {
        self.require_changeable()?;
        saved::forget(&self.0.context.data).map_err(Error::data_dir)?;
        let old = self.shared().connection.take();
        if let Some(old) = old {
            old.leave();
        }
        self.publish();
        Ok(())
    }

    /// The local Supabase (`supabase-local` or the Supabase CLI), if one answers.
    ///
    /// # Errors
    /// [`Error::LocalNotFound`].
    pub async fn local_project(&self) -> Result<Project, Error> {
        self.0.context.local_project().await
    }

    /// The project that a page names.
    ///
    /// # Errors
    /// When it names none.
    pub(crate) async fn project(&self, target: ProjectTarget) -> Result<Project, Error> {
        match target {
            ProjectTarget::Local => self.local_project().await,
            ProjectTarget::Remote { url, key } => Ok(Project::new(&url, &key)?),
        }
    }

    fn require_changeable(&self) -> Result<(), Error> {
        if self.0.is_fixed {
            return Err(Error::ProjectFixed);
        }
        self.connection().map_or(Ok(()), |connection| connection.require_signed_out())
    }

    /// The project that is connected.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn connection(&self) -> Result<Arc<Connection>, Error> {
        self.shared().connection.clone().ok_or(Error::NotConnected)
    }

    /// Shows a notice to the person. It replaces the one before.
    pub(crate) fn notify(&self, code: NoticeCode) {
        {
            let mut state = self.shared();
            state.notices += 1;
            state.notice = Some(Notice { id: state.notices, code });
        }
        self.tell(Change::Notice(code));
    }

    /// Takes the notice with this id away, if it is still shown.
    pub(crate) fn dismiss(&self, id: u64) {
        let dismissed = self.shared().notice.take_if(|notice| notice.id == id).is_some();
        if dismissed {
            self.publish();
        }
    }

    /// What a window shows now.
    #[must_use]
    pub fn view(&self) -> SupabaseView {
        let (revision, connection, notice) = {
            let state = self.shared();
            (state.revision, state.connection.clone(), state.notice)
        };
        view::supabase(revision, connection.as_deref(), self.0.is_fixed, notice, self.protection())
    }

    /// Tells every window, and the app, that the view is another one.
    pub(crate) fn publish(&self) {
        self.tell(Change::View);
    }

    /// Tells the app what came of a link.
    pub(crate) fn link_taken(&self, outcome: LinkOutcome) {
        self.call_listeners(Change::Link(outcome));
    }

    fn call_listeners(&self, change: Change) {
        let listeners = self.0.listeners.lock().clone();
        listeners.iter().for_each(|listener| listener(change));
    }

    fn tell(&self, change: Change) {
        self.shared().revision += 1;
        self.call_listeners(change);
        if !self.0.channels.is_empty() {
            self.0.channels.tell(&self.view());
        }
    }

    /// The app runs: from now on a page that begins has the desktop asked.
    pub(crate) fn app_began(&self) {
        self.0.asks_desktop.store(true, Ordering::Relaxed);
    }

    /// A page has begun to watch. With the first one the desktop is told that this app opens its links, and the windows
    /// whether the desktop agrees: not before, as this runs two dozen other programs. An app calls this that tells its windows
    /// more than the session, in the place of the plugin's own `watch`.
    pub fn page_began(&self) {
        if !self.0.asks_desktop.swap(false, Ordering::Relaxed) {
            return;
        }
        let (handler, this) = (self.handler(), self.downgrade());
        tauri::async_runtime::spawn(async move {
            handler.is_ours().await;
            if let Some(supabase) = this.upgrade() {
                supabase.publish();
            }
        });
    }

    /// Tells this window's page the session from now on.
    pub(crate) fn watch(&self, label: &str, channel: Channel<SupabaseView>) {
        self.0.channels.watch(label, channel);
        self.page_began();
    }

    /// Who opens the app's links.
    pub(crate) fn handler(&self) -> Handler {
        self.0.context.handler.clone()
    }

    /// Whether the desktop opens the app's links with this app; `None` before it was asked.
    #[must_use]
    pub fn opens_links(&self) -> Option<bool> {
        self.0.context.handler.known()
    }

    /// Asks the project and the desktop once more how links may come back.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or that the server gives no answer.
    pub async fn check_redirects(&self) -> Result<Redirects, Error> {
        let connection = self.connection()?;
        let (_, asked) =
            tokio::join!(connection.context().handler.is_ours_now(), connection.find_redirect_mode());
        self.publish();
        asked.map_err(Error::ProjectCheck)?;
        self.redirects()
    }

    /// How links come back, and why that way, as far as project and desktop have been asked.
    ///
    /// # Errors
    /// [`Error::NotConnected`].
    pub fn redirects(&self) -> Result<Redirects, Error> {
        let connection = self.connection()?;
        Ok(Redirects {
            allowed: connection.redirect_modes().known(),
            opens_links: self.opens_links(),
            entry: format!("{}*", connection.deep_link()),
        })
    }

    /// Takes a link that came in another way than through the deep-link plugin.
    pub fn take_link(&self, link: String) {
        self.0.context.queue.push(link);
    }

    /// Brings the app's window to the front.
    pub fn raise_window(&self) {
        self.desktop().raise_window();
    }

    /// What the session was built on.
    pub(crate) fn context(&self) -> &ConnectionContext {
        &self.0.context
    }

    /// What the plugin may ask of the desktop.
    pub(crate) fn desktop(&self) -> &dyn Desktop {
        self.0.desktop.as_ref()
    }

    pub(crate) fn downgrade(&self) -> WeakSupabase {
        WeakSupabase(Arc::downgrade(&self.0))
    }

    fn shared(&self) -> MutexGuard<'_, SharedState> {
        self.0.state.lock()
    }
}

#[cfg(test)]
#[path = "supabase_tests.rs"]
mod tests;
