//! A flow that waits, as a page of its own while nobody is signed in.

pub(crate) mod content;
pub(crate) mod paste_link;

use foyer_contract::view::WaitingView;
use yew::prelude::*;

use self::content::{WaitingContent, emblem};
use crate::components::brand::brand;
use crate::components::icon::icon;
use crate::components::page_title::PageTitle;
use crate::sentences;
use crate::text::use_language;

#[derive(Properties, PartialEq)]
pub(crate) struct WaitingPageProps {
    pub(crate) waiting: WaitingView,
}

/// The waiting page.
#[component]
pub(crate) fn WaitingPage(props: &WaitingPageProps) -> Html {
    use_language();
    let waiting = &props.waiting;
    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" aria-labelledby="waiting-title" data-testid="waiting-page" aria-busy={waiting.exchanging.to_string()}>
                <div class="emblem">{ icon(emblem(waiting.kind)) }</div>
                <PageTitle id="waiting-title" text={sentences::waiting_title(waiting)} />
                <WaitingContent waiting={waiting.clone()} />
            </section>
        </main>
    }
}
