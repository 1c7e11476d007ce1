//! Sign in or sign up, as far as the project allows it.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use crate::components::banner::{Banner, Tone, alert};
use crate::components::brand::brand;
use crate::components::button::{Button, Weight};
use crate::components::field::Field;
use crate::components::password::PasswordField;
use crate::components::tabs::{Tab, Tabs};
use crate::hooks::{SignInHandle, use_app, use_focus_at_start, use_sign_in};
use crate::model::page::{WaysIn, ways_in};
use crate::model::problem::field_id;
use crate::model::sign_in_form::Mode;
use crate::sentences;
use crate::text::{t, t_with};

const PANEL: &str = "sign-in-panel";

/// The sign-in page.
#[component]
pub(crate) fn SignInPage() -> Html {
    let app = use_app();
    let ways = ways_in(app.project().and_then(|project| project.offers.as_ref()));

    html! {
        <main class="centre">
            { brand() }
            <section class="card card-narrow" data-testid="sign-in-page">
                if let Some(cause) = app.sign_out_cause() {
                    <Banner tone={Tone::Quiet} testid="sign-out-cause">{ sentences::signed_out(cause) }</Banner>
                }
                if ways == WaysIn::None {
                    <h1>{ t("sign-in-title") }</h1>
                    <p class="lead" data-testid="no-way-in">{ t("sign-in-no-way") }</p>
                } else {
                    <SignInForm {ways} />
                }
            </section>
            <ProjectLine />
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct SignInFormProps {
    ways: WaysIn,
}

#[component]
fn SignInForm(props: &SignInFormProps) -> Html {
    let form = use_sign_in();
    let has_email = !form.text(FieldName::Email).is_empty();
    use_focus_at_start(field_id(if has_email { FieldName::Password } else { FieldName::Email }));
    {
        // A project that turns out to take no new people does not show their form, whatever tab was open.
        let to_sign_in = form.choose(Mode::SignIn);
        use_effect_with(props.ways, move |ways| {
            if *ways == WaysIn::SignIn {
                to_sign_in.emit(());
            }
        });
    }
    let mode = form.mode();

    html! {
        <>
            <h1>{ if mode == Mode::SignIn { t("sign-in-title") } else { t("sign-up-title") } }</h1>
            { tabs(&form, props.ways) }
            <div
                id={PANEL}
                role={(props.ways == WaysIn::SignInAndSignUp).then_some("tabpanel")}
                aria-labelledby={(props.ways == WaysIn::SignInAndSignUp).then_some(tab_of(mode))}
            >
                <form class="form" novalidate=true onsubmit={form.submit()}>
                    { fields(&form) }
                    { alert("error", form.problem().as_ref()) }
                    <Button testid="submit" weight={Weight::Primary} submit=true wide=true busy={form.is_busy()}>
                        { if mode == Mode::SignIn { t("sign-in") } else { t("sign-up") } }
                    </Button>
                </form>
            </div>
        </>
    }
}

fn tabs(form: &SignInHandle, ways: WaysIn) -> Html {
    let tab =
        |of, label| Tab { testid: tab_of(of), label, selected: form.mode() == of, choose: form.choose(of) };
    match ways {
        WaysIn::SignInAndSignUp => html! {
            <Tabs
                label={t("sign-in-tabs")}
                panel={PANEL}
                tabs={vec![tab(Mode::SignIn, t("tab-sign-in")), tab(Mode::SignUp, t("tab-sign-up"))]}
            />
        },
        WaysIn::Unknown => html! { <div class="tabs-room"></div> },
        WaysIn::SignIn | WaysIn::None => Html::default(),
    }
}

fn fields(form: &SignInHandle) -> Html {
    let mode = form.mode();
    html! {
        <>
            if mode == Mode::SignUp {
                <Field
                    key="full-name"
                    field={FieldName::FullName}
                    label={t("full-name")}
                    value={form.text(FieldName::FullName)}
                    autocomplete="name"
                    unchecked=true
                    problem={form.problem_at(FieldName::FullName)}
                    on_type={form.on_type(FieldName::FullName)}
                    on_leave={form.on_leave(FieldName::FullName)}
                />
            }
            <Field
                key="email"
                field={FieldName::Email}
                label={t("email")}
                kind="email"
                value={form.text(FieldName::Email)}
                autocomplete="username"
                problem={form.problem_at(FieldName::Email)}
                on_type={form.on_type(FieldName::Email)}
                on_leave={form.on_leave(FieldName::Email)}
            />
            <PasswordField
                key="password"
                label={t("password")}
                value={form.text(FieldName::Password)}
                autocomplete={if mode == Mode::SignIn { "current-password" } else { "new-password" }}
                hint={(mode == Mode::SignUp).then(|| t("password-hint"))}
                problem={form.problem_at(FieldName::Password)}
                on_type={form.on_type(FieldName::Password)}
                on_leave={form.on_leave(FieldName::Password)}
            />
        </>
    }
}

fn tab_of(mode: Mode) -> &'static str {
    match mode {
        Mode::SignIn => "tab-sign-in",
        Mode::SignUp => "tab-sign-up",
    }
}

/// Which project one signs in to, and the way to another.
#[component]
fn ProjectLine() -> Html {
    let app = use_app();
    let Some(project) = app.project() else { return Html::default() };

    html! {
        <p class="project-line">
            <span class="address">{ t_with("project-line", [("host", project.host.clone())]) }</span>
            if !project.from_environment {
                <Button testid="disconnect" weight={Weight::Quiet} onclick={app.disconnect()}>
                    { t("project-change") }
                </Button>
            }
        </p>
    }
}
