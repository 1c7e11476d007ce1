//! Links that the desktop hands over: `app.foyer.desktop://auth/callback?...`.
//!
//! The plugin checks the scheme and nothing else; it misses the link that started the app in its event (that one is
//! in `get_current`) and never forgets it. All of it ends in the queue as text.

use std::ffi::OsString;

use tauri::{App, AppHandle, Runtime, Url};
use tauri_plugin_deep_link::DeepLinkExt;

use super::Queue;
use super::handler::Handler;
use crate::config::{Folders, REDIRECT_TO};

/// Sends every link into the queue: the one that started the app and those that follow.
pub fn begin<R: Runtime>(app: &App<R>, queue: &Queue) {
    match app.deep_link().get_current() {
        Ok(links) => links.into_iter().flatten().for_each(|link| queue.push(link.into())),
        Err(error) => tracing::warn!(%error, "the link that started the app cannot be read"),
    }
    let queue = queue.clone();
    app.deep_link().on_open_url(move |event| {
        event.urls().into_iter().for_each(|link| queue.push(link.into()));
    });
}

/// The scheme of our links.
#[must_use]
pub fn scheme() -> &'static str {
    REDIRECT_TO.split(':').next().unwrap_or_default()
}

/// The link that a process was started with, as the plugin sees it: its only argument, with our scheme.
#[must_use]
pub fn argument(arguments: impl IntoIterator<Item = OsString>) -> Option<String> {
    let mut arguments = arguments.into_iter().skip(1);
    let link = arguments.next()?.into_string().ok()?;
    let is_only = arguments.next().is_none();
    let is_ours = Url::parse(&link).is_ok_and(|link| link.scheme() == scheme());
    (is_only && is_ours).then_some(link)
}

/// Who opens our links on this desktop. Nothing is asked yet.
///
/// # Errors
/// When it cannot be found out what this program is.
#[cfg(target_os = "linux")]
pub fn handler<R: Runtime>(app: &AppHandle<R>, folders: &Folders) -> std::io::Result<Handler> {
    use tauri::Manager;

    let program = match app.env().appimage {
        Some(image) => image.into(),
        None => std::env::current_exe()?,
    };
    let registry =
        super::registry::DesktopRegistry::new(program, folders.root().to_owned(), scheme().to_owned());
    Ok(Handler::new(registry))
}

/// Who opens our links on this desktop. Nothing is asked yet.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn handler<R: Runtime>(app: &AppHandle<R>, _: &Folders) -> std::io::Result<Handler> {
    Ok(Handler::new(PluginRegistry(app.clone())))
}

/// What the plugin does and says. On macOS the bundle names its links, and there is nothing to do.
#[cfg(not(target_os = "linux"))]
struct PluginRegistry<R: Runtime>(AppHandle<R>);

#[cfg(not(target_os = "linux"))]
#[async_trait::async_trait]
impl<R: Runtime> super::handler::Registry for PluginRegistry<R> {
    async fn register(&self) {
        #[cfg(windows)]
        if let Err(error) = self.0.deep_link().register_all() {
            tracing::warn!(%error, "this app could not be entered as the one for its links");
        }
    }

    async fn is_ours(&self) -> bool {
        cfg!(not(windows)) || self.0.deep_link().is_registered(scheme()).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_only_argument_and_has_our_scheme() {
        let link = "app.foyer.desktop://auth/callback?code=c";
        let argument = |arguments: &[&str]| argument(arguments.iter().map(OsString::from));

        assert_eq!(argument(&["foyer", link]).as_deref(), Some(link));
        assert_eq!(scheme(), "app.foyer.desktop");
        for other in
            [&["foyer"][..], &["foyer", link, "more"], &["foyer", "https://x.example/"], &["foyer", "x"]]
        {
            assert_eq!(argument(other), None, "{other:?}");
        }
    }
}
