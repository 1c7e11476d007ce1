//! The app behind the window: which project, who is signed in, what the window is told.
//!
//! Everything that the window shows comes from [`App::view`]; every change ends in [`App::publish`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use foyer_contract::view::{AppView, Notice, NoticeCode};
use foyer_contract::{ErrorCode, Message};
use supabase_session::Project;

use crate::account::OnChange;
use crate::config::{self, Folders};
use crate::connection::{Connection, Surroundings};
use crate::error::Failure;
use crate::events::Windows;
use crate::view;
use crate::window::Desktop;

/// The app. One for the process, shared by commands, the callback queue and the tasks.
pub struct App {
    surroundings: Surroundings,
    on_change: OnChange,
    desktop: Arc<dyn Desktop>,
    windows: Windows,
    /// The environment named the project: the window cannot change it.
    is_fixed: bool,
    state: Mutex<AppState>,
}

#[derive(Default)]
struct AppState {
    revision: u64,
    connection: Option<Arc<Connection>>,
    notice: Option<Notice>,
    notices: u64,
}

impl App {
    /// An app without a project. `is_fixed`: the environment names the project.
    #[must_use]
    pub fn new(surroundings: Surroundings, desktop: Arc<dyn Desktop>, is_fixed: bool) -> Arc<Self> {
        Arc::new_cyclic(|this: &Weak<Self>| {
            // Tasks call it, which must not keep the app alive.
            let this = this.clone();
            let on_change: OnChange = Arc::new(move |notice| {
                if let Some(app) = this.upgrade() {
                    notice.map_or_else(|| app.publish(), |code| app.notify(code));
                }
            });
            Self {
                surroundings,
                on_change,
                desktop,
                windows: Windows::default(),
                is_fixed,
                state: Mutex::default(),
            }
        })
    }

    /// Takes up a project: restores its session and begins to keep it fresh. No network is waited for.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub async fn open(&self, project: Project) -> Result<(), Failure> {
        let on_change = Arc::clone(&self.on_change);
        let connection = Connection::open(project, self.surroundings.clone(), on_change).await?;
        if let Some(old) = self.state().connection.replace(connection) {
            old.close();
        }
        self.publish();
        Ok(())
    }

    /// Checks a project live, takes it up and keeps it for the next start.
    ///
    /// # Errors
    /// Why the project cannot be used, on the field that is wrong.
    pub async fn connect(&self, project: Project) -> Result<(), Failure> {
        self.must_be_changeable()?;
        self.must_be_left()?;
        crate::connection::check(&project).await?;
        config::save_project(self.folders(), &project).map_err(|_| unwritable())?;
        self.open(project).await
    }

    /// Forgets the project. Only while nobody is signed in: a session must not be left behind in the store.
    ///
    /// # Errors
    /// `SignedIn`, `ConfiguredByEnvironment`, or when the file cannot be removed.
    pub fn disconnect(&self) -> Result<(), Failure> {
        self.must_be_changeable()?;
        self.must_be_left()?;
        config::forget_project(self.folders()).map_err(|_| unwritable())?;
        if let Some(old) = self.state().connection.take() {
            old.close();
        }
        self.publish();
        Ok(())
    }

    fn must_be_changeable(&self) -> Result<(), Failure> {
        if self.is_fixed {
            let message = "FOYER_SUPABASE_URL names the project; unset it to choose another one here";
            return Err(Failure::new(ErrorCode::ConfiguredByEnvironment, message));
        }
        Ok(())
    }

    fn must_be_left(&self) -> Result<(), Failure> {
        if self.connection().is_ok_and(|connection| connection.is_signed_in()) {
            return Err(Failure::new(ErrorCode::SignedIn, "sign out before you change the project"));
        }
        Ok(())
    }

    /// The project that the app talks to.
    ///
    /// # Errors
    /// `NotConfigured`.
    pub fn connection(&self) -> Result<Arc<Connection>, Failure> {
        self.state()
            .connection
            .clone()
            .ok_or_else(|| Failure::new(ErrorCode::NotConfigured, "no project is connected"))
    }

    /// Publishes, with a sentence to say where there is one. It does not keep the app alive.
    #[must_use]
    pub fn on_change(&self) -> OnChange {
        Arc::clone(&self.on_change)
    }

    /// Shows one sentence to the person, in the place of the last one.
    pub fn notify(&self, code: NoticeCode) {
        {
            let mut state = self.state();
            state.notices += 1;
            state.notice = Some(Notice { id: state.notices, code });
        }
        self.publish();
    }

    /// Takes the sentence away, if it is still this one.
    pub fn dismiss(&self, id: u64) {
        let dismissed = self.state().notice.take_if(|notice| notice.id == id).is_some();
        if dismissed {
            self.publish();
        }
    }

    /// What the window shows now.
    #[must_use]
    pub fn view(&self) -> AppView {
        let (revision, connection, notice) = {
            let state = self.state();
            (state.revision, state.connection.clone(), state.notice)
        };
        view::app(revision, connection.as_deref(), self.is_fixed, notice)
    }

    /// Tells every window what it shows now.
    pub fn publish(&self) {
        self.state().revision += 1;
        self.tell(&Message::App(Box::new(self.view())));
    }

    /// Tells every window something.
    pub fn tell(&self, message: &Message) {
        self.windows.tell(message);
    }

    /// The windows that watch.
    #[must_use]
    pub fn windows(&self) -> &Windows {
        &self.windows
    }

    /// What the backend may ask of the desktop.
    #[must_use]
    pub fn desktop(&self) -> &dyn Desktop {
        self.desktop.as_ref()
    }

    /// Brings the window to the front.
    pub fn raise_window(&self) {
        self.desktop.raise_window();
    }

    fn folders(&self) -> &Folders {
        &self.surroundings.folders
    }

    fn state(&self) -> MutexGuard<'_, AppState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unwritable() -> Failure {
    Failure::new(ErrorCode::StoreUnwritable, "the data folder cannot be written")
}
