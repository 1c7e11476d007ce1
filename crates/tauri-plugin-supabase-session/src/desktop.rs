//! What the plugin asks of the desktop.

use tauri::{AppHandle, Manager, Runtime, Url, WebviewWindow};
use tauri_plugin_clipboard_manager::Clipboard;

/// What the plugin asks of the desktop. A trait, so that an app and tests can give their own.
#[async_trait::async_trait]
pub trait Desktop: Send + Sync {
    /// Brings the app's window to the front.
    fn raise_window(&self);
    /// Opens a web address in the system's browser. False when there is none.
    async fn open_in_browser(&self, url: &Url) -> bool;
    /// Puts a text on the clipboard. False when that cannot be done.
    fn copy(&self, text: &str) -> bool;
}

/// Brings a window to the front, also one that is minimized or hidden.
pub fn raise_window<R: Runtime>(window: &WebviewWindow<R>) {
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// The desktop that the app runs on.
pub struct SystemDesktop<R: Runtime>(AppHandle<R>);

impl<R: Runtime> SystemDesktop<R> {
    /// The desktop, seen from this app.
    #[must_use]
    pub fn new(app: AppHandle<R>) -> Self {
        Self(app)
    }
}

#[async_trait::async_trait]
impl<R: Runtime> Desktop for SystemDesktop<R> {
    /// The window `main`, or the one that there is.
    fn raise_window(&self) {
        let main = self.0.get_webview_window("main");
        if let Some(window) = main.or_else(|| self.0.webview_windows().into_values().next()) {
            raise_window(&window);
        }
    }

    async fn open_in_browser(&self, url: &Url) -> bool {
        // Nothing but web addresses: the desktop would start other programs for other schemes.
        if !matches!(url.scheme(), "http" | "https") {
            return false;
        }
        let url = url.to_string();
        // Opening an address starts another program and waits for it.
        let opened = tauri::async_runtime::spawn_blocking(move || {
            tauri_plugin_opener::open_url(url, None::<&str>).is_ok()
        });
        opened.await.unwrap_or(false)
    }

    /// With tauri-plugin-clipboard-manager, where the app has it.
    fn copy(&self, text: &str) -> bool {
        self.0.try_state::<Clipboard<R>>().is_some_and(|clipboard| clipboard.write_text(text).is_ok())
    }
}
