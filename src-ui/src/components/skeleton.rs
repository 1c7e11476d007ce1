//! The shape of a page whose content is on its way. Only its words are for screen readers.

use yew::prelude::*;

use crate::text::t;

/// A card with a picture, and one with a form.
pub(crate) fn skeleton_of_cards() -> Html {
    skeleton(html! {
        <>
            <div class="card card-row" aria-hidden="true">
                <span class="bone bone-circle"></span>
                <div class="bones"><span class="bone bone-title"></span><span class="bone bone-line"></span></div>
            </div>
            <div class="card" aria-hidden="true">
                <div class="bones">
                    <span class="bone bone-title"></span>
                    <span class="bone bone-input"></span>
                    <span class="bone bone-input"></span>
                    <span class="bone bone-input"></span>
                </div>
            </div>
        </>
    })
}

/// Lists with so many rows each.
pub(crate) fn skeleton_of_rows(lists: &[usize]) -> Html {
    skeleton(html! {
        for rows in lists {
            <div class="card rows-card" aria-hidden="true">
                for _ in 0..*rows {
                    <div class="row">
                        <div class="bones"><span class="bone bone-title"></span><span class="bone bone-line"></span></div>
                    </div>
                }
            </div>
        }
    })
}

fn skeleton(shape: Html) -> Html {
    html! {
        <div data-testid="skeleton">
            <span class="visually-hidden">{ t("loading") }</span>
            { shape }
        </div>
    }
}
