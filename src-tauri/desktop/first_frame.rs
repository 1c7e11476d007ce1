//! The first frames of windows, in the answers to `index.html`: the page stands before its program is loaded, compiled and
//! run. What is rendered is what the page is given as its [`Start`], and nothing else.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str;
use std::sync::{Arc, OnceLock};
use std::thread;

use foyer_contract::view::Start;
use foyer_ui::first_frame::{self, FirstFrame};
use parking_lot::Mutex;
use tauri::http::{Request, Response};

/// What the address of a page has in front of its window's label.
const WINDOW: &str = "window=";

/// Components within components are calls within calls, which take more of the stack without optimizations.
const STACK: usize = 8 << 20;

/// The frames of all windows, by label. Every window asks with its own label: `WebKitGTK` has one handler of the app's
/// scheme for all webviews that share a context, so the window that was made first answers for all of them.
#[derive(Clone, Default)]
pub struct FirstFrames {
    windows: Arc<Mutex<HashMap<String, Arc<Rendering>>>>,
}

/// The frame of one window.
struct Rendering {
    /// What it is rendered from, until it is.
    start: Mutex<Option<Start>>,
    frame: OnceLock<Option<FirstFrame>>,
}

/// Where the page of the window with this label is.
pub(super) fn address(label: &str) -> String {
    format!("index.html?{WINDOW}{label}")
}

impl FirstFrames {
    /// Renders the first frame of the window with this label beside the start of its webview. It takes the place of the
    /// frame of an earlier window with this label.
    pub(super) fn begin(&self, label: &str, start: Start) {
        let rendering = Arc::new(Rendering { start: Mutex::new(Some(start)), frame: OnceLock::new() });
        self.windows.lock().insert(label.to_owned(), Arc::clone(&rendering));
        let thread = thread::Builder::new().name("first-frame".to_owned()).stack_size(STACK);
        if let Err(error) = thread.spawn(move || {
            rendering.frame();
        }) {
            tracing::warn!(kind = %error.kind(), "the first frame is rendered when the page asks for it");
        }
    }

    /// Puts the frame of the window that asks into the document. A document that is asked for without a window has none.
    pub(super) fn put_into(&self, request: &Request<Vec<u8>>, response: &mut Response<Cow<'static, [u8]>>) {
        let Some(label) = request.uri().query().and_then(|query| query.strip_prefix(WINDOW)) else { return };
        let rendering = self.windows.lock().get(label).cloned();
        let document = str::from_utf8(response.body()).ok();
        let framed =
            rendering.zip(document).and_then(|(rendering, document)| rendering.frame()?.put_into(document));
        match framed {
            Some(framed) => *response.body_mut() = framed.into_bytes().into(),
            None => tracing::warn!("the page begins without a first frame"),
        }
    }
}

impl Rendering {
    /// The frame, for which this waits where it is rendered just now.
    fn frame(&self) -> Option<&FirstFrame> {
        self.frame.get_or_init(|| first_frame::render(self.start.lock().take()?)).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use foyer_contract::preferences::{Language, PreferencesView};
    use foyer_contract::view::SupabaseView;

    use super::*;
    use crate::{text, view};

    const INDEX: &str = include_str!("../../src-ui/index.html");

    /// The frames of two windows, in two languages.
    fn frames() -> FirstFrames {
        let frames = FirstFrames::default();
        for (label, language) in [("main", Language::German), ("w2", Language::Arabic)] {
            let view = view::app(1, SupabaseView::default(), None, None, PreferencesView::default());
            frames.begin(label, Start { view, spoken: text::spoken(language) });
        }
        frames
    }

    fn answered(address: &str, body: &'static str) -> String {
        let mut response = Response::new(Cow::Borrowed(body.as_bytes()));
        frames().put_into(&Request::builder().uri(address).body(Vec::new()).unwrap(), &mut response);
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
        assert_eq!(answered("tauri://localhost/index.html?window=main", "not the page"), "not the page");
    }

    #[test]
    fn a_window_that_takes_the_label_of_a_closed_one_has_a_frame_of_its_own() {
        let frames = frames();
        let view = view::app(1, SupabaseView::default(), None, None, PreferencesView::default());
        frames.begin("w2", Start { view, spoken: text::spoken(Language::Spanish) });

        let mut response = Response::new(Cow::Borrowed(INDEX.as_bytes()));
        let request =
            Request::builder().uri("tauri://localhost/index.html?window=w2").body(Vec::new()).unwrap();
        frames.put_into(&request, &mut response);

        assert!(str::from_utf8(response.body()).unwrap().contains("lang=\"es\""));
    }
}
