//! What the settings ask of this computer and of the connection to the project.

use serde::{Deserialize, Serialize};

use crate::command;
use crate::view::RedirectMode;

/// How links come back, and why that way, without a request to the project.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindRedirects {}
command!(FindRedirects => "find_redirects", RedirectsView);

/// Asks the project and the desktop once more how links may come back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckRedirects {}
command!(CheckRedirects => "check_redirects", RedirectsView);

/// How links may come back to the app. Which mode is used is told by
/// [`ProjectView::redirect_mode`](crate::view::ProjectView::redirect_mode).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedirectsView {
    /// What the project lets through; `None` before it has answered once.
    pub allowed: Option<RedirectMode>,
    /// Whether the desktop opens the app's links with this app; `None` before it was asked.
    pub opens_links: Option<bool>,
    /// What the project's owner adds to the redirect URLs, so that the app's own links are let through.
    pub entry: String,
}

/// Puts [`RedirectsView::entry`] on the clipboard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CopyRedirectEntry {}
command!(CopyRedirectEntry => "copy_redirect_entry", ());

/// Signs out on this device where somebody is signed in, as [`SignOut`](crate::session::SignOut) does, and forgets the
/// project; the connect page follows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LeaveProject {}
command!(LeaveProject => "leave_project", ());

/// Where the app's files lie. The one path that crosses the line: it is shown, and no command takes it back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindDataFolder {}
command!(FindDataFolder => "find_data_folder", DataFolder);

/// The folder that all of the app's files lie in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFolder {
    /// Its path for people: below the person's own folder it begins with `~`.
    pub path: String,
}

/// Shows one of the app's folders in the desktop's file manager.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenFolder {
    /// Which.
    pub folder: Folder,
}
command!(OpenFolder => "open_folder", ());

/// A folder of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    /// Everything.
    Data,
    /// The log files.
    Logs,
}

/// Removes what can be fetched again (profile, picture, what the webview keeps) and fetches it. The session, edits that
/// wait to be sent, and preferences stay.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClearCache {}
command!(ClearCache => "clear_cache", ());

/// The packages of others that are part of the app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindLicenses {}
command!(FindLicenses => "find_licenses", Vec<License>);

/// A license, and the packages under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// Its SPDX expression, for example `MIT OR Apache-2.0`.
    pub name: String,
    /// The packages with their versions, for example `serde 1.0.228`.
    pub packages: Vec<String>,
}
