//! A code or a link from a mail that nobody here asked for, an invitation for example.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::{Content, Field, code_field};
use crate::components::page_title::PageTitle;
use crate::hooks::{use_focus_at_start, use_foreign_code_form};
use crate::pages::waiting::paste_link::PasteLink;
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct CodePanelProps {
    pub(super) on_back: Callback<MouseEvent>,
}

/// The form for a code.
#[component]
pub(super) fn CodePanel(props: &CodePanelProps) -> Html {
    use_language();
    let form = use_foreign_code_form();
    use_focus_at_start("email");

    html! {
        <>
            <PageTitle text={t("foreign-code-title")} />
            <p class="lead">{ t("foreign-code-lead") }</p>
            <form class="form" novalidate=true onsubmit={form.submit()}>
                <Field
                    input={form.input(FieldName::EMAIL)}
                    label={t("email")}
                    content={Content::Email}
                    autocomplete="username"
                />
                { code_field(form.input(FieldName::CODE), t("code"), t("code-hint")) }
                { alert("error", form.problem()) }
                <Button
                    testid="code-submit"
                    weight={Weight::Primary}
                    submit=true
                    wide=true
                    busy={form.is_busy()}
                >
                    { t("sign-in") }
                </Button>
            </form>
            <PasteLink />
            <div class="card-links">
                <Button testid="back" weight={Weight::Quiet} onclick={props.on_back.clone()}>{ t("back") }</Button>
            </div>
        </>
    }
}
