//! The shell's side: the page as HTML.

use foyer_contract::view::Start;
use futures_util::FutureExt;
use yew::LocalServerRenderer;

use super::index;
use crate::app::{App, AppProps};
use crate::{first_render, text};

/// The first frame of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstFrame {
    html: String,
    /// The attributes of the document: theme, language and the direction in which it is written.
    root: String,
    /// What the page is rendered with, as JSON.
    start: String,
}

/// The page that is shown with this start. `None` where it cannot be rendered at once.
///
/// It takes a thread of its own: what is spoken is kept for each thread.
#[must_use]
pub fn render(start: Start) -> Option<FirstFrame> {
    let json = serde_json::to_string(&start).ok()?;
    let Start { view, spoken } = start;
    let root = index::attributes(&view.preferences, spoken.language);
    text::speak(spoken);
    first_render::begin();
    // Nothing is waited for while a page renders.
    let html = LocalServerRenderer::<App>::with_props(AppProps { view: Some(view) }).render().now_or_never();
    let focus = first_render::end();
    let html = index::with_focus(html?, focus);
    Some(FirstFrame { html, root, start: json })
}

impl FirstFrame {
    /// The built document with this frame in it, and what the program needs to take the frame over; `None` where it is not
    /// the document that is expected.
    #[must_use]
    pub fn put_into(&self, document: &str) -> Option<String> {
        index::put_into(document, &self.root, &self.start, &self.html)
    }

    /// The content of the element `#app`.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.html
    }
}
