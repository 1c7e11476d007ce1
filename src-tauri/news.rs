//! What a person is told by a notification of the desktop while no window of the app has the focus: a link has arrived, and
//! a session was ended by somebody else. None of it names a person, an address or a project.

use foyer_contract::preferences::Language;
use supabase_session::{SignOutCause, State};
use tauri_plugin_supabase_session::LinkOutcome;

use crate::desktop::notification::Notification;
use crate::text;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// A link signed somebody in.
    SignedIn,
    /// A link arrived, and the window says what comes next, or why nothing does.
    Link,
    /// The session ended, and nobody here asked for it.
    Ended(SignOutCause),
}

impl News {
    /// The news of a link.
    pub(crate) fn of_link(outcome: LinkOutcome) -> Self {
        match outcome {
            LinkOutcome::Done => Self::SignedIn,
            LinkOutcome::Confirmed | LinkOutcome::NotDone => Self::Link,
        }
    }

    /// The news of a session that was one thing and is another. A person who has asked to sign out knows it, and a store
    /// that cannot be read is found at the start, where the window is looked at.
    pub(crate) fn of_session(was_signed_in: bool, now: &State) -> Option<Self> {
        use SignOutCause::{Banned, Deleted, Elsewhere, Expired};
        match now {
            State::SignedOut(Some(cause @ (Elsewhere | Expired | Banned | Deleted))) if was_signed_in => {
                Some(Self::Ended(*cause))
            }
            _ => None,
        }
    }

    /// The notification about it.
    pub(crate) fn notification(self, language: Language) -> Notification {
        let (title, body) = self.keys();
        let [title, body, open] = [title, body, "news-open"].map(|key| text::say(language, key));
        Notification { title, body, open }
    }

    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::SignedIn => ("news-signed-in-title", "news-signed-in"),
            Self::Link => ("news-link-title", "news-link"),
            Self::Ended(SignOutCause::Expired) => ("news-ended-title", "news-ended-expired"),
            Self::Ended(SignOutCause::Banned) => ("news-ended-title", "news-ended-banned"),
            Self::Ended(SignOutCause::Deleted) => ("news-ended-title", "news-ended-deleted"),
            Self::Ended(_) => ("news-ended-title", "news-ended-elsewhere"),
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_text::LANGUAGES;

    use super::*;

    #[test]
    fn all_news_have_words_in_every_language_and_name_nobody() {
        use SignOutCause::{Banned, Deleted, Elsewhere, Expired};
        let ended = [Elsewhere, Expired, Banned, Deleted].map(News::Ended);
        for news in [News::SignedIn, News::Link].into_iter().chain(ended) {
            let of = LANGUAGES.map(|language| news.notification(language));
            for Notification { title, body, open } in &of {
                for text in [title, body, open] {
                    assert!(!text.is_empty() && !text.contains(['{', '@']), "{news:?}: {text:?}");
                }
            }
            assert_ne!(of[0], of[1]);
        }
    }

    #[test]
    fn a_session_that_somebody_else_ended_is_news_and_no_other_end() {
        let ended = |cause| News::of_session(true, &State::SignedOut(cause));

        assert_eq!(ended(Some(SignOutCause::Elsewhere)), Some(News::Ended(SignOutCause::Elsewhere)));
        for cause in [None, Some(SignOutCause::Asked), Some(SignOutCause::StoreLost)] {
            assert_eq!(ended(cause), None, "{cause:?}");
        }
        let found = State::SignedOut(Some(SignOutCause::Elsewhere));
        assert_eq!(News::of_session(false, &found), None, "it had ended before this start");
    }
}
