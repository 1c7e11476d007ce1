//! The mark: an entrance hall, one arch behind the other, with the light on.

use yew::prelude::*;

use crate::text::t;

/// The mark alone. Its colours are in the stylesheet.
pub(crate) fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
            <rect class="mark-wall" width="64" height="64" rx="15" />
            <path class="mark-arch-1" d="M13 64V30a19 19 0 0 1 38 0v34z" />
            <path class="mark-arch-2" d="M20 64V33a12 12 0 0 1 24 0v31z" />
            <path class="mark-light" d="M26.5 52V36.5a5.5 5.5 0 0 1 11 0V52l6.5 12H20z" />
        </svg>
    }
}

/// The mark with the name beside it.
pub(crate) fn brand() -> Html {
    html! { <div class="brand">{ mark() }<span class="brand-name">{ t("app-name") }</span></div> }
}
