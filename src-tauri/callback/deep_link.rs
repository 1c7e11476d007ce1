//! Links that the desktop hands over: `app.foyer.desktop://auth/callback?...`.
//!
//! The plugin checks the scheme and nothing else; it misses the link that started the app in its event (that one is
//! in `get_current`) and never forgets it. All of it ends in the queue as text.

use tauri::{App, Runtime};
use tauri_plugin_deep_link::DeepLinkExt;

use super::Queue;

/// Registers the scheme where that is done at run time, and sends every link into the queue: the one that started
/// the app and those that follow.
pub fn begin<R: Runtime>(app: &App<R>, queue: &Queue) {
    #[cfg(any(target_os = "linux", windows))]
    register(app.handle().clone());
    match app.deep_link().get_current() {
        Ok(links) => links.into_iter().flatten().for_each(|link| queue.push(link.into())),
        Err(error) => tracing::warn!(%error, "the link that started the app cannot be read"),
    }
    let queue = queue.clone();
    app.deep_link().on_open_url(move |event| {
        event.urls().into_iter().for_each(|link| queue.push(link.into()));
    });
}

/// Asks the desktop to send our links here. It runs other programs, so it does not hold up the start.
#[cfg(any(target_os = "linux", windows))]
fn register<R: Runtime>(app: tauri::AppHandle<R>) {
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = app.deep_link().register_all() {
            // Without it links from mails do not come back; everything else works.
            tracing::warn!(%error, "the link scheme could not be registered with the desktop");
        }
    });
}
