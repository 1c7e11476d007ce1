//! The folders of the app.

use std::path::{Path, PathBuf};

use tauri_plugin_supabase_session::data_dir::{DataDir, make_private};

/// The folders of the app, all below one.
#[derive(Debug, Clone)]
pub struct Folders {
    data: DataDir,
}

/// Where the preferences lie below a data folder, of which nothing is made.
#[must_use]
pub fn preferences_below(data: &Path) -> PathBuf {
    data.join("preferences.json")
}

impl Folders {
    /// Names the folders below `root`, and makes them, for the owner only.
    ///
    /// A folder that cannot be made is no error here: the app runs in memory, and what wants to write says so.
    #[must_use]
    pub fn below(root: PathBuf) -> Self {
        let folders = Self { data: DataDir::new(root) };
        let own = [folders.cache(), folders.edits(), folders.drafts(), folders.logs()];
        for error in own.iter().map(|folder| make_private(folder)).filter_map(Result::err) {
            tracing::warn!(kind = %error.kind(), "a folder below the data folder cannot be made");
        }
        folders
    }

    /// Edits that have not reached their server.
    #[must_use]
    pub fn edits(&self) -> PathBuf {
        self.data.root().join("edits")
    }

    /// What is typed and not saved.
    #[must_use]
    pub fn drafts(&self) -> PathBuf {
        self.data.root().join("drafts")
    }

    /// What the session's plugin keeps, and the folder that all others lie in.
    #[must_use]
    pub fn data(&self) -> &DataDir {
        &self.data
    }

    /// The path of the folder that all others lie in, as people write it: the person's own folder is `~`.
    #[must_use]
    pub fn for_people(&self) -> String {
        short(self.data.root(), dirs::home_dir().as_deref())
    }

    /// What is known of objects that were left behind in a project's bucket.
    #[must_use]
    pub fn orphaned_objects(&self) -> PathBuf {
        self.data.root().join("left-objects")
    }

    /// What can be fetched again: profile and picture.
    #[must_use]
    pub fn cache(&self) -> PathBuf {
        self.data.root().join("cache")
    }

    /// What the person prefers.
    #[must_use]
    pub fn preferences(&self) -> PathBuf {
        preferences_below(self.data.root())
    }

    /// Log files.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.root().join("logs")
    }

    /// Where the window stood last.
    #[must_use]
    pub fn window_place(&self) -> PathBuf {
        self.data.root().join("window.json")
    }

    /// When the endpoint for updates was asked.
    #[must_use]
    pub fn updates(&self) -> PathBuf {
        self.data.root().join("updates.json")
    }

    /// What the webview keeps for itself.
    #[must_use]
    pub fn webview(&self) -> PathBuf {
        self.data.root().join("webview")
    }
}

fn short(path: &Path, home: Option<&Path>) -> String {
    // Where home is the root of all folders, nothing becomes shorter.
    let home = home.filter(|home| home.parent().is_some());
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(below) => Path::new("~").join(below).to_string_lossy().into_owned(),
        None => path.to_string_lossy().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_path_for_people_does_not_name_the_person() {
        let short = |path, home| short(Path::new(path), Some(Path::new(home)));

        assert_eq!(short("/home/ada/.local/share/foyer", "/home/ada"), "~/.local/share/foyer");
        assert_eq!(short("/home/adam/foyer", "/home/ada"), "/home/adam/foyer");
        assert_eq!(short("/srv/foyer", "/"), "/srv/foyer");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_holds_something_already_keeps_its_mode_and_ours_below_it_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let [theirs, empty, new] = ["theirs", "empty", "new"].map(|name| folder.path().join(name));
        for path in [&theirs, &empty] {
            fs::create_dir(path).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        fs::write(theirs.join("letter.txt"), "").unwrap();

        let folders = [&theirs, &empty, &new].map(|path| Folders::below(path.clone()));

        assert_eq!([&theirs, &empty, &new].map(|path| mode(path)), [0o755, 0o700, 0o700]);
        for folders in &folders {
            let own = [
                folders.data().store(),
                folders.cache(),
                folders.edits(),
                folders.drafts(),
                folders.logs(),
                folders.data().handover(),
            ];
            assert_eq!(own.map(|path| mode(&path)), [0o700; 6]);
        }
        // Its own folders in it make it no less theirs at the next start.
        let again = Folders::below(theirs.clone());
        assert_eq!(mode(again.data().root()), 0o755);
    }
}
