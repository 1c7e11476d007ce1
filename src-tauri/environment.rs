//! What the app is told from outside: environment variables, read once, at the start.
//! Everything is validated here; nothing else reads the environment. The name of each variable begins with the app's
//! own ([`variable`]); the comments leave that out.

use std::ffi::OsString;
use std::path::PathBuf;

use foyer_contract::variable;
use supabase_session::{Project, ProjectError};
use tauri_plugin_supabase_session::Captcha;
use tracing::level_filters::LevelFilter;
use url::Url;

/// The variables that name a project.
const URL: &str = variable!("SUPABASE_URL");
const KEY: &str = variable!("SUPABASE_KEY");
/// The others, in the order of [`Environment`].
const DATA_DIR: &str = variable!("DATA_DIR");
const LOG: &str = variable!("LOG");
const PICK_FILE: &str = variable!("PICK_FILE");
const OPEN_LOG: &str = variable!("OPEN_LOG");
const WITHOUT_WINDOW: &str = variable!("WITHOUT_WINDOW");
const UPDATER: &str = variable!("UPDATER");
const IMPLICIT_FLOW: &str = variable!("IMPLICIT_FLOW");
const CAPTCHA: &str = variable!("CAPTCHA");
const CAPTCHA_SCRIPT: &str = variable!("CAPTCHA_SCRIPT");

/// What the environment says.
#[derive(Debug, Default)]
pub struct Environment {
    /// From `SUPABASE_URL` and `SUPABASE_KEY`.
    pub project: Option<Project>,
    /// From `DATA_DIR`.
    pub data_dir: Option<PathBuf>,
    /// From `LOG`: how much our own code logs.
    pub log: Option<LevelFilter>,
    /// From `PICK_FILE`, with the Cargo feature `e2e` only: a text file that holds the path which the file
    /// dialog would have answered.
    pub pick_file: Option<PathBuf>,
    /// From `OPEN_LOG`, with the Cargo feature `e2e` only: a text file that gets one line for each address that
    /// would have been opened in the browser.
    pub open_log: Option<PathBuf>,
    /// From `WITHOUT_WINDOW`, set to `1`, with the Cargo feature `e2e` only: no window opens, for a system without a webview.
    pub without_window: bool,
    /// From `UPDATER`, with the Cargo feature `e2e` only: what `tauri.conf.json` would say in `plugins.updater`, as JSON.
    pub updater: Option<String>,
    /// From `IMPLICIT_FLOW`, set to `1`: tokens in a link are taken for a flow that this app began. Off by default.
    pub implicit: bool,
    /// From `CAPTCHA`: the captcha that the project's owner switched on, `hcaptcha:<site key>` or
    /// `turnstile:<site key>`. With the Cargo feature `e2e` the widget's script may come from `CAPTCHA_SCRIPT`.
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
    #[error("{} is not a project's URL: it looks like https://abcd.supabase.co", URL)]
    Url,
    /// Not https.
    #[error(
        "{} must begin with https:// (http:// is allowed for this machine only, http://127.0.0.1:54321)",
        URL
    )]
    Insecure,
    /// No key of a project.
    #[error("{} is not a publishable key or anon key: copy it from the project's API settings", KEY)]
    Key,
    /// A secret key.
    #[error("{} is a secret key, which must never be in an app: use the publishable key (or anon key)", KEY)]
    SecretKey,
    /// No level.
    #[error("{} is not a level: use error, warn, info, debug or trace", LOG)]
    Log,
    /// Neither on nor off.
    #[error("{} is neither 0 nor 1", IMPLICIT_FLOW)]
    Implicit,
    /// No captcha.
    #[error("{} is not hcaptcha:<site key> or turnstile:<site key>", CAPTCHA)]
    Captcha,
    /// A relative path, whose meaning would depend on where the desktop starts us.
    #[error("{} must be an absolute path", DATA_DIR)]
    DataDir,
    /// Bytes that are no text. The webview and the store take paths as text, too.
    #[error("{0} is set to something that is no UTF-8 text: set it anew, or unset it")]
    NotText(&'static str),
}

/// A project as the environment names it, not validated: for a check that says what is wrong with it.
pub struct NamedProject {
    /// `SUPABASE_URL`.
    pub url: String,
    /// `SUPABASE_KEY`. It may be a secret key.
    pub key: String,
}

/// What a check in a terminal is told from outside. Variables that it has no use for may be set to anything.
pub struct CheckEnvironment {
    /// From `SUPABASE_URL` and `SUPABASE_KEY`.
    pub project: Option<NamedProject>,
    /// From `DATA_DIR`.
    pub data_dir: Option<PathBuf>,
    /// Whether `CAPTCHA` names a captcha.
    pub has_captcha: bool,
}

impl CheckEnvironment {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// When it does not say which project, folder or captcha is meant.
    pub fn read() -> Result<Self, ConfigError> {
        Self::from(|name| std::env::var_os(name))
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigError> {
        let text = |name| text(name, variable(name));
        Ok(Self {
            project: both(text)?.map(|(url, key)| NamedProject { url, key }),
            data_dir: data_dir(text)?,
            has_captcha: captcha(text)?.is_some(),
        })
    }
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
        let log = match text(LOG)? {
            Some(level) => Some(level.parse().map_err(|_| ConfigError::Log)?),
            None => None,
        };
        let implicit = match text(IMPLICIT_FLOW)?.as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(_) => return Err(ConfigError::Implicit),
        };
        let pick_file = e2e(text, PICK_FILE)?.map(PathBuf::from);
        let open_log = e2e(text, OPEN_LOG)?.map(PathBuf::from);
        let updater = e2e(text, UPDATER)?;
        let without_window = e2e(text, WITHOUT_WINDOW)?.is_some_and(|value| value == "1");
        let (project, data_dir, captcha) = (project(text)?, data_dir(text)?, captcha(text)?);
        Ok(Self { project, data_dir, log, pick_file, open_log, without_window, updater, implicit, captcha })
    }
}

/// Reads a variable by its name.
trait Text: Fn(&'static str) -> Result<Option<String>, ConfigError> {}

impl<F: Fn(&'static str) -> Result<Option<String>, ConfigError>> Text for F {}

/// A variable's value; `None` where it is not set or empty.
fn text(name: &'static str, value: Option<OsString>) -> Result<Option<String>, ConfigError> {
    let text = value.map(OsString::into_string).transpose().map_err(|_| ConfigError::NotText(name))?;
    Ok(text.filter(|text| !text.is_empty()))
}

/// A variable that only a test driver may set.
fn e2e(text: impl Text, name: &'static str) -> Result<Option<String>, ConfigError> {
    if cfg!(feature = "e2e") { text(name) } else { Ok(None) }
}

fn data_dir(text: impl Text) -> Result<Option<PathBuf>, ConfigError> {
    let path = text(DATA_DIR)?.map(PathBuf::from);
    if path.as_ref().is_some_and(|path| path.is_relative()) { Err(ConfigError::DataDir) } else { Ok(path) }
}

fn captcha(text: impl Text) -> Result<Option<Captcha>, ConfigError> {
    let script = e2e(&text, CAPTCHA_SCRIPT)?;
    let Some(named) = text(CAPTCHA)? else { return Ok(None) };
    let captcha: Captcha = named.parse().map_err(|_| ConfigError::Captcha)?;
    match script.as_deref().map(Url::parse) {
        None => Ok(Some(captcha)),
        Some(script) => Ok(Some(captcha.with_script(script.map_err(|_| ConfigError::Captcha)?))),
    }
}

/// The project's URL and key, which come together.
fn both(text: impl Text) -> Result<Option<(String, String)>, ConfigError> {
    match (text(URL)?, text(KEY)?) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(ConfigError::Half { present: URL, missing: KEY }),
        (None, Some(_)) => Err(ConfigError::Half { present: KEY, missing: URL }),
        (Some(url), Some(key)) => Ok(Some((url, key))),
    }
}

fn project(text: impl Text) -> Result<Option<Project>, ConfigError> {
    let Some((url, key)) = both(text)? else { return Ok(None) };
    Project::new(&url, &key).map(Some).map_err(|error| match error {
        ProjectError::UrlInvalid => ConfigError::Url,
        ProjectError::UrlInsecure => ConfigError::Insecure,
        ProjectError::KeyInvalid => ConfigError::Key,
        ProjectError::KeySecret => ConfigError::SecretKey,
    })
}

#[cfg(test)]
mod tests {
    use tauri_plugin_supabase_session::{LOCAL_KEY, LOCAL_URL};

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
        let error = environment(&[(URL, LOCAL_URL)]).unwrap_err();

        assert_eq!(error.to_string(), format!("{KEY} is not set, but {URL} is: set both of them or neither"));
    }

    #[test]
    fn each_bad_variable_is_one_sentence_of_its_own() {
        let bad = [
            ("nonsense", LOCAL_KEY, ConfigError::Url),
            ("http://example.com", LOCAL_KEY, ConfigError::Insecure),
            (LOCAL_URL, "sb_secret_abcdefghijklmnopqrstuvwxyz", ConfigError::SecretKey),
        ];
        for (url, key, expected) in bad {
            let error = environment(&[(URL, url), (KEY, key)]).unwrap_err();
            assert_eq!(error, expected);
        }
        assert_eq!(environment(&[(LOG, "loud")]).unwrap_err(), ConfigError::Log);
        assert_eq!(environment(&[(IMPLICIT_FLOW, "yes")]).unwrap_err(), ConfigError::Implicit);
        assert_eq!(environment(&[(CAPTCHA, "on")]).unwrap_err(), ConfigError::Captcha);
        assert_eq!(environment(&[(DATA_DIR, "here")]).unwrap_err(), ConfigError::DataDir);
    }

    #[test]
    fn a_check_is_told_which_project_and_folder_are_meant_or_says_that_it_was_not() {
        let check = |pairs: &[(&str, &str)]| {
            CheckEnvironment::from(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
            })
        };

        let told = check(&[(URL, "nonsense"), (KEY, "sb_secret_x"), (DATA_DIR, "/somewhere"), (LOG, "loud")])
            .unwrap();

        assert_eq!(told.project.map(|project| project.url).as_deref(), Some("nonsense"));
        assert_eq!(told.data_dir.as_deref(), Some(std::path::Path::new("/somewhere")));
        for (name, value, expected) in [
            (URL, LOCAL_URL, ConfigError::Half { present: URL, missing: KEY }),
            (KEY, LOCAL_KEY, ConfigError::Half { present: KEY, missing: URL }),
            (DATA_DIR, "here", ConfigError::DataDir),
            (CAPTCHA, "on", ConfigError::Captcha),
        ] {
            assert_eq!(check(&[(name, value)]).err(), Some(expected));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_named_instead_of_passed_over() {
        use std::os::unix::ffi::OsStringExt;
        for name in [DATA_DIR, URL, KEY, LOG, CAPTCHA] {
            let read =
                Environment::from(|other| (other == name).then(|| OsString::from_vec(b"/tmp/\xff".to_vec())));

            assert_eq!(read.unwrap_err(), ConfigError::NotText(name));
        }
    }
}
