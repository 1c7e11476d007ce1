//! How an app configures the plugin.

use std::error::Error as StdError;
use std::path::PathBuf;
use std::sync::Arc;

use supabase_session::{Project, ProjectError, SessionStore};
use supabase_session_contract::protection::Protection;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, RunEvent, Runtime};

use crate::callback::{Queue, deep_link};
use crate::captcha::Captcha;
use crate::commands;
use crate::data_dir::DataDir;
use crate::desktop::{Desktop, SystemDesktop};
use crate::fetch::InFlight;
use crate::flows::dispatch;
use crate::local_server::language::PageSettings;
use crate::project::{ConnectionContext, saved};
use crate::protection;
use crate::required_plugins;
use crate::store::{PluginStore, SealedStore};
use crate::supabase::Supabase;

/// The plugin's name, in capabilities and before each command.
pub const NAME: &str = "supabase-session";

/// Makes the desktop that the app runs on.
type MakeDesktop<R> = Box<dyn FnOnce(&AppHandle<R>) -> Arc<dyn Desktop> + Send>;

/// Puts the plugin together: `Builder::new().project(url, key)?.scheme("com.acme.app").build()`.
pub struct Builder<R: Runtime> {
    project: Option<Project>,
    scheme: Option<String>,
    store: Option<Arc<dyn SessionStore>>,
    protection: Option<Protection>,
    data_dir: Option<PathBuf>,
    app_name: Option<String>,
    client_info: Option<String>,
    implicit: bool,
    captcha: Option<Captcha>,
    desktop: Option<MakeDesktop<R>>,
}

impl<R: Runtime> Default for Builder<R> {
    fn default() -> Self {
        Self {
            project: None,
            scheme: None,
            store: None,
            protection: None,
            data_dir: None,
            app_name: None,
            client_info: None,
            implicit: false,
            captcha: None,
            desktop: None,
        }
    }
}

impl<R: Runtime> Builder<R> {
    /// A plugin without a project: the person connects one at run time, unless [`project`](Self::project) names it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The project that the app talks to, by its URL and its publishable key (or anon key).
    ///
    /// # Errors
    /// When the URL or the key is none of a project.
    pub fn project(self, url: &str, key: &str) -> Result<Self, ProjectError> {
        Ok(self.fixed_project(Some(Project::new(url, key)?)))
    }

    /// As [`project`](Self::project), for a project that is known already, for example from the environment. With
    /// `None` the person connects a project at run time, and the plugin keeps it for the next start.
    #[must_use]
    pub fn fixed_project(mut self, project: Option<Project>) -> Self {
        self.project = project;
        self
    }

    /// The scheme of the app's own links, as in `tauri.conf.json` (`plugins.deep-link.desktop.schemes`). Without one
    /// the scheme is the app's identifier.
    #[must_use]
    pub fn scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = Some(scheme.into());
        self
    }

    /// Where the session is kept. By default it is sealed, in files of tauri-plugin-store in the data folder. Another
    /// store protects itself: [`protection`](Self::protection) and [`Supabase::sealed_files`] are for the own one only.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn SessionStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// What holds the key that the session is sealed with, until the person chooses something else. By default that is the
    /// system's keychain, under the app's identifier, and a file that only its owner may read where there is none.
    #[must_use]
    pub fn protection(mut self, protection: Protection) -> Self {
        self.protection = Some(protection);
        self
    }

    /// The folder for the plugin's files. By default that is the app's data folder.
    #[must_use]
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// The app's name on pages in the browser and in authenticators. By default the one in `tauri.conf.json`.
    #[must_use]
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.app_name = Some(name.into());
        self
    }

    /// The client's name in `X-Client-Info`. By default the package's name and version.
    #[must_use]
    pub fn client_info(mut self, info: impl Into<String>) -> Self {
        self.client_info = Some(info.into());
        self
    }

    /// Whether tokens in a link are taken for a flow of this app (the implicit flow). Off by default.
    #[must_use]
    pub fn implicit(mut self, implicit: bool) -> Self {
        self.implicit = implicit;
        self
    }

    /// The captcha that the project's owner switched on. Without this setting, calls for which the project asks for a
    /// captcha fail.
    #[must_use]
    pub fn captcha(mut self, captcha: Option<Captcha>) -> Self {
        self.captcha = captcha;
        self
    }

    /// How the app opens a browser, raises its window and copies a text. By default as [`SystemDesktop`] does.
    #[must_use]
    pub fn desktop(mut self, make: impl FnOnce(&AppHandle<R>) -> Arc<dyn Desktop> + Send + 'static) -> Self {
        self.desktop = Some(Box::new(make));
        self
    }

    /// The plugin, for [`tauri::Builder::plugin`]. It goes behind single-instance, deep-link and store.
    #[must_use]
    pub fn build(self) -> TauriPlugin<R> {
        tauri::plugin::Builder::new(NAME)
            .invoke_handler(commands::handler())
            .setup(move |app, _| self.begin(app))
            .on_event(|app, event| {
                if let RunEvent::Ready = event {
                    app.state::<Supabase>().app_began();
                }
            })
            .build()
    }

    /// Puts the parts together. The session is restored before the app's own set-up, so that its first window is right.
    fn begin(self, app: &AppHandle<R>) -> Result<(), Box<dyn StdError>> {
        required_plugins::require_deep_link(app)?;
        required_plugins::warn_without_single_instance(app);
        let config = app.config();
        let scheme = self.scheme.unwrap_or_else(|| config.identifier.clone());
        let name = self.app_name.or_else(|| config.product_name.clone());
        let name = name.unwrap_or_else(|| app.package_info().name.clone());
        let root = self.data_dir.map_or_else(|| app.path().app_data_dir(), Ok)?;
        let data = DataDir::new(root);
        let (store, sealed) = match self.store {
            Some(store) => (store, None),
            None => {
                required_plugins::require_store(app)?;
                let store = PluginStore::new(app.clone(), &data.store(), self.protection);
                let files = store.sealed_files(data.root());
                let sealed: Arc<dyn SealedStore> = Arc::new(store.clone());
                (Arc::new(store) as Arc<dyn SessionStore>, Some((sealed, files)))
            }
        };
        let package = app.package_info();
        let (queue, received) = Queue::new();
        let context = ConnectionContext {
            pages: PageSettings::new(&name),
            client_info: self.client_info.unwrap_or_else(|| format!("{}/{}", package.name, package.version)),
            deep_link: deep_link::address(&scheme)?,
            store,
            sealed,
            queue: queue.clone(),
            handler: deep_link::handler(app, &name, &scheme, data.root())?,
            implicit: self.implicit,
            captcha: self.captcha,
            data,
        };
        let desktop = match self.desktop {
            Some(make) => make(app),
            None => Arc::new(SystemDesktop::new(app.clone())),
        };
        let project = self.project.clone().or_else(|| saved::read(&context.data));
        let supabase = Supabase::new(context, desktop, self.project.is_some());
        app.manage(supabase.clone());
        app.manage(InFlight::default());
        if let Some(project) = project {
            tauri::async_runtime::block_on(supabase.open(project));
        }
        protection::follow(&supabase);
        deep_link::begin(app, &queue);
        tauri::async_runtime::spawn(dispatch::drain(supabase, received));
        Ok(())
    }
}

#[cfg(test)]
#[path = "builder_tests.rs"]
mod tests;
