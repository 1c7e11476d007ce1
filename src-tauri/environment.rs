//! What the app is told from outside: environment variables, read once, at the start.
//! Everything is validated here; nothing else reads the environment.

use std::ffi::OsString;
use std::path::PathBuf;

use supabase_session::{Project, ProjectError};
use tauri_plugin_supabase_session::Captcha;
use tracing::level_filters::LevelFilter;
use url::Url;

/// The variables that name a project.
const URL: &str = "FOYER_SUPABASE_URL";
const KEY: &str = "FOYER_SUPABASE_KEY";

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
    /// From `FOYER_WITHOUT_WINDOW=1`, with the Cargo feature `e2e` only: no window opens, for a system without a webview.
    pub without_window: bool,
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

/// A project as the environment names it, not validated: for a check that says what is wrong with it.
pub struct NamedProject {
    /// `FOYER_SUPABASE_URL`.
    pub url: String,
    /// `FOYER_SUPABASE_KEY`. It may be a secret key.
    pub key: String,
}

/// What a check in a terminal is told from outside. Variables that it has no use for may be set to anything.
pub struct CheckEnvironment {
    /// From `FOYER_SUPABASE_URL` and `FOYER_SUPABASE_KEY`.
    pub project: Option<NamedProject>,
    /// From `FOYER_DATA_DIR`.
    pub data_dir: Option<PathBuf>,
    /// Whether `FOYER_CAPTCHA` names a captcha.
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
        let log = match text("FOYER_LOG")? {
            Some(level) => Some(level.parse().map_err(|_| ConfigError::Log)?),
            None => None,
        };
        let implicit = match text("FOYER_IMPLICIT_FLOW")?.as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(_) => return Err(ConfigError::Implicit),
        };
        let pick_file = e2e(text, "FOYER_PICK_FILE")?.map(PathBuf::from);
        let open_log = e2e(text, "FOYER_OPEN_LOG")?.map(PathBuf::from);
        let without_window = e2e(text, "FOYER_WITHOUT_WINDOW")?.is_some_and(|value| value == "1");
        let (project, data_dir, captcha) = (project(text)?, data_dir(text)?, captcha(text)?);
        Ok(Self { project, data_dir, log, pick_file, open_log, without_window, implicit, captcha })
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
    let path = text("FOYER_DATA_DIR")?.map(PathBuf::from);
    if path.as_ref().is_some_and(|path| path.is_relative()) { Err(ConfigError::DataDir) } else { Ok(path) }
}

fn captcha(text: impl Text) -> Result<Option<Captcha>, ConfigError> {
    let script = e2e(&text, "FOYER_CAPTCHA_SCRIPT")?;
    let Some(named) = text("FOYER_CAPTCHA")? else { return Ok(None) };
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

    #[test]
    fn a_check_is_told_which_project_and_folder_are_meant_or_says_that_it_was_not() {
        let check = |pairs: &[(&str, &str)]| {
            CheckEnvironment::from(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
            })
        };

        let told = check(&[
            ("FOYER_SUPABASE_URL", "nonsense"),
            ("FOYER_SUPABASE_KEY", "sb_secret_x"),
            ("FOYER_DATA_DIR", "/somewhere"),
            ("FOYER_LOG", "loud"),
        ])
        .unwrap();

        assert_eq!(told.project.map(|project| project.url).as_deref(), Some("nonsense"));
        assert_eq!(told.data_dir.as_deref(), Some(std::path::Path::new("/somewhere")));
        for (name, value, expected) in [
            ("FOYER_SUPABASE_URL", LOCAL_URL, ConfigError::Half { present: URL, missing: KEY }),
            ("FOYER_SUPABASE_KEY", LOCAL_KEY, ConfigError::Half { present: KEY, missing: URL }),
            ("FOYER_DATA_DIR", "here", ConfigError::DataDir),
            ("FOYER_CAPTCHA", "on", ConfigError::Captcha),
        ] {
            assert_eq!(check(&[(name, value)]).err(), Some(expected));
        }
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
}
