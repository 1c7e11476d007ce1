//! The three forms, and the other sign-in options beside them.

use foyer_contract::Field as FieldName;
use yew::prelude::*;

use super::others::others;
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::{Content, Field};
use crate::components::page_title::PageTitle;
use crate::components::password::PasswordField;
use crate::components::tabs::{Tab, Tabs};
use crate::hooks::{SignInHandle, use_focus_at_start};
use crate::model::form::sign_in::options::SignInOptions;
use crate::model::form::sign_in::{Mode, SignInAttempt};
use crate::model::problem::field_id;
use crate::text::{t, use_language};

const PANEL: &str = "sign-in-panel";

#[derive(Properties, PartialEq)]
pub(super) struct FormPanelProps {
    pub(super) options: SignInOptions,
    pub(super) form: SignInHandle,
    /// The project's host: here one gives it a password.
    pub(super) host: Option<String>,
    /// Called when the person has a code.
    pub(super) on_code: Callback<MouseEvent>,
}

/// The forms and the other sign-in options beside them.
#[component]
pub(super) fn FormPanel(props: &FormPanelProps) -> Html {
    use_language();
    let FormPanelProps { options, form, on_code, .. } = props;
    let mode = form.mode();
    let has_email = !form.text(FieldName::EMAIL).is_empty() && mode != Mode::MagicLink;
    use_focus_at_start(field_id(if has_email { FieldName::PASSWORD } else { FieldName::EMAIL }));
    {
        // Where the project turns out not to offer the form that is open, its first form is shown.
        let to_first = form.choose(Mode::SignIn);
        use_effect_with((options.clone(), mode), move |(options, mode)| {
            if !options.modes.is_empty() && !options.modes.contains(mode) {
                to_first.emit(());
            }
        });
    }

    html! {
        <>
            <PageTitle text={title(mode)} place={props.host.clone()} />
            { no_way_in(options) }
            if options.modes.is_empty() {
                { alert("error", form.problem()) }
            } else {
                { tabs(form, options) }
                <div
                    id={PANEL}
                    role={options.has_tabs().then_some("tabpanel")}
                    aria-labelledby={options.has_tabs().then_some(tab_of(mode))}
                >
                    { entry(form) }
                </div>
            }
            { others(form, options) }
            if !options.modes.is_empty() {
                <div class="card-links">
                    <Button testid="have-code" weight={Weight::Quiet} onclick={on_code.clone()}>
                        { t("have-code") }
                    </Button>
                </div>
            }
        </>
    }
}

/// The sentence where the project lets nobody sign in.
fn no_way_in(options: &SignInOptions) -> Html {
    html! {
        if options.is_none() {
            <p class="lead" data-testid="no-way-in">{ t("sign-in-no-way") }</p>
        }
    }
}

fn entry(form: &SignInHandle) -> Html {
    html! {
        <form class="form" novalidate=true onsubmit={form.submit_for(SignInAttempt::Submit)}>
            if form.mode() == Mode::MagicLink {
                <p class="hint">{ t("magic-link-lead") }</p>
            }
            { fields(form) }
            { alert("error", form.problem()) }
            if form.can_confirm() {
                <Button
                    testid="confirm-again"
                    wide=true
                    busy={form.is_on(&SignInAttempt::Confirm)}
                    onclick={form.send_for(SignInAttempt::Confirm)}
                >
                    { t("confirm-again") }
                </Button>
            }
            <Button
                testid="submit"
                weight={Weight::Primary}
                submit=true
                wide=true
                disabled={form.is_busy()}
                busy={form.is_on(&SignInAttempt::Submit)}
            >
                { match form.mode() {
                    Mode::SignIn => t("sign-in"),
                    Mode::SignUp => t("sign-up"),
                    Mode::MagicLink => t("magic-link-send"),
                } }
            </Button>
        </form>
    }
}

fn title(mode: Mode) -> String {
    match mode {
        Mode::SignIn | Mode::MagicLink => t("sign-in-title"),
        Mode::SignUp => t("sign-up-title"),
    }
}

fn tabs(form: &SignInHandle, options: &SignInOptions) -> Html {
    if !options.is_known {
        return html! { <div class="tabs-room"></div> };
    }
    let tab = |mode: &Mode| {
        let label = match mode {
            Mode::SignIn => t("tab-sign-in"),
            Mode::SignUp => t("tab-sign-up"),
            Mode::MagicLink => t("tab-magic-link"),
        };
        Tab { testid: tab_of(*mode), label, selected: form.mode() == *mode, choose: form.choose(*mode) }
    };
    html! { <Tabs label={t("sign-in-tabs")} panel={PANEL} tabs={options.modes.iter().map(tab).collect::<Vec<_>>()} /> }
}

fn fields(form: &SignInHandle) -> Html {
    let mode = form.mode();
    html! {
        <>
            if mode == Mode::SignUp {
                <Field
                    key="full-name"
                    input={form.input(FieldName::FullName)}
                    label={t("full-name")}
                    autocomplete="name"
                    unchecked=true
                />
            }
            <Field
                key="email"
                input={form.input(FieldName::EMAIL)}
                label={t("email")}
                content={Content::Email}
                autocomplete={if mode == Mode::MagicLink { "email" } else { "username" }}
            />
            if mode != Mode::MagicLink {
                <PasswordField
                    key="password"
                    input={form.input(FieldName::PASSWORD)}
                    label={t("password")}
                    autocomplete={if mode == Mode::SignIn { "current-password" } else { "new-password" }}
                    hint={(mode == Mode::SignUp).then(|| t("password-hint"))}
                    aside={forgot_password(form)}
                />
            }
        </>
    }
}

fn forgot_password(form: &SignInHandle) -> Html {
    html! {
        if form.mode() == Mode::SignIn {
            <Button
                testid="forgot-password"
                weight={Weight::Quiet}
                busy={form.is_on(&SignInAttempt::Recover)}
                onclick={form.send_for(SignInAttempt::Recover)}
            >
                { t("forgot-password") }
            </Button>
        }
    }
}

fn tab_of(mode: Mode) -> &'static str {
    match mode {
        Mode::SignIn => "tab-sign-in",
        Mode::SignUp => "tab-sign-up",
        Mode::MagicLink => "tab-magic-link",
    }
}
