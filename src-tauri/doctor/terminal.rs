//! The app with `--doctor`: the check in a terminal, without a window and without a running app.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use foyer_doctor::Doctor;
use foyer_doctor::terminal::{print, refuse};
use foyer_text::Language;
use tauri_plugin_supabase_session::{deep_link, machine as plugin};

use super::machine;
use crate::environment::NamedProject;
use crate::text;

/// What the command line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// `--doctor`: lines of text, or JSON with `--json`.
    Check {
        /// JSON.
        json: bool,
    },
    /// `--doctor` with an argument that it does not have.
    Misspelt,
}

/// Whose machine is checked.
pub struct Installed<'a> {
    /// The scheme of the app's links.
    pub scheme: &'a str,
    /// The app's identifier.
    pub identifier: &'a str,
    /// The data folder, where there is one.
    pub data: Option<&'a Path>,
    /// Whether it was told the project's captcha.
    pub has_captcha: bool,
    /// The language of whoever reads the report.
    pub language: Language,
}

/// What these arguments (without the program's name) ask for; `None` where the app is to start.
pub fn requested(arguments: impl IntoIterator<Item = OsString>) -> Option<Request> {
    let mut arguments = arguments.into_iter();
    if arguments.next()? != "--doctor" {
        return None;
    }
    let rest: Vec<OsString> = arguments.collect();
    Some(match rest.as_slice() {
        [] => Request::Check { json: false },
        [only] if only == "--json" => Request::Check { json: true },
        _ => Request::Misspelt,
    })
}

/// Checks the project that the environment names, else the one that was connected in the window, and this machine.
/// The exit status is 0 without problems, 1 with problems, 2 when there was nothing to ask.
pub fn run(request: Request, named: Option<NamedProject>, app: &Installed<'_>) -> ExitCode {
    let Request::Check { json } = request else {
        return refuse(&text::say(app.language, "terminal-usage"));
    };
    let saved = || app.data.and_then(plugin::saved_project);
    let project = named.or_else(|| {
        saved().map(|saved| NamedProject { url: saved.url().to_string(), key: saved.key().to_owned() })
    });
    let Some(project) = project else {
        return refuse(&text::say(app.language, "terminal-no-project"));
    };
    let deep_link = match deep_link::address(app.scheme) {
        Ok(deep_link) => deep_link,
        Err(error) => return refuse(&error.to_string()),
    };
    let doctor = Doctor::new(&project.url, &project.key, deep_link).has_captcha(app.has_captcha);
    let report = tauri::async_runtime::block_on(async {
        let machine = machine::ask(app.scheme, app.identifier).await;
        doctor.machine(machine).run(|_| {}).await
    });
    print(&report, json, app.language)
}

#[cfg(test)]
mod tests {
    use foyer_contract::brand::PROGRAM;

    use super::*;

    /// Its commands are read here as the app reads them.
    #[test]
    fn the_book_tells_people_only_what_the_app_takes() {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let pages = std::fs::read_dir(docs).unwrap().map(|entry| entry.unwrap().path());
        let texts = pages.filter_map(|path| std::fs::read_to_string(path).ok());
        let mut seen = 0;
        for text in texts {
            for line in text.lines().filter_map(|line| line.strip_prefix(&format!("{PROGRAM} --"))) {
                let command = format!("--{}", line.split(" #").next().unwrap_or_default());
                let request = requested(command.split_whitespace().map(OsString::from));
                assert!(matches!(request, Some(Request::Check { .. })), "{command}");
                seen += 1;
            }
        }
        assert!(seen >= 3, "{seen} commands");
    }

    #[test]
    fn only_the_first_argument_asks_for_the_doctor() {
        let requested = |arguments: &[&str]| requested(arguments.iter().map(OsString::from));

        assert_eq!(requested(&["--doctor"]), Some(Request::Check { json: false }));
        assert_eq!(requested(&["--doctor", "--json"]), Some(Request::Check { json: true }));
        assert_eq!(requested(&["--doctor", "--loud"]), Some(Request::Misspelt));
        for start in [&[][..], &["app.example://auth/callback?code=--doctor"], &["--json", "--doctor"]] {
            assert_eq!(requested(start), None, "{start:?}");
        }
    }
}
