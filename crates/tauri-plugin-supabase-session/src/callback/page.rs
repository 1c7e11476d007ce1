//! The small pages that a browser shows when it has come back through the loopback port: what became of it, and
//! that the tab can be closed. They hold nothing from the outside.

use super::LinkOutcome;
use crate::local_server::language::Language;
use crate::local_server::page::{Page, page};
use crate::local_server::sentences::sentence;

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
    let (title, text) = match outcome {
        LinkOutcome::Done => ("signed-in-title", "signed-in"),
        LinkOutcome::Confirmed => ("confirmed-title", "confirmed"),
        LinkOutcome::NotDone => ("not-done-title", "not-done"),
    };
    let [title, text] = [title, text].map(|key| sentence(language, key, app));
    page(app, language, &title, &text, TIDY)
}

/// Reads the fragment, which no server sees, and sends it here.
#[must_use]
pub(crate) fn fragment(app: &str, language: Language) -> Page {
    page(app, language, &sentence(language, "moment-title", app), "", SEND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_a_nonce_of_its_own_and_lets_nothing_else_run() {
        let [one, other] = [(), ()].map(|()| done("App", LinkOutcome::Done, Language::English));

        assert_ne!(one.policy, other.policy);
        assert!(one.policy.starts_with("default-src 'none'"));
        assert!(!one.policy.contains("unsafe"));
    }
}
