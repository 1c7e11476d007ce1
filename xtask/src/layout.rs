//! Where things lie: the checkout, the target folder, the tools that were installed for it. Knows no task.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::fault::Fault;

/// The folders that the tasks work in.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Where Cargo builds: `CARGO_TARGET_DIR`, else `target` in the checkout.
    pub(crate) target: PathBuf,
    /// Tools from npm, outside the checkout, so that several checkouts share them.
    pub(crate) tools: PathBuf,
    /// Where `cargo install` puts programs.
    pub(crate) cargo_bin: PathBuf,
}

impl Layout {
    /// Looks at the environment.
    ///
    /// # Errors
    /// When neither the checkout nor a home folder can be told.
    pub(crate) fn find() -> Result<Self, Fault> {
        // What Cargo says now, not what it said when this was compiled: a checkout that shares its target folder with
        // another one may run what was compiled there.
        let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = here.filter(|folder| folder.ends_with("xtask"));
        let root = here
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")))
            .parent()
            .ok_or_else(|| Fault::new("xtask does not lie in a checkout"))?
            .to_path_buf();
        let home = env::home_dir().ok_or_else(|| Fault::new("no home folder: set HOME"))?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
        Ok(Self { tools: cache(&home).join("tools"), cargo_bin: cargo_home.join("bin"), root, target })
    }

    /// Programs that npm installed.
    pub(crate) fn npm_bin(&self) -> PathBuf {
        self.tools.join("node_modules").join(".bin")
    }

    /// A program that the workspace build made.
    pub(crate) fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// `PATH` with the installed tools in front.
    pub(crate) fn path(&self) -> OsString {
        let old = env::var_os("PATH").unwrap_or_default();
        let all = [self.npm_bin(), self.cargo_bin.clone()].into_iter().chain(env::split_paths(&old));
        // A folder whose name holds the separator cannot stand in PATH at all: then PATH stays as it is.
        env::join_paths(all).unwrap_or(old)
    }

    /// The file of a program on [`path`](Self::path).
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
        let path = self.path();
        env::split_paths(&path)
            .flat_map(|dir| endings.iter().map(move |ending| dir.join(format!("{name}{ending}"))))
            .find(|file| file.is_file())
    }
}

/// What lies in a folder.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// A file or folder that cannot be read, and why.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new(format!("{}: {error}", path.display()))
}

/// This person's cache folder for Foyer's tools, by the habits of each system.
fn cache(home: &Path) -> PathBuf {
    let base = if cfg!(windows) {
        env::var_os("LOCALAPPDATA").map_or_else(|| home.join("AppData").join("Local"), PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home.join("Library").join("Caches")
    } else {
        env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from)
    };
    base.join("foyer")
}
