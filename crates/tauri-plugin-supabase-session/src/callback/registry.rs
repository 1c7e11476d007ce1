//! The list of who opens which links, on Linux: GIO's, and what the generic `xdg-open` makes of it.
//!
//! Browsers ask one or the other (Firefox GIO, Chromium `xdg-open`), so both must end in this app. Where `xdg-mime` is
//! missing, or the generic `xdg-open` cannot read what GIO can, a link may come back or not: that counts as not.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use async_trait::async_trait;
use gio::prelude::*;
use gio::{AppInfo, DesktopAppInfo, glib};
use tokio::process::Command;

use super::desktop_entry::{self, EntryPaths};
use super::handler::Registry;
use crate::machine::answers::LinkOpener;

/// The registry of the desktop that this app runs on.
pub(crate) struct DesktopRegistry {
    paths: EntryPaths,
    scheme: String,
}

impl DesktopRegistry {
    /// The registry of the desktop that we run on, for links of this scheme.
    #[must_use]
    pub(crate) fn new(paths: EntryPaths, scheme: String) -> Self {
        Self { paths, scheme }
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&EntryPaths, &str) -> T + Send + 'static,
    ) -> Option<T> {
        let (paths, scheme) = (self.paths.clone(), self.scheme.clone());
        tauri::async_runtime::spawn_blocking(move || work(&paths, &scheme)).await.ok()
    }
}

#[async_trait]
impl Registry for DesktopRegistry {
    async fn register(&self) {
        let entered = self.blocking(|paths, scheme| enter(paths, scheme).map_err(|error| error.to_string()));
        if let Some(Err(error)) = entered.await {
            tracing::warn!(%error, "this app could not be entered as the one for its links");
        }
    }

    async fn is_ours(&self) -> bool {
        opener(&self.scheme, self.paths.program.clone()).await == LinkOpener::ThisProgram
    }
}

/// With what the desktop opens links of this scheme, told by this program or another one: by GIO and by the generic
/// `xdg-open`.
pub(crate) async fn opener(scheme: &str, program: PathBuf) -> LinkOpener {
    let (asked, own) = (scheme.to_owned(), program.clone());
    let by_gio = tauri::async_runtime::spawn_blocking(move || gio_opener(&asked, &own)).await;
    let Ok(LinkOpener::ThisProgram) = by_gio else { return by_gio.unwrap_or(LinkOpener::Unknown) };
    let Some(name) = queried(scheme).await else { return LinkOpener::Unknown };
    let entry = name.clone();
    let opens = tauri::async_runtime::spawn_blocking(move || xdg_open_opens(&entry, &program)).await;
    match opens {
        Ok(true) => LinkOpener::ThisProgram,
        Ok(false) => LinkOpener::Other(name),
        Err(_) => LinkOpener::Unknown,
    }
}

/// With what GIO opens links of this scheme.
fn gio_opener(scheme: &str, program: &Path) -> LinkOpener {
    match AppInfo::default_for_uri_scheme(scheme) {
        None => LinkOpener::Nobody,
        Some(entry) if desktop_entry::is_same_program(&entry.executable(), program) => {
            LinkOpener::ThisProgram
        }
        Some(entry) => LinkOpener::Other(entry.display_name().into()),
    }
}

/// The desktop entry that `xdg-mime` names for links of this scheme.
async fn queried(scheme: &str) -> Option<String> {
    let mut query = Command::new("xdg-mime");
    query.args(["query", "default", &content_type(scheme)]);
    let answer = query.stdin(Stdio::null()).kill_on_drop(true).output().await;
    let answer = answer.inspect_err(|error| tracing::info!(kind = %error.kind(), "xdg-mime cannot be asked"));
    let name = String::from_utf8(answer.ok()?.stdout).ok()?;
    let name = name.lines().next()?.trim();
    (!name.is_empty() && !name.contains('/')).then(|| name.to_owned())
}

fn content_type(scheme: &str) -> String {
    format!("x-scheme-handler/{scheme}")
}

/// Makes an entry of this program the first choice, where it is not already: the one that came with its package, which goes
/// with the package too, else one in the person's own folder.
fn enter(paths: &EntryPaths, scheme: &str) -> Result<(), Box<dyn std::error::Error>> {
    let packaged = packaged(paths, scheme);
    if packaged.is_some() {
        desktop_entry::remove(paths)?;
    } else {
        desktop_entry::write(paths, scheme)?;
    }
    if gio_opener(scheme, &paths.program) == LinkOpener::ThisProgram {
        return Ok(());
    }
    let own = || DesktopAppInfo::from_filename(paths.entry()).map(AppInfo::from);
    let entry = packaged.or_else(own).ok_or("the desktop does not take the entry")?;
    Ok(entry.set_as_default_for_type(&content_type(scheme))?)
}

/// The entry that a package brought for this program.
fn packaged(paths: &EntryPaths, scheme: &str) -> Option<AppInfo> {
    AppInfo::all_for_type(&content_type(scheme)).into_iter().find(|entry| {
        entry.id().is_some_and(|id| id != *paths.entry_name)
            && desktop_entry::is_same_program(&entry.executable(), &paths.program)
    })
}

/// Whether the generic `xdg-open`, told to use the entry of this name, starts this program.
fn xdg_open_opens(name: &str, program: &Path) -> bool {
    let folders = std::iter::once(glib::user_data_dir()).chain(glib::system_data_dirs());
    let mut files = folders.map(|folder| folder.join("applications").join(name));
    let Some(file) = files.find(|file| file.is_file()) else { return false };
    // `xdg-open` takes a blank in the path for the path's end.
    let has_blank = file.to_str().is_none_or(|path| path.contains(char::is_whitespace));
    let Ok(text) = std::fs::read_to_string(&file) else { return false };
    !has_blank
        && desktop_entry::first_word(&text)
            .is_some_and(|word| desktop_entry::is_same_program(Path::new(word), program))
}
