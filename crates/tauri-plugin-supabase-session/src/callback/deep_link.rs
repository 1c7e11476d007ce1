//! Links that the desktop hands over: `<scheme>://auth/callback?...`.
//!
//! tauri-plugin-deep-link checks the scheme and nothing else; it misses the link that started the app in its event (that
//! one is in `get_current`) and never forgets it. All of it ends in the queue as text.

use std::ffi::OsString;

use tauri::{AppHandle, Runtime, Url};
use tauri_plugin_deep_link::DeepLinkExt;

use super::Queue;
use super::handler::Handler;

/// Sends every link into the queue: the one that started the app and those that follow.
pub fn begin<R: Runtime>(app: &AppHandle<R>, queue: &Queue) {
    match app.deep_link().get_current() {
        Ok(links) => links.into_iter().flatten().for_each(|link| queue.push(link.into())),
        Err(error) => tracing::warn!(%error, "the link that started the app cannot be read"),
    }
    let queue = queue.clone();
    app.deep_link().on_open_url(move |event| {
        event.urls().into_iter().for_each(|link| queue.push(link.into()));
    });
}

/// Where a sign-in that continued elsewhere comes back to. This is the entry for the project's redirect allow list
/// (there with a `*` behind it).
///
/// # Errors
/// When this is no scheme.
pub fn address(scheme: &str) -> Result<Url, url::ParseError> {
    Url::parse(&format!("{scheme}://auth/callback"))
}

/// The link that a process was started with, as tauri-plugin-deep-link sees it: its only argument, with this scheme. The
/// text is the parsed link's, as with links that come from the plugin: a scheme in capitals is one in small letters.
#[must_use]
pub fn argument(scheme: &str, arguments: impl IntoIterator<Item = OsString>) -> Option<String> {
    let mut arguments = arguments.into_iter().skip(1);
    let link = Url::parse(&arguments.next()?.into_string().ok()?).ok()?;
    let is_only = arguments.next().is_none();
    (is_only && link.scheme() == scheme).then(|| link.into())
}

/// Who opens our links on this desktop. Nothing is asked yet.
///
/// # Errors
/// When it cannot be found out what this program is.
#[cfg(target_os = "linux")]
pub fn handler<R: Runtime>(
    app: &AppHandle<R>,
    app_name: &str,
    scheme: &str,
    data: &std::path::Path,
) -> std::io::Result<Handler> {
    use tauri::Manager;

    let program = match app.env().appimage {
        Some(image) => image.into(),
        None => std::env::current_exe()?,
    };
    let paths = super::desktop_entry::EntryPaths::of_this_person(app_name, program, data)?;
    Ok(Handler::new(super::registry::DesktopRegistry::new(paths, scheme.to_owned())))
}

/// Who opens our links on this desktop. Nothing is asked yet.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn handler<R: Runtime>(
    app: &AppHandle<R>,
    _: &str,
    scheme: &str,
    _: &std::path::Path,
) -> std::io::Result<Handler> {
    Ok(Handler::new(PluginRegistry { app: app.clone(), scheme: scheme.to_owned() }))
}

/// What the plugin does and says. On macOS the bundle names its links, and there is nothing to do.
#[cfg(not(target_os = "linux"))]
struct PluginRegistry<R: Runtime> {
    app: AppHandle<R>,
    scheme: String,
}

#[cfg(not(target_os = "linux"))]
#[async_trait::async_trait]
impl<R: Runtime> super::handler::Registry for PluginRegistry<R> {
    async fn register(&self) {
        #[cfg(windows)]
        if let Err(error) = self.app.deep_link().register_all() {
            tracing::warn!(%error, "this app could not be entered as the one for its links");
        }
    }

    async fn is_ours(&self) -> bool {
        cfg!(not(windows)) || self.app.deep_link().is_registered(&self.scheme).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_only_argument_and_has_our_scheme() {
        let link = "app.foyer.desktop://auth/callback?code=c";
        let argument =
            |arguments: &[&str]| argument("app.foyer.desktop", arguments.iter().map(OsString::from));

        assert_eq!(argument(&["foyer", link]).as_deref(), Some(link));
        let capital = "App.Foyer.Desktop://auth/callback?code=c";
        assert_eq!(argument(&["foyer", capital]).as_deref(), Some(link));
        assert_eq!(address("app.foyer.desktop").unwrap().as_str(), "app.foyer.desktop://auth/callback");
        for other in
            [&["foyer"][..], &["foyer", link, "more"], &["foyer", "https://x.example/"], &["foyer", "x"]]
        {
            assert_eq!(argument(other), None, "{other:?}");
        }
    }
}
