//! The window: how it is made, what it may do, and what the backend asks of the desktop through it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use foyer_contract::view::AppView;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_supabase_session::{Desktop as SessionDesktop, SystemDesktop};
use tokio::sync::oneshot;

use super::folders::Folders;

/// The main window's label, as in the capability file.
pub const LABEL: &str = "main";

/// After this the window is shown even if its page never said that it has painted.
const LATEST_SHOW: Duration = Duration::from_secs(5);

/// What the app asks of the desktop beside what its session does. A trait, so that tests run without one.
#[async_trait::async_trait]
pub trait Desktop: SessionDesktop {
    /// Shows the window, once its page has painted.
    fn show_window(&self);
    /// Lets the person choose a picture; `None` when they closed the dialog.
    async fn pick_picture(&self) -> Option<PathBuf>;
}

/// The desktop that we run on.
pub struct RealDesktop<R: Runtime> {
    app: AppHandle<R>,
    /// Answers the dialog in its place (see `FOYER_PICK_FILE`).
    pick_file: Option<PathBuf>,
    /// Takes the browser's place (see `FOYER_OPEN_LOG`).
    open_log: Option<PathBuf>,
}

impl<R: Runtime> RealDesktop<R> {
    /// The desktop, seen from this app.
    #[must_use]
    pub fn new(app: AppHandle<R>, pick_file: Option<PathBuf>, open_log: Option<PathBuf>) -> Self {
        Self { app, pick_file, open_log }
    }
}

#[async_trait::async_trait]
impl<R: Runtime> Desktop for RealDesktop<R> {
    fn show_window(&self) {
        if let Some(window) = self.app.get_webview_window(LABEL)
            && let Err(error) = window.show()
        {
            tracing::warn!(%error, "the window could not be shown");
        }
    }

    async fn pick_picture(&self) -> Option<PathBuf> {
        if let Some(answer) = &self.pick_file {
            let path = tokio::fs::read_to_string(answer).await.ok()?;
            return Some(PathBuf::from(path.trim())).filter(|path| !path.as_os_str().is_empty());
        }
        let (chosen, choice) = oneshot::channel();
        let mut dialog =
            self.app.dialog().file().add_filter("PNG, JPEG, WebP", &["png", "jpg", "jpeg", "webp"]);
        if let Some(window) = self.app.get_webview_window(LABEL) {
            dialog = dialog.set_parent(&window);
        }
        dialog.pick_file(move |path| {
            // Nobody waits any more when the app ends with the dialog open.
            drop(chosen.send(path));
        });
        choice.await.ok().flatten().and_then(|path| path.into_path().ok())
    }
}

#[async_trait::async_trait]
impl<R: Runtime> SessionDesktop for RealDesktop<R> {
    fn raise_window(&self) {
        SystemDesktop::new(self.app.clone()).raise_window();
    }

    async fn open_in_browser(&self, url: &Url) -> bool {
        let system = SystemDesktop::new(self.app.clone());
        let Some(log) = self.open_log.clone() else { return system.open_in_browser(url).await };
        if !matches!(url.scheme(), "http" | "https") {
            return false;
        }
        let url = url.to_string();
        let opened = tauri::async_runtime::spawn_blocking(move || append_line(&log, &url).is_ok());
        opened.await.unwrap_or(false)
    }

    fn copy(&self, text: &str) -> bool {
        SystemDesktop::new(self.app.clone()).copy(text)
    }
}

fn append_line(file: &Path, line: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// Makes the window, hidden, with `view` in the page before its first script runs.
///
/// # Errors
/// When the webview cannot be made.
pub fn open<R: Runtime>(app: &AppHandle<R>, folders: &Folders, view: &AppView) -> tauri::Result<()> {
    let view = serde_json::to_string(view)?;
    let dev_url = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .data_directory(webview_folder(folders))
        .title("Foyer")
        .inner_size(920.0, 760.0)
        .min_inner_size(360.0, 480.0)
        .center()
        .visible(false)
        .initialization_script(format!(
            "Object.defineProperty(window, '__FOYER__', {{ value: Object.freeze({view}) }});"
        ))
        .on_navigation(move |url| is_own_page(url, dev_url.as_ref()))
        .build()?;
    show_at_last(app.clone());
    Ok(())
}

/// Where the webview keeps its caches. The page itself keeps nothing, so a temporary folder does as well where ours
/// cannot be written.
fn webview_folder(folders: &Folders) -> PathBuf {
    let folder = folders.webview();
    match std::fs::create_dir_all(&folder) {
        Ok(()) => folder,
        Err(_) => std::env::temp_dir().join(format!("foyer-webview-{}", std::process::id())),
    }
}

/// The window never leaves the app's own page.
fn is_own_page(url: &Url, dev_url: Option<&Url>) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    own || dev_url.is_some_and(|dev| dev.origin() == url.origin())
}

/// A page that cannot start must not leave a process without a window.
fn show_at_last<R: Runtime>(app: AppHandle<R>) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LATEST_SHOW).await;
        if let Some(window) = app.get_webview_window(LABEL)
            && !window.is_visible().unwrap_or(true)
        {
            tracing::warn!("the page did not say that it has painted; showing the window");
            if let Err(error) = window.show() {
                tracing::warn!(%error, "the window could not be shown");
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        let allowed = |url: &str| is_own_page(&Url::parse(url).unwrap(), None);

        assert!(allowed("tauri://localhost/index.html"));
        assert!(allowed("http://tauri.localhost/"));
        for foreign in [
            "https://example.com/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!allowed(foreign), "{foreign}");
        }
    }
}
