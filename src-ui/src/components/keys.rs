//! Keys as they are printed, beside what they do.

use yew::prelude::*;

use crate::browser;
use crate::model::shortcut::Shortcut;
use crate::sentences;

/// The keys of a shortcut, in the order in which they are pressed, in every language.
pub(crate) fn keys(shortcut: &Shortcut) -> Html {
    html! {
        <span class="keys" dir="ltr">
            { for shortcut.caps(browser::is_mac()).into_iter().map(|cap| html! { <kbd>{ sentences::cap(cap) }</kbd> }) }
        </span>
    }
}
