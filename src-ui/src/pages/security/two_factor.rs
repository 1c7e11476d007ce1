//! Second factors: those there are, and one that is being added.

use foyer_contract::Field as FieldName;
use foyer_contract::security::FactorEnrollment;
use foyer_contract::view::FactorView;
use yew::prelude::*;

use crate::components::banner::alert;
use crate::components::button::{Button, Weight};
use crate::components::field::code_field;
use crate::components::icon::{Icon, icon};
use crate::components::qr::qr;
use crate::hooks::{EnrollmentHandle, use_remove_factor};
use crate::model::factors::{self, Enrollment, Prompt};
use crate::sentences;
use crate::text::{t, t_with};

#[derive(Properties, PartialEq)]
pub(super) struct TwoFactorCardProps {
    pub(super) enrollment: EnrollmentHandle,
    pub(super) factors: Vec<FactorView>,
}

/// The section for second factors.
#[component]
pub(super) fn TwoFactorCard(props: &TwoFactorCardProps) -> Html {
    let enrollment = &props.enrollment;
    let adding = enrollment.shown().map(|factor| factor.id.as_str());
    let listed = factors::listed(&props.factors, adding);
    let is_on = listed.iter().any(|factor| factor.verified);
    let lead = match factors::prompt(&listed) {
        Prompt::Unsupported(_) => t("two-factor-elsewhere"),
        Prompt::Code(_) if is_on => t("two-factor-on"),
        Prompt::Code(_) => t("two-factor-off"),
    };

    html! {
        <section class="card" aria-labelledby="two-factor-title">
            <div class="card-intro">
                <h2 id="two-factor-title">{ t("two-factor-title") }</h2>
                <p class="lead">{ lead }</p>
            </div>
            if !listed.is_empty() {
                <ul class="rows">
                    { for listed.iter().enumerate().map(|(index, factor)| html! {
                        <FactorRow key={factor.id.clone()} name={sentences::factor_name(index, factor)} factor={factor.clone()} />
                    }) }
                </ul>
            }
            { alert("mfa-error", enrollment.step().problem()) }
            if let Some(factor) = enrollment.shown() {
                { new_factor(enrollment, factor) }
            } else {
                <div class="button-row">
                    <Button
                        testid="mfa-enroll"
                        busy={*enrollment.step() == Enrollment::Beginning}
                        onclick={enrollment.begin()}
                    >
                        { if is_on { t("mfa-enroll-another") } else { t("mfa-enroll") } }
                    </Button>
                </div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct FactorRowProps {
    name: String,
    factor: FactorView,
}

#[component]
fn FactorRow(props: &FactorRowProps) -> Html {
    let remove = use_remove_factor(props.factor.id.clone());
    html! {
        <li class="row">
            { icon(Icon::Key) }
            <div class="row-text">
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
            <h3 id="new-factor-title">{ t("mfa-new-title") }</h3>
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
