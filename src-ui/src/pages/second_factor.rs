//! The second factor at sign-in. Nothing private is shown before it.

use foyer_contract::Field as FieldName;
use foyer_contract::view::FactorView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::field::code_field;
use crate::components::icon::{Icon, icon};
use crate::components::page_title::{PAGE_TITLE, PageTitle};
use crate::hooks::{use_app, use_focus_at_start, use_menu_items, use_second_factor_form, use_sign_out};
use crate::model::factors::{self, Prompt};
use crate::model::menu::MenuItem;
use crate::model::sign_out::{Scope, UnsavedChanges};
use crate::sentences;
use crate::text::t;

/// The page for the second factor.
#[component]
pub(crate) fn SecondFactorPage() -> Html {
    let app = use_app();
    let sign_out = use_sign_out(UnsavedChanges::None);
    use_menu_items(vec![Some((MenuItem::SignOut, sign_out.ask(Scope::Here)))]);
    let prompt = app.security().map(|security| factors::prompt(&security.factors));

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" aria-labelledby={PAGE_TITLE} data-testid="mfa-page">
                <div class="emblem">{ icon(Icon::Shield) }</div>
                <PageTitle text={t("mfa-title")} />
                if let Some(Prompt::Code(_)) = prompt {
                    <p class="lead">{ t("mfa-lead") }</p>
                }
                <SecondFactorForm />
                { alert("sign-out-error", sign_out.problem()) }
                <div class="card-links">
                    <Button
                        testid="sign-out"
                        weight={Weight::Quiet}
                        busy={sign_out.is_running(Scope::Here)}
                        onclick={sign_out.ask(Scope::Here)}
                    >
                        { t("sign-out") }
                    </Button>
                </div>
            </section>
        </main>
    }
}

/// The form for a code of one of the authenticators, or a sentence about factors that Foyer cannot ask for.
#[component]
pub(crate) fn SecondFactorForm() -> Html {
    let app = use_app();
    let wish = use_state_eq(|| None::<String>);
    let prompt = app.security().map(|security| factors::prompt(&security.factors));
    let factors = match &prompt {
        Some(Prompt::Code(factors)) => factors.as_slice(),
        _ => &[],
    };
    let chosen = factors::chosen(factors, wish.as_deref()).map(|factor| factor.id.clone());
    let form = use_second_factor_form(chosen.clone().unwrap_or_default());
    use_focus_at_start("mfa-code");

    if let Some(Prompt::Unsupported(kind)) = prompt {
        return html! { <p class="lead" data-testid="mfa-elsewhere">{ sentences::second_factor_elsewhere(kind) }</p> };
    }
    html! {
        <form class="form" novalidate=true onsubmit={form.submit()}>
            if factors.len() > 1 {
                <fieldset class="choices">
                    <legend>{ t("mfa-which") }</legend>
                    { for factors.iter().enumerate().map(|(index, factor)| {
                        let wish = wish.clone();
                        let id = factor.id.clone();
                        let choose = Callback::from(move |_: Event| wish.set(Some(id.clone())));
                        choice(index, factor, chosen.as_ref() == Some(&factor.id), choose)
                    }) }
                </fieldset>
            }
            { code_field(form.input(FieldName::CODE), t("mfa-code"), t("mfa-code-hint")) }
            { alert("error", form.problem()) }
            <Button
                testid="mfa-verify"
                weight={Weight::Primary}
                submit=true
                wide=true
                disabled={chosen.is_none()}
                busy={form.is_busy()}
            >
                { t("mfa-verify") }
            </Button>
        </form>
    }
}

fn choice(index: usize, factor: &FactorView, checked: bool, onchange: Callback<Event>) -> Html {
    html! {
        <label class="choice" key={factor.id.clone()}>
            <input type="radio" name="mfa-factor" data-testid={format!("mfa-factor-{index}")} {checked} {onchange} />
            <span><bdi>{ sentences::factor_name(index, factor) }</bdi></span>
        </label>
    }
}
