//! Before the app is there: whether this process is to be it, and what is said where no window can say it, in the terminal
//! and by a notification of the desktop.

use std::path::Path;
use std::process::ExitCode;

#[cfg(any(target_os = "linux", windows))]
use foyer_contract::brand::NAME;
#[cfg(target_os = "linux")]
use foyer_contract::brand::SCHEME;
use foyer_text::Language;
#[cfg(target_os = "linux")]
use tauri_plugin_supabase_session::deep_link;
#[cfg(target_os = "linux")]
use tauri_plugin_supabase_session::handover::{bus, instance};

use crate::desktop::folders::{self, Folders};
use crate::preferences;
use crate::text;

/// What lets this process be the app for its data folder.
#[cfg(target_os = "linux")]
pub(crate) type Held = instance::Instance;
#[cfg(not(target_os = "linux"))]
pub(crate) type Held = ();

/// Makes this process the app for its data folder, or hands over to the one that is and says how to end.
#[cfg(target_os = "linux")]
pub(crate) fn hold(folders: &Folders, identifier: &str) -> Result<Held, ExitCode> {
    use bus::Bus;
    use instance::Start;

    let link = deep_link::argument(SCHEME, std::env::args_os());
    let held = match instance::begin(folders.data(), link.as_deref()) {
        Ok(Start::First(instance)) => instance,
        Ok(Start::HandedOver) => return Err(ExitCode::SUCCESS),
        Ok(Start::Unanswered) => return Err(unanswered(folders, link.is_some())),
        // The disk may be full. The bus needs none.
        Err(error) => {
            return Err(match bus::ask(identifier, std::env::args_os().collect()) {
                Bus::HandedOver => ExitCode::SUCCESS,
                Bus::Free | Bus::Unanswered | Bus::Silent => not_told(folders, &error),
            });
        }
    };
    match bus::ask(identifier, std::env::args_os().collect()) {
        Bus::Free => Ok(held),
        Bus::HandedOver => Err(ExitCode::SUCCESS),
        Bus::Unanswered => {
            let kept = link.map(|link| instance::keep(folders.data(), &link));
            Err(unanswered(folders, kept.is_some_and(|kept| kept.is_ok())))
        }
        Bus::Silent => {
            let error = bus::start_without();
            Err(fail(folders, "terminal-bus-silent", &error.to_string()))
        }
    }
}

/// Elsewhere the single-instance plugin does all of it, without a session bus.
#[cfg(not(target_os = "linux"))]
pub(crate) fn hold(_: &Folders, _: &str) -> Result<Held, ExitCode> {
    Ok(())
}

/// An app runs and hangs. Said in the terminal and on the screen: whoever clicked on a link sees no terminal.
#[cfg(target_os = "linux")]
fn unanswered(folders: &Folders, link_is_kept: bool) -> ExitCode {
    let key = if link_is_kept { "terminal-hangs-with-link" } else { "terminal-hangs" };
    let sentence = text::say(language_in(folders), key);
    bus::notify(NAME, &sentence);
    complain(&sentence)
}

/// An app runs, and nothing can be left for it. Said where [`unanswered`] is.
#[cfg(target_os = "linux")]
fn not_told(folders: &Folders, error: &std::io::Error) -> ExitCode {
    let sentence = text::say_with(language_in(folders), "terminal-not-told", "reason", &error.to_string());
    bus::notify(NAME, &sentence);
    complain(&sentence)
}

/// The language of a person who has no window yet: the one that was chosen in it, as this data folder says, or the system's.
pub(crate) fn language(data: Option<&Path>) -> Language {
    let chosen = data.and_then(|data| preferences::chosen_language(&folders::preferences_below(data)));
    chosen.unwrap_or_else(|| foyer_text::first_known(sys_locale::get_locales()))
}

fn language_in(folders: &Folders) -> Language {
    language(Some(folders.data().root()))
}

/// Says the sentence with this key, and with this reason in it, to whoever started the app from a terminal.
fn fail(folders: &Folders, key: &str, reason: &str) -> ExitCode {
    complain(&text::say_with(language_in(folders), key, "reason", reason))
}

/// Says why the app ends before its first window. A webview that is missing is named: only Windows may have none, elsewhere
/// the app is linked with it.
pub(crate) fn cannot_start(folders: &Folders, error: &tauri::Error) -> ExitCode {
    if cfg!(windows) && tauri::webview_version().is_err() {
        return complain(&text::say(language_in(folders), "terminal-no-webview"));
    }
    fail(folders, "terminal-cannot-start", &error.to_string())
}

/// One sentence to whoever started the app: in the terminal, and on Windows on the screen, as a program with windows has no
/// terminal there.
#[allow(clippy::print_stderr)]
pub(crate) fn complain(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    // A debug build has a terminal.
    #[cfg(windows)]
    if cfg!(not(debug_assertions)) {
        let message = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
        message.set_title(NAME).set_description(sentence).show();
    }
    ExitCode::FAILURE
}

/// Whether there is a display. GTK ends the process with a line of its own where there is none; ours says what to do.
pub(crate) fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
