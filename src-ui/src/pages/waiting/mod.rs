//! A flow that waits, as a page of its own while nobody is signed in.

pub(crate) mod content;
pub(crate) mod paste_link;

use foyer_contract::view::WaitingView;
use yew::prelude::*;

use self::content::{WaitingContent, emblem};
use crate::components::brand::brand;
use crate::components::icon::icon;
use crate::hooks::use_focus_at_start;
use crate::sentences;

#[derive(Properties, PartialEq)]
pub(crate) struct WaitingPageProps {
    pub(crate) waiting: WaitingView,
}

/// The waiting page.
#[component]
pub(crate) fn WaitingPage(props: &WaitingPageProps) -> Html {
    let waiting = &props.waiting;
    use_focus_at_start("waiting-title");

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" data-testid="waiting-page" aria-busy={waiting.exchanging.to_string()}>
                <div class="emblem">{ icon(emblem(waiting.kind)) }</div>
                <h1 id="waiting-title" tabindex="-1">{ sentences::waiting_title(waiting) }</h1>
                <WaitingContent waiting={waiting.clone()} />
            </section>
        </main>
    }
}
