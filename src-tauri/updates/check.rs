//! One question to the owner's endpoint: which version is the newest.

use std::sync::Arc;

use foyer_contract::updates::UpdateProblem;
use parking_lot::Mutex;
use tauri_plugin_updater::{RemoteRelease, Update};

use super::settings::Installed;
use super::{Context, problem};

/// Characters of a version that are shown. Nobody's versions are longer.
const LONGEST_VERSION: usize = 40;
/// Characters of the notes that are shown.
const LONGEST_NOTES: usize = 2000;
/// Lines of the notes that are shown.
const MOST_LINES: usize = 40;

/// A newer version, as its owner announces it. Nobody has signed these words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) version: String,
    pub(super) notes: Option<String>,
}

impl Offer {
    fn of(release: &RemoteRelease) -> Self {
        let version = release.version.to_string().chars().take(LONGEST_VERSION).collect();
        Self { version, notes: release.notes.as_deref().and_then(notes) }
    }
}

/// The notes as they can be shown: lines without blanks around them, and not more than fit. `None` where nothing is left.
fn notes(text: &str) -> Option<String> {
    let cut: String = text.chars().take(LONGEST_NOTES).collect();
    let lines: Vec<&str> =
        cut.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES).collect();
    if lines.is_empty() { None } else { Some(lines.join("\n")) }
}

/// What the endpoint says.
pub(super) enum Answer {
    /// This is the newest version.
    Newest,
    /// There is a newer one, and its file can be downloaded.
    Newer(Offer, Box<Update>),
    /// There is a newer one, which comes the way this one came.
    Elsewhere(Offer),
}

/// Asks the endpoints, one after the other, until one answers.
///
/// # Errors
/// Why there is no answer; with the version where only its file is missing.
pub(super) async fn ask(context: &Context) -> Result<Answer, (UpdateProblem, Option<Offer>)> {
    let offered = Arc::new(Mutex::new(None));
    let (seen, limits, installed) = (Arc::clone(&offered), context.limits, context.installed);
    let updater = (context.updater)()
        .timeout(limits.check)
        .configure_client(move |client| client.https_only(limits.only_https).read_timeout(limits.silence))
        // The one decision between two versions. Nothing that runs is ever replaced by something older.
        .version_comparator(move |runs, release| {
            let is_newer = release.version > runs;
            if is_newer {
                *seen.lock() = Some(Offer::of(&release));
            }
            // Where the app is not the one who replaces it, no file is looked for.
            is_newer && installed == Installed::Alone
        });
    let found = match updater.build() {
        Ok(updater) => updater.check().await,
        Err(error) => Err(error),
    };
    let offer = offered.lock().take();
    match (found, offer) {
        (Ok(Some(update)), Some(offer)) => Ok(Answer::Newer(offer, Box::new(update))),
        (Ok(None), Some(offer)) => Ok(Answer::Elsewhere(offer)),
        (Ok(_), None) => Ok(Answer::Newest),
        (Err(error), offer) => Err((problem::of_check(&error), offer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_lines_of_text_and_not_more_than_fit() {
        assert_eq!(notes("  Faster.\r\n\r\n\tSafer. ").as_deref(), Some("Faster.\nSafer."));
        assert_eq!(notes(" \n\u{3000}\n"), None);
        assert_eq!(notes(&"é".repeat(9000)).map(|notes| notes.chars().count()), Some(LONGEST_NOTES));
        assert_eq!(notes(&"a\n".repeat(900)).map(|notes| notes.lines().count()), Some(MOST_LINES));
    }
}
