//! A window: how it is made, what it may do, and what the backend asks of the desktop through it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use foyer_contract::brand::{NAME, PROGRAM};
use foyer_contract::preferences::{Language, Spoken, Theme};
use foyer_contract::view::Start;
use parking_lot::Mutex;
use serde::Serialize;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_supabase_session::{Desktop as SessionDesktop, SystemDesktop};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::clipboard;
use super::colours;
use super::first_frame::{self, FirstFrames};
use super::folders::Folders;
use super::notification::{Notification, Notifications};
use super::picture_input::PictureInput;
use super::placement::SMALLEST;
use super::windows::Focus;
use super::{window_place, windows};
use crate::error::Failure;
use crate::text;

/// The webview's proxy. The page asks the backend and nobody else, and hints to connect somewhere in advance are not held
/// back by its content security policy: what would leave for the network ends at a port at which nobody listens.
#[cfg(target_os = "linux")]
const NOWHERE: &str = "http://127.0.0.1:9";

/// Runs before the page's own script.
const FIRST_SCRIPT: &str = include_str!("first_script.js");

/// What the app asks of the desktop beside what its session does. A trait, so that tests run without one.
#[async_trait::async_trait]
pub trait Desktop: SessionDesktop {
    /// Gives every window these colours, as far as the system draws it.
    fn set_theme(&self, theme: Theme);
    /// Speaks this language wherever the app has words outside of its windows and is not asked for them again.
    fn speak(&self, language: Language);
    /// Shows a folder in the desktop's file manager. False when there is none.
    async fn open_folder(&self, folder: &Path) -> bool;
    /// Shows a notification of the desktop, unless the person looks at a window of the app.
    fn show_notification(&self, notification: Notification);
    /// Lets the person choose a picture, in a dialog of the window with this label; `None` when they closed the dialog.
    ///
    /// # Errors
    /// None so far.
    async fn pick_picture(&self, label: &str) -> Result<Option<PictureInput>, Failure>;
    /// The picture, or the one file, on the clipboard; `None` where what lies there is a text for the field that the
    /// person types in.
    ///
    /// # Errors
    /// `NoPictureCopied` or `NotOneFile`.
    async fn copied_picture(&self, is_typing: bool) -> Result<Option<PictureInput>, Failure>;
}

/// The desktop that we run on.
pub struct RealDesktop<R: Runtime> {
    app: AppHandle<R>,
    /// Answers the dialog in its place (see the variable `PICK_FILE`).
    pick_file: Option<PathBuf>,
    /// Takes the place of the browser and the file manager (see the variable `OPEN_LOG`).
    open_log: Option<PathBuf>,
    notifications: Notifications,
    language: Mutex<Language>,
}

impl<R: Runtime> RealDesktop<R> {
    /// The desktop, seen from this app.
    #[must_use]
    pub fn new(app: AppHandle<R>, pick_file: Option<PathBuf>, open_log: Option<PathBuf>) -> Self {
        let (notifications, language) = (Notifications::default(), Mutex::default());
        Self { app, pick_file, open_log, notifications, language }
    }
}

#[async_trait::async_trait]
impl<R: Runtime> Desktop for RealDesktop<R> {
    fn set_theme(&self, theme: Theme) {
        for window in self.app.webview_windows().values() {
            colours::put_on(window, theme);
        }
    }

    fn speak(&self, language: Language) {
        *self.language.lock() = language;
        #[cfg(target_os = "macos")]
        if let Err(error) = super::menu_bar::show(&self.app, language) {
            tracing::warn!(%error, "the menu bar could not be shown");
        }
    }

    async fn open_folder(&self, folder: &Path) -> bool {
        let (folder, log) = (folder.to_owned(), self.open_log.clone());
        // Opening a folder starts another program.
        let opened = tauri::async_runtime::spawn_blocking(move || match log {
            Some(log) => append_line(&log, &folder.to_string_lossy()).is_ok(),
            None => tauri_plugin_opener::open_path(folder, None::<&str>).is_ok(),
        });
        opened.await.unwrap_or(false)
    }

    fn show_notification(&self, notification: Notification) {
        let Some(focus) = self.app.try_state::<Focus>() else { return };
        let app = self.app.clone();
        self.notifications.show(notification, focus.watch(), move || windows::raise(&app));
    }

    async fn pick_picture(&self, label: &str) -> Result<Option<PictureInput>, Failure> {
        Ok(self.pick_file(label).await.map(PictureInput::File))
    }

    async fn copied_picture(&self, is_typing: bool) -> Result<Option<PictureInput>, Failure> {
        clipboard::picture(&self.app, is_typing).await
    }
}

impl<R: Runtime> RealDesktop<R> {
    async fn pick_file(&self, label: &str) -> Option<PathBuf> {
        if let Some(answer) = &self.pick_file {
            let path = tokio::fs::read_to_string(answer).await.ok()?;
            return Some(PathBuf::from(path.trim())).filter(|path| !path.as_os_str().is_empty());
        }
        let (chosen, choice) = oneshot::channel();
        let pictures = text::say(*self.language.lock(), "picture-files");
        let mut dialog = self.app.dialog().file().add_filter(pictures, &["png", "jpg", "jpeg", "webp"]);
        if let Some(window) = self.app.get_webview_window(label) {
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
    /// The window that the person used last.
    fn raise_window(&self) {
        windows::raise(&self.app);
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

fn append_line(file: &Path, line: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().append(true).create(true).open(file)?;
    file.write_all(format!("{line}\n").as_bytes())
}

/// Makes a window with this label, one of [`windows::LABELS`], with `start` in the page before its first script runs, and
/// what is shown `now` where the page is loaded once more. The window is shown in its place and in its colours, and the
/// first frame of the page is in its document. `theme` says which colours are chosen now, as long as the window is there.
///
/// # Errors
/// When the webview cannot be made.
pub fn open<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    folders: &Folders,
    start: Start,
    now: impl Fn() -> Option<Start> + Send + Sync + 'static,
    theme: impl Fn() -> Theme + Send + 'static,
) -> tauri::Result<WebviewWindow<R>> {
    let placement = windows::next_place(app);
    let script = first_script(&start)?;
    let dev_url = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App(first_frame::address(label).into()));
    #[cfg(target_os = "linux")]
    let window = match &dev_url {
        None => window.proxy_url(Url::parse(NOWHERE).map_err(tauri::Error::InvalidUrl)?),
        Some(_) => window,
    };
    // While the page is developed, its own server answers.
    let window = match (&dev_url, app.try_state::<FirstFrames>()) {
        (None, Some(frames)) => {
            frames.begin(label, start, now);
            let frames = frames.inner().clone();
            window.on_web_resource_request(move |request, response| frames.put_into(&request, response))
        }
        _ => window,
    };
    let window = match webview_folder(folders) {
        Ok(folder) => window.data_directory(folder),
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the webview has no folder and keeps its caches in memory");
            window.incognito(true)
        }
    };
    let window = window
        .title(NAME)
        .inner_size(placement.size.width.into(), placement.size.height.into())
        .min_inner_size(SMALLEST.width.into(), SMALLEST.height.into())
        .center()
        .visible(false)
        .initialization_script(script)
        // The page knows where it is, and in which language: its title is the window's.
        .on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::warn!(%error, "the window's title could not be set");
            }
        })
        .on_navigation(move |url| is_own_page(url, dev_url.as_ref()))
        // The page opens no window and saves no file. What it shows outside goes through the system's browser.
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    colours::begin(&window, theme);
    window_place::put(&window, placement)?;
    // Not once the page has painted: the window has the page's ground already, and a person sees at once that the app
    // starts.
    window.show()?;
    Ok(window)
}

/// What the script lays down for the page. The webview keeps it as long as the window is there: it has nothing of a person.
#[derive(Serialize)]
struct LaidDown<'a> {
    theme: &'a Theme,
    spoken: &'a Spoken,
}

/// The script, with what it lays down for the page.
fn first_script(start: &Start) -> serde_json::Result<String> {
    let laid_down = LaidDown { theme: &start.view.preferences.theme, spoken: &start.spoken };
    Ok(format!("{{\nconst start = {};\n{FIRST_SCRIPT}}}", serde_json::to_string(&laid_down)?))
}

/// Where the webview keeps its caches. The page itself keeps nothing, so a temporary folder does as well where ours
/// cannot be written.
fn webview_folder(folders: &Folders) -> io::Result<PathBuf> {
    let folder = folders.webview();
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(folder),
        Err(_) => new_private_folder(&std::env::temp_dir()),
    }
}

/// A new folder below one that others may write to. Its name cannot be guessed, so that nobody lays something in its
/// place first, and nobody else may read it.
fn new_private_folder(below: &Path) -> io::Result<PathBuf> {
    let folder = below.join(format!("{PROGRAM}-webview-{}", Uuid::new_v4()));
    #[cfg(unix)]
    let created = {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o700).create(&folder)
    };
    #[cfg(not(unix))]
    let created = fs::create_dir(&folder);
    created.map(|()| folder)
}

/// The window never leaves the app's own page, which has another form on each system.
fn is_own_page(url: &Url, dev_url: Option<&Url>) -> bool {
    let (scheme, host) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    // With a port it is a server of this machine and not the app.
    let is_own = url.scheme() == scheme && url.host_str() == Some(host) && url.port().is_none();
    is_own || dev_url.is_some_and(|dev| dev.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        let allowed = |url: &str| is_own_page(&Url::parse(url).unwrap(), None);
        let [own, other] = ["tauri://localhost/", "http://tauri.localhost/"];
        let [own, other] = if cfg!(windows) { [other, own] } else { [own, other] };

        assert!(allowed(own) && allowed(&format!("{own}index.html?a#b")));
        for foreign in [
            other,
            "https://example.com/",
            "https://tauri.localhost/",
            "tauri://example.com/",
            "tauri://localhost.example.com/",
            // Servers on this machine.
            "tauri://localhost:8080/",
            "http://tauri.localhost:8080/",
            "http://localhost/",
            "http://127.0.0.1:1420/",
            // What the backend answers is no page.
            "avatar://localhost/current/1",
            "ipc://localhost/watch_app",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:tauri://localhost/0",
            "javascript:alert(1)",
            "about:blank",
            "about:srcdoc",
        ] {
            assert!(!allowed(foreign), "{foreign}");
        }
    }

    #[test]
    fn while_the_page_is_developed_its_server_is_its_own_page_and_no_other_server_is() {
        let dev = Url::parse("http://127.0.0.1:1420").unwrap();
        let allowed = |url: &str| is_own_page(&Url::parse(url).unwrap(), Some(&dev));

        assert!(allowed("http://127.0.0.1:1420/index.html"));
        for foreign in ["http://127.0.0.1:1421/", "https://127.0.0.1:1420/", "http://localhost:1420/"] {
            assert!(!allowed(foreign), "{foreign}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_temporary_folder_for_the_webview_is_new_and_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let below = tempfile::tempdir().unwrap();

        let folders = [new_private_folder(below.path()).unwrap(), new_private_folder(below.path()).unwrap()];

        assert_ne!(folders[0], folders[1]);
        for folder in &folders {
            assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
            assert!(!folder.to_string_lossy().contains(&std::process::id().to_string()));
        }
        assert!(new_private_folder(&below.path().join("is not there")).is_err());
    }
}
