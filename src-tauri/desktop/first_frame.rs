//! The first frames of windows, in the answers to `index.html`: the page stands before its program is loaded, compiled and
//! run. What is rendered is what the page is given as its [`Start`], and nothing else.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use foyer_contract::view::Start;
use foyer_ui::first_frame::{self, FirstFrame};
use parking_lot::Mutex;
use tauri::http::{Request, Response};

/// What the address of a page has in front of its window's label.
const WINDOW: &str = "window=";

/// Components within components are calls within calls, which take more of the stack without optimizations.
const STACK: usize = 8 << 20;

/// A frame that is being rendered, or is there.
type Rendering = JoinHandle<Option<FirstFrame>>;

/// What a page that is loaded now begins with; `None` when the app ends.
type Now = Arc<dyn Fn() -> Option<Start> + Send + Sync>;

/// The frames of all windows, by label. Every window asks with its own label: `WebKitGTK` has one handler of the app's
/// scheme for all webviews that share a context, so the window that was made first answers for all of them.
#[derive(Clone, Default)]
pub struct FirstFrames {
    windows: Arc<Mutex<HashMap<String, Page>>>,
}

/// The page of one window.
struct Page {
    /// The frame for the window's start, until it is given. It shows what was shown then, and nothing of that is kept.
    first: Option<Rendering>,
    now: Now,
}

/// Where the page of the window with this label is.
pub(super) fn address(label: &str) -> String {
    format!("index.html?{WINDOW}{label}")
}

impl FirstFrames {
    /// Renders the first frame of the window with this label beside the start of its webview. It takes the place of the
    /// frame of an earlier window with this label. Where the page is loaded once more, it begins with what is shown `now`.
    pub(super) fn begin(
        &self,
        label: &str,
        start: Start,
        now: impl Fn() -> Option<Start> + Send + Sync + 'static,
    ) {
        let page = Page { first: render(start), now: Arc::new(now) };
        self.windows.lock().insert(label.to_owned(), page);
    }

    /// Puts the frame of the window that asks into the document. A document that is asked for without a window has none.
    pub(super) fn put_into(&self, request: &Request<Vec<u8>>, response: &mut Response<Cow<'static, [u8]>>) {
        let Some(label) = request.uri().query().and_then(|query| query.strip_prefix(WINDOW)) else { return };
        let document = str::from_utf8(response.body()).ok();
        let framed = document.and_then(|document| self.take(label)?.put_into(document));
        match framed {
            Some(framed) => *response.body_mut() = framed.into_bytes().into(),
            None => tracing::warn!("the page begins without a first frame"),
        }
    }

    /// The frame for the page of the window with this label, for which this waits where it is rendered just now.
    fn take(&self, label: &str) -> Option<FirstFrame> {
        let (first, now) = {
            let mut windows = self.windows.lock();
            let page = windows.get_mut(label)?;
            (page.first.take(), Arc::clone(&page.now))
        };
        let rendering = match first {
            Some(first) => first,
            None => render(now()?)?,
        };
        rendering.join().ok().flatten()
    }
}

/// Renders the frame in a thread of its own.
fn render(start: Start) -> Option<Rendering> {
    let thread = thread::Builder::new().name("first-frame".to_owned()).stack_size(STACK);
    match thread.spawn(move || first_frame::render(start)) {
        Ok(rendering) => Some(rendering),
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the first frame is not rendered");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::preferences::{Language, PreferencesView};
    use foyer_contract::view::SupabaseView;

    use super::*;
    use crate::{text, view};

    const INDEX: &str = include_str!("../../src-ui/index.html");
    const MAIN: &str = "tauri://localhost/index.html?window=main";

    fn start(language: Language) -> Start {
        let view = view::app(1, SupabaseView::default(), None, None, PreferencesView::default());
        Start { view, spoken: text::spoken(language) }
    }

    /// The frames of two windows, in two languages.
    fn frames() -> FirstFrames {
        let frames = FirstFrames::default();
        for (label, language) in [("main", Language::German), ("w2", Language::Arabic)] {
            frames.begin(label, start(language), || None);
        }
        frames
    }

    fn answered(address: &str, body: &'static str) -> String {
        answered_by(&frames(), address, body)
    }

    fn answered_by(frames: &FirstFrames, address: &str, body: &'static str) -> String {
        let mut response = Response::new(Cow::Borrowed(body.as_bytes()));
        frames.put_into(&Request::builder().uri(address).body(Vec::new()).unwrap(), &mut response);
        String::from_utf8(response.into_body().into_owned()).unwrap()
    }

    #[test]
    fn the_document_of_each_window_has_its_page_in_it_in_the_persons_language() {
        for (label, written) in [("main", r#"lang="de" dir="ltr""#), ("w2", r#"lang="ar" dir="rtl""#)] {
            for origin in ["tauri://localhost", "http://tauri.localhost"] {
                let document = answered(&format!("{origin}/{}", address(label)), INDEX);

                assert!(document.contains(&format!("<html {written} data-theme=\"system\">")), "{document}");
                assert!(document.contains("data-first-frame"), "{document}");
                // No project is known: the page that asks for one.
                assert!(document.contains("data-testid=\"connect-page\""), "{document}");
            }
        }
    }

    #[test]
    fn what_is_no_document_of_a_window_gets_what_was_built() {
        for path in ["", "?plain", "foyer.js", "index.html?window=", "index.html?window=w3"] {
            assert_eq!(answered(&format!("tauri://localhost/{path}"), INDEX), INDEX, "{path}");
        }
        assert_eq!(answered(MAIN, "not the page"), "not the page");
    }

    #[test]
    fn a_window_that_takes_the_label_of_a_closed_one_has_a_frame_of_its_own() {
        let frames = frames();
        frames.begin("w2", start(Language::Spanish), || None);

        let document = answered_by(&frames, "tauri://localhost/index.html?window=w2", INDEX);
        assert!(document.contains("lang=\"es\""), "{document}");
    }

    #[test]
    fn a_page_that_is_loaded_once_more_begins_with_what_is_shown_by_then() {
        let frames = FirstFrames::default();
        frames.begin("main", start(Language::German), || Some(start(Language::Arabic)));

        let [first, second] = [(); 2].map(|()| answered_by(&frames, MAIN, INDEX));
        assert!(first.contains("lang=\"de\""), "{first}");
        assert!(second.contains("lang=\"ar\"") && !second.contains("lang=\"de\""), "{second}");
    }

    #[test]
    fn nothing_is_kept_of_a_frame_that_was_given() {
        let frames = frames();
        let load = || answered_by(&frames, MAIN, INDEX);

        assert!(load().contains("data-first-frame"));
        assert_eq!(load(), INDEX);
    }
}
