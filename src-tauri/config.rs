//! What the app is told from outside: environment variables (read once, at start) and the saved project.
//! Everything is validated here; nothing else reads the environment.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use supabase_session::{Project, ProjectError};
use tracing::level_filters::LevelFilter;
use url::Url;

use crate::captcha::Captcha;

/// Where a sign-in that continued elsewhere comes back to. This is the entry for the project's redirect allow list
/// (there with a `*` behind it).
pub const REDIRECT_TO: &str = "app.foyer.desktop://auth/callback";

/// A local Supabase listens here: `supabase-local` and the Supabase CLI alike.
pub const LOCAL_URL: &str = "http://127.0.0.1:54321";

/// The anon key that every local Supabase has had since 2021. It is printed in the Supabase documentation and opens
/// nothing but a developer's own machine.
pub const LOCAL_KEY: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1vIiwicm9sZSI6ImFub24iLCJleHAiOjE5ODM4MTI5OTZ9.CRXP1A7WOeoJeXxjNni43kdQwgnWNReilDMblYTn_I0";

/// What the environment says.
#[derive(Debug, Default)]
pub struct Environment {
    /// From `FOYER_SUPABASE_URL` and `FOYER_SUPABASE_KEY`.
    pub project: Option<Project>,
    /// From `FOYER_DATA_DIR`.
    pub data_dir: Option<PathBuf>,
    /// From `FOYER_LOG`: how much our own code logs.
    pub log: Option<LevelFilter>,
    /// From `FOYER_PICK_FILE`, with the Cargo feature `e2e` only: a text file that holds the path which the file
    /// dialog would have answered.
    pub pick_file: Option<PathBuf>,
    /// From `FOYER_OPEN_LOG`, with the Cargo feature `e2e` only: a text file that gets one line for each address that
    /// would have been opened in the browser.
    pub open_log: Option<PathBuf>,
    /// From `FOYER_IMPLICIT_FLOW=1`: tokens in a link are taken for a flow that this app began. Off by default.
    pub implicit: bool,
    /// From `FOYER_CAPTCHA`: the captcha that the project's owner switched on, `hcaptcha:<site key>` or
    /// `turnstile:<site key>`. With the Cargo feature `e2e` the widget's script may come from `FOYER_CAPTCHA_SCRIPT`.
    pub captcha: Option<Captcha>,
}

/// Why the environment cannot be used. Each sentence says what to do.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// One of the pair.
    #[error("{missing} is not set, but {present} is: set both of them or neither")]
    Half {
        /// The variable that is set.
        present: &'static str,
        /// The variable that is not.
        missing: &'static str,
    },
    /// No URL.
    #[error("FOYER_SUPABASE_URL is not a project's URL: it looks like https://abcd.supabase.co")]
    Url,
    /// Not https.
    #[error(
        "FOYER_SUPABASE_URL must begin with https:// (http:// is allowed for this machine only, http://127.0.0.1:54321)"
    )]
    Insecure,
    /// No key of a project.
    #[error(
        "FOYER_SUPABASE_KEY is not a publishable key or anon key: copy it from the project's API settings"
    )]
    Key,
    /// A secret key.
    #[error(
        "FOYER_SUPABASE_KEY is a secret key, which must never be in an app: use the publishable key (or anon key)"
    )]
    SecretKey,
    /// No level.
    #[error("FOYER_LOG is not a level: use error, warn, info, debug or trace")]
    Log,
    /// Neither on nor off.
    #[error("FOYER_IMPLICIT_FLOW is neither 0 nor 1")]
    Implicit,
    /// No captcha.
    #[error("FOYER_CAPTCHA is not hcaptcha:<site key> or turnstile:<site key>")]
    Captcha,
    /// A relative path, whose meaning would depend on where the desktop starts us.
    #[error("FOYER_DATA_DIR must be an absolute path")]
    DataDir,
    /// Bytes that are no text. The webview and the store take paths as text, too.
    #[error("{0} is set to something that is no UTF-8 text: set it anew, or unset it")]
    NotText(&'static str),
}

impl Environment {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// When a variable is set to something that cannot be used.
    pub fn read() -> Result<Self, ConfigError> {
        Self::from(|name| std::env::var_os(name))
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let text = |name| text(name, variable(name));
        let data_dir = text("FOYER_DATA_DIR")?.map(PathBuf::from);
        if data_dir.as_ref().is_some_and(|path| path.is_relative()) {
            return Err(ConfigError::DataDir);
        }
        let log = match text("FOYER_LOG")? {
            Some(level) => Some(level.parse().map_err(|_| ConfigError::Log)?),
            None => None,
        };
        let implicit = match text("FOYER_IMPLICIT_FLOW")?.as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(_) => return Err(ConfigError::Implicit),
        };
        let e2e = |name| if cfg!(feature = "e2e") { text(name) } else { Ok(None) };
        let pick_file = e2e("FOYER_PICK_FILE")?.map(PathBuf::from);
        let open_log = e2e("FOYER_OPEN_LOG")?.map(PathBuf::from);
        let script = e2e("FOYER_CAPTCHA_SCRIPT")?;
        let captcha = text("FOYER_CAPTCHA")?.map(|text| captcha(&text, script.as_deref())).transpose()?;
        let project = project_from(text)?;
        Ok(Self { project, data_dir, log, pick_file, open_log, implicit, captcha })
    }
}

/// A variable's value; `None` where it is not set or empty.
fn text(name: &'static str, value: Option<OsString>) -> Result<Option<String>, ConfigError> {
    let text = value.map(OsString::into_string).transpose().map_err(|_| ConfigError::NotText(name))?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn captcha(text: &str, script: Option<&str>) -> Result<Captcha, ConfigError> {
    let captcha: Captcha = text.parse().map_err(|_| ConfigError::Captcha)?;
    match script.map(Url::parse) {
        None => Ok(captcha),
        Some(script) => Ok(captcha.with_script(script.map_err(|_| ConfigError::Captcha)?)),
    }
}

fn project_from(
    text: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
) -> Result<Option<Project>, ConfigError> {
    const URL: &str = "FOYER_SUPABASE_URL";
    const KEY: &str = "FOYER_SUPABASE_KEY";
    match (text(URL)?, text(KEY)?) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(ConfigError::Half { present: URL, missing: KEY }),
        (None, Some(_)) => Err(ConfigError::Half { present: KEY, missing: URL }),
        (Some(url), Some(key)) => Project::new(&url, &key).map(Some).map_err(|error| match error {
            ProjectError::UrlInvalid => ConfigError::Url,
            ProjectError::UrlInsecure => ConfigError::Insecure,
            ProjectError::KeyInvalid => ConfigError::Key,
            ProjectError::KeySecret => ConfigError::SecretKey,
        }),
    }
}

/// The folders of the app, all below one.
#[derive(Debug, Clone)]
pub struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Names the folders below `root`, and makes them, for the owner only.
    ///
    /// A folder that cannot be made is no error here: the app runs in memory, and what wants to write says so.
    #[must_use]
    pub fn below(root: PathBuf) -> Self {
        let folders = Self { root };
        let own = [folders.store(), folders.cache(), folders.edits(), folders.logs(), folders.handover()];
        let made = own.iter().map(|folder| make_private(folder));
        for error in std::iter::once(make_root(&folders.root)).chain(made).filter_map(Result::err) {
            tracing::warn!(kind = %error.kind(), "a folder below the data folder cannot be made");
        }
        folders
    }

    /// Edits that have not reached their server.
    #[must_use]
    pub fn edits(&self) -> PathBuf {
        self.root.join("edits")
    }

    /// What is known of objects that were left behind in a project's bucket.
    #[must_use]
    pub fn left(&self) -> PathBuf {
        self.root.join("left-objects")
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

    /// What can be fetched again: profile and picture.
    #[must_use]
    pub fn cache(&self) -> PathBuf {
        self.root.join("cache")
    }

    /// Log files.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// What later starts of the app hand over to the one that runs.
    #[must_use]
    pub fn handover(&self) -> PathBuf {
        self.root.join("handover")
    }

    /// What the webview keeps for itself.
    #[must_use]
    pub fn webview(&self) -> PathBuf {
        self.root.join("webview")
    }

    /// How links come back from the project.
    #[must_use]
    pub fn way_back_file(&self) -> PathBuf {
        self.root.join("way-back.json")
    }

    fn project_file(&self) -> PathBuf {
        self.root.join("project.json")
    }
}

/// The data folder is made for its owner only. One that was there and holds something may be somebody's documents or
/// their home: its mode is not ours to change, as everything of ours lies in folders of our own below it.
fn make_root(root: &Path) -> io::Result<()> {
    // One that cannot even be listed is not ours either.
    let holds_something = || fs::read_dir(root).map_or(true, |mut entries| entries.next().is_some());
    if root.is_dir() && holds_something() { Ok(()) } else { make_private(root) }
}

fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// The project that was connected in the window. Its key is public by design.
#[derive(Serialize, Deserialize)]
struct SavedProject {
    url: String,
    key: String,
}

/// The project saved by [`save_project`]; `None` when there is none or the file makes no sense any more.
#[must_use]
pub fn saved_project(folders: &Folders) -> Option<Project> {
    let text = match fs::read_to_string(folders.project_file()) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the saved project cannot be read");
            return None;
        }
    };
    let project = serde_json::from_str::<SavedProject>(&text)
        .ok()
        .and_then(|saved| Project::new(&saved.url, &saved.key).ok());
    if project.is_none() {
        tracing::warn!("the saved project makes no sense; asking for it again");
    }
    project
}

/// Keeps the project for the next start.
///
/// # Errors
/// When the file cannot be written.
pub fn save_project(folders: &Folders, project: &Project) -> io::Result<()> {
    let saved = SavedProject { url: project.url().to_string(), key: project.key().to_owned() };
    let text = serde_json::to_string_pretty(&saved)?;
    crate::store::file::replace(&folders.project_file(), text.as_bytes())
}

/// Forgets the saved project.
///
/// # Errors
/// When the file is there and cannot be removed.
pub fn forget_project(folders: &Folders) -> io::Result<()> {
    match fs::remove_file(folders.project_file()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Result<Environment, ConfigError> {
        Environment::from(|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn an_empty_environment_is_fine() {
        assert!(environment(&[]).unwrap().project.is_none());
    }

    #[test]
    fn url_and_key_come_together() {
        let error = environment(&[("FOYER_SUPABASE_URL", LOCAL_URL)]).unwrap_err();

        assert_eq!(
            error.to_string(),
            "FOYER_SUPABASE_KEY is not set, but FOYER_SUPABASE_URL is: set both of them or neither"
        );
    }

    #[test]
    fn each_bad_variable_is_one_sentence_of_its_own() {
        let bad = [
            ("nonsense", LOCAL_KEY, ConfigError::Url),
            ("http://example.com", LOCAL_KEY, ConfigError::Insecure),
            (LOCAL_URL, "sb_secret_abcdefghijklmnopqrstuvwxyz", ConfigError::SecretKey),
        ];
        for (url, key, expected) in bad {
            let error = environment(&[("FOYER_SUPABASE_URL", url), ("FOYER_SUPABASE_KEY", key)]).unwrap_err();
            assert_eq!(error, expected);
        }
        assert_eq!(environment(&[("FOYER_LOG", "loud")]).unwrap_err(), ConfigError::Log);
        assert_eq!(environment(&[("FOYER_IMPLICIT_FLOW", "yes")]).unwrap_err(), ConfigError::Implicit);
        assert_eq!(environment(&[("FOYER_CAPTCHA", "on")]).unwrap_err(), ConfigError::Captcha);
        assert_eq!(environment(&[("FOYER_DATA_DIR", "here")]).unwrap_err(), ConfigError::DataDir);
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_named_instead_of_passed_over() {
        use std::os::unix::ffi::OsStringExt;
        for name in
            ["FOYER_DATA_DIR", "FOYER_SUPABASE_URL", "FOYER_SUPABASE_KEY", "FOYER_LOG", "FOYER_CAPTCHA"]
        {
            let read =
                Environment::from(|other| (other == name).then(|| OsString::from_vec(b"/tmp/\xff".to_vec())));

            assert_eq!(read.unwrap_err(), ConfigError::NotText(name));
        }
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
            let own = [folders.store(), folders.cache(), folders.edits(), folders.logs(), folders.handover()];
            assert_eq!(own.map(|path| mode(&path)), [0o700; 5]);
        }
        // Its own folders in it make it no less theirs at the next start.
        let again = Folders::below(theirs.clone());
        assert_eq!(mode(again.root()), 0o755);
    }

    #[test]
    fn a_saved_project_comes_back_and_a_mangled_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::below(folder.path().join("data"));
        let project = Project::new(LOCAL_URL, LOCAL_KEY).unwrap();

        save_project(&folders, &project).unwrap();
        assert_eq!(saved_project(&folders).unwrap().url(), project.url());

        fs::write(folders.project_file(), "{").unwrap();
        assert!(saved_project(&folders).is_none());

        forget_project(&folders).unwrap();
        forget_project(&folders).unwrap();
        assert!(saved_project(&folders).is_none());
    }
}
