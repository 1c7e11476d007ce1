//! The small pages that a browser shows when it has come back through the loopback port: what became of it, in the
//! browser's language, and that the tab can be closed. They hold nothing from the outside.

use super::LinkOutcome;
use crate::local_server::page::{Language, Page, page};

/// The address in the tab holds a code that was just used: it goes out of the address bar and the history.
const TIDY: &str = "history.replaceState(null,'',location.pathname)";

/// Sends the fragment to where the page came from, and shows what that answers. The answer is a page of ours.
const SEND: &str = "\
const hash=location.hash.slice(1),to=location.pathname+location.search;\
history.replaceState(null,'',location.pathname);\
fetch(to,{method:'POST',body:hash}).then(a=>a.text()).then(text=>{\
const told=new DOMParser().parseFromString(text,'text/html');\
document.title=told.title;document.querySelector('main').replaceWith(told.querySelector('main'))})";

/// What became of it.
#[must_use]
pub(crate) fn done(app: &str, outcome: LinkOutcome, language: Language) -> Page {
    let (title, text) = match (outcome, language) {
        (LinkOutcome::Done, Language::En) => {
            ("You are signed in", format!("You can close this tab and go back to {app}."))
        }
        (LinkOutcome::Done, Language::De) => {
            ("Du bist angemeldet", format!("Du kannst diesen Tab schließen und zu {app} zurückkehren."))
        }
        (LinkOutcome::Confirmed, Language::En) => {
            ("That is confirmed", format!("{app} says what comes next. You can close this tab."))
        }
        (LinkOutcome::Confirmed, Language::De) => {
            ("Das ist bestätigt", format!("{app} sagt, wie es weitergeht. Du kannst diesen Tab schließen."))
        }
        (LinkOutcome::NotDone, Language::En) => {
            ("This did not work", format!("{app} says why and what to do. You can close this tab."))
        }
        (LinkOutcome::NotDone, Language::De) => (
            "Das hat nicht geklappt",
            format!("{app} sagt, warum, und wie es weitergeht. Du kannst diesen Tab schließen."),
        ),
    };
    page(app, language, title, &text, TIDY)
}

/// Reads the fragment, which no server sees, and sends it here.
#[must_use]
pub(crate) fn fragment(app: &str, language: Language) -> Page {
    let title = match language {
        Language::En => "One moment…",
        Language::De => "Einen Moment…",
    };
    page(app, language, title, "", SEND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_a_nonce_of_its_own_and_lets_nothing_else_run() {
        let (one, other) =
            (done("App", LinkOutcome::Done, Language::En), done("App", LinkOutcome::Done, Language::En));

        assert_ne!(one.policy, other.policy);
        assert!(one.policy.starts_with("default-src 'none'"));
        assert!(!one.policy.contains("unsafe"));
    }
}
