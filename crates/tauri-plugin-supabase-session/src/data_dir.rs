//! The folder for the plugin's files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder for the plugin's files, and the paths in it.
#[derive(Debug, Clone)]
pub struct DataDir {
    root: PathBuf,
}

impl DataDir {
    /// The folder at `root` with its folders. Those that are not there are made, for their owner only.
    ///
    /// A folder that cannot be made is no error here: the session is in memory only then, and each write fails with an
    /// error of its own.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        let data = Self { root };
        let own = [data.store(), data.handover()];
        let made = own.iter().map(|folder| make_private(folder));
        for error in std::iter::once(make_root(&data.root)).chain(made).filter_map(Result::err) {
            tracing::warn!(kind = %error.kind(), "a folder below the data folder cannot be made");
        }
        data
    }

    /// The folder that all others lie in.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The session's store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.root.join("store")
    }

    /// What later starts of the app hand over to the one that runs.
    #[must_use]
    pub fn handover(&self) -> PathBuf {
        self.root.join("handover")
    }

    /// How links come back from the project.
    pub(crate) fn redirect_mode_file(&self) -> PathBuf {
        self.root.join("way-back.json")
    }

    /// What the project's owner switched on, as the server said it last.
    pub(crate) fn sign_in_methods_file(&self) -> PathBuf {
        self.root.join("sign-in-methods.json")
    }

    /// The project that was connected in the window.
    pub(crate) fn project_file(&self) -> PathBuf {
        project_file(&self.root)
    }
}

/// The project that was connected in the window, in the data folder at this path.
pub(crate) fn project_file(root: &Path) -> PathBuf {
    root.join("project.json")
}

/// The data folder is made for its owner only. One that was there and holds something may be somebody's documents or
/// their home: its mode is not ours to change, as everything of ours lies in folders of our own below it.
fn make_root(root: &Path) -> io::Result<()> {
    // A folder that cannot even be listed is not ours either.
    let holds_something = || fs::read_dir(root).map_or(true, |mut entries| entries.next().is_some());
    if root.is_dir() && holds_something() { Ok(()) } else { make_private(root) }
}

/// Makes a folder for its owner only.
///
/// # Errors
/// When it cannot be made.
pub fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
