//! A text about this app and its machine, for a report about a problem: what whoever mends it asks first. It says nothing
//! about the account, the project's address or key, and names no file.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use foyer_contract::brand::NAME;
use foyer_contract::session_contract::protection::ProtectionView;
use foyer_contract::session_contract::view::{ProjectView, SessionView, SupabaseView};

/// What the text is made of.
pub struct Diagnostics {
    /// What the window shows of the session.
    pub view: SupabaseView,
    /// Whether the desktop opens the app's links with this app; `None` before it was asked.
    pub opens_links: Option<bool>,
    /// The folder that all others lie in.
    pub data: PathBuf,
    /// The last events, one a line.
    pub recent: Vec<String>,
}

impl Diagnostics {
    /// The text, put together where a disk that hangs holds up nothing else.
    pub async fn gather(self) -> String {
        tokio::task::spawn_blocking(move || self.text()).await.unwrap_or_default()
    }

    /// The text. It reads the modes of files, so it does not belong on a thread that must not wait.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: &str| {
            // A `String` takes every text.
            let _written = writeln!(text, "{name}: {value}");
        };
        line(NAME, env!("CARGO_PKG_VERSION"));
        line("System", &format!("{} {}, {}", std::env::consts::OS, system(), std::env::consts::ARCH));
        line("Webview", &tauri::webview_version().unwrap_or_else(|_| "unknown".to_owned()));
        line("Project", &self.view.project.as_ref().map_or_else(|| "none".to_owned(), project));
        line("Session", session(&self.view.session));
        line("Pending flows", &self.view.waiting.len().to_string());
        line("Protection", &protection(&self.view.protection));
        line("Store warning", &format!("{:?}", self.view.store_warning));
        line("Links are opened by", links(self.opens_links));
        folders(&self.data).iter().for_each(|(name, about)| line(name, about));
        text.push_str("Last events:\n");
        for event in &self.recent {
            text.push_str(event);
            text.push('\n');
        }
        text
    }
}

fn project(project: &ProjectView) -> String {
    let place = if project.is_local { "on this machine" } else { "elsewhere" };
    let named = if project.is_fixed { "by the environment" } else { "in the window" };
    format!("{place}, named {named}; links come back by {:?}", project.redirect_mode)
}

fn session(session: &SessionView) -> &'static str {
    match session {
        SessionView::Restoring => "the store is being read",
        SessionView::SignedOut { .. } => "signed out",
        SessionView::SignedIn { user } if user.second_factor_needed => {
            "signed in, second factor not shown yet"
        }
        SessionView::SignedIn { user } if user.verified => "signed in, verified by the server",
        SessionView::SignedIn { .. } => "signed in, not verified by the server yet",
    }
}

fn protection(view: &ProtectionView) -> String {
    let modes = if view.file_modes { "kept" } else { "not kept by this file system" };
    format!(
        "{:?}, chosen {:?}, keychain {:?}; modes of files {modes}",
        view.active, view.chosen, view.keychain
    )
}

fn links(are_ours: Option<bool>) -> &'static str {
    match are_ours {
        Some(true) => "this app",
        Some(false) => "another app, or none",
        None => "not asked yet",
    }
}

/// The system's name and version, as it calls itself; empty where it does not say.
fn system() -> String {
    let (file, before, after) = if cfg!(target_os = "macos") {
        ("/System/Library/CoreServices/SystemVersion.plist", "<key>ProductVersion</key>", "</string>")
    } else {
        ("/etc/os-release", "PRETTY_NAME=\"", "\"")
    };
    let said = fs::read_to_string(file).unwrap_or_default();
    let value = said.split_once(before).and_then(|(_, rest)| rest.split_once(after));
    value.map(|(value, _)| value.trim().trim_start_matches("<string>").to_owned()).unwrap_or_default()
}

/// The data folder and those directly in it: how many files lie there, and which modes they have.
fn folders(data: &Path) -> Vec<(String, String)> {
    let below = fs::read_dir(data).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = below.filter(|path| path.is_dir()).collect();
    folders.sort();
    let name = |folder: &Path| folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut said = vec![("Data folder".to_owned(), folder(data))];
    // A data folder may be one that holds something of the person's: their names are not ours to tell.
    let ours = folders.iter().filter(|path| OURS.contains(&name(path).as_str()));
    said.extend(ours.map(|path| (format!("Folder {}", name(path)), folder(path))));
    said
}

/// The folders that the app makes below its data folder.
const OURS: [&str; 8] = ["store", "handover", "cache", "edits", "drafts", "left-objects", "logs", "webview"];

fn folder(folder: &Path) -> String {
    let Ok(about) = fs::metadata(folder) else { return "cannot be read".to_owned() };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files: Vec<fs::Metadata> =
        entries.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file).collect();
    let modes: BTreeSet<String> = files.iter().map(mode).collect();
    let modes: Vec<String> = modes.into_iter().collect();
    format!("{}, files: {} {}", mode(&about), files.len(), modes.join(" "))
}

/// The permission bits, for example `0600`.
fn mode(about: &fs::Metadata) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        format!("{:04o}", about.permissions().mode() & 0o7777)
    }
    #[cfg(not(unix))]
    if about.permissions().readonly() { "read-only".to_owned() } else { "writable".to_owned() }
}

#[cfg(test)]
mod tests {
    use foyer_contract::view::{RedirectMode, StoreWarning, UserView};

    use super::*;

    fn diagnostics(data: PathBuf) -> Diagnostics {
        let project = ProjectView {
            url: "https://canary-project.supabase.co".to_owned(),
            host: "canary-project.supabase.co".to_owned(),
            is_local: false,
            is_fixed: false,
            sign_in_methods: None,
            redirect_mode: Some(RedirectMode::Loopback),
        };
        let user = UserView {
            id: "canary-id".to_owned(),
            email: Some("canary@example.com".to_owned()),
            is_anonymous: false,
            second_factor_needed: false,
            verified: true,
        };
        let view = SupabaseView {
            revision: 7,
            project: Some(project),
            session: SessionView::SignedIn { user },
            waiting: vec![],
            captchas: vec![],
            consent: None,
            new_password: false,
            security: None,
            notice: None,
            store_warning: Some(StoreWarning::NotSaved),
            protection: ProtectionView::default(),
        };
        Diagnostics { view, opens_links: Some(false), data, recent: vec!["an event".to_owned()] }
    }

    #[test]
    fn it_says_what_is_asked_first_and_nothing_of_the_account_the_project_or_a_files_name() {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("canary-folder");
        for folder in ["store", "edits", "canary-of-theirs"] {
            fs::create_dir_all(data.join(folder)).unwrap();
            fs::write(data.join(folder).join("canary-file"), "canary-content").unwrap();
        }

        let text = diagnostics(data).text();

        assert!(!text.to_lowercase().contains("canary"), "{text}");
        for said in [
            &format!("{NAME}: {}", env!("CARGO_PKG_VERSION")),
            "links come back by Some(Loopback)",
            "Session: signed in, verified",
            "Store warning: Some(NotSaved)",
            "Protection: None, chosen None, keychain Unknown; modes of files kept\n",
            "Links are opened by: another app, or none",
            "Last events:\nan event\n",
        ] {
            assert!(text.contains(said), "{said} is not in:\n{text}");
        }
        #[cfg(target_os = "linux")]
        assert!(!system().is_empty());
    }

    #[test]
    fn every_folder_that_the_app_makes_is_told() {
        let root = tempfile::tempdir().unwrap();
        let _made = crate::desktop::folders::Folders::below(root.path().to_owned());

        let text = diagnostics(root.path().to_owned()).text();

        let folders = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let names: Vec<_> = folders.map(|name| name.into_string().unwrap()).collect();
        assert!(names.len() > 2, "{names:?}");
        assert!(names.iter().all(|name| text.contains(&format!("Folder {name}: "))), "{names:?}:\n{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_shows_in_its_folders_line() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let store = root.path().join("store");
        fs::create_dir(&store).unwrap();
        fs::set_permissions(&store, fs::Permissions::from_mode(0o700)).unwrap();
        for (name, mode) in [("a", 0o600), ("b", 0o644)] {
            fs::write(store.join(name), "").unwrap();
            fs::set_permissions(store.join(name), fs::Permissions::from_mode(mode)).unwrap();
        }

        let text = diagnostics(root.path().to_owned()).text();

        assert!(text.contains("Folder store: 0700, files: 2 0600 0644\n"), "{text}");
    }
}
