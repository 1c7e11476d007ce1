//! The sign-in page: the sign-in options that the project allows.

mod code;
mod form;
mod others;
mod public_profile;

use yew::prelude::*;

use crate::components::banner::{Banner, Tone};
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::isolated::with_isolated;
use crate::components::page_title::PAGE_TITLE;
use crate::hooks::{AppHandle, SignInHandle, use_app, use_menu_items, use_sign_in};
use crate::model::form::sign_in::Mode;
use crate::model::form::sign_in::options::{SignInOptions, sign_in_options};
use crate::model::menu::MenuItem;
use crate::text::t;
use crate::{app_state, browser, sentences};

/// What the card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Panel {
    Form,
    Code,
    PublicProfile,
}

/// The sign-in page.
#[component]
pub(crate) fn SignInPage() -> Html {
    let app = use_app();
    let options = sign_in_options(app.project().and_then(|project| project.sign_in_methods.as_ref()));
    let host = app.project().map(|project| project.host.clone());
    // The form is kept here, so that what is typed stays while another panel is shown.
    let form = use_sign_in();
    let panel = use_state_eq(|| Panel::Form);
    let show = {
        let panel = panel.clone();
        Callback::from(move |to: Panel| panel.set(to))
    };
    let open = |to: Panel| show.reform(move |_: MouseEvent| to);
    use_link_wish(&app, &form, &panel);
    use_items(&app, &form, &options, *panel, &show);

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" aria-labelledby={PAGE_TITLE} data-testid="sign-in-page">
                if let Some(cause) = app.sign_out_cause().filter(|_| *panel == Panel::Form) {
                    <Banner tone={Tone::Quiet} testid="sign-out-cause">{ sentences::signed_out(cause) }</Banner>
                }
                { match *panel {
                    Panel::Form => html! { <form::FormPanel {options} {form} {host} on_code={open(Panel::Code)} /> },
                    Panel::Code => html! { <code::CodePanel on_back={open(Panel::Form)} /> },
                    Panel::PublicProfile => {
                        html! { <public_profile::PublicProfilePanel on_back={open(Panel::Form)} /> }
                    }
                } }
            </section>
            <div class="below">
                <ProjectLine />
                if *panel != Panel::PublicProfile {
                    <Button
                        testid="public-profile-open"
                        weight={Weight::Quiet}
                        onclick={open(Panel::PublicProfile)}
                    >
                        { t("public-profile-open") }
                    </Button>
                }
            </div>
        </main>
    }
}

/// Shows the form that sends a link when a notice's button asked for it.
#[hook]
fn use_link_wish(app: &AppHandle, form: &SignInHandle, panel: &UseStateHandle<Panel>) {
    let (app, to_link, panel) = (app.clone(), form.choose(Mode::MagicLink), panel.clone());
    use_effect_with(app.state().wants_link, move |wanted| {
        if *wanted {
            panel.set(Panel::Form);
            to_link.emit(());
            app.dispatch(app_state::Action::LinkFormShown);
            browser::focus("email");
        }
    });
}

/// What the menu has on this page.
#[hook]
fn use_items(
    app: &AppHandle,
    form: &SignInHandle,
    options: &SignInOptions,
    panel: Panel,
    show: &Callback<Panel>,
) {
    let open = |to: Panel| show.reform(move |_: MouseEvent| to);
    let mode = |mode: Mode| {
        let (choose, show_form) = (form.choose(mode), open(Panel::Form));
        Callback::from(move |event: MouseEvent| {
            show_form.emit(event);
            choose.emit(());
            browser::focus("email");
        })
    };
    let offers = |one: Mode| options.modes.contains(&one) && (panel != Panel::Form || form.mode() != one);
    let can_change = app.project().is_some_and(|project| !project.is_fixed);
    use_menu_items(vec![
        (panel != Panel::Form).then(|| (MenuItem::Back, open(Panel::Form))),
        offers(Mode::SignIn).then(|| (MenuItem::SignIn, mode(Mode::SignIn))),
        offers(Mode::SignUp).then(|| (MenuItem::SignUp, mode(Mode::SignUp))),
        offers(Mode::MagicLink).then(|| (MenuItem::MagicLink, mode(Mode::MagicLink))),
        (panel != Panel::Code && !options.modes.is_empty()).then(|| (MenuItem::TypeCode, open(Panel::Code))),
        (panel != Panel::PublicProfile).then(|| (MenuItem::PublicProfile, open(Panel::PublicProfile))),
        can_change.then(|| (MenuItem::ChangeProject, app.disconnect())),
    ]);
}

/// Which project one signs in to, and the way to another.
#[component]
fn ProjectLine() -> Html {
    let app = use_app();
    let Some(project) = app.project() else { return Html::default() };

    html! {
        <p class="project-line">
            <span class="address">{ with_isolated("project-line", "host", &project.host) }</span>
            if !project.is_fixed {
                <Button testid="disconnect" weight={Weight::Quiet} onclick={app.disconnect()}>
                    { t("project-change") }
                </Button>
            }
        </p>
    }
}
