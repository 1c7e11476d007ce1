//! What a person adds to a report about a problem: a text about the app and its machine, copied by the backend. The page
//! never sees it.

use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::Button;
use crate::hooks::use_copy_diagnostics;
use crate::text::{t, use_language};

/// The section with the button that copies it.
#[component]
pub(super) fn DiagnosticsSection() -> Html {
    use_language();
    let copying = use_copy_diagnostics();
    let outcome = copying.task.state();
    html! {
        <section class="card" data-testid="settings-diagnostics" aria-labelledby="diagnostics-title">
            <div class="card-intro">
                <h2 id="diagnostics-title">{ t("diagnostics-title") }</h2>
                <p class="lead">{ t("diagnostics-lead") }</p>
            </div>
            { alert("diagnostics-error", outcome.problem()) }
            { done("diagnostics-copied", outcome.is_done(), t("diagnostics-copied")) }
            <div class="button-row">
                <Button testid="copy-diagnostics" busy={copying.task.is_running()} onclick={copying.press}>
                    { t("diagnostics-copy") }
                </Button>
            </div>
        </section>
    }
}
