//! A link from a mail or a browser, pasted where opening it did not lead to the app.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::Button;
use crate::components::disclosure::Disclosure;
use crate::components::field::{Content, Field};
use crate::hooks::use_link_form;
use crate::text::{t, use_language};

/// The form for a link, behind a line that opens it.
#[component]
pub(crate) fn PasteLink() -> Html {
    use_language();
    let form = use_link_form();

    html! {
        <Disclosure testid="paste-link-open" label={t("paste-link-open")}>
            <form class="form" novalidate=true onsubmit={form.submit()}>
                <Field
                    input={form.input(FieldName::Link)}
                    label={t("paste-link")}
                    content={Content::Lines}
                    hint={t("paste-link-hint")}
                />
                { alert("paste-link-error", form.problem()) }
                <Button testid="paste-link-submit" submit=true wide=true disabled={!form.is_ready()} busy={form.is_busy()}>
                    { t("paste-link-submit") }
                </Button>
            </form>
        </Disclosure>
    }
}
