//! The app behind the window: the session of its plugin, the account beside it, what the window is told.
//!
//! Everything that the window shows comes from [`App::view`]; every change ends in [`App::publish`].

use parking_lot::{Mutex, MutexGuard};
use std::sync::{Arc, OnceLock, Weak};

use foyer_contract::desktop::Folder;
use foyer_contract::view::{AppView, Notice, NoticeCode, Start};
use foyer_contract::{ErrorCode, Message};
use supabase_session::State;
use supabase_session_contract::session::SignOutScope;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, Webview, Window};
use tauri_plugin_supabase_session::channel::WindowChannels;
use tauri_plugin_supabase_session::{Change, Connection, Error, Supabase};

use crate::account::OnChange;
use crate::account::sync::ConnectedAccount;
use crate::closing::Closing;
use crate::desktop::folders::Folders;
use crate::desktop::picture_input::DroppedFiles;
use crate::desktop::window::{self, Desktop};
use crate::desktop::windows;
use crate::diagnostics::Diagnostics;
use crate::doctor::ConnectionCheck;
use crate::error::Failure;
use crate::news::News;
use crate::preferences::Preferences;
use crate::updates::Updates;
use crate::{text, view};

/// The app. One for the process, shared by commands and tasks.
pub struct App {
    supabase: Supabase,
    folders: Folders,
    on_change: OnChange,
    pub(crate) desktop: Arc<dyn Desktop>,
    dropped: DroppedFiles,
    windows: WindowChannels<Message>,
    closing: Closing,
    pub(crate) preferences: Preferences,
    check: ConnectionCheck,
    /// Where the app's owner has switched them on.
    pub(crate) updates: OnceLock<Arc<Updates>>,
    state: Mutex<AppState>,
}

#[derive(Default)]
struct AppState {
    revision: u64,
    /// The account, and the connection that it belongs to.
    account: Option<(Weak<Connection>, Arc<ConnectedAccount>)>,
    notice: Option<Notice>,
    notices: u64,
    was_signed_in: bool,
}

impl App {
    /// The app on this session. It shows what the session shows from the beginning.
    #[must_use]
    pub fn new(supabase: Supabase, folders: Folders, desktop: Arc<dyn Desktop>) -> Arc<Self> {
        let app = Arc::new_cyclic(|this: &Weak<Self>| {
            // Tasks call it, which must not keep the app alive.
            let this = this.clone();
            let on_change: OnChange = Arc::new(move |notice| {
                if let Some(app) = this.upgrade() {
                    notice.map_or_else(|| app.publish(), |code| app.notify(code));
                }
            });
            let (dropped, windows) = (DroppedFiles::default(), WindowChannels::default());
            let preferences = Preferences::read(folders.preferences(), sys_locale::get_locales());
            let (closing, check, state) = (Closing::default(), ConnectionCheck::default(), Mutex::default());
            Self {
                supabase,
                folders,
                on_change,
                desktop,
                dropped,
                windows,
                closing,
                preferences,
                check,
                updates: OnceLock::new(),
                state,
            }
        });
        app.follow();
        app.speak();
        let this = Arc::downgrade(&app);
        app.supabase.keeps_files_of_others(move || {
            let account = this.upgrade().and_then(|app| app.account().ok());
            account.is_some_and(|account| account.account().has_unsaved_of_others())
        });
        let this = Arc::downgrade(&app);
        app.supabase.on_change(move |change| {
            if let Some(app) = this.upgrade() {
                app.session_changed(change);
            }
        });
        app
    }

    fn session_changed(&self, change: Change) {
        self.follow();
        let now = self.supabase.state();
        let is_signed_in = matches!(now, State::SignedIn(_));
        let was_signed_in = std::mem::replace(&mut self.state().was_signed_in, is_signed_in);
        if let Some(news) = News::of_session(was_signed_in, &now) {
            self.tell_outside(news);
        }
        match change {
            Change::View => self.publish(),
            Change::Notice(code) => self.notify(code.into()),
            Change::Link(outcome) => self.tell_outside(News::of_link(outcome)),
        }
    }

    /// Tells the person by a notification of the desktop, where that is wanted and no window has the focus.
    fn tell_outside(&self, news: News) {
        let preferences = self.preferences();
        if preferences.notifications {
            self.desktop.show_notification(news.notification(preferences.spoken));
        }
    }

    /// Shows the account of the project that is connected, and of whoever is signed in to it.
    fn follow(&self) {
        let connection = self.supabase.connection().ok();
        let account = {
            let mut state = self.state();
            let is_same = match (&state.account, &connection) {
                (Some((known, _)), Some(connection)) => std::ptr::eq(known.as_ptr(), Arc::as_ptr(connection)),
                (None, None) => true,
                _ => false,
            };
            if !is_same {
                state.account = connection.map(|connection| {
                    let (client, on_change) = (connection.client().clone(), Arc::clone(&self.on_change));
                    let sealed = self.supabase.sealed_files();
                    let account = ConnectedAccount::new(client, &self.folders, sealed, on_change);
                    (Arc::downgrade(&connection), account)
                });
            }
            state.account.as_ref().map(|(_, account)| Arc::clone(account))
        };
        if let Some(account) = account {
            account.follow_protection(self.supabase.protection().active);
            account.follow();
        }
    }

    /// The session.
    #[must_use]
    pub fn supabase(&self) -> &Supabase {
        &self.supabase
    }

    /// The account in the project that is connected.
    ///
    /// # Errors
    /// `NotConfigured`.
    pub fn account(&self) -> Result<Arc<ConnectedAccount>, Failure> {
        let account = self.state().account.as_ref().map(|(_, account)| Arc::clone(account));
        account.ok_or_else(|| Error::NotConnected.into())
    }

    /// Signs out here, and maybe on other devices too. What was typed and not sent is dropped.
    ///
    /// # Errors
    /// `NotConfigured`.
    pub async fn sign_out(&self, scope: SignOutScope) -> Result<(), Failure> {
        self.account()?.leave_before_sign_out().await;
        Ok(self.supabase.sign_out(scope).await?)
    }

    /// Signs out where somebody is signed in, and forgets the project.
    ///
    /// # Errors
    /// Why the project stays: [`Supabase::disconnect`].
    pub async fn leave_project(&self) -> Result<(), Failure> {
        if self.supabase.connection()?.is_signed_in() {
            self.sign_out(SignOutScope::Local).await?;
        }
        Ok(self.supabase.disconnect()?)
    }

    /// Removes what can be fetched again, and fetches it.
    ///
    /// # Errors
    /// `Internal` when the webview does not do its part.
    pub async fn clear_cache<R: Runtime>(&self, webview: &Webview<R>) -> Result<(), Failure> {
        // All windows share the webview's files.
        let cleared = webview.clear_all_browsing_data();
        cleared.map_err(|error| Failure::internal(format!("the webview keeps its files: {error}")))?;
        if let Ok(account) = self.account() {
            account.fetch_anew().await;
        }
        Ok(())
    }

    /// Shows a folder in the desktop's file manager.
    ///
    /// # Errors
    /// `FolderNotOpened`.
    pub async fn open_folder(&self, folder: Folder) -> Result<(), Failure> {
        let path = match folder {
            Folder::Data => self.folders.data().root().to_owned(),
            Folder::Logs => self.folders.logs(),
        };
        if self.desktop.open_folder(&path).await {
            return Ok(());
        }
        Err(Failure::new(ErrorCode::FolderNotOpened, "no file manager opened the folder"))
    }

    /// Looks at the session, and at an account that is behind, now instead of later.
    pub async fn wake(&self) {
        self.supabase.wake().await;
        if let Ok(account) = self.account() {
            account.request_sync_if_behind();
        }
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
        let (revision, account, notice) = {
            let state = self.state();
            (state.revision, state.account.as_ref().map(|(_, account)| Arc::clone(account)), state.notice)
        };
        let view = view::app(revision, self.supabase.view(), account.as_deref(), notice, self.preferences());
        AppView { updates: self.updates.get().map(|updates| updates.view()), ..view }
    }

    /// What a page begins with that is loaded now.
    fn start(&self) -> Start {
        let view = self.view();
        Start { spoken: text::spoken(view.preferences.spoken), view }
    }

    /// Tells every window what it shows now.
    pub fn publish(&self) {
        self.state().revision += 1;
        self.windows.tell(&Message::App(Box::new(self.view())));
    }

    /// The folders of the app.
    #[must_use]
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Tells this window's page everything from now on.
    pub fn watch(&self, label: &str, channel: Channel<Message>) {
        self.windows.watch(label, channel);
        self.supabase.page_began();
        if let Some(updates) = self.updates.get() {
            updates.page_began();
        }
    }

    /// The windows that watch.
    #[must_use]
    pub fn windows(&self) -> &WindowChannels<Message> {
        &self.windows
    }

    /// Opens a window on this session: the first one, or one more beside it.
    ///
    /// # Errors
    /// `TooManyWindows`, or `Internal` when the webview cannot be made.
    pub fn open_window<R: Runtime>(self: &Arc<Self>, handle: &AppHandle<R>) -> Result<(), Failure> {
        let label = windows::free_label(handle).ok_or_else(|| {
            Failure::new(ErrorCode::TooManyWindows, "there are as many windows as there may be")
        })?;
        let preferences = self.preferences.clone();
        let theme = move || preferences.view().theme;
        let this = Arc::downgrade(self);
        let now = move || this.upgrade().map(|app| app.start());
        let opened = window::open(handle, label, &self.folders, self.start(), now, theme);
        let opened =
            opened.map_err(|error| Failure::internal(format!("the window cannot be made: {error}")))?;
        let this = Arc::downgrade(self);
        windows::follow(&opened, move || {
            if let Some(app) = this.upgrade() {
                app.window_closed(label);
            }
        });
        Ok(())
    }

    fn window_closed(&self, label: &str) {
        self.windows.forget(label);
        self.closing.stay(label);
        if let Ok(account) = self.account() {
            account.account().window_closed(label);
        }
    }

    /// Whether this window closes now, which somebody wishes. If not, its page asks the person.
    #[must_use]
    pub fn may_close(&self, label: &str) -> bool {
        let has_unsaved = self.account().is_ok_and(|account| account.has_draft(label));
        let may_close = self.closing.may_close(label, has_unsaved);
        if !may_close {
            self.windows.tell_one(label, Message::CloseAsked);
        }
        may_close
    }

    /// The person was asked whether this window may close. The window is given where it may.
    ///
    /// # Errors
    /// `Internal` when the window does not close.
    pub fn answer_close<R: Runtime>(&self, label: &str, window: Option<Window<R>>) -> Result<(), Failure> {
        match window {
            // The second wish, which is followed.
            Some(window) => window.close().map_err(|_| Failure::internal("the window does not close")),
            None => {
                self.closing.stay(label);
                Ok(())
            }
        }
    }

    /// What the backend may ask of the desktop.
    #[must_use]
    pub fn desktop(&self) -> &dyn Desktop {
        self.desktop.as_ref()
    }

    /// The check of the connection.
    #[must_use]
    pub fn check(&self) -> &ConnectionCheck {
        &self.check
    }

    /// What was dropped on the windows.
    #[must_use]
    pub fn dropped(&self) -> &DroppedFiles {
        &self.dropped
    }

    /// The text for a report about a problem, with these last events in it.
    pub async fn diagnostics(&self, recent: Vec<String>) -> String {
        let (view, opens_links) = (self.supabase.view(), self.supabase.opens_links());
        let data = self.folders.data().root().to_owned();
        Diagnostics { view, opens_links, data, recent }.gather().await
    }

    /// Puts a text on the clipboard.
    ///
    /// # Errors
    /// `ClipboardUnavailable`.
    pub fn copy(&self, text: &str) -> Result<(), Failure> {
        if self.desktop.copy(text) { Ok(()) } else { Err(Error::ClipboardUnavailable.into()) }
    }

    fn state(&self) -> MutexGuard<'_, AppState> {
        self.state.lock()
    }
}
