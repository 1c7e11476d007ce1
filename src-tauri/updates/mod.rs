//! Updates of the app, by `tauri-plugin-updater`: off until the app's owner sets a key and an endpoint in `tauri.conf.json`.
//!
//! The app asks by itself once a day, and downloads and installs only what a person asks it to. What is installed is signed
//! with the owner's key, for the very version that was announced, and newer than what runs.
//!
//! * [`settings`] the plugin's settings, made strict; how this app was installed
//! * `check` one question to the endpoint
//! * `download` one file, within limits
//! * `last_check` when the endpoint was asked, on disk
//! * `problem` what failures become
//! * `state` what is known and what is under way

mod check;
mod download;
mod last_check;
mod problem;
pub mod settings;
mod state;
#[cfg(test)]
mod test_endpoint;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use foyer_contract::updates::{UpdateProblem, UpdatesView};
use parking_lot::Mutex;
use tauri::{AppHandle, Runtime};
use tauri_plugin_updater::{UpdaterBuilder, UpdaterExt};

use last_check::LastCheck;
use settings::Installed;
use state::State;

/// How often the app looks whether a day is over. A computer that sleeps has no timer that goes on meanwhile.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// What a server may take of this computer.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// An endpoint has answered by then.
    check: Duration,
    /// A download that brings nothing for so long is over.
    silence: Duration,
    /// Bytes of the largest file. An AppImage, the largest of the app's bundles, has about 90 MB.
    largest: u64,
    /// Nothing is asked in the clear. Debug builds, which nobody is given, may ask a server of a test.
    only_https: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            check: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            largest: 512 * 1024 * 1024,
            only_https: !cfg!(debug_assertions),
        }
    }
}

/// What the updates need of the app around them.
struct Context {
    /// Begins a question to the endpoint.
    updater: Box<dyn Fn() -> UpdaterBuilder + Send + Sync>,
    installed: Installed,
    /// Ends this process and starts the app that is installed now.
    restart: Box<dyn Fn() + Send + Sync>,
    /// Something has changed that windows show.
    on_change: Box<dyn Fn() + Send + Sync>,
    limits: Limits,
}

/// The updates of the app. One for the process.
pub struct Updates {
    context: Context,
    state: Mutex<State>,
    last_check: LastCheck,
    /// Checks by itself have begun.
    checks: AtomicBool,
}

impl Updates {
    /// The updates that the plugin, which is registered, is set up for. When the endpoint was asked lies in this file.
    #[must_use]
    pub fn new<R: Runtime>(
        handle: &AppHandle<R>,
        file: PathBuf,
        on_change: impl Fn() + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (asking, ending) = (handle.clone(), handle.clone());
        Self::with(
            Context {
                updater: Box::new(move || settings::named(asking.updater_builder())),
                installed: Installed::now(handle),
                restart: Box::new(move || ending.request_restart()),
                on_change: Box::new(on_change),
                limits: Limits::default(),
            },
            file,
        )
    }

    fn with(context: Context, file: PathBuf) -> Arc<Self> {
        let (state, last_check) = (Mutex::default(), LastCheck::read(file));
        Arc::new(Self { context, state, last_check, checks: AtomicBool::default() })
    }

    /// What the window shows of them.
    #[must_use]
    pub fn view(&self) -> UpdatesView {
        UpdatesView { checked: self.last_check.answered(), ..self.state.lock().view() }
    }

    /// A page stands. With the first one the checks by itself begin: one a day, for as long as the app runs.
    pub fn page_began(self: &Arc<Self>) {
        if self.checks.swap(true, Ordering::Relaxed) {
            return;
        }
        let this = Arc::downgrade(self);
        tauri::async_runtime::spawn(async move {
            while let Some(updates) = this.upgrade() {
                if updates.last_check.is_due() {
                    updates.check().await;
                }
                drop(updates);
                tokio::time::sleep(LOOK).await;
            }
        });
    }

    /// Asks whether there is a newer version. Nothing is asked while something is under way or ready to be installed.
    pub async fn check(&self) {
        if !self.change(State::begin_check) {
            return;
        }
        let answer = check::ask(&self.context).await;
        // Where nobody was reached, nobody was asked: the next look asks again.
        if !matches!(answer, Err((UpdateProblem::Unreachable, _))) {
            self.last_check.write(answer.is_ok()).await;
        }
        self.change(|state| state.checked(answer));
    }

    /// Begins to download what was found, if nothing is under way.
    pub fn download(self: &Arc<Self>) {
        let Some((update, cancelled)) = self.change(State::begin_download) else { return };
        let this = Arc::clone(self);
        tauri::async_runtime::spawn(async move {
            let limits = this.context.limits;
            let told = |received, total| {
                if this.state.lock().progressed(received, total) {
                    (this.context.on_change)();
                }
            };
            let fetched = download::fetch(&update, limits.largest, told, cancelled).await;
            this.change(|state| state.downloaded(fetched));
        });
    }

    /// Gives the download up.
    pub fn cancel(&self) {
        self.state.lock().cancel();
    }

    /// Whether a version waits to be installed.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.state.lock().is_ready()
    }

    /// Puts the version that is ready in the place of this one, and restarts the app. On Windows its installer does both.
    pub async fn install(&self) {
        let Some((update, package)) = self.change(State::begin_install) else { return };
        let installing = tokio::task::spawn_blocking(move || {
            let installed = update.install(&package);
            (package, installed)
        });
        match installing.await {
            Ok((_, Ok(()))) => (self.context.restart)(),
            Ok((package, Err(error))) => {
                let problem = problem::of_install(&error);
                self.change(|state| state.not_installed(Some(package), problem));
            }
            // The thread panicked, or the runtime is shutting down.
            Err(_) => self.change(|state| state.not_installed(None, UpdateProblem::NotInstalled)),
        }
    }

    /// Changes the state, and tells.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.state.lock());
        (self.context.on_change)();
        changed
    }
}
