//! The built `index.html`, which Trunk writes as small as HTML may be: without quotes, and without tags that go without
//! saying.

use foyer_contract::preferences::{Language, PreferencesView};
use foyer_contract::session_contract::names::Named;

use super::MARK;
use crate::browser::START;

/// The attributes of the document's element, as `browser.rs` sets them.
pub(super) fn attributes(preferences: &PreferencesView, language: Language) -> String {
    let direction = if foyer_text::is_right_to_left(language) { "rtl" } else { "ltr" };
    format!(r#" lang="{}" dir="{direction}" data-theme="{}""#, language.name(), preferences.theme.name())
}

/// The frame in which the element with this id has the focus as soon as it stands.
pub(super) fn with_focus(html: String, id: Option<&str>) -> String {
    let Some(id) = id else { return html };
    let attribute = format!(r#" id="{id}""#);
    html.replacen(&attribute, &format!("{attribute} autofocus"), 1)
}

/// The document with these attributes and this content of `#app`, in place of what stands there until the program runs.
/// What the page starts with, as JSON, stands before it: where there is a frame, there is its start.
pub(super) fn put_into(document: &str, root: &str, start: &str, html: &str) -> Option<String> {
    let (before, rest) = document.split_once("<html")?;
    let (_, rest) = rest.split_once('>')?;
    let (head, skeleton) =
        rest.split_once("<div id=app>").or_else(|| rest.split_once(r#"<div id="app">"#))?;
    let (_, behind) = skeleton.rsplit_once("</div>")?;
    // Within a script no text may end the script.
    let start = start.replace('<', "\\u003c");
    let start = format!(r#"<script type="application/json" id="{START}">{start}</script>"#);
    Some(format!(r#"{before}<html{root}>{head}{start}<div id="app" {MARK}>{html}</div>{behind}"#))
}

#[cfg(test)]
mod tests {
    use foyer_contract::preferences::Theme;

    use super::*;

    #[test]
    fn a_frame_takes_the_place_of_what_stands_there_in_every_form_of_the_document() {
        let written = r#"<!doctype html><html lang="en"><head><title>A</title></head><body><!-- c --><div id="app"><main>m</main></div></body></html>"#;
        let small = "<!doctype html><html lang=en><title>A</title><div id=app><main>m</main></div>";

        let put = |document| put_into(document, " lang=\"de\"", r#"{"name":"</script>"}"#, "<p>frame</p>");
        assert_eq!(
            put(written).unwrap(),
            r#"<!doctype html><html lang="de"><head><title>A</title></head><body><!-- c --><script type="application/json" id="start-of-page">{"name":"\u003c/script>"}</script><div id="app" data-first-frame><p>frame</p></div></body></html>"#
        );
        assert_eq!(
            put(small).unwrap(),
            r#"<!doctype html><html lang="de"><title>A</title><script type="application/json" id="start-of-page">{"name":"\u003c/script>"}</script><div id="app" data-first-frame><p>frame</p></div>"#
        );
        assert!(put(include_str!("../../index.html")).is_some());
        for other in ["", "<html>", "<html><div id=other></div>", "<html><div id=app>"] {
            assert_eq!(put(other), None, "{other}");
        }
    }

    #[test]
    fn the_document_has_theme_language_and_direction() {
        let preferences = PreferencesView { theme: Theme::Dark, ..PreferencesView::default() };

        assert_eq!(attributes(&preferences, Language::Arabic), r#" lang="ar" dir="rtl" data-theme="dark""#);
    }

    #[test]
    fn the_element_that_gets_the_focus_has_it_at_once() {
        let html = r#"<input id="email" value=" id=&quot;password&quot;"><input id="password">"#.to_owned();

        assert_eq!(with_focus(html.clone(), None), html);
        let focused = r#"<input id="email" value=" id=&quot;password&quot;"><input id="password" autofocus>"#;
        assert_eq!(with_focus(html, Some("password")), focused);
    }
}
