//! The title of a page, and of the window while the page is shown.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::browser;
use crate::text::{t_with, use_language};

/// The id of a page's title, where the page gives it no other.
pub(crate) const PAGE_TITLE: &str = "page-title";

#[derive(Properties, PartialEq)]
pub(crate) struct PageTitleProps {
    pub(crate) text: String,
    #[prop_or(PAGE_TITLE)]
    pub(crate) id: &'static str,
    /// What the window's title says beside the page's: the host of the project where one gives it a password.
    #[prop_or_default]
    pub(crate) place: Option<String>,
}

thread_local! {
    /// The titles of the window that the pages in the document wish, the page in front last: the settings, for example, hide
    /// a page that stays where it is. When all of them are drawn anew, in another language, the page in front has its wish.
    static TITLES: RefCell<Vec<Rc<RefCell<String>>>> = const { RefCell::new(Vec::new()) };
}

/// Gives the window the title of the page in front.
fn show_front() {
    let front = TITLES.with_borrow(|titles| titles.last().map(|title| title.borrow().clone()));
    if let Some(title) = front.filter(|title| *title != browser::title()) {
        browser::set_title(&title);
    }
}

/// The title of a page, which begins at its top. Where a page moves the focus nowhere else when it appears, its title gets
/// it, so that a screen reader reads it and the keyboard begins there.
#[component]
pub(crate) fn PageTitle(props: &PageTitleProps) -> Html {
    use_language();
    let element = use_node_ref();
    let of_window = match &props.place {
        Some(place) => t_with("window-title-place", [("page", props.text.as_str()), ("place", place)]),
        None => t_with("window-title", [("page", props.text.as_str())]),
    };
    let wanted = use_mut_ref(String::new);
    {
        let wanted = wanted.clone();
        use_effect_with(of_window, move |title| {
            wanted.borrow_mut().clone_from(title);
            show_front();
        });
    }
    use_effect_with((), move |()| {
        TITLES.with_borrow_mut(|titles| titles.push(wanted.clone()));
        show_front();
        move || {
            TITLES.with_borrow_mut(|titles| titles.retain(|one| !Rc::ptr_eq(one, &wanted)));
            show_front();
        }
    });
    {
        let element = element.clone();
        use_effect_with((), move |()| {
            browser::scroll_to_top();
            // The page around this title may move the focus after this effect.
            spawn_local(async move {
                if let Some(title) = element.cast::<HtmlElement>().filter(|_| browser::focused().is_none()) {
                    browser::focus_in_place(&title);
                }
            });
        });
    }

    html! {
        <h1 ref={element} id={props.id} tabindex="-1">
            { &props.text }
        </h1>
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }

    #[test]
    fn every_page_has_its_title_from_here() {
        let mut found = Vec::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages"), &mut found);
        let text = |path: &PathBuf| fs::read_to_string(path).unwrap();

        // Before anything is known the window is called after the app alone.
        let is_page = |path: &&PathBuf| !path.ends_with("starting.rs");
        let with_their_own: Vec<_> =
            found.iter().filter(is_page).filter(|path| text(path).contains("<h1")).collect();

        assert!(with_their_own.is_empty(), "{with_their_own:?}");
        assert!(found.iter().filter(|path| text(path).contains("<PageTitle")).count() >= 12);
    }
}
