//! Before anything is known: the same quiet mark as the static skeleton in `index.html`, so that nothing jumps.

use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::mark;
use crate::components::button::Button;
use crate::hooks::use_app;
use crate::text::t;

/// The page before the first view.
#[component]
pub(crate) fn StartingPage() -> Html {
    let app = use_app();
    let failure = app.state().failure.as_ref();

    html! {
        <main class="starting" data-testid="skeleton" aria-busy={failure.is_none().to_string()}>
            <h1 class="visually-hidden">{ t("app-name") }</h1>
            { mark() }
            <div class="starting-failure">
                { alert("error", failure) }
                if failure.is_some() {
                    <Button testid="retry" onclick={app.retry()}>{ t("try-again") }</Button>
                }
            </div>
        </main>
    }
}
