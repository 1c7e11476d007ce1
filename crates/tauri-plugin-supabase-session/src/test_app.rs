//! An app for tests: no window, a desktop that writes down what it is asked for, a project that nobody serves or that a
//! test does.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use supabase_session::{MemoryStore, Project, SessionStore};
use tauri::Url;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::callback::Queue;
use crate::callback::deep_link;
use crate::callback::handler::{Handler, Registry};
use crate::captcha::Captcha;
use crate::data_dir::DataDir;
use crate::desktop::Desktop;
use crate::local_server::language::PageSettings;
use crate::project::{ConnectionContext, LOCAL_KEY};
use crate::supabase::Supabase;

/// Where the links of the app for tests lead.
pub(crate) const REDIRECT_TO: &str = "app.foyer.desktop://auth/callback";

/// An app, and what it opened in the browser.
pub(crate) struct TestApp {
    pub(crate) app: Supabase,
    pub(crate) opened: UnboundedReceiver<Url>,
    _folder: TempDir,
}

struct Says(bool);

#[async_trait]
impl Registry for Says {
    async fn register(&self) {}

    async fn is_ours(&self) -> bool {
        self.0
    }
}

/// A desktop that opens our links with this app, or with another one.
pub(crate) fn handler(is_ours: bool) -> Handler {
    Handler::new(Says(is_ours))
}

struct TestDesktop(UnboundedSender<Url>);

#[async_trait]
impl Desktop for TestDesktop {
    fn raise_window(&self) {}

    async fn open_in_browser(&self, url: &Url) -> bool {
        self.0.send(url.clone()).is_ok()
    }

    fn copy(&self, _: &str) -> bool {
        false
    }
}

/// What a connection of an app for tests is given. `is_ours`: the desktop opens our links with this app.
pub(crate) fn context(folder: &Path, is_ours: bool, captcha: Option<Captcha>) -> ConnectionContext {
    ConnectionContext {
        data: DataDir::new(folder.join("app")),
        pages: PageSettings::new("Foyer"),
        client_info: "test/0".into(),
        deep_link: deep_link::address("app.foyer.desktop").unwrap(),
        store: Arc::new(MemoryStore::default()),
        sealed: None,
        queue: Queue::new().0,
        handler: handler(is_ours),
        implicit: false,
        captcha,
    }
}

impl TestApp {
    /// `is_ours`: the desktop opens our links with this app.
    pub(crate) async fn new(is_ours: bool, captcha: Option<Captcha>) -> Self {
        // The discard port: nobody listens there.
        Self::at("http://127.0.0.1:9", is_ours, captcha).await
    }

    /// The app of a project at this address.
    pub(crate) async fn at(url: &str, is_ours: bool, captcha: Option<Captcha>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (browser, opened) = unbounded_channel();
        let context = context(folder.path(), is_ours, captcha);
        let app = Supabase::new(context, Arc::new(TestDesktop(browser)), true);
        app.open(Project::new(url, LOCAL_KEY).unwrap()).await;
        Self { app, opened, _folder: folder }
    }

    /// Signs in with a password, without asking whether somebody else is signed in.
    pub(crate) async fn signs_in(&self, email: &str) {
        self.app.client().unwrap().sign_in_with_password(email, "Passw0rd!".into()).await.unwrap();
    }

    /// The address of the signed-in user.
    pub(crate) fn who(&self) -> Option<String> {
        self.app.state().signed_in().and_then(|now| now.user.email.clone())
    }

    /// An app on this store that has no project yet. Its project can be changed.
    pub(crate) fn without_project(store: Arc<dyn SessionStore>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (browser, opened) = unbounded_channel();
        let context = ConnectionContext { store, ..context(folder.path(), true, None) };
        let app = Supabase::new(context, Arc::new(TestDesktop(browser)), false);
        Self { app, opened, _folder: folder }
    }
}
