//! What an app says when it adds the plugin.

use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;

use supabase_session::{Client, MemoryStore, Project, ProjectError, SessionStore};
use tauri::plugin::TauriPlugin;
use tauri::{Manager, Runtime};

use crate::ext::Supabase;

/// The plugin's name, in `tauri.conf.json`, in capabilities and before each command.
pub(crate) const NAME: &str = "supabase-session";

/// Puts the plugin together: `Builder::new().project(url, key)?.scheme("com.acme.app").build()`.
pub struct Builder<R: Runtime> {
    project: Option<Project>,
    scheme: Option<String>,
    store: Option<Arc<dyn SessionStore>>,
    data_dir: Option<PathBuf>,
    runtime: PhantomData<fn() -> R>,
}

impl<R: Runtime> Default for Builder<R> {
    fn default() -> Self {
        Self { project: None, scheme: None, store: None, data_dir: None, runtime: PhantomData }
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
    pub fn project(mut self, url: &str, key: &str) -> Result<Self, ProjectError> {
        self.project = Some(Project::new(url, key)?);
        Ok(self)
    }

    /// The scheme of the app's own links, as in `tauri.conf.json` (`plugins.deep-link.desktop.schemes`). Without one it
    /// is the app's identifier.
    #[must_use]
    pub fn scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = Some(scheme.into());
        self
    }

    /// Where the session is kept. Without one that is a file of tauri-plugin-store in the data folder.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn SessionStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// The folder for what the plugin keeps. Without one it is the app's data folder.
    #[must_use]
    pub fn data_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// The plugin, for [`tauri::Builder::plugin`]. It goes behind single-instance, deep-link and store.
    #[must_use]
    pub fn build(self) -> TauriPlugin<R> {
        tauri::plugin::Builder::new(NAME)
            .setup(move |app, _| {
                let store = self.store.unwrap_or_else(|| Arc::new(MemoryStore::default()));
                let client = self.project.map(|project| Client::builder(project, store).build());
                app.manage(Supabase::<R>::new(client));
                Ok(())
            })
            .build()
    }
}
