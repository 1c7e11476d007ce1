//! Second factors: those there are, and one that is being added.

use foyer_contract::Field as FieldName;
use foyer_contract::security::FactorEnrollment;
use foyer_contract::view::FactorView;
use yew::prelude::*;

use super::{result, row_button};
use crate::browser;
use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::code_field;
use crate::components::icon::{Icon, icon};
use crate::components::qr::qr;
use crate::components::row::{Row, RowButton};
use crate::hooks::{EnrollmentHandle, SecurityHandle, use_app, use_remove_factor};
use crate::model::factors::{self, Enrollment, Prompt};
use crate::model::security_rows::Row as Name;
use crate::sentences;
use crate::text::{locale, t, t_with, use_language};

#[derive(Properties, PartialEq)]
pub(super) struct TwoFactorRowProps {
    pub(super) security: SecurityHandle,
    pub(super) factors: Vec<FactorView>,
}

/// The row for second factors. Where there is none, its button begins one at once.
#[component]
pub(super) fn TwoFactorRow(props: &TwoFactorRowProps) -> Html {
    let app = use_app();
    let security = &props.security;
    let enrollment = &security.enrollment;
    let adding = enrollment.shown().map(|factor| factor.id.as_str());
    let listed = factors::listed(&props.factors, adding);

    html! {
        <Row
            name={Name::TwoFactor.name()}
            icon={Icon::Key}
            title={t("two-factor-title")}
            state={html! { { state(&listed) } }}
            result={result(&app, Name::TwoFactor)}
            button={button(security, &listed)}
            is_open={security.rows.is_open(Name::TwoFactor)}
        >
            if !listed.is_empty() {
                <ul class="entries">
                    { for listed.iter().enumerate().map(|(index, factor)| html! {
                        <FactorEntry key={factor.id.clone()} name={sentences::factor_name(index, factor)} factor={factor.clone()} />
                    }) }
                </ul>
            }
            { alert("mfa-error", enrollment.step().problem()) }
            if let Some(factor) = enrollment.shown() {
                { new_factor(enrollment, factor) }
            } else if !begins_at_once(security, &listed) {
                <div class="button-row">{ enroll_button(enrollment, &listed) }</div>
            }
        </Row>
    }
}

/// Whether second factors are asked for, how many there are, and since when.
fn state(listed: &[FactorView]) -> String {
    let on: Vec<_> = listed.iter().filter(|factor| factor.verified).collect();
    match factors::prompt(listed) {
        Prompt::Unsupported(_) => t("two-factor-elsewhere"),
        Prompt::Code(_) if on.is_empty() => t("two-factor-off"),
        Prompt::Code(_) => {
            let last_added = on.iter().filter_map(|factor| factor.added_at).max();
            sentences::factors_on(on.len(), last_added.map(|moment| browser::day(moment, locale())))
        }
    }
}

/// Whether the row's own button begins a factor: there is nothing else to do in the row.
fn begins_at_once(security: &SecurityHandle, listed: &[FactorView]) -> bool {
    listed.is_empty() && security.enrollment.shown().is_none()
}

fn button(security: &SecurityHandle, listed: &[FactorView]) -> Html {
    if !begins_at_once(security, listed) {
        return row_button(security, Name::TwoFactor, t("manage"));
    }
    html! {
        <RowButton
            name={Name::TwoFactor.name()}
            testid="mfa-enroll"
            busy={*security.enrollment.step() == Enrollment::Beginning}
            words={t("mfa-enroll")}
            onclick={security.enroll()}
        />
    }
}

fn enroll_button(enrollment: &EnrollmentHandle, listed: &[FactorView]) -> Html {
    let is_on = listed.iter().any(|factor| factor.verified);
    html! {
        <Button
            testid="mfa-enroll"
            busy={*enrollment.step() == Enrollment::Beginning}
            onclick={enrollment.begin()}
        >
            { if is_on { t("mfa-enroll-another") } else { t("mfa-enroll") } }
        </Button>
    }
}

#[derive(Properties, PartialEq)]
struct FactorEntryProps {
    name: String,
    factor: FactorView,
}

#[component]
fn FactorEntry(props: &FactorEntryProps) -> Html {
    use_language();
    let remove = use_remove_factor(props.factor.id.clone());
    html! {
        <li class="entry">
            { icon(Icon::Key) }
            <div class="entry-text">
                <span><bdi>{ &props.name }</bdi></span>
                <span class="hint" data-testid="mfa-kind">{ sentences::factor_kind(props.factor.kind) }</span>
                if !props.factor.verified {
                    <span class="hint">{ t("mfa-unfinished") }</span>
                }
                { alert("mfa-remove-error", remove.task.state().problem()) }
            </div>
            <Button
                testid="mfa-remove"
                weight={Weight::Quiet}
                label={t_with("mfa-remove-named", [("name", props.name.clone())])}
                busy={remove.task.is_running()}
                onclick={remove.press}
            >
                { t("remove") }
            </Button>
        </li>
    }
}

/// The secret of the new factor, which the person enters in an authenticator, and the form for its first code.
fn new_factor(enrollment: &EnrollmentHandle, factor: &FactorEnrollment) -> Html {
    let form = &enrollment.form;
    html! {
        <form class="new-factor" novalidate=true onsubmit={form.submit()} aria-labelledby="new-factor-title">
            <h4 id="new-factor-title">{ t("mfa-new-title") }</h4>
            <div class="new-factor-code">
                { qr(&factor.qr, t("mfa-qr"), "mfa-qr") }
                <div class="new-factor-text">
                    <p>{ t("mfa-scan") }</p>
                    <p class="hint" id="mfa-secret-label">{ t("mfa-secret") }</p>
                    <code class="secret" data-testid="mfa-secret" aria-labelledby="mfa-secret-label">{ &factor.secret }</code>
                </div>
            </div>
            <div class="form">{ code_field(form.input(FieldName::CODE), t("mfa-first-code"), t("mfa-code-hint")) }</div>
            { alert("mfa-code-error", form.problem()) }
            <div class="button-row">
                <Button testid="mfa-verify" weight={Weight::Primary} submit=true busy={form.is_busy()}>
                    { t("mfa-finish") }
                </Button>
                <Button
                    testid="mfa-cancel"
                    weight={Weight::Quiet}
                    disabled={form.is_busy()}
                    busy={matches!(enrollment.step(), Enrollment::Leaving(_))}
                    onclick={enrollment.cancel()}
                >
                    { t("cancel") }
                </Button>
            </div>
        </form>
    }
}
