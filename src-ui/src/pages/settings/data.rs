//! What the app keeps on this computer: where it lies, and how to begin again without what can be fetched.

use foyer_contract::desktop::Folder;
use yew::prelude::*;

use crate::components::banner::{alert, done};
use crate::components::button::Button;
use crate::hooks::{use_clear_cache, use_data_folder, use_open_folder};
use crate::text::{t, use_language};

/// The section on the files.
#[component]
pub(super) fn DataSection() -> Html {
    use_language();
    let folder = use_data_folder();
    let (data, logs) = (use_open_folder(Folder::Data), use_open_folder(Folder::Logs));
    let clearing = use_clear_cache();
    let refused = data.task.state().problem().or(logs.task.state().problem());

    html! {
        <section class="card" aria-labelledby="data-title" data-testid="settings-data">
            <div class="card-intro">
                <h2 id="data-title">{ t("data-title") }</h2>
                <p class="lead">{ t("data-lead") }</p>
            </div>
            <code class="copyable address" dir="ltr" data-testid="data-folder">
                { folder.map_or_else(String::new, |folder| folder.path) }
            </code>
            <div class="button-row">
                <Button testid="open-data" busy={data.task.is_running()} onclick={data.press.clone()}>
                    { t("open-data") }
                </Button>
                <Button testid="open-logs" busy={logs.task.is_running()} onclick={logs.press.clone()}>
                    { t("open-logs") }
                </Button>
            </div>
            { alert("folder-error", refused) }
            <p class="hint">{ t("clear-cache-hint") }</p>
            { alert("clear-cache-error", clearing.task.state().problem()) }
            { done("cache-cleared", clearing.task.state().is_done(), t("cache-cleared")) }
            <div class="button-row">
                <Button testid="clear-cache" busy={clearing.task.is_running()} onclick={clearing.press}>
                    { t("clear-cache") }
                </Button>
            </div>
        </section>
    }
}
