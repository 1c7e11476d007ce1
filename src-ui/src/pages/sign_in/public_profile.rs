//! The public profile of somebody, which anyone may read without signing in.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::Field;
use crate::components::page_title::PageTitle;
use crate::components::person_card::person_card;
use crate::hooks::{use_focus_at_start, use_public_profile};
use crate::text::{t, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct PublicProfilePanelProps {
    pub(super) on_back: Callback<MouseEvent>,
}

/// The search, and what it found.
#[component]
pub(super) fn PublicProfilePanel(props: &PublicProfilePanelProps) -> Html {
    use_language();
    let search = use_public_profile();
    let form = &search.form;
    use_focus_at_start("public-profile-username");

    html! {
        <>
            <PageTitle text={t("public-profile-title")} />
            <p class="lead">{ t("public-profile-lead") }</p>
            <form class="form" novalidate=true onsubmit={form.submit()}>
                <Field input={form.input(FieldName::Username)} label={t("username")} />
                { alert("error", form.problem()) }
                <Button
                    testid="public-profile-submit"
                    weight={Weight::Primary}
                    submit=true
                    wide=true
                    disabled={!form.is_ready()}
                    busy={form.is_busy()}
                >
                    { t("public-profile-submit") }
                </Button>
            </form>
            <div role="status" data-testid="public-profile">
                { match search.outcome() {
                    Some(Some(profile)) => person_card(profile, None),
                    Some(None) => html! { <p class="hint">{ t("public-profile-nobody") }</p> },
                    None => Html::default(),
                } }
            </div>
            <div class="card-links">
                <Button testid="back" weight={Weight::Quiet} onclick={props.on_back.clone()}>{ t("back") }</Button>
            </div>
        </>
    }
}
